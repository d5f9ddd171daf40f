# Copy tags to AWS Secrets Manager without storing them in plan or state.
ephemeral "timpush_user_tags" "all" {
  accounts         = ["xiaoming", "xiaohua"]
  on_account_error = "error" # store all accounts, or none
  only             = ["GoldMember", "MonthPassUser"]
}

resource "aws_secretsmanager_secret_version" "tags" {
  secret_id                = "push/tags"
  secret_string_wo         = jsonencode(ephemeral.timpush_user_tags.all.tags)
  secret_string_wo_version = 1 # increase it to store the current tags
}
