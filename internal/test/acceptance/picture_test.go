package acceptance

import (
	"html"
	"regexp"
	"strings"
	"testing"
)

var (
	pictureLine = regexp.MustCompile(`(?m)^<text [^>]*>(.*)</text>$`)
	pictureTag  = regexp.MustCompile(`<[^>]*>`)
)

// pictureText returns the text of a picture, without empty lines.
func pictureText(t *testing.T, file string) string {
	t.Helper()
	var lines []string
	for _, found := range pictureLine.FindAllStringSubmatch(read(t, file), -1) {
		lines = append(lines, html.UnescapeString(pictureTag.ReplaceAllString(found[1], "")))
	}
	return strings.ReplaceAll(strings.Join(lines, "\n"), "\u00a0", " ")
}

// between returns the text between two others.
func between(t *testing.T, text, begin, end string) string {
	t.Helper()
	_, text, found := strings.Cut(text, begin)
	text, _, ended := strings.Cut(text, end)
	if !found || !ended {
		t.Fatalf("there is no %q before a %q in:\n%s", begin, end, text)
	}
	return strings.TrimSpace(text)
}

// The README's picture shows the output of the demo's plan, apart from
// differences between CLIs.
func TestAccPicture(t *testing.T) {
	t.Parallel()
	picture := pictureText(t, root("assets/plan.svg"))
	w := example(t, "examples/demo", newEmulator(t))
	plan := w.mustRun(t, "plan", "-no-color")
	const outputs, rest, accounts, check = "Changes to Outputs:", "You can apply", "Warning: Some Accounts", "Warning: Check block"
	if shown, printed := between(t, picture, outputs, rest), between(t, plan, outputs, rest); shown != printed {
		t.Errorf("the picture shows other outputs than the plan, run make picture:\n%s\n\nthe plan prints:\n%s", shown, printed)
	}
	// Without colors, there are no bars, and lines break in other places.
	if shown, printed := flat(between(t, picture, accounts, check)), flat(between(t, plan, accounts, check)); shown != printed {
		t.Errorf("the picture shows another warning than the plan, run make picture:\n%s\n\nthe plan prints:\n%s", shown, printed)
	}
	_, shown, _ := strings.Cut(picture, check)
	_, printed, _ := strings.Cut(plan, check)
	for _, part := range []string{shown, printed} {
		// OpenTofu prints additional text between the location and the message.
		for _, text := range []string{`in check "a_push_by_city_reaches_everyone":`, "A push by city skips 2 of 3 users."} {
			if !strings.Contains(flat(part), text) {
				t.Errorf("picture and plan should both show %q, run make picture:\n%s", text, part)
			}
		}
	}
	for _, unwanted := range []string{"override", "127.0.0.1", w.folder} {
		if strings.Contains(picture, unwanted) {
			t.Errorf("the picture shows %q", unwanted)
		}
	}
}
