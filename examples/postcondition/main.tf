terraform {
  required_providers {
    timpush = {
      source = "timpush/timpush"
    }
  }
}

# SDKAppID, region and key come from the environment: TIMPUSH_SDK_APP_ID,
# TIMPUSH_REGION, TIMPUSH_SECRET_KEY.
provider "timpush" {}

variable "accounts" {
  description = "The accounts that the campaign is for."
  type        = list(string)
  default     = ["xiaoming"]

  validation {
    condition     = length(var.accounts) > 0
    error_message = "There are no accounts, so nothing would be found wrong."
  }
}

data "timpush_user_attributes" "campaign" {
  accounts         = var.accounts
  on_account_error = "error" # an account that cannot be read stops it too

  lifecycle {
    postcondition {
      condition = alltrue([for attributes in values(self.attributes) : lookup(attributes, "city", "") != ""])
      error_message = join("\n", [
        for account, attributes in self.attributes : "${account} has no city: the campaign would not reach it."
        if lookup(attributes, "city", "") == ""
      ])
    }
  }
}

# Stands for what must not be made before all accounts are as they should be.
resource "terraform_data" "campaign" {
  input = {
    cities = sort(distinct([for attributes in values(data.timpush_user_attributes.campaign.attributes) : attributes.city]))
  }
}

output "cities" {
  value = terraform_data.campaign.output.cities
}
