# Runs the complete provider against the emulator, with the accounts in users.json.
# README.md shows how to start it.

provider "timpush" {}

variables {
  accounts = ["Mary", "xiaoming", "xiaohong", "xiaohua"]
}

run "by_attributes" {
  variables {
    condition = { attributes_and = { city = "ShenZhen" } }
  }

  assert {
    condition     = join(",", output.reached) == "xiaoming"
    error_message = "Reached are ${join(",", output.reached)}."
  }

  assert {
    condition     = output.missed["xiaohong"] == "city is \"BeiJing\", not \"ShenZhen\""
    error_message = "Missed are ${jsonencode(output.missed)}."
  }

  assert {
    condition     = output.errors["Mary"].code == 70107
    error_message = "Mary should not be readable."
  }
}

run "by_tags" {
  variables {
    condition = { tags_or = ["GoldMember"], tags_not = ["Unsubscribed"] }
  }

  assert {
    condition     = join(",", output.reached) == "xiaoming"
    error_message = "Reached are ${join(",", output.reached)}."
  }
}

run "not_everyone" {
  command = plan

  variables {
    condition      = { attributes_and = { city = "ShenZhen" } }
    reach_everyone = true
  }

  expect_failures = [data.timpush_push_audience.this]
}

run "everyone" {
  command = plan

  variables {
    accounts         = ["xiaoming", "xiaohong"]
    condition        = { tags_and = ["GoldMember"] }
    reach_everyone   = true
    on_account_error = "error"
  }
}
