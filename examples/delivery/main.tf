terraform {
  required_providers {
    timpush = {
      source = "timpush/timpush"
    }
  }
}

# TIMPUSH_SDK_APP_ID, TIMPUSH_REGION, and TIMPUSH_SECRET_KEY choose the app.
provider "timpush" {}

# The last day.
data "timpush_push_statistics" "day" {
  last = "24h"
}

# The six days before.
data "timpush_push_statistics" "before" {
  start_time = timeadd(plantimestamp(), "-168h")
  end_time   = timeadd(plantimestamp(), "-24h")
}

data "timpush_push_losses" "day" {
  last = "24h"
}

locals {
  counts    = data.timpush_push_statistics.day.counts
  platforms = data.timpush_push_statistics.day.platforms

  # The platforms that delivered before and deliver nothing now. A count is null if
  # the service does not report it.
  silent = [
    for platform, before in data.timpush_push_statistics.before.platforms : platform
    if coalesce(before.delivered, 0) > 0 && coalesce(try(local.platforms[platform].delivered, 0), 0) == 0
  ]

  # Why pushes were lost, most frequent first.
  losses = [
    for loss in data.timpush_push_losses.day.losses : {
      platform = coalesce(loss.platform, "all platforms")
      reason   = "${loss.stage}, code ${loss.code}: ${loss.message}"
      count    = coalesce(loss.count, 0)
    }
  ]
  losses_of_silent = [
    for loss in local.losses : "- ${loss.platform}: ${loss.count} lost (${loss.reason})"
    if contains(local.silent, loss.platform)
  ]
}

# A platform without deliveries is not a failure if nothing was pushed.
check "every_platform_delivers" {
  assert {
    condition = coalesce(local.counts.total, 0) == 0 || length(local.silent) == 0
    error_message = join("\n", concat(
      ["Delivered pushes before, but none in the last 24 hours: ${join(", ", local.silent)}."],
      slice(local.losses_of_silent, 0, min(10, length(local.losses_of_silent))),
    ))
  }
}

check "most_pushes_are_delivered" {
  assert {
    condition     = coalesce(local.counts.delivered, 0) >= 0.5 * coalesce(local.counts.sent, 0)
    error_message = "Only ${coalesce(local.counts.delivered, 0)} of ${coalesce(local.counts.sent, 0)} pushes that were sent in the last 24 hours were delivered."
  }
}

output "platforms" {
  value = local.platforms
}

# The number of lost pushes by reason, over all platforms.
output "losses" {
  value = {
    for reason, counts in { for loss in local.losses : loss.reason => loss.count... } : reason => sum(counts)
  }
}
