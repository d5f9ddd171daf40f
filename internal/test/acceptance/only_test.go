package acceptance

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
	"github.com/timpush/terraform-provider-timpush/internal/test/cli"
)

// The values in onlyApp that only drops, and those that it keeps.
const droppedValue, keptValue = "canary-of-xiaoming", "kept-of-xiaoming"

var onlyApp = emulator.Seed{
	AttributeNames: map[string]emulator.AttributeName{"0": {Name: "city"}, "1": {Name: "sex"}, "2": {Name: "nickname"}, "3": {Name: droppedValue + "-name"}},
	Accounts: map[string]emulator.Account{"xiaoming": {
		Attributes: map[string]string{"city": keptValue + "-city", "sex": droppedValue + "-sex", "nickname": droppedValue + "-nickname", droppedValue + "-name": "1"},
		Tags:       []string{keptValue + "-tag", droppedValue + "-tag"},
	}},
}

// What only drops is in no output, log, plan or state, including what is read for
// required_attributes.
func TestAccOnlyDropsValues(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	w.serve(t, seededEmulator(t, onlyApp))
	w.write(t, "main.tf", requiredProviders+`
data "timpush_user_attributes" "some" {
  accounts            = ["xiaoming"]
  only                = ["city"]
  required_attributes = ["city", "sex", "lost"]
}

data "timpush_user_attributes" "none" {
  accounts            = ["xiaoming"]
  only                = []
  required_attributes = ["sex"]
}

data "timpush_user_tags" "some" {
  accounts = ["xiaoming"]
  only     = ["kept-of-xiaoming-tag"]
}

output "missing" {
  value = [data.timpush_user_attributes.some.missing_attributes, data.timpush_user_attributes.none.missing_attributes]
}

output "kept" {
  value = [data.timpush_user_attributes.some.attributes, data.timpush_user_attributes.none.attributes, data.timpush_user_tags.some.tags]
}
`)
	texts := w.applyTraced(t)
	checkHidden(t, texts, []string{droppedValue})
	w.checkOutputs(t, `{"missing": [{"xiaoming": ["lost"]}, {}], "kept": [{"xiaoming": {"city": "`+keptValue+`-city"}}, {"xiaoming": {}}, {"xiaoming": ["`+keptValue+`-tag"]}]}`)
	for _, where := range []string{"output", "shown plan", "plan", "state"} {
		if !strings.Contains(texts[where], keptValue+"-city") {
			t.Errorf("the test proves nothing: the %s does not contain what is kept", where)
		}
	}
}

// Neither is what only drops in ephemeral resources, which are read in plan and apply.
func TestAccOnlyDropsEphemeralValues(t *testing.T) {
	t.Parallel()
	cli.Need(t, cli.Ephemeral)
	w := newWorkspace(t)
	w.serve(t, seededEmulator(t, onlyApp))
	w.write(t, "main.tf", requiredProviders+`
ephemeral "timpush_user_attributes" "some" {
  accounts            = ["xiaoming"]
  only                = ["city"]
  required_attributes = ["city", "sex", "lost"]
}

ephemeral "timpush_user_tags" "some" {
  accounts = ["xiaoming"]
  only     = ["kept-of-xiaoming-tag"]
}

check "kept" {
  assert {
    condition = jsonencode([
      ephemeral.timpush_user_attributes.some.attributes,
      ephemeral.timpush_user_attributes.some.missing_attributes,
      ephemeral.timpush_user_tags.some.tags,
    ]) == jsonencode([{ xiaoming = { city = "kept-of-xiaoming-city" } }, { xiaoming = ["lost"] }, { xiaoming = ["kept-of-xiaoming-tag"] }])
    error_message = "Other values are kept."
  }
}
`)
	texts := w.applyTraced(t)
	checkHidden(t, texts, []string{droppedValue})
	if strings.Contains(texts["output"], "Other values are kept.") {
		t.Errorf("the output is:\n%s", texts["output"])
	}
}

// applyTraced plans and applies with a trace log, and returns everything that is written.
func (w *workspace) applyTraced(t *testing.T) (texts map[string]string) {
	t.Helper()
	log := w.enableTrace(t)
	texts = map[string]string{
		"output":     w.mustRun(t, "plan", "-no-color", "-out=plan") + w.mustRun(t, "apply", "-no-color", "plan"),
		"shown plan": w.mustRun(t, "show", "-json", "plan"),
		"plan":       unzip(t, filepath.Join(w.folder, "plan")),
		"state":      read(t, filepath.Join(w.folder, "terraform.tfstate")),
		"log":        read(t, log),
	}
	if !strings.Contains(texts["log"], "Called the Push Service") {
		t.Error("the test proves nothing: there is no log")
	}
	return texts
}

// A mocked provider returns the missing_attributes of a test, and an empty map by
// default, so that a check on its length can pass and fail.
func TestAccMissingAttributesInMocks(t *testing.T) {
	t.Parallel()
	cli.Need(t, cli.Mocks)
	w := newWorkspace(t)
	w.write(t, "main.tf", requiredProviders+`
data "timpush_user_attributes" "team" {
  accounts            = ["xiaoming", "xiaohua"]
  only                = []
  required_attributes = ["city"]
}

check "city" {
  assert {
    condition     = length(data.timpush_user_attributes.team.missing_attributes) == 0
    error_message = "No city."
  }
}
`)
	w.write(t, "default.tftest.hcl", "mock_provider \"timpush\" {}\n\nrun \"passes\" {}\n")
	w.write(t, "missing.tftest.hcl", `
mock_provider "timpush" {
  mock_data "timpush_user_attributes" {
    defaults = {
      missing_attributes = { xiaohua = ["city"] }
    }
  }
}

run "fails" {
  expect_failures = [check.city]

  assert {
    condition     = data.timpush_user_attributes.team.missing_attributes["xiaohua"] == tolist(["city"])
    error_message = "The mock is ignored."
  }
}
`)
	if output := w.mustRun(t, "test", "-no-color"); !strings.Contains(output, "2 passed, 0 failed") {
		t.Errorf("the output is:\n%s", output)
	}
}
