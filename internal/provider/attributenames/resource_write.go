package attributenames

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// rejectedFix is the fix if the service rejects names that passed all checks. No
// API page says whether an index can get another name.
const rejectedFix = "Check the app's attribute names in the console. If this change gives an index another name, the service may not allow that, which is not documented: " +
	"restore the previous name, and add the new one at a free index."

// write sets the planned names that the app does not have yet, in one request: all
// or none. If the outcome of the request is unclear, it is an error without a new
// state; the next plan reads the names, and adopts those that were set.
func (r *namesResource) write(ctx context.Context, operationName string, plan tfsdk.Plan, config tfsdk.Config, owned slots, private kit.PrivateState) diag.Diagnostics {
	var model resourceModel
	diags := plan.Get(ctx, &model)
	if diags.HasError() {
		return diags
	}
	planned, _, diags := model.slots(ctx)
	if diags.HasError() {
		return diags
	}
	operation := kit.Operation{
		Name: operationName, Verb: "write", Object: object, Config: config, Resource: true,
		Fixes: map[int64]string{timpush.CodeInvalidAttribute: rejectedFix},
	}
	_, problems := r.Provider.Call(ctx, operation, func(ctx context.Context, client *timpush.Client) error {
		diags.Append(r.checkApp(ctx, private)...)
		if diags.HasError() {
			return nil
		}
		names, err := client.GetAttributeNames(ctx)
		if err != nil {
			return err
		}
		write, problems := compare(planned, owned, slotsOf(names))
		diags.Append(problems...)
		if len(write) == 0 || diags.HasError() {
			return nil
		}
		err = client.SetAttributeNames(ctx, write.names())
		if timpush.IsCode(err, timpush.CodeInvalidAttribute) && hasAll(ctx, client, write) {
			return nil
		}
		return err
	})
	diags.Append(problems...)
	if !diags.HasError() {
		diags.Append(remaining(owned.without(planned))...)
	}
	return diags
}

// hasAll reports whether the app has the names. They may have been set although the
// service rejects them: by an attempt whose response was lost.
func hasAll(ctx context.Context, client *timpush.Client, wanted slots) bool {
	names, err := client.GetAttributeNames(ctx)
	if err != nil {
		return false
	}
	missing, problems := compare(wanted, nil, slotsOf(names))
	return len(missing) == 0 && !problems.HasError()
}
