# The ID is JSON. Without "names", all attributes of the accounts are imported.
terraform import timpush_user_attributes.test '{"accounts":["test-gold","test-silver"],"names":["city","level"]}'
