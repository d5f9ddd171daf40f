package acceptance

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

const accountsGuide = "docs/guides/accounts.md"

// requestedAccounts returns the accounts in all requests of a command, sorted and
// without duplicates.
func requestedAccounts(service *emulator.Emulator, api string) (accounts []string) {
	for _, entry := range service.Journal() {
		if entry.API == api {
			accounts = append(accounts, entry.Accounts...)
		}
	}
	slices.Sort(accounts)
	return slices.Compact(accounts)
}

// utf16 encodes a text as Windows PowerShell 5.1 does.
func utf16(text string) string {
	encoded := "\xff\xfe"
	for _, r := range text {
		encoded += string([]byte{byte(r), byte(r >> 8)})
	}
	return encoded
}

// Each configuration in the guide reads the same two accounts, whatever line
// endings and byte order marks the files have.
func TestAccGuideAccounts(t *testing.T) {
	t.Parallel()
	const bom = "\ufeff"
	lines := func(end string) string { return strings.Join([]string{"xiaoming", "", "xiaohua", ""}, end) }
	windows := func(text string) string { return strings.ReplaceAll(text, "\n", "\r\n") }
	const csv, list, objects = "account,team\nxiaoming,a\n\"xiaohua\",b\n,c\n", "[\n  \"xiaoming\",\n  \"xiaohua\"\n]\n", "[{\"id\": \"xiaoming\"},\n {\"id\": \"xiaohua\"}]\n"
	for name, variant := range map[string]struct {
		files   map[string]string
		windows bool   // the configuration has Windows line endings
		only    string // only blocks that contain this
	}{
		"Unix": {map[string]string{
			"accounts.txt": lines("\n"), "accounts-utf16.txt": utf16(lines("\n")), "accounts.csv": csv, "accounts.json": list, "users.json": objects,
		}, false, ""},
		"Windows": {map[string]string{
			"accounts.txt": bom + lines("\r\n"), "accounts-utf16.txt": utf16(lines("\r\n")), "accounts.csv": bom + windows(csv),
			"accounts.json": bom + windows(list), "users.json": bom + windows(objects),
		}, true, ""},
		"old Mac":   {map[string]string{"accounts.txt": lines("\r")}, false, `"/\ufeff|\r/", "\n"`},
		"spaces":    {map[string]string{"accounts.txt": bom + " xiaoming\t\r\n \r\nxiaohua \r\n"}, false, "trimspace"},
		"invisible": {map[string]string{"accounts.txt": bom + "\u200bxiaoming\r\nxiao\u200dhua\u2060\r\n"}, false, `\\p{Cf}`},
	} {
		blocks := 0
		for i, block := range codeBlocks(t, "terraform", accountsGuide) {
			if !strings.Contains(block, variant.only) {
				continue
			}
			blocks++
			t.Run(fmt.Sprintf("%s/%d", name, i+1), func(t *testing.T) {
				t.Parallel()
				seed := emulator.SampleSeed()
				seed.Accounts["xiaohua"] = emulator.Account{Tags: []string{"MonthPassUser"}}
				service := seededEmulator(t, seed)
				w := newWorkspace(t)
				w.serve(t, service)
				w.env = append(w.env, `TF_VAR_accounts=["xiaoming","xiaohua"]`)
				for file, content := range variant.files {
					w.write(t, file, content)
				}
				config := requiredProviders + block
				if variant.windows {
					config = windows(config)
				}
				w.write(t, "main.tf", config)
				w.mustRun(t, "apply", "-no-color", "-auto-approve")
				want := []string{"xiaohua", "xiaoming"}
				if strings.Contains(block, "GoldMember") {
					want = []string{"xiaoming"}
				}
				if got := requestedAccounts(service, "get_attr"); !slices.Equal(got, want) {
					t.Errorf("%q were read, want %q", got, want)
				}
				if strings.Contains(block, `output "accounts"`) {
					w.checkOutputs(t, `{"accounts":2}`)
				}
			})
		}
		if blocks == 0 {
			t.Errorf("no block holds %s", variant.only)
		}
	}
}

// A sensitive variable hides accounts exactly where the guide says so.
func TestAccGuideSensitiveAccounts(t *testing.T) {
	t.Parallel()
	guide := codeBlock(t, "terraform", "sensitive = true", accountsGuide)
	sensitive := func(t *testing.T, config, accounts string) *workspace {
		t.Helper()
		w := newWorkspace(t)
		w.serve(t, newEmulator(t))
		w.env = append(w.env, "TF_VAR_accounts="+accounts)
		w.write(t, "main.tf", requiredProviders+config)
		return w
	}
	t.Run("guide", func(t *testing.T) {
		t.Parallel()
		w := sensitive(t, guide, `["Mary","xiaoming"]`)
		output := w.mustRun(t, "apply", "-no-color", "-auto-approve")
		if strings.Contains(output, "Mary") || !strings.Contains(output, "Accounts that cannot be read: 1.") {
			t.Errorf("the output is:\n%s", output)
		}
		shown := w.mustRun(t, "show", "-no-color")
		if !strings.Contains(shown, "(sensitive value)") || strings.Count(shown, "Mary") != 1 || strings.Count(shown, "xiaoming") != 1 {
			t.Errorf("what is shown of the state is:\n%s", shown)
		}
		if state := read(t, filepath.Join(w.folder, "terraform.tfstate")); strings.Count(state, "Mary") != 2 {
			t.Errorf("the state is:\n%s", state)
		}
	})
	t.Run("warning", func(t *testing.T) {
		t.Parallel()
		w := sensitive(t, strings.Replace(guide, `"ignore"`, `"warn"`, 1), `["Mary","xiaoming"]`)
		if output := w.mustRun(t, "plan", "-no-color"); !strings.Contains(output, `"Mary"`) {
			t.Errorf("the output is:\n%s", output)
		}
	})
	t.Run("invalid account", func(t *testing.T) {
		t.Parallel()
		w := sensitive(t, guide, `["Mary "]`)
		if output, err := w.run(t, "plan", "-no-color"); err == nil || !strings.Contains(output, `"Mary "`) {
			t.Errorf("%v; the output is:\n%s", err, output)
		}
	})
	t.Run("results", func(t *testing.T) {
		t.Parallel()
		w := sensitive(t, guide+`
resource "terraform_data" "each" {
  for_each = data.timpush_user_attributes.team.attributes
}

output "attributes" {
  value = data.timpush_user_attributes.team.attributes
}
`, `["xiaoming"]`)
		output := w.mustRun(t, "plan", "-no-color")
		if !strings.Contains(output, `terraform_data.each["xiaoming"]`) || !strings.Contains(output, "ShenZhen") {
			t.Errorf("the output is:\n%s", output)
		}
	})
	t.Run("for_each", func(t *testing.T) {
		t.Parallel()
		w := sensitive(t, guide+"\nresource \"terraform_data\" \"each\" {\n  for_each = toset(var.accounts)\n}\n", `["xiaoming"]`)
		if output, err := w.run(t, "plan", "-no-color"); err == nil || !strings.Contains(output, "Invalid for_each argument") {
			t.Errorf("%v; the output is:\n%s", err, output)
		}
	})
	t.Run("length in a message", func(t *testing.T) {
		t.Parallel()
		w := sensitive(t, strings.Replace(guide, "Accounts that", "Of ${length(var.accounts)} accounts, those that", 1), `["Mary"]`)
		output := w.mustRun(t, "plan", "-no-color")
		if !strings.Contains(output, "Error message refers to sensitive values") || strings.Contains(output, "Of 1 ") {
			t.Errorf("the output is:\n%s", output)
		}
	})
}
