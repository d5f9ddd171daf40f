terraform {
  required_providers {
    timpush = {
      source = "timpush/timpush"
    }
  }
}

# TIMPUSH_SDK_APP_ID, TIMPUSH_REGION, and TIMPUSH_SECRET_KEY choose the app.
provider "timpush" {}

locals {
  # The same file as in the campaign, so that the canary shows what the campaign will.
  notification = jsondecode(file("${path.module}/../notification.json"))
}

# A change of the notification sends it to the test accounts.
resource "terraform_data" "notification" {
  input = local.notification

  lifecycle {
    action_trigger {
      events  = [after_create, after_update]
      actions = [action.timpush_push.canary]
    }
  }
}

action "timpush_push" "canary" {
  config {
    audience     = { accounts = ["canary-1", "canary-2"] }
    notification = local.notification
  }
}
