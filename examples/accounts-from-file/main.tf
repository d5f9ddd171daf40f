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

locals {
  # An account on each line, whatever the line ends; empty lines are left out.
  accounts = compact(split("\n", replace(file("${path.module}/accounts.txt"), "\r", "")))
}

# One data source for all of them: it reads 100 accounts a request.
data "timpush_user_attributes" "all" {
  accounts         = local.accounts
  on_account_error = "ignore" # errors holds all of them, a warning names ten
  timeouts         = { read = "10m" }
}

locals {
  read   = data.timpush_user_attributes.all.attributes
  errors = data.timpush_user_attributes.all.errors

  asked     = length(local.read) + length(local.errors) # duplicates once
  with_city = length([for attributes in values(local.read) : true if lookup(attributes, "city", "") != ""])
}

# Counts, not accounts: an output of thousands of lines helps nobody.
output "read" {
  value = length(local.read)
}

output "errors_by_code" {
  value = { for code, accounts in {
    for account, error in local.errors : coalesce(error.code, "none") => account...
  } : code => length(accounts) }
}

check "nearly_all_have_a_city" {
  assert {
    condition     = local.asked > 0 && local.with_city >= 0.99 * local.asked
    error_message = "Only ${local.with_city} of ${local.asked} accounts have a city."
  }
}
