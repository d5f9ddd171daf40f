terraform {
  required_providers {
    timpush = {
      source = "timpush/timpush"
    }
  }
}

# TIMPUSH_SDK_APP_ID, TIMPUSH_REGION, and TIMPUSH_SECRET_KEY choose the app.
provider "timpush" {}

# One data source for all accounts: it reads 100 in each request.
data "timpush_user_attributes" "all" {
  # One account per line, with any line endings, and with or without a byte order mark.
  accounts         = compact(split("\n", replace(file("${path.module}/accounts.txt"), "/\ufeff|\r/", "\n")))
  on_account_error = "ignore" # errors_by_code counts these accounts
  timeouts         = { read = "10m" }
}

locals {
  read   = data.timpush_user_attributes.all.attributes
  errors = data.timpush_user_attributes.all.errors

  # Counted in the results, which contain duplicate accounts once.
  total     = length(local.read) + length(local.errors)
  with_city = length([for attributes in local.read : true if lookup(attributes, "city", "") != ""])
}

# A count, since nobody reads an output with thousands of accounts.
output "read" {
  value = length(local.read)
}

# Error code -> number of accounts. "none" means that the service sent no code.
output "errors_by_code" {
  value = { for code, accounts in {
    for account, error in local.errors : coalesce(error.code, "none") => account...
  } : code => length(accounts) }
}

check "nearly_all_have_a_city" {
  assert {
    condition     = local.total > 0 && local.with_city >= 0.99 * local.total
    error_message = "Only ${local.with_city} of ${local.total} accounts have a city."
  }
}
