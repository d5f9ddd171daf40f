import {
  to = timpush_scheduled_push.new_year
  id = "1234567890" # the task ID
}
