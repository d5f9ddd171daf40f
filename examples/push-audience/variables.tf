variable "accounts" {
  description = "The accounts to choose from: UserIDs or RegistrationIDs. For thousands of them, hand over a list as split() makes it."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.accounts) > 0
    error_message = "There are no accounts, so nothing would be found wrong."
  }
}

variable "account_type" {
  description = "What the accounts are: user_id or registration_id. An attribute is for accounts of one type only."
  type        = string
  default     = "user_id"
  nullable    = false

  validation {
    condition     = contains(["user_id", "registration_id"], var.account_type)
    error_message = "account_type is user_id or registration_id."
  }
}

variable "having" {
  description = "Attribute name -> value. An account is in the audience if it has all of them, as with AttrsAnd of a push."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for value in values(var.having) : value != null])
    error_message = "No value of having may be null: it would stand for accounts without the attribute."
  }
}

variable "required" {
  description = "Names of attributes that every account should have a value of, whichever it is."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for name in var.required : name != null])
    error_message = "No name of required may be null."
  }
}

variable "on_account_error" {
  description = "What to do about accounts that cannot be read: error, warn or ignore."
  type        = string
  default     = "warn"
  nullable    = false

  validation {
    condition     = contains(["error", "warn", "ignore"], var.on_account_error)
    error_message = "on_account_error is error, warn or ignore."
  }
}
