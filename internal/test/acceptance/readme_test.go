package acceptance

import (
	"regexp"
	"strings"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// The README's configuration plans, and its check fails for the VIPs that a push does
// not reach, with the reason for each.
func TestAccReadme(t *testing.T) {
	t.Parallel()
	config := strings.Join(codeBlocks(t, "terraform", "README.md"), "\n")
	inShenZhen := emulator.Account{Attributes: map[string]string{"city": "ShenZhen"}}
	for name, test := range map[string]struct {
		xiaohua *emulator.Account
		reason  string // in the check's message; "" if the check passes
	}{
		"reached":        {&inShenZhen, ""},
		"no city":        {&emulator.Account{}, "xiaohua: city is not set"},
		"another city":   {&emulator.Account{Attributes: map[string]string{"city": "BeiJing"}}, `xiaohua: city is "BeiJing", not "ShenZhen"`},
		"not in the app": {nil, "xiaohua: the account does not exist in the app"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			seed := emulator.Seed{Accounts: map[string]emulator.Account{"xiaoming": inShenZhen}}
			if test.xiaohua != nil {
				seed.Accounts["xiaohua"] = *test.xiaohua
			}
			w := newWorkspace(t)
			w.serve(t, seededEmulator(t, seed))
			w.write(t, "main.tf", config)
			output := w.mustRun(t, "plan", "-no-color")
			_, message, warned := strings.Cut(output, "Check block assertion failed")
			if warned != (test.reason != "") || !strings.Contains(flat(message), test.reason) {
				t.Errorf("the check should say %q, and the plan prints:\n%s", test.reason, output)
			}
		})
	}
}

// Commands in documents that plan an example succeed with the emulator.
func TestAccDocumentedPlans(t *testing.T) {
	t.Parallel()
	plans := regexp.MustCompile(`(?m)^(?:terraform|tofu) -chdir=(\S+) plan$`)
	folders := map[string]bool{}
	for _, commands := range codeBlocks(t, "sh") {
		for _, found := range plans.FindAllStringSubmatch(commands, -1) {
			folders[found[1]] = true
		}
	}
	if len(folders) == 0 {
		t.Error("no document shows one")
	}
	for folder := range folders {
		w := example(t, folder, newEmulator(t))
		w.mustRun(t, "plan", "-no-color")
	}
}

// The emulator accepts the seeds in documents.
func TestDocumentedSeeds(t *testing.T) {
	t.Parallel()
	seeds := 0
	for _, shown := range codeBlocks(t, "json") {
		if !strings.Contains(shown, `"accounts": {`) {
			continue
		}
		seeds++
		if _, err := emulator.ReadSeed(strings.NewReader(shown)); err != nil {
			t.Errorf("%v\n%s", err, shown)
		}
	}
	if seeds == 0 {
		t.Error("no document shows one")
	}
}
