# Warn in plan and apply if a push by city would skip gold members.
data "timpush_user_tags" "campaign" {
  accounts = ["Mary", "xiaoming", "xiaohua"]
}

data "timpush_user_attributes" "gold_members" {
  accounts = local.gold_members # if there are none, no request is made
}

locals {
  gold_members = [for account, tags in data.timpush_user_tags.campaign.tags : account if contains(tags, "GoldMember")]
  without_city = [for account in local.gold_members : account if try(data.timpush_user_attributes.gold_members.attributes[account].city, "") == ""]
}

check "every_gold_member_has_a_city" {
  assert {
    condition     = length(local.without_city) == 0
    error_message = "${length(local.without_city)} of ${length(local.gold_members)} gold members have no city: a push by city skips them."
  }
}
