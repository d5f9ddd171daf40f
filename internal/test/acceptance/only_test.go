package acceptance

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
	"github.com/timpush/terraform-provider-timpush/internal/test/cli"
)

// What only drops is in no output, log, plan or state, including what is read for
// required_attributes.
func TestAccOnlyDropsValues(t *testing.T) {
	t.Parallel()
	const canary, kept = "canary-of-xiaoming", "kept-of-xiaoming"
	w := newWorkspace(t)
	w.serve(t, seededEmulator(t, emulator.Seed{
		AttributeNames: map[string]emulator.AttributeName{"0": {Name: "city"}, "1": {Name: "sex"}, "2": {Name: "nickname"}, "3": {Name: canary + "-name"}},
		Accounts: map[string]emulator.Account{"xiaoming": {
			Attributes: map[string]string{"city": kept + "-city", "sex": canary + "-sex", "nickname": canary + "-nickname", canary + "-name": "1"},
			Tags:       []string{kept + "-tag", canary + "-tag"},
		}},
	}))
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
	log := w.enableTrace(t)
	texts := map[string]string{
		"output":     w.mustRun(t, "plan", "-no-color", "-out=plan") + w.mustRun(t, "apply", "-no-color", "plan"),
		"shown plan": w.mustRun(t, "show", "-json", "plan"),
		"plan":       unzip(t, filepath.Join(w.folder, "plan")),
		"state":      read(t, filepath.Join(w.folder, "terraform.tfstate")),
		"log":        read(t, log),
	}
	checkHidden(t, texts, []string{canary})
	w.checkOutputs(t, `{"missing": [{"xiaoming": ["lost"]}, {}], "kept": [{"xiaoming": {"city": "`+kept+`-city"}}, {"xiaoming": {}}, {"xiaoming": ["`+kept+`-tag"]}]}`)
	for _, where := range []string{"output", "shown plan", "plan", "state"} {
		if !strings.Contains(texts[where], kept+"-city") {
			t.Errorf("the test proves nothing: the %s does not contain what is kept", where)
		}
	}
	if !strings.Contains(texts["log"], "Called the Push Service") {
		t.Error("the test proves nothing: there is no log")
	}
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
