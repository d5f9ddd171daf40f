data "timpush_attribute_names" "app" {}

# Attribute name -> { index, account_type }. An attribute is for accounts of one
# type only: "user_id" or "registration_id".
output "attribute_names" {
  value = data.timpush_attribute_names.app.attribute_names
}

# Stops plan and apply where no UserID can have a city: otherwise everyone would
# be read as someone without one.
data "timpush_user_attributes" "team" {
  accounts = ["xiaoming", "xiaohua"]

  lifecycle {
    precondition {
      condition     = try(data.timpush_attribute_names.app.attribute_names["city"].account_type, null) == "user_id"
      error_message = "The app has no attribute city for UserIDs. It has: ${join(", ", keys(data.timpush_attribute_names.app.attribute_names))}."
    }
  }
}
