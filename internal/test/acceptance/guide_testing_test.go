package acceptance

import (
	"bufio"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/test/cli"
)

const testingGuide = "docs/guides/testing.md"

// The guide's first mock works with the first check of the guide "Verify a push
// configuration".
func TestAccGuideMock(t *testing.T) {
	t.Parallel()
	cli.Need(t, cli.Mocks)
	w := firstCheck(t, verifying)
	mock := codeBlock(t, "terraform", `mock_data "timpush_push_audience" {
    defaults = {
      reached = ["xiaoming"]
      missed  = { xiaohua`, testingGuide)
	w.write(t, "audience.tftest.hcl", mock)
	if output := w.mustRun(t, "test", "-no-color"); !strings.Contains(output, "1 passed, 0 failed") {
		t.Errorf("the output is:\n%s", output)
	}
	w.write(t, "audience.tftest.hcl", strings.ReplaceAll(mock, `{ xiaohua = "city is not set" }`, `{}`))
	if output, err := w.run(t, "test", "-no-color"); err == nil {
		t.Errorf("the test cannot fail:\n%s", output)
	}
}

// The guide's mock of statistics works with the first example of the data source, whose
// check reports the platform without deliveries.
func TestAccGuideMockStatistics(t *testing.T) {
	t.Parallel()
	cli.Need(t, cli.Mocks)
	mock := codeBlock(t, "terraform", `mock_data "timpush_push_statistics"`, testingGuide)
	for replacement, passes := range map[string]bool{"delivered = null": true, "delivered = 9": false} {
		w := newWorkspace(t)
		w.write(t, "main.tf", requiredProviders+codeBlocks(t, "terraform", "docs/data-sources/push_statistics.md")[0])
		w.write(t, "delivery.tftest.hcl", strings.ReplaceAll(mock, "delivered = null", replacement))
		if output, err := w.run(t, "test", "-no-color"); (err == nil) != passes || strings.Contains(output, "1 passed, 0 failed") != passes {
			t.Errorf("with %s, the test should pass: %t\n%s", replacement, passes, output)
		}
	}
}

// The guide's mock of a resource reports a failed account to the check of its
// module.
func TestAccGuideMockResource(t *testing.T) {
	t.Parallel()
	cli.Need(t, cli.Mocks)
	mock := codeBlock(t, "terraform", "override_resource", testingGuide)
	const failure = `{ test-gold = { code = 70107, message = "account not found" } }`
	for errors, passes := range map[string]bool{failure: true, "{}": false} {
		w := newWorkspace(t)
		w.write(t, "main.tf", requiredProviders+codeBlock(t, "terraform", `check "every_account_is_written"`, testingGuide))
		w.write(t, "accounts.tftest.hcl", strings.Replace(mock, failure, errors, 1))
		if output, err := w.run(t, "test", "-no-color"); (err == nil) != passes || strings.Contains(output, "1 passed, 0 failed") != passes {
			t.Errorf("with %s, the test should pass: %t\n%s", errors, passes, output)
		}
	}
}

// The guide lists every flag of the emulator.
func TestGuideEmulatorFlags(t *testing.T) {
	t.Parallel()
	if err := built(); err != nil {
		t.Fatal(err)
	}
	help, err := exec.CommandContext(t.Context(), filepath.Join(binaries, "timpush-emulator"), "-h").CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, help)
	}
	guide := read(t, root(testingGuide))
	flags := regexp.MustCompile(`(?m)^  (-[a-z-]+)`).FindAllStringSubmatch(string(help), -1)
	if len(flags) == 0 {
		t.Fatalf("the help lists no flags:\n%s", help)
	}
	for _, flag := range flags {
		if !regexp.MustCompile("`" + flag[1] + "[ `]").MatchString(guide) {
			t.Errorf("the guide does not name %s", flag[1])
		}
	}
}

// The guide's commands change the responses of a running emulator, send a push, and
// read its statistics. The journal has the fields that the guide describes.
func TestGuideEmulatorChange(t *testing.T) {
	t.Parallel()
	for _, tool := range []string{"bash", "curl"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("needs %s", tool) //nolint:forbidigo // about a tool
		}
	}
	if err := built(); err != nil {
		t.Fatal(err)
	}
	journal := filepath.Join(t.TempDir(), "journal")
	command := exec.CommandContext(t.Context(), filepath.Join(binaries, "timpush-emulator"), "-listen", "127.0.0.1:0", "-journal", journal)
	printed, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		_ = command.Process.Kill()
		_ = command.Wait()
	}()
	url := ""
	for lines := bufio.NewScanner(printed); url == "" && lines.Scan(); {
		if found := regexp.MustCompile(`^curl .*'(http.*)'$`).FindStringSubmatch(lines.Text()); found != nil {
			url = found[1]
		}
	}
	script := strings.Join([]string{
		strings.Replace(codeBlock(t, "sh", "set_attr", testingGuide), "'...'", "'"+url+"'", 1),
		`curl -sS -d '{"To_Account":["xiaohua"]}' "${url/get_attr_name/get_attr}"`,
		"response=$(" + codeBlock(t, "sh", "MsgRandom", testingGuide) + ")",
		`echo "$response"`,
		strings.Replace(codeBlock(t, "sh", "all_member_push_statistics", testingGuide), "'...'", `$(echo "$response" | sed 's/.*"TaskId":"//; s/".*//')`, 1),
	}, "\n")
	output, err := exec.CommandContext(t.Context(), "bash", "-euc", script).CombinedOutput()
	replies := string(output)
	if err != nil || strings.Count(replies, `"ErrorCode":0`) != 4 || !strings.Contains(replies, "BeiJing") || !strings.Contains(replies, `"TotalCount":1,"SentCount":1,"DeliveredCount":1`) {
		t.Errorf("%v\n%s", err, replies)
	}
	written := read(t, journal)
	if !strings.Contains(written, `"sent":["xiaoming"]`) {
		t.Errorf("the push is not sent to xiaoming only:\n%s", written)
	}
	_, fields, _ := strings.Cut(read(t, root(testingGuide)), "The fields include:")
	for _, field := range regexp.MustCompile("(?m)^\\| `([a-z_]+)`").FindAllStringSubmatch(fields, -1) {
		if !strings.Contains(written, `"`+field[1]+`":`) {
			t.Errorf("the journal has no field %s:\n%s", field[1], written)
		}
	}
}
