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

// Neither the key nor any UserSig stands in output, log, plan or state of a run
// that succeeds, although the service repeats the key to every kind, wherever a
// response holds a text.
func TestAccSecretsStayOut(t *testing.T) {
	t.Parallel()
	for keyword, schemas := range kinds(t) {
		t.Run(keyword, func(t *testing.T) {
			t.Parallel()
			w := newWorkspace(t)
			if keyword == "ephemeral" {
				cli.Need(t, cli.Ephemeral)
			}
			indiscreet := newEmulator(t)
			accounts := tell(indiscreet)
			service := &witness{Handler: indiscreet, userSigs: map[string]bool{}}
			w.serve(t, service)
			log := w.traced(t)
			w.write(t, "main.tf", requiredProviders+readTeam+configuration(t, keyword, schemas, accounts))
			output := w.mustRun(t, "plan", "-no-color", "-out=plan") + w.mustRun(t, "apply", "-no-color", "plan") +
				w.mustRun(t, "show", "-json", "plan") + w.mustRun(t, "show", "-json")
			checkHidden(t, map[string]string{
				"output": output, "log": read(t, log), "plan": unzip(t, filepath.Join(w.folder, "plan")),
				"state": read(t, filepath.Join(w.folder, "terraform.tfstate")),
			}, service.secrets())
			if strings.Contains(output, blind) || !strings.Contains(output, "ShenZhen") || !strings.Contains(read(t, log), "Called the Push Service") || len(service.secrets()) < 3 {
				t.Errorf("the test is blind, %d secrets to look for:\n%s", len(service.secrets()), output)
			}
		})
	}
}

// tell lets a service repeat the key to every command, in each way that its matrix
// has, and returns the accounts to ask for.
func tell(service *emulator.Emulator) (accounts []string) {
	for _, api := range faults.APIs() {
		for i, fault := range faults.HarmlessWithKey(api) {
			if i == len(accounts) {
				accounts = append(accounts, fmt.Sprintf("told-%d", i))
			}
			service.Script(emulator.Fault{Match: faults.Match(api, accounts[i]), Effect: fault.Effect})
		}
	}
	return accounts
}
