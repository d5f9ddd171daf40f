data "timpush_user_attributes" "vips" {
  accounts = ["xiaoming", "xiaohua"]
}

output "reached" {
  value = provider::timpush::audience({ attributes_and = { city = "ShenZhen" } }, data.timpush_user_attributes.vips.attributes)
}
