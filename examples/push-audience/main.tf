data "timpush_attribute_names" "app" {}

locals {
  app_names = data.timpush_attribute_names.app.attribute_names

  # Names in having and required that accounts of this type cannot have. A name counts
  # as possible if the service does not say which type it is for.
  impossible = sort([
    for name in distinct(concat(keys(var.having), var.required)) : name
    if coalesce(try(local.app_names[name].account_type, "none"), var.account_type) != var.account_type
  ])
}

data "timpush_user_attributes" "all" {
  accounts         = var.accounts
  on_account_error = var.on_account_error

  lifecycle {
    precondition {
      condition     = length(local.impossible) == 0
      error_message = "The app has no such attributes for accounts of type ${var.account_type}: ${join(", ", local.impossible)}."
    }
  }
}

locals {
  attributes = data.timpush_user_attributes.all.attributes
}
