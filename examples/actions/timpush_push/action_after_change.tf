# Terraform runs the action after each change of the resource.
variable "release" {
  description = "The version of the app."
  type        = string
}

resource "terraform_data" "release" {
  input = var.release

  lifecycle {
    action_trigger {
      events  = [after_create, after_update]
      actions = [action.timpush_push.release]
    }
  }
}

action "timpush_push" "release" {
  config {
    audience = {
      condition = { attributes_and = { level = "tester" } }
    }
    notification = {
      title       = "Version ${var.release}"
      description = "A new version is ready to test."
      ext         = jsonencode({ page = "releases" })
      android     = { huawei_category = "DEVICE_REMINDER", xiaomi_channel_id = "104551" }
      apns        = { interruption_level = "passive" }
    }
  }
}
