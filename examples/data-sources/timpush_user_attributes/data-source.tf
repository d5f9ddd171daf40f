data "timpush_user_attributes" "team" {
  accounts = ["Mary", "xiaoming", "xiaohua"]
}

# Account -> attribute name -> value. A user without attributes has {}.
output "attributes" {
  value = data.timpush_user_attributes.team.attributes
}

# Account -> { code, message }, for each account that could not be read.
output "errors" {
  value = data.timpush_user_attributes.team.errors
}

# A warning at every plan and apply while someone has no city.
check "everyone_has_a_city" {
  assert {
    condition = alltrue([
      for attributes in values(data.timpush_user_attributes.team.attributes) :
      lookup(attributes, "city", "") != ""
    ])
    error_message = "Without the attribute city: ${join(", ", [
      for account, attributes in data.timpush_user_attributes.team.attributes :
      account if lookup(attributes, "city", "") == ""
    ])}."
  }
}
