// The CI jobs are shell scripts, which Windows cannot run.

//go:build unix

package acceptance

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/test/cli"
)

// lockOfAnotherBuild is the lock file of an earlier run.
var lockOfAnotherBuild = fmt.Sprintf(`provider "%s/timpush/timpush" {
  version = "0.0.1"
  hashes = [
    "h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
  ]
}
`, os.Getenv("TF_ACC_PROVIDER_HOST"))

// The jobs install provider and emulator, test and plan against the emulator, and
// stop it. If the emulator does not start, they fail with its error.
func TestAccCIJobs(t *testing.T) {
	t.Parallel()
	cli.Need(t, cli.Mocks)
	for _, file := range []string{"github-actions.yml", "gitlab-ci.yml", "github-actions-from-source.yml", "gitlab-ci-from-source.yml"} {
		fromSource := strings.Contains(file, "from-source")
		for _, seed := range []string{"", `{"accounts": {"Mary": 5}}`} {
			if fromSource && seed != "" {
				continue // building takes long, and these jobs start the emulator as the others do
			}
			t.Run(file+" with seed "+strconv.Quote(seed), func(t *testing.T) {
				t.Parallel()
				w := example(t, "examples/push-audience", newEmulator(t))
				w.env = append(w.env, "TIMPUSH_REGION=china") // as if a project sets it for another job
				if seed != "" {
					w.write(t, "tests/emulator/users.json", seed)
				}
				job := read(t, root("examples/ci/"+file))
				var folders []string
				if fromSource {
					w.prepareSource(t, job)
					w.write(t, ".terraform.lock.hcl", lockOfAnotherBuild)
					if strings.HasPrefix(file, "gitlab") {
						folders = append(folders, goWithoutBuilding(t)) // GitHub's job builds in the same way
					}
				} else {
					w.prepareRelease(t, job)
				}
				output, failed := w.runJob(t, job, folders...)
				if failed != (seed != "") {
					t.Errorf("the job fails: %t\n%s", failed, output)
				}
				expected := []string{"6 passed, 0 failed", "4 passed, 0 failed", "reached = ["}
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

// unreachable is a check that cannot be evaluated, since its own data source fails.
const unreachable = `
provider "timpush" {
  alias       = "unreachable"
  endpoint    = "http://127.0.0.1:1"
  max_retries = 0
}

check "the_other_app_answers" {
  data "timpush_user_attributes" "other" {
    provider = timpush.unreachable
    accounts = ["xiaoming"]
  }

  assert {
    condition     = length(data.timpush_user_attributes.other.attributes) == 1
    error_message = "xiaoming is not in the other app."
  }
}
`

// undecided is a check whose result is known only after apply.
const undecided = `
resource "terraform_data" "new" {}

check "the_resource_has_an_id" {
  assert {
    condition     = terraform_data.new.id != ""
    error_message = "It has none."
  }
}
`

// The scheduled jobs fail if a check does not pass, and report the accounts and
// reasons in the log and the system's reports.
func TestAccScheduledJobs(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("jq"); err != nil {
		t.Skip("needs jq, as the job does") //nolint:forbidigo // about a tool
	}
	for name, test := range map[string]struct {
		accounts, config string
		report           string // a pattern of the report; "" if all checks pass
	}{
		"all checks pass":    {`["xiaoming"]`, "", ""},
		"a missing value":    {`["xiaoming","xiaohua"]`, "", `check\.every_account_has_the_attributes: fail\n\n    xiaohua .*city.*\n\n`},
		"an unknown account": {`["xiaoming","Mary"]`, "", `check\.every_account_can_be_read: fail\n\n    Mary .*does not exist.*\n\n`},
		"not known":          {`["xiaoming"]`, undecided, `check\.the_resource_has_an_id: unknown\n\n`},
		"not evaluated":      {`["xiaoming"]`, unreachable, `check\.the_other_app_answers: fail\n\n    Unable to Read User Attributes: (.*\n)+\n`},
	} {
		for _, file := range []string{"scheduled.yml", "gitlab-scheduled.yml"} {
			t.Run(name+" "+file, func(t *testing.T) {
				t.Parallel()
				w := example(t, "examples/checks", newEmulator(t))
				w.useMirror(t)
				w.env = append(w.env, "TF_VAR_accounts="+test.accounts)
				w.write(t, "more.tf", test.config)
				output, failed := w.runJob(t, read(t, root("examples/ci/"+file)))
				if failed != (test.report != "") {
					t.Errorf("the job fails: %t\n%s", failed, output)
				}
				report := read(t, filepath.Join(w.folder, "report.md"))
				if !regexp.MustCompile("^" + test.report + "$").MatchString(report) {
					t.Errorf("the report is:\n%s", report)
				}
				if !strings.HasSuffix(output, report) {
					t.Errorf("the log does not end with the report:\n%s", output)
				}
				if file == "scheduled.yml" {
					if got := read(t, filepath.Join(w.folder, summary)); got != report {
						t.Errorf("the summary is not the report:\n%s", got)
					}
				}
			})
		}
	}
}

// If anything fails, the scheduled job opens an issue, or comments on the open
// one. The issue contains no accounts.
func TestAccScheduledJobAlerts(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("jq"); err != nil {
		t.Skip("needs jq, as the job does") //nolint:forbidigo // about a tool
	}
	const body = "--body See https://github.com/team/push/actions/runs/7\n"
	for name, test := range map[string]struct {
		env   []string
		calls string // a pattern of the calls of GitHub's CLI; "" for none
	}{
		"all checks pass": {[]string{`TF_VAR_accounts=["xiaoming"]`}, ""},
		"no open issue":   {nil, `issue list .*\nissue create --title .* ` + body},
		"open issue":      {[]string{"OPEN_ISSUE=3"}, `issue list .*\nissue comment 3 ` + body},
		"plan fails":      {[]string{"TIMPUSH_SECRET_KEY=wrong"}, `issue list .*\nissue create --title .* ` + body},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := example(t, "examples/checks", newEmulator(t))
			w.useMirror(t)
			w.env = append(w.env, test.env...)
			w.write(t, "gh.log", "")
			if output, failed := w.runJob(t, read(t, root("examples/ci/scheduled.yml"))); failed != (test.calls != "") {
				t.Errorf("the job fails: %t\n%s", failed, output)
			}
			if failed := test.calls != ""; failed == (read(t, filepath.Join(w.folder, summary)) == "") {
				t.Error("the summary says nothing of a failure, or something of a success")
			}
			calls := read(t, filepath.Join(w.folder, "gh.log"))
			if !regexp.MustCompile("^" + test.calls + "$").MatchString(calls) {
				t.Errorf("the calls are:\n%s", calls)
			}
		})
	}
}

// With the steps that build from a commit, the scheduled job needs no release.
func TestAccScheduledJobFromSource(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("jq"); err != nil {
		t.Skip("needs jq, as the job does") //nolint:forbidigo // about a tool
	}
	for name, test := range map[string]struct {
		source, from, to string // what to copy, and between which lines
		before           string // the line of the scheduled job that comes next
	}{
		"scheduled.yml": {
			"github-actions-from-source.yml", "      - uses: actions/checkout@v7\n        with:", "\n      - name: Start the emulator",
			"      - uses: hashicorp/setup-terraform@v4\n",
		},
		"gitlab-scheduled.yml": {"gitlab-ci-from-source.yml", "      rm -rf .timpush\n", "      rm -f emulator.addr\n", "      terraform init"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			source, job := read(t, root("examples/ci/"+test.source)), read(t, root("examples/ci/"+name))
			_, build, found := strings.Cut(source, test.from)
			build, _, ends := strings.Cut(build, test.to)
			before, after, fits := strings.Cut(job, test.before)
			if !found || !ends || !fits {
				t.Fatalf("the steps that build are not where README.md says:\n%s\n%s", source, job)
			}
			build = strings.Replace(test.from+build, "      - uses: hashicorp/setup-terraform@v4\n", "", 1)
			if variable := commit.FindString(source); variable != "" {
				before = strings.Replace(before, "\n  variables:", "\n  variables:"+variable, 1)
			}
			job = before + build + test.before + after
			w := example(t, "examples/checks", newEmulator(t))
			w.prepareSource(t, job)
			output, failed := w.runJob(t, job, goWithoutBuilding(t)) // in TestAccCIJobs, the same steps build
			if !failed || !strings.Contains(output, "check.every_account_has_the_attributes: fail") {
				t.Errorf("the job fails: %t\n%s\n%s", failed, job, output)
			}
		})
	}
}
