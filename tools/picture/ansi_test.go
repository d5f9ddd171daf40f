package main

import (
	"reflect"
	"testing"
)

func TestParse(t *testing.T) {
	t.Parallel()
	green := style{color: 32}
	for text, want := range map[string][]line{
		"":                      {},
		"a\n\nb\n":              {{{text: "a"}}, nil, {{text: "b"}}},
		"a\x1b[32mb\x1b[0mc":    {{{text: "a"}, {green, "b"}, {text: "c"}}},
		"\x1b[32ma\nb\x1b[mc":   {{{green, "a"}}, {{green, "b"}, {text: "c"}}},
		"\x1b[32ma\x1b[39mb":    {{{green, "a"}, {text: "b"}}},
		"\x1b[1;4;95ma":         {{{style{color: 95, bold: true, underline: true}, "a"}}},
		"\x1b[1m\x1b[2ma":       {{{style{bold: true, dim: true}, "a"}}},
		"\x1b[1;2;4;22ma":       {{{style{underline: true}, "a"}}},
		"\x1b[1;4;24ma":         {{{style{bold: true}, "a"}}},
		"a\x1b[0m\x1b[0mb":      {{{text: "ab"}}},
		"\x1b[38;5;1;32ma":      {{{green, "a"}}},
		"\x1b[48;2;1;4;2;32ma":  {{{green, "a"}}},
		"\x1b[32;38;5ma":        {{{green, "a"}}},
		"\x1b[3;7;99;32ma":      {{{green, "a"}}},
		"a\x1b[2K\x1b[?25hb":    {{{text: "ab"}}},
		"\x1b]0;title\x07a":     {{{text: "a"}}},
		"\x1b]8;;x\x1b\\a\x1b7": {{{text: "a"}}},
		"a\r\n\x00b\x1b":        {{{text: "a"}}, {{text: "b"}}},
		"a\n\x1b[0m \n\n":       {{{text: "a"}}},
	} {
		if got := parse(text); !reflect.DeepEqual(got, want) {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}
