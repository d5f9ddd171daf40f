data "timpush_push_audience" "vips" {
  accounts  = ["xiaoming", "xiaohua"]
  condition = { attributes_and = { city = "ShenZhen" } }
}

check "every_vip_is_reached" {
  assert {
    condition     = length(data.timpush_push_audience.vips.missed) + length(data.timpush_push_audience.vips.errors) == 0
    error_message = "Missed: ${jsonencode(data.timpush_push_audience.vips.missed)}. Not read: ${jsonencode(data.timpush_push_audience.vips.errors)}."
  }
}
