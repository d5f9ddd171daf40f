package owned

import (
	"context"
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// unreadKey is the key in private state of the accounts that the last refresh could
// not read. A refresh has no configuration, so it cannot know whether they are an
// error: it warns, and the plan decides.
const unreadKey = "unread"

// unreadAccounts returns why the last refresh could not read accounts.
func unreadAccounts(ctx context.Context, state kit.PrivateState) (map[string]timpush.AccountError, diag.Diagnostics) {
	failures := map[string]timpush.AccountError{}
	text, diags := state.GetKey(ctx, unreadKey)
	if diags.HasError() || len(text) == 0 {
		return failures, diags
	}
	if err := json.Unmarshal(text, &failures); err != nil {
		diags.AddError("Invalid Private State", "The accounts that could not be read cannot be decoded. Report this as a bug in the provider.\n\nError: "+err.Error())
	}
	return failures, diags
}

// rememberUnread stores why accounts could not be read.
func rememberUnread(ctx context.Context, state kit.PrivateState, failures map[string]timpush.AccountError) diag.Diagnostics {
	if len(failures) == 0 {
		return state.SetKey(ctx, unreadKey, nil)
	}
	text, err := json.Marshal(failures)
	if err != nil {
		return diag.Diagnostics{diag.NewErrorDiagnostic("Unable to Write Private State", "Report this as a bug in the provider.\n\nError: "+err.Error())}
	}
	return state.SetKey(ctx, unreadKey, text)
}
