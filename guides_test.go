package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/tencentyun/tls-sig-api-v2-golang/tencentyun"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
	"github.com/timpush/terraform-provider-timpush/internal/test/cli"
)

// The guide's error is the one that a wrong key gives.
func TestAccGuideError(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	w.serve(t, newEmulator(t))
	w.env = append(w.env, "TIMPUSH_SECRET_KEY=the-key-of-another-app")
	w.write(t, "main.tf", strings.TrimSpace(requiredProviders)+"\n"+readTeam)
	output, err := w.run(t, "plan", "-no-color")
	output = strings.Replace(output, "Host: "+strings.TrimPrefix(w.endpoint, "http://"), "Host: adminapisgp.im.qcloud.com", 1)
	output = regexp.MustCompile(`(Attempts: 1 in) \S+`).ReplaceAllString(output, "$1 84ms")
	if want := codeBlock(t, "docs/guides/troubleshooting.md", "text", "Error: "); err == nil || !strings.Contains(output, want) {
		t.Errorf("the plan does not print what the guide shows:\n%s\n\nit prints:\n%s", want, output)
	}
}

// The log has the fields that the guide shows, and neither there nor in a warning
// does it hold what was read.
func TestAccGuideLog(t *testing.T) {
	t.Parallel()
	for policy, named := range map[string]bool{"warn": true, "ignore": false} {
		t.Run(policy, func(t *testing.T) {
			t.Parallel()
			w := newWorkspace(t)
			w.serve(t, newEmulator(t))
			log := filepath.Join(w.folder, "debug.log")
			w.env = append(w.env, "TF_LOG_PROVIDER=DEBUG", "TF_LOG_PATH="+log)
			w.write(t, "main.tf", requiredProviders+`
data "timpush_user_attributes" "team" {
  accounts         = ["Mary", "xiaoming", "xiaohua"]
  on_account_error = "`+policy+`"
}
`)
			w.mustRun(t, "plan", "-no-color")
			logged := read(t, log)
			for _, value := range []string{"xiaoming", "xiaohua", "ShenZhen"} {
				if strings.Contains(logged, value) {
					t.Errorf("the log holds %s", value)
				}
			}
			if strings.Contains(logged, "Mary") != named {
				t.Errorf("the log names an account that could not be read: want %t", named)
			}
			shown := codeBlock(t, "docs/guides/troubleshooting.md", "text", "Called the Push Service")
			call := regexp.MustCompile(`.*Called the Push Service.*`).FindString(logged)
			for _, field := range strings.Fields(shown[strings.Index(shown, "Called"):]) {
				name, _, isField := strings.Cut(field, "=")
				if isField && !strings.Contains(call, " "+name+"=") {
					t.Errorf("the log has no %s: %s", name, call)
				}
			}
		})
	}
}

// hclBlock is a block of Terraform code in a template, with the mark before it
// if it is only to be well formatted.
var hclBlock = regexp.MustCompile("(?s)(<!-- not validated: [^\n]* -->\n)?```terraform\n(.*?)```")

// All Terraform code of the guides is formatted and valid.
func TestAccGuidesAreValid(t *testing.T) {
	t.Parallel()
	for _, guide := range glob(t, "templates/guides/*.md.tmpl") {
		for i, block := range hclBlock.FindAllStringSubmatch(read(t, guide), -1) {
			t.Run(fmt.Sprintf("%s/%d", filepath.Base(guide), i+1), func(t *testing.T) {
				t.Parallel()
				validateBlock(t, block[2], block[1] == "")
			})
		}
	}
}

func validateBlock(t *testing.T, config string, validate bool) {
	t.Helper()
	w := newWorkspace(t)
	w.write(t, "main.tf", config)
	if output, err := w.run(t, "fmt", "-check", "-diff", "main.tf"); err != nil {
		t.Errorf("%v\n%s", err, output)
	}
	if !validate {
		return
	}
	cli.Need(t, features(config)...)
	if strings.Contains(config, `resource "aws_`) {
		w.installStandIns(t)
	}
	for name, content := range map[string]string{
		"accounts.txt": "Mary\n", "accounts.csv": "account\nMary\n", "accounts.json": `["Mary"]`, "numbers.txt": "1\n",
	} {
		w.write(t, name, content)
	}
	if !strings.Contains(config, "required_providers") {
		w.write(t, "versions.tf", requiredProviders)
	}
	w.mustRun(t, "validate", "-no-color")
}

