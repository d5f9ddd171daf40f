# `make demo` runs this against the emulator. It runs as it is against the real
# service too: export TIMPUSH_SDK_APP_ID, TIMPUSH_REGION and TIMPUSH_SECRET_KEY.

terraform {
  required_providers {
    timpush = {
      source = "timpush/timpush"
    }
  }
}

# Everything comes from the environment.
provider "timpush" {}

data "timpush_user_attributes" "team" {
  accounts = ["Mary", "xiaoming", "xiaohua"]
}

check "xiaoming_has_a_city" {
  assert {
    condition     = try(data.timpush_user_attributes.team.attributes["xiaoming"]["city"], "") != ""
    error_message = "xiaoming has no city: pushes by city will not reach them."
  }
}

output "attributes" {
  description = "Account -> attribute name -> value, for each account that was read."
  value       = data.timpush_user_attributes.team.attributes
}

output "errors" {
  description = "Account -> why it was not read."
  value       = data.timpush_user_attributes.team.errors
}
