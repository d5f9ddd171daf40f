import {
  to = timpush_user_attributes.test
  # Without names, all attributes of the accounts are imported.
  id = jsonencode({ accounts = ["test-gold", "test-silver"], names = ["city", "level"] })
}
