package acceptance

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
	"github.com/timpush/terraform-provider-timpush/internal/test/cli"
)

// The key is in the plan file exactly in the cases that the guide lists. A plan
// with an ephemeral variable can be applied with another key.
func TestAccGuideKeyInPlan(t *testing.T) {
	t.Parallel()
	ephemeral := codeBlock(t, "terraform", "ephemeral = true", "docs/guides/credentials.md")
	for name, test := range map[string]struct {
		config string
		holds  bool
	}{
		"environment":          {"", false},
		"ephemeral":            {ephemeral, false},
		"sensitive only":       {regexp.MustCompile(`(?m)^.*ephemeral = true.*\n`).ReplaceAllString(ephemeral, ""), true},
		"in the configuration": {"provider \"timpush\" {\n  secret_key = \"" + testKey + "\"\n}\n", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cli.Need(t, features(test.config)...)
			w := newWorkspace(t)
			w.serve(t, newEmulator(t))
			w.write(t, "main.tf", requiredProviders+test.config+readTeam)
			w.overrideRegion(t, test.config)
			key := "TF_VAR_push_key=" + testKey
			w.env = append(w.env, key)
			w.mustRun(t, "plan", "-no-color", "-out=plan")
			plan := unzip(t, filepath.Join(w.folder, "plan"))
			if got := strings.Contains(plan, testKey); got != test.holds {
				t.Errorf("the plan file holds the key: %t", got)
			}
			if got := strings.Contains(w.mustRun(t, "show", "-json", "plan"), testKey); got != test.holds {
				t.Errorf("what is shown of the plan file holds the key: %t", got)
			}
			if test.config == ephemeral {
				w.env = append(w.env, "TF_VAR_push_key=a-new-key")
				w.mustRun(t, "apply", "-no-color", "-input=false", "plan")
			}
		})
	}
}

// An error prints its source line, and a key on that line. This happens with the
// guide's one-line file, but not if each argument has its own line.
func TestAccGuideKeyInJSON(t *testing.T) {
	t.Parallel()
	const config = `{"provider":{"timpush":{"region":"Singapore","secret_key":"` + testKey + `"}}}`
	for name, test := range map[string]struct {
		config string
		prints bool
	}{
		"on one line": {config, true},
		// The provider's own error, which has no path.
		"error about the key": {`{"provider":{"timpush":{"region":"singapore","secret_key":"` + testKey + ` "}}}`, true},
		"on lines":            {strings.NewReplacer("{", "{\n", ",", ",\n").Replace(config), false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorkspace(t)
			w.write(t, "main.tf.json", test.config)
			w.write(t, "team.tf", requiredProviders+readTeam)
			output, err := w.run(t, "plan", "-no-color")
			if err == nil || strings.Contains(output, testKey) != test.prints {
				t.Errorf("the error prints the key: want %t\n%s", test.prints, output)
			}
			output = strings.NewReplacer(testKey, "the key of the app", "registry.opentofu.org", "registry.terraform.io").Replace(output)
			_, shown, _ := strings.Cut(codeBlock(t, "text", "main.tf.json", "docs/guides/credentials.md"), "\n\n") // the lines below the summary
			if test.config == config && !strings.Contains(output, shown) {
				t.Errorf("the plan does not print what the guide shows:\n%s\n\nit prints:\n%s", shown, output)
			}
		})
	}
}

// Values that were read are in the state where the guide on personal data says
// so: in the data source, in outputs however they are marked, and in the message
// of a failed check.
func TestAccGuideState(t *testing.T) {
	t.Parallel()
	const canary = "canary-city"
	w := newWorkspace(t)
	w.serve(t, seededEmulator(t, emulator.Seed{Accounts: map[string]emulator.Account{"xiaoming": {Attributes: map[string]string{"city": canary}}}}))
	w.write(t, "main.tf", requiredProviders+`
data "timpush_user_attributes" "team" {
  accounts = ["xiaoming"]
}

output "city" {
  value     = data.timpush_user_attributes.team.attributes["xiaoming"].city
  sensitive = true
}

check "city" {
  assert {
    condition     = data.timpush_user_attributes.team.attributes["xiaoming"].city == "ShenZhen"
    error_message = "The city is ${data.timpush_user_attributes.team.attributes["xiaoming"].city}."
  }
}
`)
	w.mustRun(t, "apply", "-no-color", "-auto-approve")
	if state := read(t, filepath.Join(w.folder, "terraform.tfstate")); strings.Count(state, canary) != 3 {
		t.Errorf("the state does not hold the value three times:\n%s", state)
	}
}

// The guide's checks count accounts without naming them, and its command names
// them.
func TestAccGuideCounts(t *testing.T) {
	t.Parallel()
	for _, language := range languages() {
		t.Run(language, func(t *testing.T) {
			t.Parallel()
			w := newWorkspace(t)
			w.serve(t, newEmulator(t))
			w.write(t, "accounts.txt", "Mary\nxiaoming\nxiaohua\n")
			w.write(t, "main.tf", requiredProviders+codeBlock(t, "terraform", "cityless", "docs/guides/personal-data.md"))
			output := w.mustRun(t, "apply", "-no-color", "-auto-approve")
			for _, count := range []string{"1 of 3 accounts", "1 of 2 accounts"} {
				if !strings.Contains(output, count) {
					t.Errorf("no check says %q:\n%s", count, output)
				}
			}
			if strings.Contains(output, "Mary") || strings.Contains(output, "xiaohua") {
				t.Errorf("an account is named:\n%s", output)
			}
			listed := w.shell(t, language, codeBlock(t, language, "terraform console", "docs/guides/personal-data.md"))
			if !strings.Contains(listed, "Mary") || strings.Contains(listed, "xiaoming") {
				t.Errorf("the command lists %s", listed)
			}
		})
	}
}
