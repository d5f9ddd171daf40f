package acceptance

import (
	"errors"
	"fmt"
	"maps"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
	"github.com/timpush/terraform-provider-timpush/internal/test/cli"
)

const (
	testAccountsGuide = "docs/guides/test-accounts.md"
	installation      = "379C2F0D-290D-47AE-94D1-919058C39C77"
)

func accountsBlock(t *testing.T, content string) string {
	t.Helper()
	return codeBlock(t, "terraform", content, testAccountsGuide)
}

// guideAccounts is an app with the accounts of the guide, without attributes.
func guideAccounts(t *testing.T) *emulator.Emulator {
	t.Helper()
	return seededEmulator(t, emulator.Seed{
		Accounts:       map[string]emulator.Account{"test-gold": {}, "test-silver": {}, installation: {Type: "registration_id"}},
		AttributeNames: map[string]emulator.AttributeName{"0": {Name: "city"}, "1": {Name: "level"}, "2": {Name: "country", Type: "registration_id"}},
	})
}

// asTerraform returns OpenTofu's output as Terraform prints it.
func asTerraform(output string) string { return strings.ReplaceAll(output, "OpenTofu", "Terraform") }

// Mistakes in the first example are errors in plan, as the guide shows, and nothing is
// written.
func TestAccGuidePlanChecks(t *testing.T) {
	t.Parallel()
	service := guideAccounts(t)
	const line = `    test-gold   = { city = "ShenZhen", level = "gold" }`
	block, mistake := accountsBlock(t, line), strings.TrimSuffix(codeBlock(t, "text", "test-gloud", testAccountsGuide), "\n")
	w := guideWorkspace(t, service, strings.Replace(block, line, mistake, 1))
	output, err := w.run(t, "plan", "-no-color")
	if err == nil {
		t.Error("the plan succeeds")
	}
	checkShown(t, testAccountsGuide, "Error: Unknown Attribute Name", output)
	w.write(t, "main.tf", block)
	w.mustRun(t, "apply", "-no-color", "-auto-approve")
	w.mustRun(t, "plan", "-no-color", "-detailed-exitcode")
}

// An account that the service rejects goes through create, plan, and update as the guide
// shows. Each apply sends only what is missing.
func TestAccGuidePartialFailure(t *testing.T) {
	t.Parallel()
	service := guideAccounts(t)
	block := accountsBlock(t, installation)
	w := guideWorkspace(t, service, block)
	apply := func() (string, error) {
		output, err := w.run(t, "apply", "-no-color", "-auto-approve")
		return asTerraform(output), err
	}
	sent := func() []string {
		entries := service.Journal()
		for _, entry := range slices.Backward(entries) {
			if entry.API == "set_attr" {
				return entry.Accounts
			}
		}
		return nil
	}

	output, err := apply()
	if err != nil {
		t.Errorf("the create fails: %v", err)
	}
	checkShown(t, testAccountsGuide, "Creation complete", output)
	checkShown(t, testAccountsGuide, "(2 unchanged elements hidden)", w.mustRun(t, "plan", "-no-color"))
	output, err = apply()
	if err == nil {
		t.Error("the update succeeds")
	}
	checkShown(t, testAccountsGuide, "Modifying...\n\nError: ", output)
	if got := sent(); !slices.Equal(got, []string{installation}) {
		t.Errorf("the update sends %q", got)
	}

	const right = `country = "China"`
	if !strings.Contains(read(t, root(testAccountsGuide)), "`"+right+"`") {
		t.Error("the guide does not name the fix")
	}
	w.write(t, "main.tf", strings.Replace(block, `" = { city = "BeiJing" }`, `" = { `+right+` }`, 1))
	output, err = apply()
	if err != nil {
		t.Errorf("the update fails: %v", err)
	}
	checkShown(t, testAccountsGuide, "Modifications complete", output)
	if got := sent(); !slices.Equal(got, []string{installation}) {
		t.Errorf("the update sends %q", got)
	}
	w.mustRun(t, "plan", "-no-color", "-detailed-exitcode")
	holdingsOf(t, service, installation, "test-gold", "test-silver").check(t, map[string]map[string]string{
		installation: {"country": "China"}, "test-gold": {"city": "ShenZhen", "level": "gold"}, "test-silver": {"city": "BeiJing", "level": "silver"},
	}, nil)
}

