# The delivered share of single pushes in a fixed time window.
data "timpush_push_statistics" "campaign" {
  task_ids   = ["xxx-yyy-zzz"] # the IDs that the pushes returned
  start_time = timeadd(plantimestamp(), "-72h")
  end_time   = plantimestamp()
}

output "delivered_share" {
  value = {
    for task, statistics in data.timpush_push_statistics.campaign.tasks :
    task => statistics.counts.delivered / statistics.counts.sent
    if coalesce(statistics.counts.sent, 0) > 0 && statistics.counts.delivered != null
  }
}
