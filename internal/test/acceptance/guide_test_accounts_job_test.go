// The CI jobs are shell scripts, which Windows cannot run.

//go:build unix

package acceptance

import (
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
	"github.com/timpush/terraform-provider-timpush/internal/test/cli"
)

const testAccountsJob = "examples/ci/test-accounts.yml"

// needJQ skips a test that runs a job with jq where there is none.
func needJQ(t *testing.T) {
	t.Helper()
	if _, err := exec.LookPath("jq"); err != nil {
		t.Skip("needs jq, as the job does") //nolint:forbidigo // about a tool
	}
}

// runTests writes the program of the tests that a job runs.
func (w *workspace) runTests(t *testing.T, script string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(w.folder, "run-tests.sh"), []byte("#!/bin/sh\n"+script+"\n"), 0o700); err != nil { // #nosec G306 -- a program
		t.Fatal(err)
	}
}

// The job runs the tests while the accounts have what they should, and always cleans
// up. It fails if the tests fail, if something was not written, and if a check fails.
func TestAccTestAccountsJob(t *testing.T) {
	t.Parallel()
	needJQ(t)
	canary := func(state emulator.Account) emulator.Change {
		return emulator.Change{Accounts: map[string]*emulator.Account{"canary-2": &state}}
	}
	for name, test := range map[string]struct {
		tests  string
		fault  *emulator.Fault
		change emulator.Change
		fails  string // what the job prints if it fails
		runs   bool   // the tests run
	}{
		"passes":      {tests: "echo the tests run", runs: true},
		"tests fail":  {tests: "echo the tests run; exit 1", runs: true, fails: "the tests run"},
		"not written": {fault: &emulator.Fault{Match: emulator.Match{API: "set_attr"}, Times: 1, Effect: emulator.Effect{Body: `{"ActionStatus":"OK","ErrorCode":0,"ErrorList":[{"To_Account":"canary-2","ErrorCode":90033}]}`}}, fails: "0 to add, 1 to change, 0 to destroy."},
		"check fails": {change: canary(emulator.Account{Attributes: map[string]string{"level": "gold", "city": "ShenZhen"}, Tags: []string{"canary"}}), fails: "check.the_gold_push"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			service := exampleService(t, testAccountsExample)
			if test.fault != nil {
				service.Script(*test.fault)
			}
			w := example(t, testAccountsExample, service)
			w.useMirror(t)
			w.runTests(t, test.tests)
			if test.change.Accounts != nil { // what the configuration does not own fails a check
				if err := service.Drift(test.change); err != nil {
					t.Fatal(err)
				}
				w.write(t, "main.tf", strings.Replace(read(t, filepath.Join(w.folder, "main.tf")), `{ city = "BeiJing" }, tags = ["canary"]`, `{ city = "ShenZhen" }, tags = ["canary"]`, 1))
			}
			output, failed := w.runJob(t, read(t, root(testAccountsJob)))
			if failed != (test.fails != "") || !strings.Contains(output, test.fails) {
				t.Errorf("the job fails: %t\n%s", failed, output)
			}
			if strings.Contains(output, "the tests run") != test.runs {
				t.Errorf("the tests should run: %t\n%s", test.runs, output)
			}
			holdingsOf(t, service, "test-gold", "canary-1").check(t,
				map[string]map[string]string{"test-gold": {"sex": "female"}, "canary-1": {}},
				map[string][]string{"test-gold": {"beta"}, "canary-1": nil})
		})
	}
}

// replaced replaces a text, and reports whether there is one.
func replaced(text, old, with string) (string, bool) {
	return strings.Replace(text, old, with, 1), strings.Contains(text, old)
}

