package acceptance

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/tencentyun/tls-sig-api-v2-golang/tencentyun"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// Results of the ephemeral examples reach the other provider, but not output,
// log, plan or state. Neither do the key or UserSigs.
func TestAccEphemeralIsNotStored(t *testing.T) {
	t.Parallel()
	const canary = "canary-city-of-xiaoming"
	arrives := map[string]func(string) bool{ // checks of some results
		"examples/ephemeral-resources/timpush_user_attributes": func(text string) bool {
			return text == `{"xiaohua":{},"xiaoming":{"city":"`+canary+`"}}`
		},
		"examples/ephemeral-resources/timpush_user_tags": func(text string) bool {
			return text == `{"xiaohua":[],"xiaoming":["GoldMember"]}` // only drops the canary
		},
		"examples/ephemeral-resources/timpush_user_sig": func(text string) bool {
			return tencentyun.VerifyUserSig(1400000000, testKey, "push-bot", text, time.Now().Add(167*time.Hour)) == nil
		},
	}
	for _, folder := range examples(t) {
		if !strings.HasPrefix(folder, "examples/ephemeral-resources/") {
			continue
		}
		t.Run(folder, func(t *testing.T) {
			t.Parallel()
			service := seededEmulator(t, emulator.Seed{
				Accounts: map[string]emulator.Account{"xiaoming": {Attributes: map[string]string{"city": canary}, Tags: []string{"GoldMember", canary}}, "xiaohua": {}},
			})
			w := example(t, folder, service)
			log := w.enableTrace(t)
			output := w.mustRun(t, "plan", "-no-color", "-out=plan") + w.mustRun(t, "apply", "-no-color", "plan") +
				w.mustRun(t, "show", "-json", "plan") + w.mustRun(t, "show", "-json")
			got := strings.TrimSpace(read(t, filepath.Join(w.standIns, receivedName)))
			if check := arrives[folder]; got == "" || check != nil && !check(got) {
				t.Fatalf("the other provider received %q", got)
			}
			// The UserSig that was made in plan begins in the same way.
			secrets := []string{testKey, canary, got, got[:min(40, len(got))]}
			checkHidden(t, map[string]string{
				"output": output, "log": read(t, log), "plan": unzip(t, filepath.Join(w.folder, "plan")),
				"state": read(t, filepath.Join(w.folder, "terraform.tfstate")),
			}, secrets)
			if !strings.Contains(read(t, filepath.Join(w.folder, "terraform.tfstate")), `"secret_string_wo_version"`) || !strings.Contains(read(t, log), "[TRACE]") {
				t.Error("the test proves nothing: there is no state, or no log")
			}
		})
	}
}
