package acceptance

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
	"github.com/timpush/terraform-provider-timpush/internal/test/faults"
)

// Neither the key nor any UserSig stands in output, log, plan or state of a run
// that succeeds.
func TestAccSecretsStayOut(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	indiscreet := newEmulator(t)
	replies := map[string]string{
		"get_attr": `"UserAttrs":[{"To_Account":"told","Attrs":{"name ` + testKey + `":"value ` + testKey + `"}}],` +
			`"ErrorList":[{"To_Account":"failed","ErrorCode":70107,"ErrorInfo":"reason ` + testKey + `"}]`,
		"get_tag":       `"UserTags":[{"To_Account":"told","Tags":["tag ` + testKey + `"]}]`,
		"get_attr_name": `"AttrNames":{"index ` + testKey + `":"attribute ` + testKey + `"},"AttrTypes":{"index ` + testKey + `":"type ` + testKey + `"}`,
	}
	if told := slices.Sorted(maps.Keys(replies)); !slices.Equal(told, faults.APIs()) {
		t.Errorf("the replies of %v tell the key, of %v", told, faults.APIs())
	}
	for api, reply := range replies {
		match := emulator.Match{API: api, Account: "told"}
		if api == "get_attr_name" {
			match.Account = ""
		}
		indiscreet.Script(emulator.Fault{Match: match, Effect: emulator.Effect{Body: `{"ActionStatus":"OK","ErrorCode":0,` + reply + `}`}})
	}
	service := &witness{Handler: indiscreet, userSigs: map[string]bool{}}
	w.serve(t, service)
	log := w.traced(t)
	w.write(t, "main.tf", requiredProviders+readTeam+`
data "timpush_user_attributes" "told" {
  accounts = ["told", "failed"]
}

data "timpush_user_tags" "told" {
  accounts = ["told"]
}

data "timpush_attribute_names" "told" {}
`)
	output := w.mustRun(t, "plan", "-no-color", "-out=plan") + w.mustRun(t, "apply", "-no-color", "plan") +
		w.mustRun(t, "show", "-json", "plan") + w.mustRun(t, "show", "-json")
	checkHidden(t, map[string]string{
		"output": output, "log": read(t, log), "plan": unzip(t, filepath.Join(w.folder, "plan")),
		"state": read(t, filepath.Join(w.folder, "terraform.tfstate")),
	}, service.secrets())
	for _, shown := range []string{"name (redacted)", "value (redacted)", "reason (redacted)", "tag (redacted)", "attribute (redacted)"} {
		if !strings.Contains(read(t, filepath.Join(w.folder, "terraform.tfstate")), shown) {
			t.Errorf("the test is blind: the state does not hold %q", shown)
		}
	}
	if said := `account type "type (redacted)"`; !strings.Contains(flat(output), said) {
		t.Errorf("the test is blind: the output does not say %s:\n%s", said, output)
	}
	if !strings.Contains(output, "ShenZhen") || !strings.Contains(read(t, log), "Called the Push Service") || len(service.secrets()) < 3 {
		t.Errorf("the test is blind, %d secrets to look for:\n%s", len(service.secrets()), output)
	}
}
