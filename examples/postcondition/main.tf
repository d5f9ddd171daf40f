terraform {
  required_providers {
    timpush = {
      source = "timpush/timpush"
    }
  }
}

# TIMPUSH_SDK_APP_ID, TIMPUSH_REGION, and TIMPUSH_SECRET_KEY choose the app.
provider "timpush" {}

variable "accounts" {
  description = "The accounts that the campaign is for."
  type        = list(string)
  default     = ["xiaoming"]

  validation {
    condition     = length(var.accounts) > 0
    error_message = "The list of accounts is empty, so there is nothing to check."
  }
}

data "timpush_user_attributes" "campaign" {
  accounts            = var.accounts
  on_account_error    = "error" # an account that cannot be read stops the plan too
  required_attributes = ["city"]

  lifecycle {
    postcondition {
      condition     = length(self.missing_attributes) == 0
      error_message = "${length(self.missing_attributes)} of ${length(self.attributes)} accounts have no city: a push by city skips them."
    }
  }
}

# Your own resource goes here. It is created only after the postcondition holds.
resource "terraform_data" "campaign" {
  input = sort(distinct([for a in data.timpush_user_attributes.campaign.attributes : a.city]))
}

output "cities" {
  value = terraform_data.campaign.output
}
