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
  description = "The accounts that push campaigns rely on."
  type        = list(string)
  default     = ["xiaoming", "xiaohua"]

  validation {
    condition     = length(var.accounts) > 0
    error_message = "The list of accounts is empty, so there is nothing to check."
  }
}

variable "required" {
  description = "The attributes that every account needs."
  type        = list(string)
  default     = ["city"]
}

data "timpush_user_attributes" "campaign" {
  accounts            = var.accounts
  on_account_error    = "ignore" # the first check reports these accounts
  only                = []       # the checks need no values
  required_attributes = var.required
}

locals {
  unreadable = [
    for account, error in data.timpush_user_attributes.campaign.errors :
    "${account} cannot be read: ${error.message}."
  ]
  incomplete = [
    for account, missing in data.timpush_user_attributes.campaign.missing_attributes :
    "${account} has no ${join(" or ", missing)}: a push by ${join(" or ", missing)} skips it."
  ]
}

# The messages name at most 10 accounts. The CLI stores the names in the state and
# prints them in logs. If not everyone who can read those may see the accounts,
# count them instead:
# https://registry.terraform.io/providers/timpush/timpush/latest/docs/guides/personal-data#count-accounts-instead-of-naming-them

check "every_account_can_be_read" {
  assert {
    condition = length(local.unreadable) == 0
    error_message = join("\n", concat(
      slice(local.unreadable, 0, min(10, length(local.unreadable))),
      length(local.unreadable) > 10 ? ["And ${length(local.unreadable) - 10} more."] : [],
    ))
  }
}

check "every_account_has_the_attributes" {
  assert {
    condition = length(local.incomplete) == 0
    error_message = join("\n", concat(
      slice(local.incomplete, 0, min(10, length(local.incomplete))),
      length(local.incomplete) > 10 ? ["And ${length(local.incomplete) - 10} more."] : [],
    ))
  }
}
