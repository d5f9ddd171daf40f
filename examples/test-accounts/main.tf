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
  # What each account must have. The accounts and the attribute names must exist.
  accounts = {
    canary-1    = { attributes = { city = "ShenZhen" }, tags = ["canary"] }
    canary-2    = { attributes = { city = "BeiJing" }, tags = ["canary"] }
    test-gold   = { attributes = { city = "ShenZhen", level = "gold" }, tags = ["test"] }
    test-silver = { attributes = { city = "BeiJing", level = "silver" }, tags = ["test"] }
  }
}

resource "timpush_user_attributes" "accounts" {
  attributes = { for account, has in local.accounts : account => has.attributes }
}

resource "timpush_user_tags" "accounts" {
  tags = { for account, has in local.accounts : account => has.tags }
}

# Read back which of the accounts a push reaches, after both resources are written.
data "timpush_push_audience" "gold" {
  accounts   = keys(local.accounts)
  condition  = { attributes_and = { city = "ShenZhen", level = "gold" } }
  depends_on = [timpush_user_attributes.accounts]
}

data "timpush_push_audience" "canaries" {
  accounts   = keys(local.accounts)
  condition  = { tags_and = ["canary"] }
  depends_on = [timpush_user_tags.accounts]
}

check "the_gold_push_reaches_test_gold_only" {
  assert {
    condition     = data.timpush_push_audience.gold.reached == tolist(["test-gold"])
    error_message = "The push to gold members in ShenZhen reaches: ${join(", ", data.timpush_push_audience.gold.reached)}."
  }
}

check "the_canary_push_reaches_the_canaries_only" {
  assert {
    condition     = data.timpush_push_audience.canaries.reached == tolist(["canary-1", "canary-2"])
    error_message = "The push to canaries reaches: ${join(", ", data.timpush_push_audience.canaries.reached)}."
  }
}

output "reached" {
  value = {
    gold     = data.timpush_push_audience.gold.reached
    canaries = data.timpush_push_audience.canaries.reached
  }
}
