terraform {
  required_providers {
    timpush = {
      source  = "timpush/timpush"
      version = "~> 0.1.0"
    }
  }
}

# The key comes from the environment variable TIMPUSH_SECRET_KEY.
provider "timpush" {
  sdk_app_id = 1400000000
  region     = "singapore"
}

data "timpush_user_attributes" "vips" {
  accounts = ["xiaoming", "xiaohua"]
}
