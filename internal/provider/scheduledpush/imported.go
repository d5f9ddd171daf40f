package scheduledpush

import (
	"context"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
)

// importedKey is where private state has whether the arguments of the state were imported,
// and not applied since. They can have fields that the service added, and that it adds
// again after each change.
const importedKey = "imported"

func setImported(ctx context.Context, private kit.PrivateState, is bool) diag.Diagnostics {
	return private.SetKey(ctx, importedKey, []byte(strconv.FormatBool(is)))
}

func isImported(ctx context.Context, private kit.PrivateState) (bool, diag.Diagnostics) {
	is, diags := private.GetKey(ctx, importedKey)
	return string(is) == strconv.FormatBool(true), diags
}
