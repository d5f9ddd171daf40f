package attributenames

import (
	"context"
	"fmt"
	"maps"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// ModifyPlan checks a change against the app's names, and warns of names that stay
// with the app. If a value or the provider's configuration is not known yet, apply
// does both.
func (r *namesResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	owned, diags := ownedIn(ctx, req.State)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	if req.Plan.Raw.IsNull() {
		resp.Diagnostics.Append(remaining(owned)...)
		return
	}
	var plan resourceModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}
	planned, known, diags := plan.slots(ctx)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() || known && maps.Equal(planned, owned) {
		return
	}
	operation := kit.Operation{Name: kit.OperationRead, Verb: "read", Object: object, Config: req.Config, Resource: true, MayDefer: true}
	deferred, diags := r.Provider.Call(ctx, operation, func(ctx context.Context, client *timpush.Client) error {
		if !known {
			return nil
		}
		resp.Diagnostics.Append(r.checkApp(ctx, req.Private)...)
		if resp.Diagnostics.HasError() {
			return nil
		}
		names, err := client.GetAttributeNames(ctx)
		if err != nil {
			return err
		}
		_, problems := compare(planned, owned, slotsOf(names))
		resp.Diagnostics.Append(problems...)
		if !problems.HasError() {
			resp.Diagnostics.Append(remaining(owned.without(planned))...)
		}
		return nil
	})
	resp.Diagnostics.Append(diags...)
	if deferred && req.ClientCapabilities.DeferralAllowed {
		resp.Deferred = &resource.Deferred{Reason: resource.DeferredReasonProviderConfigUnknown}
	}
}

// remaining warns that names stay with the app, since the service has no call that
// deletes them (60563).
func remaining(names slots) diag.Diagnostics {
	if len(names) == 0 {
		return nil
	}
	var listed []string
	for _, index := range names.indexes() {
		listed = append(listed, fmt.Sprintf("%s (index %d)", kit.Quote(names[index].name), index))
	}
	return diag.Diagnostics{diag.NewWarningDiagnostic("Attribute Names Remain in the App", fmt.Sprintf(
		"The service cannot delete attribute names, so these remain in the app, and this resource no longer manages them: %s. To manage them again, list them with the same indexes and account types.",
		strings.Join(listed, ", ")))}
}
