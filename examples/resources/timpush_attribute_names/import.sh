# The ID is the SDKAppID of the provider.
terraform import timpush_attribute_names.app 1400000000
