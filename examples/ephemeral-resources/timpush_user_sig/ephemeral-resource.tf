# A UserSig for an account that another program logs in with.
ephemeral "timpush_user_sig" "bot" {
  user_id  = "push-bot"
  validity = "168h" # a week
}

# Write-only arguments need Terraform 1.11 or OpenTofu 1.11.
resource "aws_secretsmanager_secret_version" "bot" {
  secret_id        = "push/bot"
  secret_string_wo = ephemeral.timpush_user_sig.bot.user_sig

  # The CLI cannot see that the UserSig is another one each time: what decides is
  # this number. Here, the first apply of a day writes it anew.
  secret_string_wo_version = parseint(formatdate("YYYYMMDD", plantimestamp()), 10)
}
