package main

import (
	"os"
	"regexp"
	"slices"
	"strconv"
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

// The Chinese guide has a row for each section, with the codes of that section.
func TestChineseGuideHasTheCodes(t *testing.T) {
	t.Parallel()
	guide, err := os.ReadFile("../../templates/guides/troubleshooting-zh-cn.md.tmpl")
	if err != nil {
		t.Fatal(err)
	}
	rows := regexp.MustCompile(`(?m)^\| [^|]+ \| (\d{5}(?:、\d{5})*) \|`).FindAllStringSubmatch(string(guide), -1)
	if len(rows) != len(sections) {
		t.Fatalf("the guide has %d rows of codes, want %d", len(rows), len(sections))
	}
	for i, s := range sections {
		var codes []string
		for _, code := range slices.Sorted(slices.Values(s.codes)) {
			codes = append(codes, strconv.FormatInt(code, 10))
		}
		if want := strings.Join(codes, "、"); rows[i][1] != want {
			t.Errorf("%s: the guide lists\n%s, want\n%s", s.heading, rows[i][1], want)
		}
	}
}
