package acceptance

import (
	"fmt"
	"strings"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

const (
	namesGuide   = "docs/guides/attribute-names.md"
	namesExample = "examples/attribute-names"
)

// checkShown compares an output with the block of a guide that contains a text, paragraph by
// paragraph, because CLIs print diagnostics in different orders.
func checkShown(t *testing.T, guide, content, output string) {
	t.Helper()
	for part := range strings.SplitSeq(strings.TrimSpace(codeBlock(t, "text", content, guide)), "\n\n") {
		if !strings.Contains(output, part) {
			t.Errorf("the CLI does not print what the guide shows:\n%s\n\nit prints:\n%s", part, output)
		}
	}
}

// guideWorkspace returns a workspace with a block from a guide as main.tf.
func guideWorkspace(t *testing.T, service *emulator.Emulator, block string) *workspace {
	t.Helper()
	w := newWorkspace(t)
	w.serve(t, service)
	w.write(t, "versions.tf", requiredProviders)
	w.write(t, "main.tf", block)
	return w
}

func namesBlock(t *testing.T, content string) string {
	t.Helper()
	return codeBlock(t, "terraform", content, namesGuide)
}

// The error for a taken index is the one that the guide shows, and its fix works.
func TestAccGuideIndexTaken(t *testing.T) {
	t.Parallel()
	service := newEmulator(t)
	config := namesBlock(t, `timpush_attribute_names" "app"`)
	w := guideWorkspace(t, service, config)
	output, err := w.run(t, "plan", "-no-color")
	if err == nil || strings.Count(output, "Error: Index Already in Use") != 1 || strings.Count(output, "Error: Name Has Another Index") != 1 {
		t.Errorf("%v\n%s", err, output)
	}
	checkShown(t, namesGuide, "Error: Index Already in Use", output)

	w.write(t, "main.tf", strings.NewReplacer("city    = { index = 0 }", "city    = { index = 1 }", "level   = { index = 1 }", "level   = { index = 3 }").Replace(config))
	w.mustRun(t, "apply", "-no-color", "-auto-approve")
	if got, want := fmt.Sprint(holdingsOf(t, service).names), "map[0:sex 1:city 2:country 3:level]"; got != want {
		t.Errorf("the app has %s, want %s", got, want)
	}
}

// What the app has is adopted without a write, and the guide's commands print it in the
// form of the resource.
func TestAccGuideAdoptNames(t *testing.T) {
	t.Parallel()
	names := map[string]emulator.AttributeName{"0": {Name: "city"}, "1": {Name: "level"}, "2": {Name: "country", Type: "registration_id"}, "9": {Name: "sex"}}
	service := seededEmulator(t, emulator.Seed{AttributeNames: names})
	config := namesBlock(t, `timpush_attribute_names" "app"`)
	w := guideWorkspace(t, service, strings.ReplaceAll(config, "index = 2", "index = 9")) // a mistake
	w.write(t, "data.tf", namesBlock(t, `data "timpush_attribute_names" "app" {}`))
	w.mustRun(t, "apply", "-no-color", "-auto-approve", "-target=data.timpush_attribute_names.app")
	for _, language := range languages() {
		printed := w.shell(t, language, codeBlock(t, language, "terraform console", namesGuide))
		if !strings.Contains(printed, `"country" = {`) || !strings.Contains(flat(printed), `"account_type" = "registration_id" "index" = 2`) {
			t.Errorf("the command prints:\n%s", printed)
		}
	}
	w.write(t, "main.tf", config)
	w.mustRun(t, "apply", "-no-color", "-auto-approve")
	w.mustRun(t, "plan", "-no-color", "-detailed-exitcode")
	if requests := count(service, "set_attr_name"); requests > 0 {
		t.Errorf("%d requests wrote", requests)
	}
}

// A misspelled account type is ignored, and the plan shows the one that will be used.
func TestAccGuideMisspelledType(t *testing.T) {
	t.Parallel()
	config := strings.Replace(namesBlock(t, `timpush_attribute_names" "app"`), "account_type", "acount_type", 1)
	output := guideWorkspace(t, seededEmulator(t, emulator.Seed{}), config).mustRun(t, "plan", "-no-color")
	if !strings.Contains(flat(output), `+ "country" = { + account_type = "user_id"`) {
		t.Errorf("the plan prints:\n%s", output)
	}
}

// A name that attributes in the same configuration use is renamed as the guide says: the
// names first.
func TestAccGuideRenameWithAttributes(t *testing.T) {
	t.Parallel()
	const attributes = "resource \"timpush_user_attributes\" \"test\" {\n  attributes = { test-gold = { city = \"ShenZhen\" } }\n}\n"
	service := seededEmulator(t, emulator.Seed{
		Accounts:       map[string]emulator.Account{"test-gold": {}},
		AttributeNames: map[string]emulator.AttributeName{"0": {Name: "city"}, "1": {Name: "level"}, "2": {Name: "country", Type: "registration_id"}},
	})
	w := guideWorkspace(t, service, namesBlock(t, `timpush_attribute_names" "app"`)+attributes)
	w.mustRun(t, "apply", "-no-color", "-auto-approve")

	w.write(t, "main.tf", namesBlock(t, "# was: city")+strings.Replace(attributes, "city", "town", 1))
	if output, err := w.run(t, "apply", "-no-color", "-auto-approve"); err == nil || !strings.Contains(output, "Error: Unknown Attribute Name") {
		t.Errorf("%v\n%s", err, output)
	}
	w.runLines(t, codeBlock(t, "sh", "-target=timpush_attribute_names.app", namesGuide), "-no-color", "-auto-approve")
	w.mustRun(t, "plan", "-no-color", "-detailed-exitcode")
	holdingsOf(t, service, "test-gold").check(t, map[string]map[string]string{"test-gold": {"town": "ShenZhen"}}, nil)
}

// runLines runs commands of a guide, with more arguments.
func (w *workspace) runLines(t *testing.T, commands string, arguments ...string) {
	t.Helper()
	for command := range strings.Lines(commands) {
		w.mustRun(t, append(strings.Fields(command)[1:], arguments...)...)
	}
}

// The example copies staging to production. A new name there is the change that the
// guide shows.
func TestAccExampleAttributeNames(t *testing.T) {
	t.Parallel()
	service, production, staging, endpoint := twoApps(t, "")
	w := example(t, namesExample, production)
	w.write(t, "main_override.tf", fmt.Sprintf(
		"provider \"timpush\" {\n  alias    = \"production\"\n  endpoint = %q\n}\n\nprovider \"timpush\" {\n  alias    = \"staging\"\n  endpoint = %q\n}\n", service.endpoint, endpoint))
	w.env = append(w.env, "TF_VAR_production_key="+testKey, "TF_VAR_staging_key="+stagingKey)
	const sample = `"sex":{"index":0,"account_type":"user_id"},"city":{"index":1,"account_type":"user_id"},"country":{"index":2,"account_type":"registration_id"}`
	w.mustRun(t, "apply", "-no-color", "-auto-approve")
	w.checkOutputs(t, `{"attribute_names":{`+sample+`}}`)
	if requests := count(production, "set_attr_name"); requests > 0 {
		t.Errorf("%d requests wrote, although production has all names", requests)
	}
	if err := staging.Drift(emulator.Change{AttributeNames: map[string]emulator.AttributeName{"3": {Name: "level"}}}); err != nil {
		t.Fatal(err)
	}
	checkShown(t, namesGuide, "timpush_attribute_names.production will be updated", w.mustRun(t, "plan", "-no-color"))
	w.mustRun(t, "apply", "-no-color", "-auto-approve")
	w.checkOutputs(t, `{"attribute_names":{`+sample+`,"level":{"index":3,"account_type":"user_id"}}}`)
	if got := holdingsOf(t, production).names["3"]; got != "level" || count(staging, "set_attr_name") > 0 {
		t.Errorf("production has %q at index 3; staging was changed %d times", got, count(staging, "set_attr_name"))
	}

	// What production uses differently fails the plan.
	if err := staging.Drift(emulator.Change{AttributeNames: map[string]emulator.AttributeName{"4": {Name: "team"}}}); err != nil {
		t.Fatal(err)
	}
	if err := production.Drift(emulator.Change{AttributeNames: map[string]emulator.AttributeName{"4": {Name: "language"}}}); err != nil {
		t.Fatal(err)
	}
	if output, err := w.run(t, "plan", "-no-color"); err == nil || !strings.Contains(output, "Error: Index Already in Use") {
		t.Errorf("%v\n%s", err, output)
	}
}

// The guide's filter drops names, and its check warns of names that production lacks.
func TestAccGuideCompareNames(t *testing.T) {
	t.Parallel()
	w := guideWorkspace(t, seededEmulator(t, emulator.Seed{AttributeNames: map[string]emulator.AttributeName{"0": {Name: "city"}, "1": {Name: "try_mood"}}}), namesBlock(t, "released"))
	w.mustRun(t, "apply", "-no-color", "-auto-approve")
	w.checkOutputs(t, `{"released":["city"]}`)

	w, _, staging, endpoint := twoApps(t, namesBlock(t, "only_in_staging"))
	w.write(t, "main_override.tf", fmt.Sprintf(
		"provider \"timpush\" {\n  alias    = \"production\"\n  endpoint = %q\n}\n\nprovider \"timpush\" {\n  alias    = \"staging\"\n  endpoint = %q\n}\n", w.endpoint, endpoint))
	w.env = append(w.env, "TF_VAR_production_key="+testKey, "TF_VAR_staging_key="+stagingKey)
	const failed = "Check block assertion failed"
	if output := w.mustRun(t, "plan", "-no-color"); strings.Contains(output, failed) {
		t.Errorf("the check fails for equal apps:\n%s", output)
	}
	if err := staging.Drift(emulator.Change{AttributeNames: map[string]emulator.AttributeName{"3": {Name: "level"}}}); err != nil {
		t.Fatal(err)
	}
	if output := w.mustRun(t, "plan", "-no-color"); !strings.Contains(output, failed) || !strings.Contains(output, "Only in staging: level.") {
		t.Errorf("the check does not fail:\n%s", output)
	}
}

// A rename is an update in place, and repairs drift. If the service rejects it, nothing
// changes, and the error says why. A name that is removed remains in the app, with the
// warning that the guide shows.
func TestAccGuideRenameAndRemove(t *testing.T) {
	t.Parallel()
	service := seededEmulator(t, emulator.Seed{})
	config, renamed := namesBlock(t, `timpush_attribute_names" "app"`), namesBlock(t, "# was: city")
	w := guideWorkspace(t, service, config)
	w.mustRun(t, "apply", "-no-color", "-auto-approve")

	w.write(t, "main.tf", renamed)
	service.Script(emulator.Fault{Match: emulator.Match{API: "set_attr_name"}, Times: 1, Effect: emulator.Effect{Code: 90033}})
	if output, err := w.run(t, "apply", "-no-color", "-auto-approve"); err == nil || !strings.Contains(output, "Error code: 90033") || !strings.Contains(flat(output), "restore the previous name, and add the new one at a free index") {
		t.Errorf("%v\n%s", err, output)
	}
	if got := holdingsOf(t, service).names["0"]; got != "city" {
		t.Errorf("index 0 has %q after a rejected rename", got)
	}
	if output := w.mustRun(t, "apply", "-no-color", "-auto-approve"); !strings.Contains(output, "0 added, 1 changed, 0 destroyed") {
		t.Errorf("the rename is no update:\n%s", output)
	}
	if err := service.Drift(emulator.Change{AttributeNames: map[string]emulator.AttributeName{"0": {Name: "place"}}}); err != nil {
		t.Fatal(err)
	}
	w.mustRun(t, "apply", "-no-color", "-auto-approve")
	if got := holdingsOf(t, service).names["0"]; got != "town" {
		t.Errorf("index 0 has %q after drift", got)
	}

	_, country, _ := strings.Cut(renamed, "level   = { index = 1 }\n")
	country, _, _ = strings.Cut(country, "\n")
	w.write(t, "main.tf", strings.Replace(renamed, country+"\n", "", 1))
	checkShown(t, namesGuide, "Warning: Attribute Names Remain", w.mustRun(t, "plan", "-no-color"))
	w.mustRun(t, "apply", "-no-color", "-auto-approve")
	if output := w.mustRun(t, "destroy", "-no-color", "-auto-approve"); !strings.Contains(output, "Warning: Attribute Names Remain in the App") {
		t.Errorf("destroy does not warn:\n%s", output)
	}
	if got, want := fmt.Sprint(holdingsOf(t, service).names), "map[0:town 1:level 2:country]"; got != want {
		t.Errorf("the app has %s, want %s", got, want)
	}
}

// The guide's import owns all names of the app. With another app, plan fails.
func TestAccGuideImportNames(t *testing.T) {
	t.Parallel()
	service := newEmulator(t)
	w := guideWorkspace(t, service, namesBlock(t, "import {"))
	if output := w.mustRun(t, "apply", "-no-color", "-auto-approve"); !strings.Contains(output, "1 imported, 0 added, 0 changed") {
		t.Errorf("the apply prints:\n%s", output)
	}
	other, _, _, endpoint := twoApps(t, "")
	w.env = append(other.env, "TF_CLI_CONFIG_FILE="+w.folder+"/cli.tfrc", "TIMPUSH_SDK_APP_ID=1400000001", "TIMPUSH_ENDPOINT="+endpoint, "TIMPUSH_SECRET_KEY="+stagingKey)
	if output, err := w.run(t, "plan", "-no-color"); err == nil || !strings.Contains(output, "Error: Another App") {
		t.Errorf("%v\n%s", err, output)
	}
}
