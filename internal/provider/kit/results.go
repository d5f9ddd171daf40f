package kit

import (
	"fmt"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// WithResults returns a block with the results in it. State.Set uses reflection and
// builds each value several times, which took as long as everything else that the
// provider does for 100,000 accounts.
func WithResults(config tfsdk.Config, results map[string]tftypes.Value) (tftypes.Value, diag.Diagnostics) {
	var values map[string]tftypes.Value
	err := config.Raw.As(&values)
	if err == nil {
		values = maps.Clone(values) // As returns the configuration's own map
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
