package acceptance

import (
	"html"
	"regexp"
	"strings"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
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

// The README's picture shows the output of the demo's plan, and the picture of the
// guide "Plan a campaign" that of the example's, apart from differences between CLIs.
func TestAccPictures(t *testing.T) {
	t.Parallel()
	for file, test := range map[string]struct {
		example  string
		warning  string   // the first line of a provider's warning
		location string   // of the check that fails
		message  []string // of the check
	}{
		"assets/plan.svg": {
			"examples/demo", "Warning: Some Accounts", `in check "a_push_to_shenzhen_reaches_everyone":`,
			[]string{"A push to ShenZhen reaches 1 of 3 users.", "- xiaohua: city is not set", "- Mary: the account does not exist in the app"},
		},
		"assets/audience.svg": {
			"examples/campaign", "", `in check "the_push_reaches_every_vip":`,
			[]string{
				"The push reaches 1 of 5 VIPs.", `- xiaohong: city is "BeiJing", not "ShenZhen"`, "- xiaohua: level is not set",
				"- xiaoli: city is not set; level is not set", "- Mary: the account does not exist in the app",
			},
		},
	} {
		t.Run(file, func(t *testing.T) {
			t.Parallel()
			picture := pictureText(t, root(file))
			w := example(t, test.example, exampleService(t, test.example))
			plan := w.mustRun(t, "plan", "-no-color")
			const outputs, rest, check = "Changes to Outputs:", "You can apply", "Warning: Check block"
			if shown, printed := between(t, picture, outputs, rest), between(t, plan, outputs, rest); shown != printed {
				t.Errorf("the picture shows other outputs than the plan, run make picture:\n%s\n\nthe plan prints:\n%s", shown, printed)
			}
			if test.warning != "" {
				// Without colors, there are no bars, and lines break in other places.
				if shown, printed := flat(between(t, picture, test.warning, check)), flat(between(t, plan, test.warning, check)); shown != printed {
					t.Errorf("the picture shows another warning than the plan, run make picture:\n%s\n\nthe plan prints:\n%s", shown, printed)
				}
			}
			_, shown, _ := strings.Cut(picture, check)
			_, printed, _ := strings.Cut(plan, check)
			for _, part := range []string{shown, printed} {
				// OpenTofu prints additional text between the location and the message.
				for _, text := range []string{test.location, strings.Join(test.message, " ")} {
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
		})
	}
}

// exampleService returns an emulator with the accounts of an example: its own, if it
// has some, as in scripts/demo.sh.
func exampleService(t *testing.T, folder string) *emulator.Emulator {
	t.Helper()
	file := root(folder + "/users.json")
	if !exists(t, file) {
		return newEmulator(t)
	}
	seed, err := emulator.ReadSeed(strings.NewReader(read(t, file)))
	if err != nil {
		t.Fatal(err)
	}
	return seededEmulator(t, seed)
}
