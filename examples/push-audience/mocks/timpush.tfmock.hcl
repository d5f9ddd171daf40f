# The results that the mocked provider returns in tests, with neither network nor
# credentials. Copy this file and replace the accounts with your own.

mock_data "timpush_push_audience" {
  defaults = {
    reached = ["xiaoming"]
    missed = {
      xiaohong = "city is \"BeiJing\", not \"ShenZhen\""
      xiaohua  = "city is not set"
    }
    errors = {
      Mary = { code = 70107, message = "the account does not exist in the app" }
    }
  }
}
