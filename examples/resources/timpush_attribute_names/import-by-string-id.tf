import {
  to = timpush_attribute_names.app
  id = "1400000000" # the SDKAppID of the provider
}