// The guide's postcondition fails the apply of a create that could not write an account,
// and nothing is replaced. The exit code of the next plan says the same.
func TestAccGuideFailApply(t *testing.T) {
	t.Parallel()
	service := guideAccounts(t)
	block := strings.Replace(accountsBlock(t, "postcondition"), "    test-gold = {", "    \""+installation+"\" = { city = \"BeiJing\" }\n    test-gold = {", 1)
	w := guideWorkspace(t, service, block)
	if output, err := w.run(t, "apply", "-no-color", "-auto-approve"); err == nil || !strings.Contains(output, "Not written: "+installation+".") {
		t.Errorf("%v\n%s", err, output)
	}
	output, err := w.run(t, "plan", "-no-color", "-detailed-exitcode")
	if exit := (*exec.ExitError)(nil); !errors.As(err, &exit) || exit.ExitCode() != 2 || !strings.Contains(output, "0 to add, 1 to change, 0 to destroy") {
		t.Errorf("%v\n%s", err, output)
	}
}

// Deleted accounts and drift have the effects that the guide's table lists, and destroy
// ignores accounts that are gone.
func TestAccGuideDrift(t *testing.T) {
	t.Parallel()
	service := guideAccounts(t)
	w := guideWorkspace(t, service, accountsBlock(t, `timpush_user_tags" "test"`))
	w.mustRun(t, "apply", "-no-color", "-auto-approve")
	change := func(account string, to *emulator.Account) {
		if err := service.Drift(emulator.Change{Accounts: map[string]*emulator.Account{account: to}}); err != nil {
			t.Fatal(err)
		}
	}
	change("test-gold", &emulator.Account{Attributes: map[string]string{"city": "BeiJing"}, Tags: []string{"other"}})
	output := w.mustRun(t, "plan", "-no-color")
	for _, text := range []string{`~ "city"  = "BeiJing" -> "ShenZhen"`, `+ "level" = "gold"`, `+ "test"`} {
		if !strings.Contains(output, text) {
			t.Errorf("the plan lacks %q:\n%s", text, output)
		}
	}
	if strings.Contains(output, "other") {
		t.Errorf("the plan shows what is not owned:\n%s", output)
	}
	w.mustRun(t, "apply", "-no-color", "-auto-approve")

	change("test-silver", nil)
	if output := w.mustRun(t, "plan", "-no-color"); !strings.Contains(output, "Warning: Accounts Do Not Exist") || !strings.Contains(output, "0 to add, 2 to change") {
		t.Errorf("the plan prints:\n%s", output)
	}
	w.mustRun(t, "destroy", "-no-color", "-auto-approve")
	holdingsOf(t, service, "test-gold").check(t, map[string]map[string]string{"test-gold": {}}, map[string][]string{"test-gold": {"other"}})
}

// A mistake in the configuration fails destroy. The guide's command removes everything
// all the same.
func TestAccGuideDestroy(t *testing.T) {
	t.Parallel()
	service := guideAccounts(t)
	block := accountsBlock(t, `timpush_user_tags" "test"`)
	w := guideWorkspace(t, service, block)
	w.mustRun(t, "apply", "-no-color", "-auto-approve")
	w.write(t, "main.tf", strings.Replace(block, "city =", "ctiy =", 1))
	if output, err := w.run(t, "destroy", "-no-color", "-auto-approve"); err == nil || !strings.Contains(output, "Error: Unknown Attribute Name") {
		t.Errorf("%v\n%s", err, output)
	}
	w.runLines(t, codeBlock(t, "sh", "terraform destroy", testAccountsGuide), "-no-color", "-auto-approve")
	holdingsOf(t, service, "test-gold", "test-silver").check(t,
		map[string]map[string]string{"test-gold": {}, "test-silver": {}}, map[string][]string{"test-gold": nil, "test-silver": nil})
}

// The guide's resource with accounts from a file can have more of them than range()
// returns.
func TestAccGuideAccountsFile(t *testing.T) {
	t.Parallel()
	const accounts = 1025
	seed := emulator.Seed{Accounts: map[string]emulator.Account{}, AttributeNames: map[string]emulator.AttributeName{"0": {Name: "city"}}}
	for i := range accounts {
		seed.Accounts[fmt.Sprintf("user%d", i)] = emulator.Account{}
	}
	service := seededEmulator(t, seed)
	w := guideWorkspace(t, service, accountsBlock(t, `file("accounts.txt")`))
	w.write(t, "accounts.txt", "\ufeff"+strings.Join(slices.Sorted(maps.Keys(seed.Accounts)), "\r\n")+"\r\n")
	w.mustRun(t, "apply", "-no-color", "-auto-approve")
	if got := count(service, "set_attr"); got != 11 {
		t.Errorf("%d requests wrote, want 11", got)
	}
}

