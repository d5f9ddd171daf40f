data "timpush_push_statistics" "last_day" {
  last = "24h"
}

locals {
  # Platforms of which no push was delivered, or whose numbers the service does not send.
  silent_platforms = [
    for platform, counts in data.timpush_push_statistics.last_day.platforms :
    platform if try(counts.total > 0 && coalesce(counts.delivered, 0) == 0, true)
  ]
}

check "every_platform_delivers" {
  assert {
    condition     = length(local.silent_platforms) == 0
    error_message = "None of the pushes over these platforms was delivered: ${join(", ", local.silent_platforms)}."
  }
  assert {
    condition     = length(data.timpush_push_statistics.last_day.platforms) > 0 || data.timpush_push_statistics.last_day.counts.total == 0
    error_message = "The service sent no numbers per platform."
  }
}

output "pushes" {
  value = data.timpush_push_statistics.last_day.counts
}
