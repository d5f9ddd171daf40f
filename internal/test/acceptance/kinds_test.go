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
	if len(schemas.ResourceSchemas) > 0 {
		t.Fatal("there are resources, which these tests do not know yet")
	}
	return map[string]map[string]*tfprotov6.Schema{"data": schemas.DataSourceSchemas, "ephemeral": schemas.EphemeralResourceSchemas}
}

// blind begins what a check of [configuration] says.
const blind = "the test is blind"

// configuration returns blocks of the kinds that ask for "user0", together with each
// of the other accounts in turn, if the kind asks for accounts. Checks fail if a
// kind that calls the service gives nothing that was redacted.
func configuration(t *testing.T, keyword string, schemas map[string]*tfprotov6.Schema, accounts []string) (config string) {
	t.Helper()
	for _, name := range slices.Sorted(maps.Keys(schemas)) {
		address := keyword + "." + name + ".told"
		arguments, condition := "", address+" != null"
		for _, attribute := range schemas[name].Block.Attributes {
			switch {
			case attribute.Name == "accounts":
				arguments += fmt.Sprintf("  for_each = toset([\"%s\"])\n  accounts = [\"user0\", each.key]\n", strings.Join(accounts, `", "`))
			case attribute.Name == "timeouts":
				condition = `strcontains(jsonencode(` + address + `), "(redacted)")`
			case !attribute.Required:
			case attribute.Type.Is(tftypes.String):
				arguments += fmt.Sprintf("  %s = \"user0\"\n", attribute.Name)
			default:
				t.Fatalf("%s of %s is required, and of a type that these tests do not know yet", attribute.Name, name)
			}
		}
		message := blind + ": no response that repeats the key reached " + name + "; add one to the faults of its command"
		config += fmt.Sprintf("\n%s %q \"told\" {\n%s}\n\ncheck %q {\n  assert {\n    condition     = %s\n    error_message = \"%s.\"\n  }\n}\n",
			keyword, name, arguments, name, condition, message)
	}
	return config
}
