data "timpush_user_attributes" "team" {
  accounts = ["xiaoming", "xiaohua"]
}

output "attributes" {
  value = data.timpush_user_attributes.team.attributes
}
