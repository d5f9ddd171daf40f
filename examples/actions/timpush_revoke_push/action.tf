variable "task_id" {
  description = "The task ID of the push, as the action timpush_push shows it."
  type        = string
}

# Invoke it with terraform apply -invoke=action.timpush_revoke_push.sale -var=task_id=...
action "timpush_revoke_push" "sale" {
  config {
    task_id = var.task_id
    notification = {
      title       = "Correction"
      description = "The sale starts tomorrow."
    }
  }
}
