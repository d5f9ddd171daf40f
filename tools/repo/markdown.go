package main

import (
	"regexp"
	"strings"
	"unicode"
)

var (
	fenced  = regexp.MustCompile("(?ms)^```(\\w*)\n(.*?)^```")
	link    = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	heading = regexp.MustCompile(`(?m)^#+ +(.*)$`)
	anchor  = regexp.MustCompile(`<a id="([^"]*)">`)
	mainURL = regexp.MustCompile(`https://github\.com/timpush/terraform-provider-timpush/(?:blob|tree)/main/([\w./-]+)`)
)

const docsURL = "https://registry.terraform.io/providers/timpush/timpush/latest/docs"

// registryPage returns the URL of a docs page in the registry.
func registryPage(page string) string {
	return docsURL + strings.TrimSuffix(strings.TrimPrefix(page, "docs"), ".md")
}

// prose returns Markdown without its code blocks, but with the same number of lines.
func prose(markdown string) string {
	return fenced.ReplaceAllStringFunc(markdown, func(block string) string {
		return strings.Repeat("\n", strings.Count(block, "\n"))
	})
}

// anchors returns the fragments to which links may point in a document.
func anchors(markdown string) map[string]bool {
	all := map[string]bool{}
	text := prose(markdown)
	for _, found := range heading.FindAllStringSubmatch(text, -1) {
		all[slug(found[1])] = true
	}
	for _, found := range anchor.FindAllStringSubmatch(text, -1) {
		all[found[1]] = true
	}
	return all
}

// slug returns the fragment that GitHub assigns to a heading.
func slug(heading string) string {
	heading = link.ReplaceAllString(heading, "]")
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case unicode.IsLetter(r), unicode.IsDigit(r), r == '-', r == '_':
			return unicode.ToLower(r)
		}
		return -1
	}, heading)
}

// cutAt splits a text before the first occurrence of another; after is empty if there
// is none.
func cutAt(text, at string) (before, after string) {
	index := strings.Index(text, at)
	if index < 0 {
		return text, ""
	}
	return text[:index], text[index:]
}

// containsWords reports whether a text contains another, ignoring differences in white
// space.
func containsWords(text, other string) bool {
	return strings.Contains(strings.Join(strings.Fields(text), " "), strings.Join(strings.Fields(other), " "))
}
