output "reached" {
  description = "The accounts that the push reaches, in the order of accounts."
  value       = data.timpush_push_audience.this.reached
}

output "missed" {
  description = "Account -> why the push misses it. The reasons contain values of attributes."
  value       = data.timpush_push_audience.this.missed
}

output "errors" {
  description = "Account -> { code, message }, for the accounts that could not be read."
  value       = data.timpush_push_audience.this.errors
}
