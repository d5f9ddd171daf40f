output "audience" {
  description = "The accounts that have all attributes of having, sorted."
  value = sort([
    for account, attributes in local.attributes : account
    if alltrue([for name, value in var.having : lookup(attributes, name, null) == value])
  ])
}

output "incomplete" {
  description = "Account -> the required attributes that it lacks, for the accounts that lack some."
  value = {
    for account, lacks in {
      for account, attributes in local.attributes :
      account => [for name in var.required : name if lookup(attributes, name, "") == ""]
    } : account => lacks if length(lacks) > 0
  }
}

output "unreadable" {
  description = "Account -> { code, message }, for the accounts that cannot be read."
  value       = data.timpush_user_attributes.all.errors
}
