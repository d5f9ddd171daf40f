package kit

import "strconv"

// GoDuration is the link for durations in descriptions.
const GoDuration = "[Go duration](https://pkg.go.dev/time#ParseDuration)"

// Links in descriptions are absolute, since editors show descriptions too.
const docsURL = "https://registry.terraform.io/providers/timpush/timpush/latest/docs/"

// GuideLink returns a link to a guide, with its title as the text.
func GuideLink(title, page string) string {
	return "[" + title + "](" + docsURL + "guides/" + page + ")"
}

// KindLink returns a link to the docs page of a kind. folder is, for example,
// "data-sources".
func KindLink(text, folder, name string) string {
	return "[" + text + "](" + docsURL + folder + "/" + name + ")"
}

// ServiceLink returns a link to a page of the service's documentation.
func ServiceLink(text string, page int) string {
	return "[" + text + "](https://www.tencentcloud.com/document/product/1047/" + strconv.Itoa(page) + ")"
}
