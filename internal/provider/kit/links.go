package kit

import "strconv"

// GoDuration is what descriptions call a duration.
const GoDuration = "[Go duration](https://pkg.go.dev/time#ParseDuration)"

// Links in descriptions are complete, since editors show descriptions too.
const docsURL = "https://registry.terraform.io/providers/timpush/timpush/latest/docs/"

// GuideLink links a guide of the docs by its title.
func GuideLink(title, page string) string {
	return "[" + title + "](" + docsURL + "guides/" + page + ")"
}

// KindLink links the docs page of a kind. folder is "data-sources" and so on.
func KindLink(text, folder, name string) string {
	return "[" + text + "](" + docsURL + folder + "/" + name + ")"
}

// ServiceLink links a page of the service's own documentation.
func ServiceLink(text string, page int) string {
	return "[" + text + "](https://www.tencentcloud.com/document/product/1047/" + strconv.Itoa(page) + ")"
}
