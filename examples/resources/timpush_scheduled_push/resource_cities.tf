# One push for each city, at nine in the morning there.
resource "timpush_scheduled_push" "morning" {
  for_each = { ShenZhen = "+08:00", Tokyo = "+09:00" }

  send_at = "2038-01-02T09:00:00${each.value}"
  audience = {
    condition = { attributes_and = { city = each.key } }
  }
  notification = {
    title       = "Good morning"
    description = "Sales begin today."
    ext         = jsonencode({ page = "sales" })
    android     = { huawei_category = "MARKETING", xiaomi_channel_id = "104551" }
  }
}
