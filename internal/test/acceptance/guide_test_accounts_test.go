package acceptance

import (
	"strings"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

const testAccountsGuide = "docs/guides/test-accounts.md"

func TestAccPlay(t *testing.T) {
	t.Parallel()
	const installation = "379C2F0D-290D-47AE-94D1-919058C39C77"
	config := requiredProviders + `
resource "timpush_user_attributes" "test" {
  attributes = {
    test-gold   = { city = "ShenZhen", level = "gold" }
    test-silver = { city = "BeiJing", level = "silver" }
    "379C2F0D-290D-47AE-94D1-919058C39C77" = { city = "BeiJing" }
  }
POST
}
`
	_ = config
	for _, post := range []string{"", "  lifecycle {\n    postcondition {\n      condition     = length(self.errors) == 0\n      error_message = \"Not written: ${join(\", \", keys(self.errors))}.\"\n    }\n  }\n"} {
		service := seededEmulator(t, emulator.Seed{
			Accounts:       map[string]emulator.Account{"test-gold": {}, "test-silver": {}, installation: {Type: "registration_id"}},
			AttributeNames: map[string]emulator.AttributeName{"0": {Name: "city"}, "1": {Name: "level"}, "2": {Name: "country", Type: "registration_id"}},
		})
		w := newWorkspace(t)
		w.serve(t, service)
		w.write(t, "main.tf", strings.ReplaceAll(config, "POST\n", post))
		t.Log(w.run(t, "apply", "-no-color", "-auto-approve"))
		t.Log(w.run(t, "state", "pull"))
		t.Log(w.run(t, "plan", "-no-color", "-detailed-exitcode"))
		t.Log(w.run(t, "apply", "-no-color", "-auto-approve"))
		w.write(t, "main.tf", strings.ReplaceAll(strings.ReplaceAll(config, "POST\n", post), `77" = { city = "BeiJing" }`, `77" = { country = "China" }`))
		t.Log(w.run(t, "apply", "-no-color", "-auto-approve"))
		t.Log(w.run(t, "plan", "-no-color", "-detailed-exitcode"))
	}
}
