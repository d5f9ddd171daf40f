package acceptance

import (
	"strings"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

const testAccountsExample = "examples/test-accounts"

// The example sets exactly what it lists, its checks find what something else
// changes, and destroy removes only what it set.
func TestAccExampleTestAccounts(t *testing.T) {
	t.Parallel()
	service := exampleService(t, testAccountsExample)
	all := []string{"canary-1", "canary-2", "test-gold", "test-silver", "xiaoming"}
	before := holdingsOf(t, service, all...)
	w := example(t, testAccountsExample, service)
	if output := w.mustRun(t, "apply", "-no-color", "-auto-approve"); strings.Contains(output, "Check block assertion failed") {
		t.Errorf("a check fails:\n%s", output)
	}
	w.checkOutputs(t, `{"reached":{"gold":["test-gold"],"canaries":["canary-1","canary-2"]}}`)
	holdingsOf(t, service, all...).check(t, map[string]map[string]string{
		"canary-1":    {"city": "ShenZhen"},
		"canary-2":    {"city": "BeiJing"},
		"test-gold":   {"sex": "female", "city": "ShenZhen", "level": "gold"},
		"test-silver": {"city": "BeiJing", "level": "silver"},
		"xiaoming":    {"city": "ShenZhen", "level": "gold"},
	}, map[string][]string{
		"canary-1": {"canary"}, "canary-2": {"canary"}, "test-gold": {"beta", "test"}, "test-silver": {"test"}, "xiaoming": {"GoldMember"},
	})
	w.mustRun(t, "plan", "-no-color", "-detailed-exitcode")

	// Something that the configuration does not own makes a push reach more.
	drift := emulator.Change{Accounts: map[string]*emulator.Account{
		"test-silver": {Attributes: map[string]string{"city": "BeiJing", "level": "silver"}, Tags: []string{"canary", "test"}},
	}}
	if err := service.Drift(drift); err != nil {
		t.Fatal(err)
	}
	output := w.mustRun(t, "plan", "-no-color")
	if !strings.Contains(output, "The push to canaries reaches: canary-1, canary-2, test-silver.") || strings.Contains(output, "will be updated") {
		t.Errorf("the plan prints:\n%s", output)
	}

	w.mustRun(t, "destroy", "-no-color", "-auto-approve")
	before.tags["test-silver"] = []string{"canary"}
	holdingsOf(t, service, all...).check(t, before.attributes, before.tags)
}
