package acceptance

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/timpush/terraform-provider-timpush/internal/provider"
)

// kinds returns the schemas of the provider's kinds, by the keyword of their
// blocks and by name.
func kinds(t *testing.T) map[string]map[string]*tfprotov6.Schema {
	t.Helper()
	server := providerserver.NewProtocol6(provider.New("test")())()
	schemas, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil || len(schemas.Diagnostics) > 0 {
		t.Fatal(err, schemas.Diagnostics)
	}
	return map[string]map[string]*tfprotov6.Schema{
		"data": schemas.DataSourceSchemas, "ephemeral": schemas.EphemeralResourceSchemas, "resource": schemas.ResourceSchemas,
	}
}

// vacuous is the beginning of the message of a failed check in [configuration].
const vacuous = "the test proves nothing"

// configuration returns blocks of all kinds. If a kind has accounts, each block
// reads "user0" and one of accounts; if it has sources, blocks read each of them.
// Checks fail if a kind that reads from the service has no redacted text in its
// results.
func configuration(t *testing.T, keyword string, schemas map[string]*tfprotov6.Schema, accounts []string) (config string) {
	t.Helper()
	for _, name := range slices.Sorted(maps.Keys(schemas)) {
		address := keyword + "." + name + ".told"
		if keyword == "resource" {
			address = name + ".told"
		}
		arguments, condition := "", address+" != null"
		for _, attribute := range schemas[name].Block.Attributes {
			switch {
			case keyword == "resource" && attribute.Computed && !attribute.Optional:
			case attribute.Name == "send_at":
				arguments += "  send_at = timeadd(plantimestamp(), \"24h\")\n"
			case attribute.Name == "audience":
				arguments += "  audience = { accounts = [\"user0\"] }\n"
			case attribute.Name == "notification":
				arguments += "  notification = { title = \"Title\", description = \"Text\" }\n"
			case attribute.Name == "accounts":
				arguments += fmt.Sprintf("  for_each = toset([\"%s\"])\n  accounts = [\"user0\", each.key]\n", strings.Join(accounts, `", "`))
			case attribute.Name == "timeouts" && keyword != "resource": // what a resource writes is not in the response
				condition = `strcontains(jsonencode(` + address + `), "(redacted)")`
			case attribute.Name == "condition": // the value is repeated in a reason
				arguments += "  condition = { attributes_and = { name = \"user0\" } }\n"
			case attribute.Name == "source":
				arguments += "  for_each = toset([\"push\", \"message\"])\n  source = each.key\n"
			case attribute.Name == "last":
				arguments += "  last = \"24h\"\n"
			case attribute.Name == "task_id", attribute.Name == "account":
				arguments += fmt.Sprintf("  %s = each.key == \"push\" ? \"user0\" : null\n", attribute.Name)
			case attribute.Name == "message_id":
				arguments += "  message_id = each.key == \"message\" ? \"user0\" : null\n"
			case attribute.Name == "on_account_error" && keyword == "resource":
				arguments += "  on_account_error = \"warn\"\n"
			case !attribute.Required:
			case attribute.NestedType != nil:
				arguments += fmt.Sprintf("  %s = { level = { index = 5 } }\n", attribute.Name)
			case attribute.Type.Equal(tftypes.Map{ElementType: tftypes.Map{ElementType: tftypes.String}}):
				arguments += fmt.Sprintf("  %s = { for account in [\"user0\", \"%s\"] : account => { level = \"1\" } }\n", attribute.Name, strings.Join(accounts, `", "`))
			case attribute.Type.Equal(tftypes.Map{ElementType: tftypes.List{ElementType: tftypes.String}}):
				arguments += fmt.Sprintf("  %s = { for account in [\"user0\", \"%s\"] : account => [\"tester\"] }\n", attribute.Name, strings.Join(accounts, `", "`))
			case attribute.Type.Is(tftypes.String):
				arguments += fmt.Sprintf("  %s = \"user0\"\n", attribute.Name)
			default:
				t.Fatalf("%s of %s is required, and of a type that these tests do not know yet", attribute.Name, name)
			}
		}
		message := vacuous + ": no response that repeats the key reached " + name + "; add one to the faults of its command"
		config += fmt.Sprintf("\n%s %q \"told\" {\n%s}\n\ncheck %q {\n  assert {\n    condition     = %s\n    error_message = \"%s.\"\n  }\n}\n",
			keyword, name, arguments, name, condition, message)
	}
	return config
}
