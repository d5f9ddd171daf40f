# From the service to AWS Secrets Manager, past plan and state.
ephemeral "timpush_user_attributes" "team" {
  accounts         = ["xiaoming", "xiaohua"]
  on_account_error = "error" # rather than write half of them
}

# Write-only arguments need Terraform 1.11 or OpenTofu 1.11.
resource "aws_secretsmanager_secret_version" "team" {
  secret_id                = "push/team"
  secret_string_wo         = jsonencode(ephemeral.timpush_user_attributes.team.attributes)
  secret_string_wo_version = 1 # raise it to write what there is then
}

# A condition may look at the values, where the message does without them.
check "someone_has_a_city" {
  assert {
    condition = anytrue([
      for attributes in values(ephemeral.timpush_user_attributes.team.attributes) : lookup(attributes, "city", "") != ""
    ])
    error_message = "Nobody in the team has a city: pushes by city reach none of them."
  }
}
