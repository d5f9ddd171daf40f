data "timpush_user_attributes" "team" {
  accounts = ["Mary", "xiaoming", "xiaohua"]

  # Or from a file with an account on each line, whatever its line ends:
  # accounts = compact(split("\n", replace(file("accounts.txt"), "\r", "")))
}

# Account -> attribute name -> value. A user without attributes has {}, and an
# account that could not be read is not there: try() gives a value all the same.
output "city_of_xiaoming" {
  value = try(data.timpush_user_attributes.team.attributes["xiaoming"].city, "unknown")
}

# Account -> { code, message }, for each account that could not be read.
output "errors" {
  value = data.timpush_user_attributes.team.errors
}

# Warnings at every plan and apply, while someone cannot be read or has no city.
check "everyone_was_read" {
  assert {
    condition     = length(data.timpush_user_attributes.team.errors) == 0
    error_message = "Not read: ${join(", ", keys(data.timpush_user_attributes.team.errors))}."
  }
}

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
