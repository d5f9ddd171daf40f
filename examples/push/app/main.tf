terraform {
  required_providers {
    timpush = {
      source = "timpush/timpush"
    }
  }
}

# TIMPUSH_SDK_APP_ID, TIMPUSH_REGION, and TIMPUSH_SECRET_KEY choose the app.
provider "timpush" {}

locals {
  # What each test account must have. The accounts must exist.
  accounts = {
    canary-1 = { attributes = { city = "ShenZhen", level = "gold" }, tags = ["canary"] }
    canary-2 = { attributes = { city = "BeiJing", level = "gold" }, tags = ["canary"] }
  }
}

resource "timpush_attribute_names" "app" {
  attribute_names = {
    city  = { index = 0 }
    level = { index = 1 }
  }
}

resource "timpush_user_attributes" "test" {
  attributes = { for account, has in local.accounts : account => has.attributes }
  depends_on = [timpush_attribute_names.app]
}

resource "timpush_user_tags" "test" {
  tags = { for account, has in local.accounts : account => has.tags }
}

# Which of them the campaign reaches: its condition, after the accounts are written.
data "timpush_push_audience" "campaign" {
  accounts   = keys(local.accounts)
  condition  = { attributes_and = { city = "ShenZhen", level = "gold" } }
  depends_on = [timpush_user_attributes.test]
}

check "the_campaign_reaches_canary_1_only" {
  assert {
    condition     = data.timpush_push_audience.campaign.reached == tolist(["canary-1"])
    error_message = "The campaign reaches these test accounts: ${join(", ", data.timpush_push_audience.campaign.reached)}."
  }
}

output "reached" {
  value = data.timpush_push_audience.campaign.reached
}

output "missed" {
  value = data.timpush_push_audience.campaign.missed
}
