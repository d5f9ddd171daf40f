ephemeral "timpush_user_attributes" "team" {
  accounts            = ["xiaoming", "xiaohua"]
  on_account_error    = "error" # the check needs all accounts
  required_attributes = ["city"]
}

check "every_account_has_a_city" {
  assert {
    condition     = length(ephemeral.timpush_user_attributes.team.missing_attributes) == 0
    error_message = "Some accounts have no city: a push by city skips them."
  }
}
