variable "accounts" {
  description = "The accounts to choose from: UserIDs or RegistrationIDs. For thousands of accounts, pass a list that split() returns."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.accounts) > 0
    error_message = "The list of accounts is empty, so there is nothing to check."
  }
}

variable "account_type" {
  description = "The type of the accounts: user_id or registration_id. Each attribute is for accounts of one type."
  type        = string
  default     = "user_id"
  nullable    = false

  validation {
    condition     = contains(["user_id", "registration_id"], var.account_type)
    error_message = "account_type must be user_id or registration_id."
  }
}

variable "having" {
  description = "Attribute name -> value. An account is in the audience if it has all of them, like AttrsAnd of a push."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for value in values(var.having) : value != null])
    error_message = "having must not contain null values."
  }
}

variable "required" {
  description = "Names of attributes that every account needs, with any value."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for name in var.required : name != null])
    error_message = "required must not contain null names."
  }
}

variable "on_account_error" {
  description = "What to do about accounts that cannot be read: error, warn, or ignore."
  type        = string
  default     = "warn"
  nullable    = false

  validation {
    condition     = contains(["error", "warn", "ignore"], var.on_account_error)
    error_message = "on_account_error must be error, warn, or ignore."
  }
}