// The guide's program makes a UserSig that is good for a day.
func TestGuideUserSigProgram(t *testing.T) {
	t.Parallel()
	program := filepath.Join(t.TempDir(), "main.go")
	if err := os.WriteFile(program, []byte(codeBlock(t, "docs/guides/credentials.md", "go", "GenUserSig")), 0o600); err != nil {
		t.Fatal(err)
	}
	command := exec.CommandContext(t.Context(), "go", "run", program)
	command.Env = append(os.Environ(), "TIMPUSH_SECRET_KEY="+testKey)
	output, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}
	userSig := strings.TrimSpace(string(output))
	for within, valid := range map[time.Duration]bool{23 * time.Hour: true, 25 * time.Hour: false} {
		if err := tencentyun.VerifyUserSig(1400000000, testKey, "administrator", userSig, time.Now().Add(within)); (err == nil) != valid {
			t.Errorf("in %s: %v", within, err)
		}
	}
}

// Where the guide says that the key stands in a plan file it does, and nowhere
// else; a plan with an ephemeral variable is applied with another key.
func TestAccGuideKeyInPlan(t *testing.T) {
	t.Parallel()
	ephemeral := codeBlock(t, "docs/guides/credentials.md", "terraform", "ephemeral = true")
	for name, test := range map[string]struct {
		config string
		holds  bool
	}{
		"environment":     {"", false},
		"ephemeral":       {ephemeral, false},
		"sensitive alone": {regexp.MustCompile(`(?m)^.*ephemeral = true.*\n`).ReplaceAllString(ephemeral, ""), true},
		"written there":   {"provider \"timpush\" {\n  secret_key = \"" + testKey + "\"\n}\n", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cli.Need(t, features(test.config)...)
			w := newWorkspace(t)
			w.serve(t, newEmulator(t))
			w.write(t, "main.tf", requiredProviders+test.config+readTeam)
			if strings.Contains(test.config, "region") {
				w.overrideEndpoint(t)
			}
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

// Every variable that the guides and the README name is one of the provider's.
func TestGuidesNameVariablesThatExist(t *testing.T) {
	t.Parallel()
	known := map[string]bool{}
	for _, found := range regexp.MustCompile("Environment variable: `(TIMPUSH_[A-Z_]+)`").FindAllStringSubmatch(read(t, "docs/index.md"), -1) {
		known[found[1]] = true
	}
	if len(known) == 0 {
		t.Fatal("found no variables")
	}
	for _, file := range append(glob(t, "docs/guides/*.md"), "README.md", "docs/index.md") {
		for _, name := range regexp.MustCompile(`TIMPUSH_[A-Z]+(_[A-Z]+)*`).FindAllString(read(t, file), -1) {
			if !known[name] {
				t.Errorf("%s names %s, which is no variable of the provider", file, name)
			}
		}
	}
}

// What was read stands in the state where the guide on personal data says that it
// does: with the data source, in an output however it is marked, and in the message
// of a check that failed.
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

// The guide's warning is the one that the example's plan ends with; OpenTofu adds
// lines in its middle.
func TestAccGuideCheck(t *testing.T) {
	t.Parallel()
	w := example(t, "examples/checks", newEmulator(t))
	output := w.mustRun(t, "plan", "-no-color")
	for part := range strings.SplitSeq(strings.TrimSpace(codeBlock(t, "docs/guides/verifying.md", "text", "Check block")), "\n\n") {
		if !strings.Contains(output, part) {
			t.Errorf("the plan does not print what the guide shows:\n%s\n\nit prints:\n%s", part, output)
		}
	}
}
