package acceptance

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The error in the guide is the error for a wrong key.
func TestAccGuideError(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	w.serve(t, newEmulator(t))
	w.env = append(w.env, "TIMPUSH_IDENTIFIER=push-bot")
	w.write(t, "main.tf", strings.TrimSpace(requiredProviders)+"\n"+readTeam)
	output, err := w.run(t, "plan", "-no-color")
	output = strings.Replace(output, "Host: "+strings.TrimPrefix(w.endpoint, "http://"), "Host: adminapisgp.im.qcloud.com", 1)
	output = regexp.MustCompile(`(Attempts: 1 in) \S+`).ReplaceAllString(output, "$1 84ms")
	if want := codeBlock(t, "text", "Error: ", "docs/guides/troubleshooting.md"); err == nil || !strings.Contains(output, want) {
		t.Errorf("the plan does not print what the guide shows:\n%s\n\nit prints:\n%s", want, output)
	}
}

// The guide's commands write a log with the fields that the guide shows. The log
// contains no values, and only accounts that are in a warning.
func TestAccGuideLog(t *testing.T) {
	t.Parallel()
	for policy, named := range map[string]bool{"warn": true, "ignore": false} {
		t.Run(policy, func(t *testing.T) {
			t.Parallel()
			for _, language := range languages() {
				t.Run(language, func(t *testing.T) {
					t.Parallel()
					w := newWorkspace(t)
					w.serve(t, newEmulator(t))
					w.write(t, "main.tf", requiredProviders+`
data "timpush_user_attributes" "team" {
  accounts         = ["Mary", "xiaoming", "xiaohua"]
  on_account_error = "`+policy+`"
}
`)
					w.shell(t, language, codeBlock(t, language, "TF_LOG_PROVIDER", "docs/guides/troubleshooting.md"))
					checkLog(t, read(t, filepath.Join(w.folder, "log.txt")), named)
				})
			}
		})
	}
}

func checkLog(t *testing.T, logged string, named bool) {
	t.Helper()
	for _, value := range []string{"xiaoming", "xiaohua", "ShenZhen"} {
		if strings.Contains(logged, value) {
			t.Errorf("the log contains %s", value)
		}
	}
	if strings.Contains(logged, "Mary") != named {
		t.Errorf("the log names an account that could not be read: want %t", named)
	}
	shown := codeBlock(t, "text", "Called the Push Service", "docs/guides/troubleshooting.md")
	call := regexp.MustCompile(`.*Called the Push Service.*`).FindString(logged)
	for _, field := range strings.Fields(shown[strings.Index(shown, "Called"):]) {
		name, _, isField := strings.Cut(field, "=")
		if isField && !strings.Contains(call, " "+name+"=") {
			t.Errorf("the log has no %s: %s", name, call)
		}
	}
}

// The guide's commands list the provider's environment variables without their
// values.
func TestAccGuideVariables(t *testing.T) {
	t.Parallel()
	for _, language := range languages() {
		t.Run(language, func(t *testing.T) {
			t.Parallel()
			w := newWorkspace(t)
			w.serve(t, newEmulator(t))
			listed := strings.Fields(w.shell(t, language, codeBlock(t, language, "TIMPUSH_", "docs/guides/troubleshooting.md")))
			slices.Sort(listed)
			if want := []string{"TIMPUSH_ENDPOINT", "TIMPUSH_SDK_APP_ID", "TIMPUSH_SECRET_KEY"}; !slices.Equal(listed, want) {
				t.Errorf("the variables are %q, want %q", listed, want)
			}
		})
	}
}

// The warning in each guide is the last one of a plan with its first check.
// OpenTofu adds lines in the middle.
func TestAccGuideCheck(t *testing.T) {
	t.Parallel()
	for _, guide := range inBothLanguages(verifying) {
		t.Run(guide, func(t *testing.T) {
			t.Parallel()
			w := firstCheck(t, guide)
			output := w.mustRun(t, "plan", "-no-color")
			for part := range strings.SplitSeq(strings.TrimSpace(codeBlock(t, "text", "Check block", guide)), "\n\n") {
				if !strings.Contains(output, part) {
					t.Errorf("the plan does not print what the guide shows:\n%s\n\nit prints:\n%s", part, output)
				}
			}
		})
	}
}
