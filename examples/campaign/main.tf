terraform {
  required_providers {
    timpush = {
      source = "timpush/timpush"
    }
  }
}

# TIMPUSH_SDK_APP_ID, TIMPUSH_REGION, and TIMPUSH_SECRET_KEY choose the app.
provider "timpush" {}

locals {
  # The same as in the push.
  condition = {
    attributes_and = { city = "ShenZhen", level = "gold" }
  }
}

data "timpush_push_audience" "vips" {
  # One account per line.
  accounts         = compact(split("\n", replace(file("${path.module}/accounts.txt"), "/\ufeff|\r/", "\n")))
  on_account_error = "ignore" # the check reports these accounts
  condition        = local.condition

  # Terraform ignores misspelled parts of a condition, such as tag_not.
  lifecycle {
    precondition {
      condition     = length(setsubtract(keys(local.condition), ["attributes_and", "attributes_or", "tags_and", "tags_or", "tags_not"])) == 0
      error_message = "The condition has ${join(", ", keys(local.condition))}, but may only have attributes_and, attributes_or, tags_and, tags_or, and tags_not."
    }
  }
}

locals {
  vips = data.timpush_push_audience.vips
  skipped = concat(
    [for vip, reason in local.vips.missed : "- ${vip}: ${reason}"],
    [for vip, error in local.vips.errors : "- ${vip}: ${error.message}"],
  )
}

# Fails for an empty list, too. The message gives the reasons of at most 10 accounts.
# Reasons contain values of attributes, and the CLI stores the message in the state.
check "the_push_reaches_every_vip" {
  assert {
    condition = length(local.vips.reached) > 0 && length(local.skipped) == 0
    error_message = join("\n", concat(
      ["The push reaches ${length(local.vips.reached)} of ${length(local.vips.reached) + length(local.skipped)} VIPs."],
      slice(local.skipped, 0, min(10, length(local.skipped))),
    ))
  }
}

output "reached" {
  value = local.vips.reached
}

output "missed" {
  value = local.vips.missed
}
