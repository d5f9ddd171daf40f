# Before several campaigns are sent: list whom each reaches, warn if it misses
# someone, and stop the apply if it reaches nobody.
locals {
  customers = ["Mary", "xiaoming", "xiaohua"]

  campaigns = {
    city_opening = { attributes_and = { city = "ShenZhen" } }
    renewal      = { tags_or = ["GoldMember", "PlatinumMember"], tags_not = ["Unsubscribed"] }
  }
}

data "timpush_push_audience" "campaign" {
  for_each         = local.campaigns
  accounts         = local.customers
  condition        = each.value
  on_account_error = "ignore" # the check lists them

  lifecycle {
    postcondition {
      condition     = length(self.reached) > 0
      error_message = "The campaign ${each.key} reaches nobody."
    }
  }
}

locals {
  unreached = {
    for campaign, audience in data.timpush_push_audience.campaign :
    campaign => merge(audience.missed, { for account, error in audience.errors : account => error.message })
  }
}

check "every_customer_is_reached" {
  assert {
    condition = alltrue([for reasons in local.unreached : length(reasons) == 0])
    error_message = join("\n", flatten([
      for campaign, reasons in local.unreached : [for account, reason in reasons : "${campaign} misses ${account}: ${reason}."]
    ]))
  }
}

output "reached" {
  value = { for campaign, audience in data.timpush_push_audience.campaign : campaign => audience.reached }
}
