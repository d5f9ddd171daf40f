package main

import (
	"cmp"
	"fmt"
	"strings"
)

// Terraform and OpenTofu print a bar beside each warning and error, from its first
// line to its last.
const (
	barBegins = "╷"
	barEnds   = "╵"
)

// drawBars draws the bars as lines over their characters, because most fonts leave a
// gap between the characters of two lines.
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
