# A canary to test accounts. Invoke it with
# terraform apply -invoke=action.timpush_push.canary
action "timpush_push" "canary" {
  config {
    audience = {
      accounts = ["alice", "bob"]
    }
    notification = {
      title       = "Canary"
      description = "If you can read this, pushes arrive."
    }
  }
}
