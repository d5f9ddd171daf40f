locals {
  accounts = ["Mary", "xiaoming", "xiaohua"]
}

data "timpush_user_tags" "team" {
  accounts = local.accounts
}

data "timpush_user_attributes" "team" {
  accounts         = local.accounts
  on_account_error = "ignore" # the tags warn of the same accounts
}

# Account -> { tags, attributes }, for the accounts of which both were read.
locals {
  team = {
    for account, tags in data.timpush_user_tags.team.tags : account => {
      tags       = tags
      attributes = data.timpush_user_attributes.team.attributes[account]
    } if can(data.timpush_user_attributes.team.attributes[account])
  }
}

output "team" {
  value = local.team
}

# Tag -> accounts.
output "accounts_by_tag" {
  value = transpose(data.timpush_user_tags.team.tags)
}

check "gold_members_have_a_city" {
  assert {
    condition = alltrue([
      for user in local.team : lookup(user.attributes, "city", "") != ""
      if contains(user.tags, "GoldMember")
    ])
    error_message = "Gold members without the attribute city: ${join(", ", [
      for account, user in local.team : account
      if contains(user.tags, "GoldMember") && lookup(user.attributes, "city", "") == ""
    ])}."
  }
}
