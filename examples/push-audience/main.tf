data "timpush_push_audience" "this" {
  accounts         = var.accounts
  condition        = var.condition
  on_account_error = var.on_account_error

  lifecycle {
    postcondition {
      condition = !var.reach_everyone || toset(self.reached) == toset(self.accounts)
      error_message = join("\n", concat(
        ["The push reaches ${length(self.reached)} of ${length(toset(self.accounts))} accounts."],
        [for account, reason in self.missed : "- ${account}: ${reason}"],
        [for account, error in self.errors : "- ${account}: ${error.message}"],
      ))
    }
  }
}
