data "timpush_user_attributes" "team" {
  accounts            = ["xiaoming", "xiaohua"]
  on_account_error    = "error" # the check needs all accounts
  required_attributes = ["city"]
}

check "team_has_a_city" {
  assert {
    condition     = length(data.timpush_user_attributes.team.missing_attributes) == 0
    error_message = "Without a city: ${join(", ", keys(data.timpush_user_attributes.team.missing_attributes))}."
  }
}

output "attributes" {
  value = data.timpush_user_attributes.team.attributes
}
