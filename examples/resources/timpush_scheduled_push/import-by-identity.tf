import {
  to = timpush_scheduled_push.new_year
  identity = {
    sdk_app_id = 1400000000
    task_id    = "1234567890"
  }
}
