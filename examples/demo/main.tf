# `make demo` runs this against an emulator of the service. To run it against an app
# of your own, set TIMPUSH_SDK_APP_ID, TIMPUSH_REGION, and TIMPUSH_SECRET_KEY.

terraform {
  required_providers {
    timpush = {
      source = "timpush/timpush"
    }
  }
}

provider "timpush" {}

data "timpush_user_attributes" "team" {
  accounts = ["Mary", "xiaoming", "xiaohua"]
}

data "timpush_push_audience" "team" {
  accounts         = data.timpush_user_attributes.team.accounts
  condition        = { attributes_and = { city = "ShenZhen" } }
  on_account_error = "ignore" # the data source above warns of them
}

locals {
  push = data.timpush_push_audience.team
}

check "a_push_to_shenzhen_reaches_everyone" {
  assert {
    condition = length(local.push.missed) + length(local.push.errors) == 0
    error_message = join("\n", concat(
      ["A push to ShenZhen reaches ${length(local.push.reached)} of ${length(local.push.accounts)} users."],
      [for user, reason in local.push.missed : "- ${user}: ${reason}"],
      [for user, error in local.push.errors : "- ${user}: ${error.message}"],
    ))
  }
}

output "attributes" {
  value = data.timpush_user_attributes.team.attributes
}

output "reached" {
  value = local.push.reached
}

output "missed" {
  value = local.push.missed
}
