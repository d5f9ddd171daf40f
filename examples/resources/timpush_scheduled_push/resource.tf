# The service sends the push at this time, once.
resource "timpush_scheduled_push" "new_year" {
  send_at = "2038-01-01T09:00:00+08:00"
  audience = {
    condition = { attributes_and = { city = "ShenZhen" } }
  }
  notification = {
    title       = "Happy New Year"
    description = "Your present is waiting in the app."
  }
}
