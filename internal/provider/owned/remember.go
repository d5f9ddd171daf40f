package owned

import (
	"context"
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
)

// recall reads a value that [remember] stored in private state. It leaves into as it
// is if there is none.
func recall(ctx context.Context, state kit.PrivateState, key string, into any) diag.Diagnostics {
	text, diags := state.GetKey(ctx, key)
	if diags.HasError() || len(text) == 0 {
		return diags
	}
	if err := json.Unmarshal(text, into); err != nil {
		diags.AddError("Invalid Private State", "The accounts in it cannot be read. Report this as a bug in the provider.\n\nError: "+err.Error())
	}
	return diags
}

// remember stores a value in private state, or removes it if it is empty.
func remember(ctx context.Context, state kit.PrivateState, key string, value any, isEmpty bool) diag.Diagnostics {
	if isEmpty {
		return state.SetKey(ctx, key, nil)
	}
	text, err := json.Marshal(value)
	if err != nil {
		return diag.Diagnostics{diag.NewErrorDiagnostic("Unable to Write Private State", "Report this as a bug in the provider.\n\nError: "+err.Error())}
	}
	return state.SetKey(ctx, key, text)
}
