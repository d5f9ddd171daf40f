package owned

import (
	"context"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
)

// goneKey is the key in private state of the accounts that the state had, and that
// no longer exist: a JSON list. The plan only warns of them.
const goneKey = "gone"

// goneAccounts returns the accounts that are remembered as gone.
func goneAccounts(ctx context.Context, state kit.PrivateState) (map[string]bool, diag.Diagnostics) {
	var accounts []string
	diags := recall(ctx, state, goneKey, &accounts)
	return setOf(accounts), diags
}

// rememberGone stores the accounts that are gone.
func rememberGone(ctx context.Context, state kit.PrivateState, gone map[string]bool) diag.Diagnostics {
	return remember(ctx, state, goneKey, slices.Sorted(maps.Keys(gone)), len(gone) == 0)
}
