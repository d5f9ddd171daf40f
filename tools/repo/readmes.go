package main

import (
	"regexp"
	"slices"
	"strings"
)

// comment matches a comment in a shell command or a configuration. Comments are
// translated.
var comment = regexp.MustCompile(`(?m)(^|\s+)# .*$`)

// checkReadmes finds code blocks and links to files that only one README has. Sentences
// and comments may differ.
func checkReadmes(r *repository) {
	english, chinese := readmes[0], readmes[1]
	want, got := r.read(english), r.read(chinese)
	wanted, found := codeBlocks(want), codeBlocks(got)
	for i, block := range wanted {
		if i >= len(found) || found[i].text != block.text {
			r.report(chinese, 0, "code block %d differs from %s:%d; copy it, only comments may differ", i+1, english, block.line)
			break // the blocks after it may only be shifted
		}
	}
	if len(found) > len(wanted) {
		r.report(chinese, found[len(wanted)].line, "this code block is missing from %s; delete it, or add it there", english)
	}
	for _, target := range localLinks(want) {
		if !slices.Contains(localLinks(got), target) {
			r.report(chinese, 0, "does not link to %s, as %s does; add the link", target, english)
		}
	}
	for _, target := range localLinks(got) {
		if !slices.Contains(localLinks(want), target) {
			r.report(english, 0, "does not link to %s, as %s does; add the link", target, chinese)
		}
	}
}

type codeBlock struct {
	text string // language and commands, without comments
	line int
}

func codeBlocks(markdown string) (blocks []codeBlock) {
	for _, found := range fenced.FindAllStringSubmatchIndex(markdown, -1) {
		language, text := markdown[found[2]:found[3]], markdown[found[4]:found[5]]
		blocks = append(blocks, codeBlock{language + "\n" + comment.ReplaceAllString(text, ""), lineAt(markdown, found[0])})
	}
	return blocks
}

// localLinks returns the files to which a README links, except for READMEs: each links
// to the other one, and some examples have a Chinese one.
func localLinks(markdown string) (targets []string) {
	for _, found := range link.FindAllStringSubmatch(prose(markdown), -1) {
		target, _, _ := strings.Cut(found[1], "#")
		if target != "" && !strings.Contains(target, ":") && !strings.HasPrefix(target, "README") {
			targets = append(targets, target)
		}
	}
	slices.Sort(targets)
	return slices.Compact(targets)
}
