ephemeral "timpush_user_tags" "team" {
  accounts         = ["xiaoming", "xiaohua"]
  on_account_error = "error" # the check needs all accounts
}

check "everyone_has_a_month_pass" {
  assert {
    condition     = alltrue([for tags in values(ephemeral.timpush_user_tags.team.tags) : contains(tags, "MonthPassUser")])
    error_message = "Some accounts lack the tag MonthPassUser: a push by this tag skips them."
  }
}
