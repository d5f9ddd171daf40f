# `tofu test` runs this file instead of unit.tftest.hcl. OpenTofu cannot read mock
# files, so this file repeats the mocks in mocks/.

mock_provider "timpush" {
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
}

variables {
  accounts  = ["Mary", "xiaoming", "xiaohong", "xiaohua"]
  condition = { attributes_and = { city = "ShenZhen" } }
}

run "outputs" {
  command = plan

  assert {
    condition     = join(",", output.reached) == "xiaoming"
    error_message = "Reached are ${join(",", output.reached)}."
  }

  assert {
    condition     = output.missed["xiaohua"] == "city is not set"
    error_message = "Missed are ${jsonencode(output.missed)}."
  }

  assert {
    condition     = output.errors["Mary"].code == 70107
    error_message = "Mary should not be readable."
  }
}

run "not_everyone" {
  command = plan

  variables {
    reach_everyone = true
  }

  expect_failures = [data.timpush_push_audience.this]
}

run "not_even_read" {
  command = plan

  variables {
    reach_everyone = true
  }

  override_data {
    target = data.timpush_push_audience.this
    values = {
      reached = ["xiaoming", "xiaohong", "xiaohua"]
      missed  = {}
    }
  }

  expect_failures = [data.timpush_push_audience.this]
}

run "everyone" {
  command = plan

  variables {
    reach_everyone = true
  }

  override_data {
    target = data.timpush_push_audience.this
    values = {
      reached = ["Mary", "xiaoming", "xiaohong", "xiaohua"]
      missed  = {}
      errors  = {}
    }
  }
}

run "no_accounts" {
  command = plan

  variables {
    accounts = []
  }

  expect_failures = [var.accounts]
}

run "misspelled_part" {
  command = plan

  variables {
    condition = { tags_and = ["GoldMember"], tag_not = ["Unsubscribed"] }
  }

  expect_failures = [var.condition]
}
