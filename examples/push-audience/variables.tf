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
  description = "The condition of the push: an object with attributes_and and attributes_or, or with tags_and, tags_or, and tags_not."
  type        = any # with an object type, Terraform would ignore misspelled parts
  nullable    = false

  validation {
    condition     = length(setsubtract(try(keys(var.condition), ["not an object"]), ["attributes_and", "attributes_or", "tags_and", "tags_or", "tags_not"])) == 0
    error_message = "The condition must be an object with only attributes_and, attributes_or, tags_and, tags_or, and tags_not."
  }
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
