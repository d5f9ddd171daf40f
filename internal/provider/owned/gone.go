package owned

import (
	"context"
	"encoding/json"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// goneKey is the key in private state of the accounts that the state had, and that
// no longer exist: a JSON list. The plan only warns of them.
const goneKey = "gone"

// goneAccounts returns the accounts that are remembered as gone.
func goneAccounts(ctx context.Context, state kit.PrivateState) (map[string]bool, diag.Diagnostics) {
	gone := map[string]bool{}
	text, diags := state.GetKey(ctx, goneKey)
	if diags.HasError() || len(text) == 0 {
		return gone, diags
	}
	var accounts []string
	if err := json.Unmarshal(text, &accounts); err != nil {
		diags.AddError("Invalid Private State", "The list of accounts that no longer exist cannot be read. Report this as a bug in the provider.\n\nError: "+err.Error())
	}
	for _, account := range accounts {
		gone[account] = true
	}
	return gone, diags
}

// rememberGone stores the accounts that are gone.
func rememberGone(ctx context.Context, state kit.PrivateState, gone map[string]bool) diag.Diagnostics {
	if len(gone) == 0 {
		return state.SetKey(ctx, goneKey, nil)
	}
	text, err := json.Marshal(slices.Sorted(maps.Keys(gone)))
	if err != nil {
		return diag.Diagnostics{diag.NewErrorDiagnostic("Unable to Write Private State", "Report this as a bug in the provider.\n\nError: "+err.Error())}
	}
	return state.SetKey(ctx, goneKey, text)
}

// isGone reports whether an account failed because it does not exist, or no longer
// does.
func isGone(failure timpush.AccountError) bool {
	return failure.Code != nil && (*failure.Code == timpush.CodeAccountNotFound || *failure.Code == timpush.CodeAccountDeleted)
}
