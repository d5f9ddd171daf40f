// The CI jobs are shell scripts.

//go:build unix

package acceptance

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/test/cli"
)

// The CI jobs of the docs start the emulator, test and plan against it, and stop it;
// and they fail, saying why, where it cannot be started.
func TestAccCIJobs(t *testing.T) {
	t.Parallel()
	cli.Need(t, cli.Mocks)
	for _, job := range []string{"github-actions.yml", "gitlab-ci.yml"} {
		for _, seed := range []string{"", `{"accounts": {"Mary": 5}}`} {
			t.Run(job+" with seed "+strconv.Quote(seed), func(t *testing.T) {
				t.Parallel()
				w := example(t, "examples/push-audience", newEmulator(t))
				w.useMirror(t)
				w.env = append(w.env, "TIMPUSH_REGION=china") // as a project's variable for another job
				if seed != "" {
					w.write(t, "tests/emulator/users.json", seed)
				}
				steps := read(t, root("examples/ci/"+job))
				if len(installed.FindAllString(strings.Join(scripts(steps), ""), -1)) != 1 {
					t.Fatal("the job does not install the emulator")
				}
				output, failed := w.runJob(t, steps)
				if failed != (seed != "") {
					t.Errorf("the job fails: %t\n%s", failed, output)
				}
				expected := []string{"10 passed, 0 failed", "3 passed, 0 failed", "audience   = ["}
				if failed {
					expected = []string{"timpush-emulator: cannot use the seed file tests/emulator/users.json", "Mary"}
				}
				for _, text := range expected {
					if !strings.Contains(output, text) {
						t.Errorf("the job does not print %q:\n%s", text, output)
					}
				}
				if _, err := os.Stat(filepath.Join(w.folder, "emulator.addr")); err == nil {
					t.Error("the file with the address is left")
				}
			})
		}
	}
}

// The scheduled job fails while a check does, and says which.
func TestAccScheduledJob(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("jq"); err != nil {
		t.Skip("needs jq, as the job does") //nolint:forbidigo // about a tool
	}
	for accounts, fails := range map[string]string{
		`["xiaoming"]`:           "",
		`["xiaoming","xiaohua"]`: "check.every_account_has_the_attributes",
		`["xiaoming","Mary"]`:    "check.every_account_can_be_read",
	} {
		t.Run(accounts, func(t *testing.T) {
			t.Parallel()
			w := example(t, "examples/checks", newEmulator(t))
			w.useMirror(t)
			w.env = append(w.env, "TF_VAR_accounts="+accounts)
			output, failed := w.runJob(t, read(t, root("examples/ci/scheduled.yml")))
			_, listed, _ := strings.Cut(output, "These checks do not pass:\n")
			if failed != (fails != "") || strings.TrimSpace(listed) != fails {
				t.Errorf("the job fails: %t, for %q:\n%s", failed, listed, output)
			}
		})
	}
}
