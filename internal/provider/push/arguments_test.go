package push

import (
	"fmt"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Many accounts are checked in linear time: quadratic time would be minutes.
func TestManyAccounts(t *testing.T) {
	t.Parallel()
	var schema action.SchemaResponse
	newPush().Schema(t.Context(), action.SchemaRequest{}, &schema)
	accounts := make([]tftypes.Value, 100_000)
	for i := range accounts {
		accounts[i] = tftypes.NewValue(tftypes.String, fmt.Sprintf("user%d", i))
	}
	config := tfsdk.Config{Schema: schema.Schema, Raw: object(t, schema.Schema.Type().TerraformType(t.Context()), map[string]func(tftypes.Type) tftypes.Value{
		"audience": func(kind tftypes.Type) tftypes.Value {
			return object(t, kind, map[string]func(tftypes.Type) tftypes.Value{
				"accounts": func(kind tftypes.Type) tftypes.Value { return tftypes.NewValue(kind, accounts) },
			})
		},
		"notification": func(kind tftypes.Type) tftypes.Value {
			return object(t, kind, map[string]func(tftypes.Type) tftypes.Value{
				"title":       func(kind tftypes.Type) tftypes.Value { return tftypes.NewValue(kind, "Title") },
				"description": func(kind tftypes.Type) tftypes.Value { return tftypes.NewValue(kind, "Text") },
			})
		},
		"accounts_per_second": func(kind tftypes.Type) tftypes.Value { return tftypes.NewValue(kind, 500) },
	})}
	started := time.Now()
	arguments, diags := readArguments(t.Context(), config)
	diags.Append(arguments.check()...)
	diags.Append(arguments.limits(t.Context(), pushing(config), "administrator")...)
	if len(diags) > 0 {
		t.Error(diags)
	}
	if spent := time.Since(started); spent > 20*time.Second {
		t.Errorf("it took %s", spent)
	}
}

// object returns an object with these attributes. Others are null.
func object(t *testing.T, kind tftypes.Type, attributes map[string]func(tftypes.Type) tftypes.Value) tftypes.Value {
	t.Helper()
	of, ok := kind.(tftypes.Object)
	if !ok {
		t.Fatalf("it is of type %s", kind)
	}
	values := map[string]tftypes.Value{}
	for name, kind := range of.AttributeTypes {
		values[name] = tftypes.NewValue(kind, nil)
		if value := attributes[name]; value != nil {
			values[name] = value(kind)
		}
	}
	return tftypes.NewValue(kind, values)
}
