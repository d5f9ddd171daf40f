import {
  to = timpush_attribute_names.app
  identity = {
    sdk_app_id = 1400000000
  }
}
