terraform {
  required_version = ">= 1.5"

  required_providers {
    timpush = {
      source = "timpush/timpush"
    }
  }
}
