package acceptance

import (
	"regexp"
	"strings"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/test/cli"
)

var (
	ephemeralUse = regexp.MustCompile(`(?m)^\s*ephemeral\b`) // a block, or the argument of a variable
	functionUse  = regexp.MustCompile(`\bprovider::\w+::`)
	writeOnlyUse = regexp.MustCompile(`(?m)^\s*\w+_wo\s*=`)
	importIDUse  = regexp.MustCompile(`(?m)^\s*id\s*=\s*jsonencode\(`)
	actionUse    = regexp.MustCompile(`(?m)^\s*action\s+"`)
	identityUse  = regexp.MustCompile(`(?m)^\s*identity\s*=`)
)

// features returns the features that a configuration uses, out of those that not
// every CLI has.
func features(config string) []cli.Feature {
	var used []cli.Feature
	if ephemeralUse.MatchString(config) {
		used = append(used, cli.Ephemeral)
	}
	if functionUse.MatchString(config) {
		used = append(used, cli.Functions)
	}
	if writeOnlyUse.MatchString(config) {
		used = append(used, cli.WriteOnly)
	}
	if importIDUse.MatchString(config) {
		used = append(used, cli.ImportIDs)
	}
	if identityUse.MatchString(config) {
		used = append(used, cli.Identity)
	}
	if actionUse.MatchString(config) {
		used = append(used, cli.Actions)
	}
	return used
}

const attributesOfNobody = "resource \"timpush_user_attributes\" \"nobody\" {\n  attributes = {}\n}\n"

// No test is skipped for a feature that the CLI has. Tests go by the CLI's
// version; this test runs a minimal configuration for each feature instead.
func TestAccFeatureVersions(t *testing.T) {
	t.Parallel()
	cli.Need(t)
	version, err := cli.Version()
	if err != nil {
		t.Fatal(err)
	}
	probes := map[cli.Feature]struct {
		files     map[string]string
		arguments []string
		succeeds  string // output if the CLI has the feature
	}{
		cli.Ephemeral: {
			map[string]string{"main.tf": requiredProviders + "ephemeral \"timpush_user_sig\" \"bot\" {\n  user_id = \"bot\"\n}\n"},
			[]string{"validate"},
			"Success!",
		},
		cli.Functions: {
			map[string]string{"main.tf": requiredProviders + "output \"nobody\" {\n  value = provider::timpush::audience({ tags_or = [\"A\"] }, {})\n}\n"},
			[]string{"validate"},
			"Success!",
		},
		cli.WriteOnly: {
			map[string]string{"main.tf": "resource \"aws_secretsmanager_secret_version\" \"bot\" {\n  secret_id        = \"bot\"\n  secret_string_wo = \"x\"\n}\n"},
			[]string{"validate"},
			"Success!",
		},
		cli.ImportIDs: {
			map[string]string{"main.tf": requiredProviders + attributesOfNobody + "import {\n  to = timpush_user_attributes.nobody\n  id = jsonencode({})\n}\n"},
			[]string{"validate"},
			"Success!",
		},
		cli.Identity: {
			map[string]string{"main.tf": requiredProviders + "resource \"timpush_attribute_names\" \"app\" {\n  attribute_names = { city = { index = 0 } }\n}\n" +
				"import {\n  to       = timpush_attribute_names.app\n  identity = { sdk_app_id = 1 }\n}\n"},
			[]string{"validate"},
			"Success!",
		},
		cli.Actions: {
			map[string]string{"main.tf": requiredProviders + "action \"timpush_revoke_push\" \"sale\" {\n  config {\n    task_id      = \"a\"\n    notification = { title = \"Correction\" }\n  }\n}\n"},
			[]string{"validate"},
			"Success!",
		},
		cli.Lists: {
			map[string]string{"main.tf": requiredProviders, "main.tfquery.hcl": "list \"timpush_scheduled_push\" \"all\" {\n  provider = timpush\n}\n"},
			[]string{"validate", "-query"},
			"Success!",
		},
		cli.Mocks: {
			map[string]string{"main.tf": requiredProviders, "main.tftest.hcl": "mock_provider \"timpush\" {}\n\nrun \"plan\" {\n  command = plan\n}\n"},
			[]string{"test"},
			"1 passed",
		},
	}
	for _, feature := range cli.Features() {
		t.Run(feature.String(), func(t *testing.T) {
			t.Parallel()
			probe, found := probes[feature]
			if !found {
				t.Fatal("there is no probe for it")
			}
			lacking, err := feature.Lacking(version)
			if err != nil {
				t.Fatal(err)
			}
			w := newWorkspace(t)
			w.installStandIns(t)
			for name, content := range probe.files {
				w.write(t, name, content)
			}
			output, err := w.run(t, append(probe.arguments, "-no-color")...)
			if has := err == nil && strings.Contains(output, probe.succeeds); has != (lacking == "") {
				t.Errorf("%s: %t, while tests are skipped as if %q:\n%s", version, has, lacking, output)
			}
		})
	}
}
