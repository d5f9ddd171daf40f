# The ID is JSON. Without "tags", all tags of the accounts are imported.
terraform import timpush_user_tags.test '{"accounts":["test-gold","test-silver"],"tags":["beta","vip"]}'
