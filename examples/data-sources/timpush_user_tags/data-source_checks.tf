# Warn in plan and apply if a push by city would skip gold members.
data "timpush_user_tags" "campaign" {
  accounts = ["Mary", "xiaoming", "xiaohua"]
  only     = ["GoldMember"] # keep other tags out of plan files and state
}

data "timpush_user_attributes" "gold_members" {
  accounts            = local.gold_members # if there are none, no request is made
  only                = []                 # missing_attributes is enough
  required_attributes = ["city"]
}

locals {
  gold_members = [for account, tags in data.timpush_user_tags.campaign.tags : account if contains(tags, "GoldMember")]
  without_city = concat(keys(data.timpush_user_attributes.gold_members.missing_attributes), keys(data.timpush_user_attributes.gold_members.errors))
}

check "every_gold_member_has_a_city" {
  assert {
    condition     = length(local.without_city) == 0
    error_message = "${length(local.without_city)} of ${length(local.gold_members)} gold members have no city: a push by city skips them."
  }
}
