package main

import (
	"path"
	"strings"
)

// checkLinks finds links to files, docs pages and headings that do not exist. It does
// not check links to other sites.
func checkLinks(r *repository) {
	for _, file := range r.markdown() {
		text := prose(r.read(file))
		for _, found := range link.FindAllStringSubmatchIndex(text, -1) {
			checkLink(r, file, lineAt(text, found[0]), text[found[2]:found[3]])
		}
	}
	for _, file := range r.glob(".github/*/*.yml") { // issue forms
		text := r.read(file)
		for _, found := range mainURL.FindAllStringIndex(text, -1) {
			checkLink(r, file, lineAt(text, found[0]), text[found[0]:found[1]])
		}
	}
}

func checkLink(r *repository, file string, line int, target string) {
	name, at, _ := strings.Cut(target, "#")
	switch page, ours := strings.CutPrefix(name, docsURL); {
	case ours && page == "":
		name = "docs/index.md"
	case ours:
		name = "docs" + page + ".md"
	case mainURL.MatchString(name):
		name = mainURL.FindStringSubmatch(name)[1]
	case strings.Contains(name, ":"):
		return
	case name == "":
		name = file
	default:
		name = path.Join(path.Dir(file), name)
	}
	if !r.exists(name) {
		r.report(file, line, "links to %s, but there is no %s; fix the link", target, name)
		return
	}
	if at != "" && path.Ext(name) == ".md" && !anchors(r.read(name))[at] {
		r.report(file, line, "links to %s, but %s has no such heading; fix the link", target, name)
	}
}
