package main

import (
	"regexp"
	"strings"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// Each known code is in the tables once, with its meaning, also if no section lists it.
func TestEachCodeIsShownOnce(t *testing.T) {
	t.Parallel()
	for name, sections := range map[string][]section{"sections": sections, "no sections": nil} {
		tables := codeTables(sections, timpush.Codes())
		shown := map[string]int{}
		for _, found := range regexp.MustCompile(`\*\*(\d+)\*\*`).FindAllStringSubmatch(tables, -1) {
			shown[found[1]]++
		}
		if len(shown) != len(timpush.Codes()) {
			t.Errorf("%s: %d codes are shown, and %d are known", name, len(shown), len(timpush.Codes()))
		}
		for code, times := range shown {
			if times != 1 {
				t.Errorf("%s: %s is shown %d times", name, code, times)
			}
		}
		for _, code := range timpush.Codes() {
			if !strings.Contains(tables, timpush.Meaning(code)) {
				t.Errorf("%s: the meaning of %d is missing", name, code)
			}
		}
	}
}

// A fix is shown once in a table, with all of its codes.
func TestCodesWithTheSameFixShareARow(t *testing.T) {
	t.Parallel()
	for _, s := range sections {
		fixes := map[string]bool{}
		for _, row := range strings.Split(strings.TrimSpace(codeTable(s.codes)), "\n")[2:] {
			_, fix, _ := strings.Cut(strings.Trim(row, "| "), " | ")
			if fixes[fix] {
				t.Errorf("%s: more than one row says %s", s.heading, fix)
			}
			fixes[fix] = true
		}
	}
}