// With the changes that the guide names, the job runs against the emulator.
func TestAccTestAccountsJobEmulator(t *testing.T) {
	t.Parallel()
	needJQ(t)
	job, source := read(t, root(testAccountsJob)), read(t, root("examples/ci/github-actions.yml"))
	_, start, found := strings.Cut(source, "      - name: Start the emulator\n")
	start, rest, ends := strings.Cut(start, "      - name: Test and plan\n")
	_, stop, stops := strings.Cut(rest, "      - name: Stop the emulator\n")
	before, after, fits := strings.Cut(job, "      - name: Set up the accounts\n")
	before, isPull := replaced(before, "on:\n  push:\n    branches: [main]\n", "on: pull_request\n")
	before, isConcurrent := replaced(before, "concurrency: test-accounts # all runs share the accounts: one run at a time\n", "")
	head, environment, isEnvironment := strings.Cut(before, "    environment: ")
	_, tail, hasSteps := strings.Cut(environment, "    steps:\n")
	if !found || !ends || !stops || !fits || !isPull || !isConcurrent || !isEnvironment || !hasSteps {
		t.Fatalf("the steps are not where the guide says:\n%s\n%s", source, job)
	}
	start = strings.Replace(start, "tests/emulator/users.json", "users.json", 1)
	job = head + "    steps:\n" + tail + "      - name: Start the emulator\n" + start + "      - name: Set up the accounts\n" + after + "\n      - name: Stop the emulator\n" + stop
	if strings.Contains(job, "secrets.") {
		t.Errorf("the job needs a secret:\n%s", job)
	}
	service := exampleService(t, testAccountsExample)
	w := example(t, testAccountsExample, service)
	w.prepareRelease(t, job)
	w.runTests(t, "echo the tests run")
	output, failed := w.runJob(t, job)
	if failed || !strings.Contains(output, "the tests run") || !strings.Contains(output, "Destroy complete! Resources: 2 destroyed.") {
		t.Errorf("the job fails: %t\n%s\n%s", failed, job, output)
	}
	if requests := len(service.Journal()); requests > 0 {
		t.Errorf("%d requests went to the app", requests)
	}
}

// An interrupted create loses nothing: it warns, and the next apply writes what is
// missing. So does an apply whose state was lost.
func TestAccGuideInterruptedCreate(t *testing.T) {
	t.Parallel()
	accounts := exampleSeed(nil)
	service, held, release := seededEmulator(t, accounts), make(chan struct{}), make(chan struct{})
	written := make(chan struct{})
	hold, resume, write := sync.OnceFunc(func() { close(held) }), sync.OnceFunc(func() { close(release) }), sync.OnceFunc(func() { close(written) })
	var mu sync.Mutex
	writes, isInterrupted := 0, true
	w := newWorkspace(t)
	w.serve(t, http.HandlerFunc(func(rw http.ResponseWriter, req *http.Request) {
		mu.Lock()
		isWrite, waits := strings.HasSuffix(req.URL.Path, "/set_attr"), false
		if isInterrupted && isWrite {
			writes++
			waits = writes == 2
		}
		mu.Unlock()
		if waits { // the other request of the create was executed, or will be
			hold()
			<-release
			return
		}
		service.ServeHTTP(rw, req)
		if isWrite {
			write()
		}
	}))
	t.Cleanup(resume) // closing the server waits for its requests
	w.write(t, "versions.tf", requiredProviders)
	w.write(t, "main.tf", read(t, root("examples/resources/timpush_user_attributes/resource_canaries.tf")))

	var output strings.Builder
	command := exec.CommandContext(t.Context(), cli.Path(), "apply", "-no-color", "-auto-approve")
	command.Dir, command.Env, command.Stdout, command.Stderr = w.folder, w.env, &output, &output
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- command.Wait() }()
	await(t, held, "second write")
	await(t, written, "first write")
	if err := command.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	_ = await(t, ended, "end of the command")
	resume()
	// The response to the first write may still be on its way.
	if text := flat(output.String()); !regexp.MustCompile("Warning: .* set for (100 of 200, unclear for 100|0 of 200, unclear for 200)").MatchString(text) {
		t.Errorf("the apply prints:\n%s", &output)
	}
	mu.Lock()
	isInterrupted = false
	mu.Unlock()

	if output := w.mustRun(t, "apply", "-no-color", "-auto-approve"); !strings.Contains(output, "0 added, 1 changed, 0 destroyed") {
		t.Errorf("the next apply prints:\n%s", output)
	}
	if got := count(service, "set_attr"); got != 2 {
		t.Errorf("%d requests wrote, want one for the rest", got-1)
	}
	if err := os.Remove(filepath.Join(w.folder, "terraform.tfstate")); err != nil {
		t.Fatal(err)
	}
	w.mustRun(t, "apply", "-no-color", "-auto-approve")
	w.mustRun(t, "plan", "-no-color", "-detailed-exitcode")
	holdingsOf(t, service, "canary-000", "canary-199", "test-gold").check(t, map[string]map[string]string{
		"canary-000": {"city": "ShenZhen"}, "canary-199": {"city": "BeiJing"}, "test-gold": {},
	}, nil)
}
