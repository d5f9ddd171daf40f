package kit

import (
	"fmt"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// WithResults returns a block with the results. For 100,000 accounts, State.Set
// took as long as everything else in the provider: it uses reflection and builds
// each value several times.
func WithResults(config tfsdk.Config, results map[string]tftypes.Value) (tftypes.Value, diag.Diagnostics) {
	var values map[string]tftypes.Value
	err := config.Raw.As(&values)
	if err == nil {
		values = maps.Clone(values) // the map that As returns belongs to the configuration
		maps.Copy(values, results)
		err = tftypes.ValidateValue(config.Raw.Type(), values)
	}
	if err != nil {
		return config.Raw, diag.Diagnostics{diag.NewErrorDiagnostic(
			"Unable to Write Results",
			fmt.Sprintf("The results do not match the schema. %s\n\nError: %s", fixBug, err),
		)}
	}
	return tftypes.NewValue(config.Raw.Type(), values), nil
}
