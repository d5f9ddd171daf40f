terraform {
  required_providers {
    timpush = {
      source = "timpush/timpush"
    }
  }
}

# Terraform 1.10, OpenTofu 1.11 and newer: add `ephemeral = true` to both variables.
# Otherwise the CLI writes the keys into plan files.
variable "production_key" {
  type      = string
  sensitive = true
}

variable "staging_key" {
  type      = string
  sensitive = true
}

# Each app has its own SDKAppID, region, and key.
provider "timpush" {
  alias      = "production"
  sdk_app_id = 1400000000
  region     = "singapore"
  secret_key = var.production_key
}

provider "timpush" {
  alias      = "staging"
  sdk_app_id = 1400000001
  region     = "singapore"
  secret_key = var.staging_key
}

data "timpush_attribute_names" "staging" {
  provider = timpush.staging
}

# Production has the attribute names of staging, at the same indexes.
resource "timpush_attribute_names" "production" {
  provider        = timpush.production
  attribute_names = data.timpush_attribute_names.staging.attribute_names
}

output "attribute_names" {
  value = timpush_attribute_names.production.attribute_names
}
