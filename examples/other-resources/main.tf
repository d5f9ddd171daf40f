terraform {
  required_providers {
    timpush = {
      source = "timpush/timpush"
    }
    local = {
      source = "hashicorp/local"
    }
  }
}

# SDKAppID, region and key come from the environment: TIMPUSH_SDK_APP_ID,
# TIMPUSH_REGION, TIMPUSH_SECRET_KEY.
provider "timpush" {}

variable "accounts" {
  type    = list(string)
  default = ["Mary", "xiaoming", "xiaohua"]
}

data "timpush_user_attributes" "team" {
  accounts         = var.accounts
  on_account_error = "ignore"
}

locals {
  # Account -> city, for the accounts that have one.
  city = {
    for account, attributes in data.timpush_user_attributes.team.attributes :
    account => attributes.city if lookup(attributes, "city", "") != ""
  }

  # City -> its accounts.
  accounts_by_city = { for account, city in local.city : city => account... }
}

# Something for each account that has a city. Results are not sensitive, so they
# work in for_each; only what is known in plan can be a key there.
resource "terraform_data" "account" {
  for_each = local.city
  input    = each.value
}

# A file for another system, which nobody else needs to read.
resource "local_sensitive_file" "accounts_by_city" {
  filename        = "${path.module}/accounts_by_city.json"
  file_permission = "0600"
  content         = jsonencode(local.accounts_by_city)
}

output "accounts_by_city" {
  value = local.accounts_by_city
}

output "resources" {
  value = keys(terraform_data.account)
}