// The guide's import blocks import what the accounts have, without a write.
func TestAccGuideImportAccounts(t *testing.T) {
	t.Parallel()
	block := accountsBlock(t, "import {")
	cli.Need(t, features(block)...)
	service := seededEmulator(t, emulator.Seed{Accounts: map[string]emulator.Account{
		"test-gold":   {Attributes: map[string]string{"city": "ShenZhen", "level": "gold", "sex": "male"}, Tags: []string{"beta", "test"}},
		"test-silver": {Attributes: map[string]string{"city": "BeiJing", "level": "silver"}, Tags: []string{"test"}},
	}})
	w := guideWorkspace(t, service, block)
	if output := w.mustRun(t, "apply", "-no-color", "-auto-approve"); !strings.Contains(output, "2 imported, 0 added, 0 changed, 0 destroyed") {
		t.Errorf("the apply prints:\n%s", output)
	}
	if count(service, "set_attr")+count(service, "add_tag") > 0 {
		t.Error("something was written")
	}
}

// An apply sends as many requests as the guide on limits says: to plan, to check again,
// and to write; for a change, to refresh and to write.
func TestAccGuideWrites(t *testing.T) {
	t.Parallel()
	const accounts = 250
	seed := emulator.Seed{Accounts: map[string]emulator.Account{}, AttributeNames: map[string]emulator.AttributeName{"0": {Name: "city"}}}
	config := "resource \"timpush_user_attributes\" \"all\" {\n  attributes = merge({ for n in range(" + strconv.Itoa(accounts) + ") : \"user${n}\" => { city = \"ShenZhen\" } }, var.changed)\n}\n" +
		"variable \"changed\" {\n  type    = map(map(string))\n  default = {}\n}\n"
	for i := range accounts {
		seed.Accounts[fmt.Sprintf("user%d", i)] = emulator.Account{}
	}
	service := seededEmulator(t, seed)
	w := guideWorkspace(t, service, config)
	before := 0
	for _, step := range []struct {
		arguments []string
		requests  map[string]int
	}{
		{[]string{"apply", "-auto-approve"}, map[string]int{"get_attr": 6, "get_attr_name": 2, "set_attr": 3}},
		{[]string{"apply", "-auto-approve", `-var=changed={user0={city="BeiJing"},user1={city="BeiJing"},user249={city="BeiJing"}}`}, map[string]int{"get_attr": 3, "set_attr": 1}},
		{[]string{"apply", "-auto-approve", "-refresh=false"}, map[string]int{"set_attr": 1}},
		{[]string{"destroy", "-auto-approve", "-refresh=false"}, map[string]int{"remove_attr": 3}},
	} {
		w.mustRun(t, append(step.arguments, "-no-color")...)
		got, journal := map[string]int{}, service.Journal()
		for _, entry := range journal[before:] {
			got[entry.API]++
		}
		before = len(journal)
		if !maps.Equal(got, step.requests) {
			t.Errorf("%v sends %v, want %v", step.arguments, got, step.requests)
		}
	}
}

// Names and accounts of one configuration are created one after the other, as the guide
// says.
func TestAccGuideNamesFirst(t *testing.T) {
	t.Parallel()
	service := seededEmulator(t, emulator.Seed{Accounts: map[string]emulator.Account{"test-gold": {}, "test-silver": {}}})
	w := guideWorkspace(t, service, accountsBlock(t, `timpush_user_tags" "test"`))
	w.write(t, "names.tf", namesBlock(t, `timpush_attribute_names" "app"`))
	if output, err := w.run(t, "apply", "-no-color", "-auto-approve"); err == nil || !strings.Contains(output, "Error: Unknown Attribute Name") {
		t.Errorf("%v\n%s", err, output)
	}
	w.mustRun(t, "apply", "-no-color", "-auto-approve", "-target=timpush_attribute_names.app")
	w.mustRun(t, "apply", "-no-color", "-auto-approve")
	w.mustRun(t, "plan", "-no-color", "-detailed-exitcode")
}
