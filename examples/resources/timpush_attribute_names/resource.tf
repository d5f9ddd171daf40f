# Manages the names at indexes 0 to 2 of the app. Other indexes are left alone.
resource "timpush_attribute_names" "app" {
  attribute_names = {
    city    = { index = 0 }
    level   = { index = 1 }
    country = { index = 2, account_type = "registration_id" }
  }
}
