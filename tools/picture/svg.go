package main

import (
	"fmt"
	"html"
	"strings"
	"unicode/utf8"
)

// Sizes in pixels. Characters of terminal fonts are about 0.6 times as wide as the
// font size.
const (
	columns    = 80
	fontSize   = 14
	cellWidth  = 8.4
	lineHeight = 18
	margin     = 18
	titleBar   = 36
)

// colors are the terminal's colors, with enough contrast on the background for text.
// The window has a border, because pages may be light or dark.
var colors = map[int]string{
	30: "#8b949e", 31: "#ff7b72", 32: "#56d364", 33: "#e3b341", 34: "#79c0ff", 35: "#d2a8ff", 36: "#56d4dd", 37: foreground,
	90: "#8b949e", 91: "#ffa198", 92: "#7ee787", 93: "#f2cc60", 94: "#a5d6ff", 95: "#e2c5ff", 96: "#b3f0ff", 97: "#ffffff",
}

// foreground is the color of text that sets none.
const foreground = "#c9d1d9"

const head = `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="title desc" width="%[1]d" height="%[2]d" viewBox="0 0 %[1]d %[2]d">
<title id="title">%[3]s</title>
<desc id="desc">%[4]s</desc>
<rect x="0.5" y="0.5" width="%[5]d" height="%[6]d" rx="9" fill="#161b22" stroke="#3d444d"/>
<path d="M1 36.5H%[5]d" stroke="#3d444d"/>
<circle cx="20" cy="18.5" r="6" fill="#ff5f57"/>
<circle cx="40" cy="18.5" r="6" fill="#febc2e"/>
<circle cx="60" cy="18.5" r="6" fill="#28c840"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace" font-size="%[7]d" fill="%[9]s">
<text x="%[8]d" y="23" fill="#8b949e" text-anchor="middle" aria-hidden="true">%[10]s</text>
`

// draw returns an SVG of a terminal window that shows the lines.
func draw(title string, lines []line) string {
	texts := make([]string, len(lines))
	widest := columns
	for i, l := range lines {
		texts[i] = strings.TrimRight(l.String(), " ")
		widest = max(widest, utf8.RuneCountInString(texts[i]))
	}
	width := int(float64(widest)*cellWidth) + 2*margin
	height := titleBar + 2*margin + len(lines)*lineHeight
	var svg strings.Builder
	fmt.Fprintf(&svg, head, width, height, html.EscapeString(title), html.EscapeString(strings.Join(texts, "\n")),
		width-1, height-1, fontSize, width/2, foreground, escape(title))
	for i, l := range lines {
		if len(l) > 0 {
			svg.WriteString(drawLine(l, top(i)+fontSize))
		}
	}
	svg.WriteString("</g>\n" + drawBars(lines) + "</svg>\n")
	return svg.String()
}

// top returns the y coordinate of a line's upper edge.
func top(index int) int { return titleBar + margin + index*lineHeight }

// drawLine draws a line with its baseline at y. Each span has an explicit position
// and width, so that columns are aligned in any font. Every character is assumed to
// be one column wide, which is true for all texts of the provider.
func drawLine(l line, y int) string {
	var svg strings.Builder
	fmt.Fprintf(&svg, `<text y="%d">`, y)
	column := 0
	for _, r := range l {
		length := utf8.RuneCountInString(r.text)
		fmt.Fprintf(&svg, `<tspan x="%.1f" textLength="%.1f"%s>%s</tspan>`,
			margin+float64(column)*cellWidth, float64(length)*cellWidth, r.attributes(), escape(r.text))
		column += length
	}
	svg.WriteString("</text>\n")
	return svg.String()
}

// escape escapes text to be drawn. No-break spaces keep indentation and alignment:
// browsers collapse ordinary spaces, even with xml:space="preserve".
func escape(text string) string {
	return html.EscapeString(strings.ReplaceAll(text, " ", "\u00a0"))
}

// attributes returns the SVG attributes of a style.
func (s style) attributes() string {
	text := ""
	if color := colors[s.color]; color != "" {
		text += ` fill="` + color + `"`
	}
	if s.bold {
		text += ` font-weight="bold"`
	}
	if s.dim {
		text += ` opacity="0.7"`
	}
	if s.underline {
		text += ` text-decoration="underline"`
	}
	return text
}
