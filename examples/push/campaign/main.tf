terraform {
  required_providers {
    timpush = {
      source = "timpush/timpush"
    }
  }
}

# TIMPUSH_SDK_APP_ID, TIMPUSH_REGION, and TIMPUSH_SECRET_KEY choose the app.
provider "timpush" {}

variable "send_at" {
  description = "When to send the campaign: a time in RFC 3339 format, in the future."
  type        = string
}

variable "canary_tasks" {
  description = "The task IDs of the canary, as its apply shows them. Without them, the pushes of the last minutes count."
  type        = list(string)
  default     = null
}

data "timpush_push_statistics" "canary" {
  task_ids = var.canary_tasks
  last     = var.canary_tasks == null ? "30m" : "720h"
}

locals {
  canary = data.timpush_push_statistics.canary

  # A number that the service does not send is null.
  arrived = try(local.canary.counts.delivered > 0, false)

  # Platforms that delivered less than half of their pushes.
  failing = [
    for platform, counts in local.canary.platforms : platform
    if try(counts.total > 0 && counts.delivered < 0.5 * counts.total, true)
  ]
}

check "pushes_arrived" {
  assert {
    condition     = local.arrived
    error_message = "There are no numbers of a push that arrived, so nothing shows that the campaign will. Send the canary, or wait until the service has its numbers."
  }
}

resource "timpush_scheduled_push" "campaign" {
  send_at      = var.send_at
  audience     = { condition = { attributes_and = { city = "ShenZhen", level = "gold" } } }
  notification = jsondecode(file("${path.module}/../notification.json"))

  lifecycle {
    # Holds once the campaign is due: nothing can stop it then.
    precondition {
      condition     = timecmp(plantimestamp(), var.send_at) >= 0 || length(local.failing) == 0 && (local.arrived || var.canary_tasks == null)
      error_message = length(local.failing) > 0 ? "Too few pushes were delivered: ${join(", ", local.failing)}." : "The canary has not arrived."
    }
  }
}

output "delivered" {
  value = { for platform, counts in local.canary.platforms : platform => counts.delivered }
}

output "campaign" {
  value = {
    task_id        = timpush_scheduled_push.campaign.task_id
    status         = timpush_scheduled_push.campaign.status
    push_task_id   = timpush_scheduled_push.campaign.push_task_id   # empty until it is sent
    dispatch_error = timpush_scheduled_push.campaign.dispatch_error # why it could not be sent, or empty
  }
}
