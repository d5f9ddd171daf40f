# Compare two conditions with tags that are read once.
data "timpush_user_tags" "members" {
  accounts = ["xiaoming", "xiaohua"]
}

locals {
  conditions = {
    members = { tags_or = ["MonthPassUser", "GoldMember"] }
    gold    = { tags_and = ["GoldMember"], tags_not = ["Muted"] }
  }
}

output "audiences" {
  value = {
    for name, condition in local.conditions :
    name => provider::timpush::audience(condition, data.timpush_user_tags.members.tags)
  }
}
