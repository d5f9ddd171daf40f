terraform {
  required_providers {
    timpush = {
      source = "timpush/timpush"
    }
  }
}

# TIMPUSH_SDK_APP_ID, TIMPUSH_REGION, and TIMPUSH_SECRET_KEY choose the app.
provider "timpush" {}

# A day that ended an hour ago, so that most of its pushes have arrived.
data "timpush_push_statistics" "day" {
  start_time = timeadd(plantimestamp(), "-25h")
  end_time   = timeadd(plantimestamp(), "-1h")
}

# The four weeks before.
data "timpush_push_statistics" "before" {
  start_time = timeadd(plantimestamp(), "-697h")
  end_time   = timeadd(plantimestamp(), "-25h")
}

data "timpush_push_losses" "day" {
  start_time = timeadd(plantimestamp(), "-25h")
  end_time   = timeadd(plantimestamp(), "-1h")
}

locals {
  # The least share of pushes that should be delivered: adjust it to your app.
  least_share = 0.2

  day    = data.timpush_push_statistics.day.platforms
  before = data.timpush_push_statistics.before.platforms

  # Platforms that deliver too little. If the service does not send a number, it is
  # null, and the platform fails too.
  failing = [
    for platform, counts in local.day : platform
    if try(counts.total > 0 && counts.delivered < local.least_share * counts.total, true)
  ]

  # Platforms that delivered at least 10 pushes a day before, and have no pushes now.
  silent = [
    for platform, counts in local.before : platform
    if try(counts.delivered >= 280, false) && try(local.day[platform].total, 0) == 0
  ]

  # Why pushes were lost, most frequent first.
  losses = [
    for loss in data.timpush_push_losses.day.losses : {
      platform = coalesce(loss.platform, "all platforms")
      reason   = "${loss.stage}, code ${loss.code}: ${loss.message}"
      count    = coalesce(loss.count, 0)
    }
  ]
  losses_of_failing = [
    for loss in local.losses : "- ${loss.platform}: ${loss.count} lost (${loss.reason})"
    if contains(local.failing, loss.platform)
  ]
}

check "every_platform_delivers" {
  assert {
    condition = length(local.failing) == 0
    error_message = join("\n", concat(
      ["Too few pushes were delivered yesterday: ${join(", ", local.failing)}."],
      slice(local.losses_of_failing, 0, min(10, length(local.losses_of_failing))),
    ))
  }
  assert {
    condition = alltrue([
      for statistics in [data.timpush_push_statistics.day, data.timpush_push_statistics.before] :
      length(statistics.platforms) > 0 || statistics.counts.total == 0
    ])
    error_message = "The service sent no numbers per platform."
  }
}

# Remove it if your app does not push to every platform each day.
check "every_platform_has_pushes" {
  assert {
    condition     = length(local.silent) == 0
    error_message = "No pushes yesterday, although there were some in the weeks before: ${join(", ", local.silent)}."
  }
}

output "platforms" {
  value = local.day
}

# The number of lost pushes by reason, over all platforms.
output "losses" {
  value = {
    for reason, counts in { for loss in local.losses : loss.reason => loss.count... } : reason => sum(counts)
  }
}
