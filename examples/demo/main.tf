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

locals {
  team    = data.timpush_user_attributes.team
  skipped = [for user in local.team.accounts : user if try(local.team.attributes[user].city, "") == ""]
}

check "a_push_by_city_reaches_everyone" {
  assert {
    condition     = length(local.skipped) == 0
    error_message = "A push by city skips ${length(local.skipped)} of ${length(local.team.accounts)} users."
  }
}

output "attributes" {
  value = local.team.attributes
}

output "errors" {
  value = local.team.errors
}
