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

# TIMPUSH_SDK_APP_ID, TIMPUSH_REGION, and TIMPUSH_SECRET_KEY choose the app.
provider "timpush" {}

variable "accounts" {
  type    = list(string)
  default = ["Mary", "xiaoming", "xiaohua"]
}

data "timpush_user_attributes" "team" {
  accounts         = var.accounts
  on_account_error = "ignore" # accounts that cannot be read are left out
}

locals {
  # Account -> city, for accounts that have one.
  city = {
    for account, attributes in data.timpush_user_attributes.team.attributes :
    account => attributes.city if lookup(attributes, "city", "") != ""
  }

  # City -> accounts.
  accounts_by_city = { for account, city in local.city : city => account... }
}

# One resource for each account that has a city.
resource "terraform_data" "account" {
  for_each = local.city
  input    = each.value
}

# A JSON file for another system. Only you can read it.
resource "local_sensitive_file" "accounts_by_city" {
  filename        = "${path.module}/accounts_by_city.json"
  file_permission = "0600"
  content         = jsonencode(local.accounts_by_city)
}

output "accounts_by_city" {
  value = local.accounts_by_city
}
