package main

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// style is the style of characters.
type style struct {
	color                int // parameter of the escape sequence, 30 to 37 or 90 to 97; 0 for the default
	bold, dim, underline bool
}

// span is a sequence of characters in one style.
type span struct {
	style
	text string
}

// line is a line of the terminal.
type line []span

func (l line) String() string {
	var text strings.Builder
	for _, r := range l {
		text.WriteString(r.text)
	}
	return text.String()
}

// sequences matches the escape sequences of terminals. The submatch is the parameters
// of sequences that set colors and styles.
var sequences = regexp.MustCompile(`\x1b(?:\[([0-9;]*)m|\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[ -/]*[0-~])`)

// parse reads text with escape sequences. A style lasts until it is changed, across
// line breaks. Sequences that set no style, and control characters other than line
// breaks, are dropped.
func parse(text string) []line {
	var now style
	lines := []line{nil}
	add := func(text string) {
		for i, part := range strings.Split(text, "\n") {
			if i > 0 {
				lines = append(lines, nil)
			}
			lines[len(lines)-1] = lines[len(lines)-1].with(now, part)
		}
	}
	for len(text) > 0 {
		at := sequences.FindStringSubmatchIndex(text)
		if at == nil {
			add(text)
			break
		}
		add(text[:at[0]])
		if at[2] >= 0 {
			now = now.changed(text[at[2]:at[3]])
		}
		text = text[at[1]:]
	}
	for len(lines) > 0 && strings.TrimSpace(lines[len(lines)-1].String()) == "" {
		lines = lines[:len(lines)-1]
	}
	return lines
}

// with returns the line with text appended.
func (l line) with(s style, text string) line {
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == unicode.ReplacementChar {
			return -1 // not allowed in XML
		}
		return r
	}, text)
	switch {
	case text == "":
		return l
	case len(l) > 0 && l[len(l)-1].style == s:
		l[len(l)-1].text += text
		return l
	}
	return append(l, span{s, text})
}

// changed returns the style after a sequence with these parameters. It ignores unknown
// parameters.
func (s style) changed(parameters string) style {
	list := strings.Split(parameters, ";")
	for i := 0; i < len(list); i++ {
		number, _ := strconv.Atoi(list[i]) // an empty parameter is 0
		switch {
		case number == 0:
			s = style{}
		case number == 1:
			s.bold = true
		case number == 2:
			s.dim = true
		case number == 4:
			s.underline = true
		case number == 22:
			s.bold, s.dim = false, false
		case number == 24:
			s.underline = false
		case number >= 30 && number <= 37, number >= 90 && number <= 97:
			s.color = number
		case number == 39:
			s.color = 0
		case number == 38 || number == 48: // an extended color, in the next parameters
			i += lengthOfColor(list[i+1:])
		}
	}
	return s
}

func lengthOfColor(parameters []string) int {
	switch {
	case len(parameters) > 0 && parameters[0] == "5":
		return 2
	case len(parameters) > 0 && parameters[0] == "2":
		return 4
	}
	return 0
}
