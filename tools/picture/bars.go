package main

import (
	"cmp"
	"fmt"
	"strings"
)

// Terraform and OpenTofu draw a bar beside each warning and error, from its
// first line to its last.
const (
	barBegins = "╷"
	barEnds   = "╵"
)

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
