package main

import (
	"regexp"
	"slices"
	"strings"
)

// comment is one in a shell command or a configuration, which is translated.
var comment = regexp.MustCompile(`(?m)(^|\s+)# .*$`)

// checkReadmes finds code blocks and links to files that one README has and the
// other lacks. Sentences and comments may differ.
func checkReadmes(r *repository) {
	english, chinese := readmes[0], readmes[1]
	want, got := r.read(english), r.read(chinese)
	wanted, found := codeBlocks(want), codeBlocks(got)
	for i, block := range wanted {
		if i >= len(found) || found[i].text != block.text {
			r.report(chinese, 0, "code block %d is not that of %s:%d; copy it, only comments may differ", i+1, english, block.line)
			break // those after it would be reported for nothing
		}
	}
	if len(found) > len(wanted) {
		r.report(chinese, found[len(wanted)].line, "a code block that %s lacks; delete it, or add it there", english)
	}
	for _, target := range localLinks(want) {
		if !slices.Contains(localLinks(got), target) {
			r.report(chinese, 0, "does not link %s, as %s does; add the link", target, english)
		}
	}
	for _, target := range localLinks(got) {
		if !slices.Contains(localLinks(want), target) {
			r.report(english, 0, "does not link %s, as %s does; add the link", target, chinese)
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

// localLinks are the files that a README links, other than READMEs: each links the
// other, and some examples have one in Chinese.
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
