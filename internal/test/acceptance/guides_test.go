package acceptance

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

	"github.com/timpush/terraform-provider-timpush/internal/test/cli"
)

// hclBlock matches a block of Terraform code in a template, with the comment
// before it if it is only checked for formatting.
var hclBlock = regexp.MustCompile("(?s)(<!-- not validated: [^\n]* -->\n)?```terraform\n(.*?)```")

// All Terraform code in the guides is formatted and valid.
func TestAccGuidesAreValid(t *testing.T) {
	t.Parallel()
	all := newWorkspace(t) // a file for each block
	for _, guide := range glob(t, root("templates/guides/*.md.tmpl")) {
		for i, block := range hclBlock.FindAllStringSubmatch(read(t, guide), -1) {
			config, name := block[2], fmt.Sprintf("%s/%d", filepath.Base(guide), i+1)
			all.write(t, strings.ReplaceAll(name, "/", "-")+".tf", config)
			if block[1] != "" {
				continue // only checked for formatting
			}
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				validateBlock(t, config)
			})
		}
	}
	if output, err := all.run(t, "fmt", "-check", "-diff"); err != nil {
		t.Errorf("%v\n%s", err, output)
	}
}

func validateBlock(t *testing.T, config string) {
	t.Helper()
	w := newWorkspace(t)
	w.write(t, "main.tf", config)
	cli.Need(t, features(config)...)
	if strings.Contains(config, `resource "aws_`) {
		w.installStandIns(t)
	}
	for name, content := range map[string]string{
		"accounts.txt": "Mary\n", "accounts.csv": "account\nMary\n", "accounts.json": `["Mary"]`, "numbers.txt": "1\n",
		"accounts-utf16.txt": "\xff\xfeM\x00", "users.json": `[{"id": "Mary"}]`,
	} {
		w.write(t, name, content)
	}
	if strings.Contains(config, "terraform.workspace") {
		w.env = append(w.env, "TF_WORKSPACE=staging")
	}
	if strings.Contains(config, `"./push-audience"`) {
		w.copyModule(t)
	}
	if !strings.Contains(config, "required_providers") {
		w.write(t, "versions.tf", requiredProviders)
	}
	if strings.Contains(config, "module \"") {
		w.mustRun(t, "get", "-no-color")
	}
	w.mustRun(t, "validate", "-no-color")
}

// copyModule copies the example module into the workspace.
func (w *workspace) copyModule(t *testing.T) {
	t.Helper()
	if err := os.CopyFS(filepath.Join(w.folder, "push-audience"), os.DirFS(root("examples/push-audience"))); err != nil {
		t.Fatal(err)
	}
}

// The guide's program makes a UserSig that is valid for a day.
func TestGuideUserSigProgram(t *testing.T) {
	t.Parallel()
	program := filepath.Join(t.TempDir(), "main.go")
	if err := os.WriteFile(program, []byte(codeBlock(t, "go", "GenUserSig", "docs/guides/credentials.md")), 0o600); err != nil {
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
