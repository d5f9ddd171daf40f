package main

import (
	"strings"
	"testing"
)

// A check block watches attributes: it warns where its condition fails, and
// plan and apply go on.
func TestAccCheckBlock(t *testing.T) {
	t.Parallel()
	const failed = "Check block assertion failed"
	for account, warns := range map[string]bool{"xiaoming": false, "xiaohua": true} {
		w := newWorkspace(t)
		w.serve(t, newEmulator(t))
		w.write(t, "main.tf", requiredProviders+`
data "timpush_user_attributes" "team" {
  accounts = ["`+account+`"]
}

check "city" {
  assert {
    condition     = contains(keys(data.timpush_user_attributes.team.attributes["`+account+`"]), "city")
    error_message = "`+account+` has no city."
  }
}
`)
		for _, command := range []string{"plan", "apply"} {
			output := w.mustRun(t, command, "-no-color", "-input=false")
			if strings.Contains(output, failed) != warns || strings.Contains(output, account+" has no city.") != warns {
				t.Errorf("%s of %s: a warning is wanted: %t, the output is:\n%s", command, account, warns, output)
			}
		}
	}
}
