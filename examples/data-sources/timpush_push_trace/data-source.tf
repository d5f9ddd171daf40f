data "timpush_push_trace" "xiaoming" {
  task_id = "xxx-yyy-zzz" # the ID that the push returned
  account = "xiaoming"
}

output "platforms" {
  value = data.timpush_push_trace.xiaoming.devices[*].platform
}

# The steps of the push on each device, which are only partly documented.
output "offline_steps" {
  value = [for device in jsondecode(data.timpush_push_trace.xiaoming.json) : device.OfflinePushStat]
}
