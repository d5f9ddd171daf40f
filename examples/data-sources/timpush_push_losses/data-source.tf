data "timpush_push_losses" "last_week" {
  last = "168h"
}

locals {
  losses  = data.timpush_push_losses.last_week.losses
  reasons = distinct([for loss in local.losses : "${loss.code}: ${loss.message}"])
}

output "lost_by_reason" {
  value = {
    for reason in local.reasons :
    reason => sum([for loss in local.losses : coalesce(loss.count, 0) if "${loss.code}: ${loss.message}" == reason])
  }
}
