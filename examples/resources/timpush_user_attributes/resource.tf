# Manages these attributes of two test accounts. Other attributes, and other
# accounts, are left alone.
resource "timpush_user_attributes" "test" {
  attributes = {
    test-gold   = { city = "ShenZhen", level = "gold" }
    test-silver = { city = "BeiJing", level = "silver" }
  }
}
