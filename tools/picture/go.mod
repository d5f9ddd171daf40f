module github.com/timpush/terraform-provider-timpush/tools/picture

go 1.26
