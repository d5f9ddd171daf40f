ephemeral "timpush_user_attributes" "team" {
  accounts = ["xiaoming", "xiaohua"]
}

check "every_account_has_a_city" {
  assert {
    condition     = alltrue([for user in values(ephemeral.timpush_user_attributes.team.attributes) : lookup(user, "city", "") != ""])
    error_message = "Some accounts have no city: a push by city skips them."
  }
}
