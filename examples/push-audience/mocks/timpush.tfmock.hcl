# The results that the mocked provider returns in tests, with neither network nor
# credentials. Copy this file and replace the accounts with your own.

mock_data "timpush_attribute_names" {
  defaults = {
    attribute_names = {
      sex     = { index = 0, account_type = "user_id" }
      city    = { index = 1, account_type = "user_id" }
      country = { index = 2, account_type = "registration_id" }
    }
  }
}

mock_data "timpush_user_attributes" {
  defaults = {
    attributes = {
      xiaoming = { sex = "male", city = "ShenZhen" }
      xiaohong = { sex = "female", city = "BeiJing" }
      xiaohua  = {}
    }
    errors = {
      Mary = { code = 70107, message = "the account does not exist in the app" }
    }
  }
}

mock_data "timpush_user_tags" {
  defaults = {
    tags = {
      xiaoming = ["GoldMember", "WeekPassUser"]
      xiaohua  = []
    }
    errors = {
      Mary = { code = 70107, message = "the account does not exist in the app" }
    }
  }
}
