# Stop plan and apply if the app has no attribute "city" for UserIDs. Without the
# precondition, a misspelled name looks like an attribute that no account has.
data "timpush_attribute_names" "required" {}

data "timpush_user_attributes" "campaign" {
  accounts = ["xiaoming", "xiaohua"]

  lifecycle {
    precondition {
      condition     = try(data.timpush_attribute_names.required.attribute_names["city"].account_type, "") == "user_id"
      error_message = "The app has no attribute city for UserIDs. It has: ${join(", ", keys(data.timpush_attribute_names.required.attribute_names))}."
    }
  }
}
