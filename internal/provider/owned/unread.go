package owned

import (
	"context"

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
	diags := recall(ctx, state, unreadKey, &failures)
	return failures, diags
}

// rememberUnread stores why accounts could not be read.
func rememberUnread(ctx context.Context, state kit.PrivateState, failures map[string]timpush.AccountError) diag.Diagnostics {
	return remember(ctx, state, unreadKey, failures, len(failures) == 0)
}
