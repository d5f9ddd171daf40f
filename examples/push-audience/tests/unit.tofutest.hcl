# `tofu test` runs this file instead of unit.tftest.hcl. OpenTofu cannot read mock
# files, so this file repeats the mocks in mocks/.

mock_provider "timpush" {
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
}

variables {
  accounts = ["Mary", "xiaoming", "xiaohong", "xiaohua"]
}

run "audience" {
  command = plan

  variables {
    having = { city = "ShenZhen" }
  }

  assert {
    condition     = join(",", output.audience) == "xiaoming"
    error_message = "The audience is ${join(",", output.audience)}."
  }

  assert {
    condition     = output.unreadable["Mary"].code == 70107
    error_message = "Mary should not be readable."
  }
}

run "everyone_who_can_be_read" {
  command = plan

  assert {
    condition     = join(",", output.audience) == "xiaohong,xiaohua,xiaoming"
    error_message = "The audience is ${join(",", output.audience)}."
  }
}

run "incomplete" {
  command = plan

  variables {
    required = ["city", "sex"]
  }

  assert {
    condition     = jsonencode(output.incomplete) == jsonencode({ xiaohua = ["city", "sex"] })
    error_message = "Incomplete are ${jsonencode(output.incomplete)}."
  }
}

run "name_that_the_app_does_not_have" {
  command = plan

  variables {
    having = { town = "ShenZhen" }
  }

  expect_failures = [data.timpush_user_attributes.all]
}

run "name_for_the_other_type_of_account" {
  command = plan

  variables {
    required = ["country"]
  }

  expect_failures = [data.timpush_user_attributes.all]
}

run "unknown_account_type" {
  command = plan

  variables {
    account_type = "phone"
  }

  expect_failures = [var.account_type]
}

run "all_of_having" {
  command = plan

  variables {
    having = { city = "ShenZhen", sex = "female" } # nobody has both
  }

  assert {
    condition     = length(output.audience) == 0
    error_message = "The audience is ${join(",", output.audience)}."
  }
}

run "other_type_of_account" {
  command = plan

  variables {
    account_type = "registration_id"
    required     = ["country"]
  }

  assert {
    condition     = length(output.incomplete) == 3
    error_message = "Incomplete are ${jsonencode(output.incomplete)}."
  }
}

run "name_without_account_type" {
  command = plan

  variables {
    having = { city = "ShenZhen" }
  }

  override_data {
    target = data.timpush_attribute_names.app
    values = {
      attribute_names = {
        city = { index = 1, account_type = null }
      }
    }
  }

  assert {
    condition     = join(",", output.audience) == "xiaoming"
    error_message = "The audience is ${join(",", output.audience)}."
  }
}

run "value_that_is_null" {
  command = plan

  variables {
    having = { city = null }
  }

  expect_failures = [var.having]
}
