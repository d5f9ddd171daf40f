package main

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
)

const shown = "  + a\n" +
	"\x1b[31m╷\x1b[0m\n\x1b[31m│\x1b[0m <Error> & \"more\"\n\x1b[31m╵\x1b[0m\nlast line\n"

func picture(t *testing.T, text string) string {
	t.Helper()
	var svg strings.Builder
	if err := run(strings.NewReader(text), &svg, "a <title>"); err != nil {
		t.Fatal(err)
	}
	return svg.String()
}

// A picture is XML, contains its text as text, keeps spaces, and is deterministic.
func TestPicture(t *testing.T) {
	t.Parallel()
	got := picture(t, shown)
	for decoder := xml.NewDecoder(strings.NewReader(got)); ; {
		if _, err := decoder.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatalf("%v:\n%s", err, got)
		}
	}
	for _, part := range []string{
		`<title id="title">a &lt;title&gt;</title>`,
		"<desc id=\"desc\">  + a\n╷\n│ &lt;Error&gt; &amp; &#34;more&#34;\n╵\nlast line</desc>",
		"<text y=\"68\"><tspan x=\"18.0\" textLength=\"42.0\">\u00a0\u00a0+\u00a0a</tspan></text>",
		"<tspan x=\"18.0\" textLength=\"8.4\" fill=\"#ff7b72\">│</tspan><tspan x=\"26.4\" textLength=\"142.8\">\u00a0&lt;Error&gt;\u00a0&amp;\u00a0&#34;more&#34;</tspan>",
		`<path d="M22.2 81V117" stroke="#ff7b72" stroke-width="1.5"/>`,
	} {
		if !strings.Contains(got, part) {
			t.Errorf("the picture does not contain %s:\n%s", part, got)
		}
	}
	if again := picture(t, shown); again != got {
		t.Error("the same text gives a different picture")
	}
}

// The window is 80 columns wide, or as wide as the longest line.
func TestWidth(t *testing.T) {
	t.Parallel()
	for columns, width := range map[int]string{1: `width="708"`, 80: `width="708"`, 90: `width="792"`} {
		if got := picture(t, strings.Repeat("é", columns)); !strings.Contains(got, width) {
			t.Errorf("the window with %d columns does not have %s", columns, width)
		}
	}
}
