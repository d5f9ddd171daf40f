# The pushes of the next 30 days.
list "timpush_scheduled_push" "next" {
  provider = timpush
}
