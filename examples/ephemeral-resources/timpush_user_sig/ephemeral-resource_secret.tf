# Store a UserSig in AWS Secrets Manager, for a program that logs in as push-bot.
ephemeral "timpush_user_sig" "stored" {
  user_id  = "push-bot"
  validity = "168h" # a week
}

resource "aws_secretsmanager_secret_version" "bot" {
  secret_id        = "push/bot"
  secret_string_wo = ephemeral.timpush_user_sig.stored.user_sig

  # Terraform writes the UserSig whenever this number changes: here, in the first
  # apply of each day.
  secret_string_wo_version = parseint(formatdate("YYYYMMDD", plantimestamp()), 10)
}
