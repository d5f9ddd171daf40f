# Copy attributes to AWS Secrets Manager without storing them in plan or state.
ephemeral "timpush_user_attributes" "all" {
  accounts         = ["xiaoming", "xiaohua"]
  on_account_error = "error" # store all accounts, or none
  only             = ["city"]
}

resource "aws_secretsmanager_secret_version" "attributes" {
  secret_id                = "push/attributes"
  secret_string_wo         = jsonencode(ephemeral.timpush_user_attributes.all.attributes)
  secret_string_wo_version = 1 # increase it to store the current attributes
}
