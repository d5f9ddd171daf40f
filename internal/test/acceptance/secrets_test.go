package acceptance

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
	"github.com/timpush/terraform-provider-timpush/internal/test/cli"
	"github.com/timpush/terraform-provider-timpush/internal/test/faults"
)

// Neither the key nor any UserSig appears in output, log, plan or state of a
// successful run, although the service repeats the key in every text of every
// response.
func TestAccSecretsStayOut(t *testing.T) {
	t.Parallel()
	for keyword, schemas := range kinds(t) {
		t.Run(keyword, func(t *testing.T) {
			t.Parallel()
			w := newWorkspace(t)
			if keyword == "ephemeral" {
				cli.Need(t, cli.Ephemeral)
			}
			leaky := newEmulator(t)
			accounts := scriptKeyEchoes(leaky)
			service := &sigRecorder{Handler: leaky, userSigs: map[string]bool{}}
			w.serve(t, service)
			log := w.enableTrace(t)
			w.write(t, "main.tf", requiredProviders+readTeam+configuration(t, keyword, schemas, accounts))
			output := w.mustRun(t, "plan", "-no-color", "-out=plan") + w.mustRun(t, "apply", "-no-color", "plan") +
				w.mustRun(t, "show", "-json", "plan") + w.mustRun(t, "show", "-json")
			checkHidden(t, map[string]string{
				"output": output, "log": read(t, log), "plan": unzip(t, filepath.Join(w.folder, "plan")),
				"state": read(t, filepath.Join(w.folder, "terraform.tfstate")),
			}, service.secrets())
			if strings.Contains(output, vacuous) || !strings.Contains(output, "ShenZhen") || !strings.Contains(read(t, log), "Called the Push Service") || len(service.secrets()) < 3 {
				t.Errorf("the test proves nothing, %d secrets to look for:\n%s", len(service.secrets()), output)
			}
		})
	}
}

// scriptKeyEchoes makes a service respond to every command with each harmless
// fault that contains the key, and returns the accounts to read.
func scriptKeyEchoes(service *emulator.Emulator) (accounts []string) {
	for _, api := range faults.APIs() {
		for i, fault := range faults.HarmlessWithKey(api) {
			if i == len(accounts) {
				accounts = append(accounts, fmt.Sprintf("account-%d", i))
			}
			service.Script(emulator.Fault{Match: faults.Match(api, accounts[i]), Effect: fault.Effect})
		}
	}
	return accounts
}
