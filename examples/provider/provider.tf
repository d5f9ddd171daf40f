terraform {
  required_providers {
    timpush = {
      source = "timpush/timpush"
    }
  }
}

# The app's key comes from the environment variable TIMPUSH_SECRET_KEY.
provider "timpush" {
  sdk_app_id = 1400000000
  region     = "singapore"
}
