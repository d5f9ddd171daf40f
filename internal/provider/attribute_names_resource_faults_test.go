package provider

import (
	"strings"
	"testing"
	"testing/synctest"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

const setLevel = `set_attr_name {"AttrNames":{"5":"level"},"AttrTypes":{"5":0}}`

// lost is a fault that executes a write once, and loses the response.
func lost(times int) emulator.Fault {
	return emulator.Fault{Match: emulator.Match{API: "set_attr_name"}, Times: times, Effect: emulator.Effect{Execute: true, Drop: true}}
}

// A write whose response is lost is repeated, which is harmless, also if the
// service rejects names that are there already.
func TestAttributeNamesLostResponse(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		then emulator.Fault
		want []string
	}{
		"repeated": {then: emulator.Fault{Skip: 1 << 30}, want: []string{getNames, getNames, setLevel, setLevel}},
		"rejected": {
			then: emulator.Fault{Match: emulator.Match{API: "set_attr_name"}, Effect: emulator.Effect{Code: 90033}},
			want: []string{getNames, getNames, setLevel, setLevel, getNames},
		},
	} {
		synctest.Test(t, func(t *testing.T) {
			app := newNamesApp(t, nameAt{"sex", 0, ""})
			i := manage(t, app)
			app.Script(lost(1), test.then)
			if text := i.run(named(nameAt{"level", 5, ""})); text != "create\n" {
				t.Errorf("%s: %s", name, text)
			}
			app.check(t, test.want...)
			i.checkNames(t, nameAt{"level", 5, "user_id"})
		})
	}
}

// If the response stays lost, the error leaves no state that the CLI would taint,
// and the next plan adopts what was written.
func TestAttributeNamesUnclearWrite(t *testing.T) {
	t.Parallel()
	app := newNamesApp(t)
	i := newConfigured(t, app, values{"max_retries": 0}).newInstance(attributeNames)
	app.Script(lost(2))
	if text := i.run(named(nameAt{"level", 5, ""})); !strings.HasPrefix(text, "create\nERROR Unable to Write Attribute Names\n") || !i.state.IsNull() {
		t.Errorf("the state is %s:\n%s", i.state, text)
	}
	app.check(t, getNames, getNames, setLevel)
	i.checkRun(t, named(nameAt{"level", 5, ""}), "create\n")
	app.check(t, getNames, getNames)

	// An update keeps the state, and the next refresh finds what was written.
	if text := i.run(named(nameAt{"rank", 5, ""})); !strings.HasPrefix(text, "update\nERROR Unable to Write Attribute Names\n") {
		t.Error(text)
	}
	i.checkNames(t, nameAt{"level", 5, "user_id"})
	i.checkRun(t, named(nameAt{"rank", 5, ""}), "none\n")
	i.checkNames(t, nameAt{"rank", 5, "user_id"})
}

// If the service does not allow a rename, the error says what to do.
func TestAttributeNamesRenameRejected(t *testing.T) {
	t.Parallel()
	app := newNamesApp(t)
	i := manage(t, app, nameAt{"level", 5, ""})
	app.Script(emulator.Fault{Match: emulator.Match{API: "set_attr_name"}, Effect: emulator.Effect{Code: 90033, Info: "attrName:level already exists at index:5"}})
	text := i.run(named(nameAt{"rank", 5, ""}))
	for _, part := range []string{
		"update\nERROR Unable to Write Attribute Names\n",
		"Check the app's attribute names in the console. If this change gives an index another name, the service may not allow that, which is not documented: " +
			"restore the previous name, and add the new one at a free index.\n\nAPI: set_attr_name\n",
		"Error code: 90033\nService text: \"attrName:level already exists at index:5\"\n",
	} {
		if !strings.Contains(text, part) {
			t.Errorf("the text does not contain %q:\n%s", part, text)
		}
	}
	app.check(t, getNames, getNames, getNames, `set_attr_name {"AttrNames":{"5":"rank"},"AttrTypes":{"5":0}}`, getNames)
	i.checkNames(t, nameAt{"level", 5, "user_id"})
}

// A response without account types, as on older API pages, changes nothing, nor does
// another spelling in Unicode. Names that cannot be managed are ignored.
func TestAttributeNamesOddResponses(t *testing.T) {
	t.Parallel()
	app := newNamesApp(t)
	i := manage(t, app, nameAt{"level", 5, "registration_id"}, nameAt{"cafe\u0301", 6, ""})
	app.Script(emulator.Fault{Effect: emulator.Effect{
		Body: `{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"AttrNames":{"5":"level","6":"caf\u00e9","7":"","10":"x","y":"z"},"AttrTypes":{"6":7}}`,
	}})
	i.checkRun(t, named(nameAt{"level", 5, "registration_id"}, nameAt{"cafe\u0301", 6, ""}), "none\n")
	i.checkNames(t, nameAt{"level", 5, "registration_id"}, nameAt{"cafe\u0301", 6, "user_id"})
	app.check(t, getNames)

	other := newConfigured(t, app, nil).newInstance(attributeNames)
	if text := other.importState("1400000000"); text != "" {
		t.Error(text)
	}
	if got := other.run(named(nameAt{"level", 5, "registration_id"}, nameAt{"cafe\u0301", 6, ""})); got != "update\n" { // the types are not known
		t.Error(got)
	}
	app.check(t, getNames, getNames, getNames, getNames, getNames)
	other.checkRun(t, named(nameAt{"level", 5, "registration_id"}, nameAt{"cafe\u0301", 6, ""}), "none\n")
}
