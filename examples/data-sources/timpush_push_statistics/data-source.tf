data "timpush_push_statistics" "last_day" {
  last = "24h"
}

locals {
  # Numbers that the service does not send are null.
  silent_platforms = [
    for platform, counts in data.timpush_push_statistics.last_day.platforms :
    platform if coalesce(counts.total, 0) > 0 && coalesce(counts.delivered, 0) == 0
  ]
}

check "every_platform_delivers" {
  assert {
    condition     = length(local.silent_platforms) == 0
    error_message = "None of the pushes over these platforms was delivered: ${join(", ", local.silent_platforms)}."
  }
}

output "pushes" {
  value = data.timpush_push_statistics.last_day.counts
}
