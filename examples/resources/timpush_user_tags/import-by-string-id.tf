import {
  to = timpush_user_tags.test
  # Without tags, all tags of the accounts are imported.
  id = jsonencode({ accounts = ["test-gold", "test-silver"], tags = ["beta", "vip"] })
}
