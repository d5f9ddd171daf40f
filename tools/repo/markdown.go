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

// registryPage is where the registry shows a page of the docs.
func registryPage(page string) string {
	return docsURL + strings.TrimSuffix(strings.TrimPrefix(page, "docs"), ".md")
}

// prose is Markdown with nothing in its code blocks, of as many lines.
func prose(markdown string) string {
	return fenced.ReplaceAllStringFunc(markdown, func(block string) string {
		return strings.Repeat("\n", strings.Count(block, "\n"))
	})
}

// anchors are the places in a document that links may name.
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

// slug is a heading as GitHub names it in links.
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

// cutAt splits a text before the first occurrence of another; after is empty where
// there is none.
func cutAt(text, at string) (before, after string) {
	index := strings.Index(text, at)
	if index < 0 {
		return text, ""
	}
	return text[:index], text[index:]
}

// containsWords tells whether a text contains another, however both are set.
func containsWords(text, other string) bool {
	return strings.Contains(strings.Join(strings.Fields(text), " "), strings.Join(strings.Fields(other), " "))
}
