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
  description = "The accounts that the push campaigns rely on."
  type        = list(string)
  default     = ["xiaoming", "xiaohua"]

  validation {
    condition     = length(var.accounts) > 0
    error_message = "There are no accounts, so nothing would be found wrong."
  }
}

variable "required" {
  description = "The attributes that each of them must have a value of."
  type        = list(string)
  default     = ["city"]
}

data "timpush_user_attributes" "campaign" {
  accounts         = var.accounts
  on_account_error = "ignore" # the first check tells of them
}

locals {
  unreadable = data.timpush_user_attributes.campaign.errors

  # Account -> the required attributes that it lacks, for those that lack some.
  incomplete = {
    for account, lacks in {
      for account, attributes in data.timpush_user_attributes.campaign.attributes :
      account => [for name in var.required : name if lookup(attributes, name, "") == ""]
    } : account => lacks if length(lacks) > 0
  }
}

check "every_account_can_be_read" {
  assert {
    condition = length(local.unreadable) == 0
    error_message = join("\n", [
      for account, error in local.unreadable : "${account} cannot be read: ${error.message}."
    ])
  }
}

check "every_account_has_the_attributes" {
  assert {
    condition = length(local.incomplete) == 0
    error_message = join("\n", [
      for account, lacks in local.incomplete : "${account} lacks ${join(", ", lacks)}: pushes by that do not reach it."
    ])
  }
}
