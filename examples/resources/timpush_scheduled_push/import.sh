# The ID is the task ID of the scheduled push.
terraform import timpush_scheduled_push.new_year 1234567890
