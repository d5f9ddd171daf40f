data "timpush_attribute_names" "app" {}

output "attribute_names" {
  value = data.timpush_attribute_names.app.attribute_names
}
