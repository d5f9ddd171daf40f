data "timpush_user_tags" "team" {
  accounts = ["xiaoming", "xiaohua"]
}

output "accounts_by_tag" {
  value = transpose(data.timpush_user_tags.team.tags)
}
