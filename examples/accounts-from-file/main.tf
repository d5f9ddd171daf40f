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

# Counts, not accounts: an output of thousands of lines helps nobody.
output "read" {
  value = length(data.timpush_user_attributes.all.attributes)
}

output "errors_by_code" {
  value = { for code, accounts in {
    for account, error in data.timpush_user_attributes.all.errors : coalesce(error.code, "none") => account...
  } : code => length(accounts) }
}

check "nearly_all_have_a_city" {
  assert {
    condition     = local.with_city >= 0.99 * length(local.accounts)
    error_message = "Only ${local.with_city} of ${length(local.accounts)} accounts have a city."
  }
}

locals {
  with_city = length([
    for attributes in values(data.timpush_user_attributes.all.attributes) : true if lookup(attributes, "city", "") != ""
  ])
}
