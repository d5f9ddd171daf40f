variable "accounts" {
  description = "The accounts that the campaign is for: UserIDs or RegistrationIDs. For thousands of accounts, pass a list that split() returns."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.accounts) > 0
    error_message = "The list of accounts is empty, so there is nothing to check."
  }
}

variable "condition" {
  description = "The condition of the push, by attributes or by tags. Terraform ignores parts with other names."
  type = object({
    attributes_and = optional(map(string))
    attributes_or  = optional(map(string))
    tags_and       = optional(list(string))
    tags_or        = optional(list(string))
    tags_not       = optional(list(string))
  })
  nullable = false
}

variable "reach_everyone" {
  description = "Whether plan and apply fail if the push does not reach every account."
  type        = bool
  default     = false
  nullable    = false
}

variable "on_account_error" {
  description = "What to do about accounts that cannot be read: error, warn, or ignore."
  type        = string
  default     = "warn"
  nullable    = false
}
