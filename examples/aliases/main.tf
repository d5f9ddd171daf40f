terraform {
  required_providers {
    timpush = {
      source = "timpush/timpush"
    }
  }
}

# Terraform 1.10, OpenTofu 1.11 and newer: add `ephemeral = true` to both variables.
# Otherwise the CLI writes the keys into plan files.
variable "china_key" {
  type      = string
  sensitive = true
}

variable "singapore_key" {
  type      = string
  sensitive = true
}

# Each app has its own SDKAppID, region, and key.
provider "timpush" {
  alias      = "china"
  sdk_app_id = 1400000000
  region     = "china"
  secret_key = var.china_key
}

provider "timpush" {
  alias      = "singapore"
  sdk_app_id = 1400000001
  region     = "singapore"
  secret_key = var.singapore_key
}

data "timpush_user_attributes" "china" {
  provider = timpush.china
  accounts = ["xiaoming", "xiaohua"]
}

data "timpush_user_attributes" "singapore" {
  provider = timpush.singapore
  accounts = ["Mary"]
}

output "attributes" {
  value = {
    china     = data.timpush_user_attributes.china.attributes
    singapore = data.timpush_user_attributes.singapore.attributes
  }
}
