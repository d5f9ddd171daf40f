# Warn in plan and apply if a push by city would skip accounts. No values are
# stored.
data "timpush_user_attributes" "campaign" {
  accounts            = ["Mary", "xiaoming", "xiaohua"]
  on_account_error    = "ignore" # the first check counts them
  only                = []       # keep all values out of plan files and state
  required_attributes = ["city"]
}

locals {
  unread       = data.timpush_user_attributes.campaign.errors
  read         = data.timpush_user_attributes.campaign.attributes
  without_city = data.timpush_user_attributes.campaign.missing_attributes
}

check "every_account_was_read" {
  assert {
    condition     = length(local.unread) == 0
    error_message = "${length(local.unread)} of ${length(local.unread) + length(local.read)} accounts could not be read."
  }
}

check "every_account_has_a_city" {
  assert {
    condition     = length(local.without_city) == 0
    error_message = "${length(local.without_city)} of ${length(local.read)} accounts have no city: a push by city skips them."
  }
}
