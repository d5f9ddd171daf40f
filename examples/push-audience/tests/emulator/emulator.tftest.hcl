# Runs the complete provider against the emulator, with the accounts in users.json.
# README.md shows how to start it.

provider "timpush" {}

variables {
  accounts = ["Mary", "xiaoming", "xiaohong", "xiaohua"]
}

run "audience" {
  variables {
    having   = { city = "ShenZhen" }
    required = ["city"]
  }

  assert {
    condition     = join(",", output.audience) == "xiaoming"
    error_message = "The audience is ${join(",", output.audience)}."
  }

  assert {
    condition     = jsonencode(output.incomplete) == jsonencode({ xiaohua = ["city"] })
    error_message = "Incomplete are ${jsonencode(output.incomplete)}."
  }

  assert {
    condition     = output.unreadable["Mary"].code == 70107
    error_message = "Mary should not be readable."
  }
}

run "name_for_the_other_type_of_account" {
  command = plan

  variables {
    having = { country = "China" }
  }

  expect_failures = [data.timpush_user_attributes.all]
}

run "error_mode_when_all_can_be_read" {
  command = plan

  variables {
    accounts         = ["xiaoming", "xiaohua"]
    on_account_error = "error"
  }

  assert {
    condition     = length(output.audience) == 2 && length(output.unreadable) == 0
    error_message = "The audience is ${join(",", output.audience)}."
  }
}
