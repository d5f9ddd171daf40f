# Pushes of one campaign, with all their arguments.
list "timpush_scheduled_push" "new_year" {
  provider         = timpush
  include_resource = true

  config {
    begin   = "2037-12-24T00:00:00+08:00"
    end     = "2038-01-02T00:00:00+08:00"
    keyword = "New Year"
  }
}
