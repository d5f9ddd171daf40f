package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Terraform and OpenTofu draw a bar beside each warning and error, from its
// first line to its last.
const (
	barBegins = "╷"
	barEnds   = "╵"
)

// without leaves out the warnings and errors that hold a text, unless it is "".
func without(lines []line, text string) []line {
	begin, holds := -1, false
	for i := 0; i < len(lines) && text != ""; i++ {
		switch now := lines[i].String(); {
		case now == barBegins:
			begin, holds = i, false
		case now == barEnds && begin >= 0 && holds:
			lines = slices.Delete(lines, begin, i+1)
			i, begin = begin-1, -1
		default:
			holds = holds || strings.Contains(now, text)
		}
	}
	return lines
}

// drawBars draws the bars over their characters: between those of one line and
// the next, most fonts leave a gap.
func drawBars(lines []line) string {
	var svg strings.Builder
	begin := 0
	for i, l := range lines {
		switch l.String() {
		case barBegins:
			begin = i
		case barEnds:
			fmt.Fprintf(&svg, `<path d="M%.1f %dV%d" stroke="%s" stroke-width="1.5"/>`+"\n",
				margin+cellWidth/2, top(begin)+lineHeight/2, top(i)+lineHeight/2, cmp.Or(colors[l[0].color], foreground))
		}
	}
	return svg.String()
}
