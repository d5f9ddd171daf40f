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
  users   = data.timpush_user_attributes.team.attributes
  no_city = [for user, attributes in local.users : user if lookup(attributes, "city", "") == ""]
}

check "every_user_has_a_city" {
  assert {
    condition     = length(local.no_city) == 0
    error_message = "Users without a city: ${length(local.no_city)} of ${length(local.users)}. A push by city skips them."
  }
}

output "attributes" {
  value = local.users
}

output "errors" {
  value = data.timpush_user_attributes.team.errors
}
