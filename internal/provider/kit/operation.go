package kit

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"

	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// The operations, which are also the names of timeouts.
const (
	OperationRead   = "read"   // of a data source or resource
	OperationOpen   = "open"   // of an ephemeral resource
	OperationCreate = "create" // of a resource, like the next two
	OperationUpdate = "update"
	OperationDelete = "delete"
	OperationInvoke = "invoke" // of an action
)

// Operation is one run of an operation of a block.
type Operation struct {
	Name     string       // one of the constants above
	Verb     string       // in texts: "read"
	Object   string       // what it reads, in summaries: "User Attributes"
	Items    string       // what it counts when it is interrupted: "tasks"; "" for "accounts"
	Config   tfsdk.Config // the block
	Resource bool         // the block is a resource, which cannot be read later
	MayDefer bool         // the CLI supports deferring it

	Fixes    map[int64]string // by error code, where the fix differs from the usual one
	Canceled string           // what to do if it is canceled; "" for running the command again
	Fewer    string           // what to do less of if it times out: "push to fewer accounts"; "" for its verb and items
	Unclear  string           // what to do if a request may have been executed, for an operation that must not run twice
}

// Summary returns the summary of the operation's errors, such as "Unable to Read
// User Attributes".
func (o Operation) Summary() string {
	return "Unable to " + strings.ToUpper(o.Verb[:1]) + o.Verb[1:] + " " + o.Object
}

// items returns what the operation counts when it is interrupted.
func (o Operation) items() string { return cmp.Or(o.Items, "accounts") }

// Check decides whether an operation can run despite gaps in the provider's
// configuration. If not, it is deferred, if values are unknown and the CLI allows
// that, or else it fails.
func (o Operation) Check(gaps []Gap) (deferred bool, diags diag.Diagnostics) {
	var unknown []string
	for _, gap := range gaps {
		if gap.Unknown {
			unknown = append(unknown, gap.Name)
		} else {
			diags.Append(gap.Problem)
		}
	}
	if diags.HasError() || len(unknown) == 0 {
		return false, diags
	}
	if o.MayDefer {
		return true, nil
	}
	diags.AddError(o.Summary(), unknownMessage(o, unknown).String())
	return false, diags
}

// CheckPlan is Check for an action that is planned: unknown values are known when it
// is invoked.
func (o Operation) CheckPlan(gaps []Gap) (deferred bool, diags diag.Diagnostics) {
	if !o.MayDefer && slices.ContainsFunc(gaps, func(gap Gap) bool { return gap.Unknown }) {
		return false, nil
	}
	return o.Check(gaps)
}

// fewer returns what to do less of if the operation times out.
func (o Operation) fewer() string { return cmp.Or(o.Fewer, o.Verb+" fewer "+o.items()) }

// unknownMessage explains why an operation cannot run before apply.
func unknownMessage(operation Operation, unknown []string) message {
	fix := "apply the resources that they come from first, with -target"
	if operation.Name == OperationRead && !operation.Resource {
		fix = "defer the read to apply: add the resources that they come from to the block's depends_on"
	}
	return message{
		cause: "The provider's configuration depends on values that are not known until apply, so the provider cannot be used during plan.",
		fix:   "Set these arguments to values that are known during plan (literals, input variables, or environment variables), or " + fix + ".",
		facts: []string{"Known only after apply: " + strings.Join(unknown, ", ")},
	}
}

// Call runs call within the block's timeout, unless the provider's configuration
// has gaps. It returns errors as diagnostics.
func (d *ProviderData) Call(ctx context.Context, operation Operation, call func(context.Context, *timpush.Client) error) (deferred bool, diags diag.Diagnostics) {
	deferred, diags = operation.Check(d.Gaps)
	if deferred || diags.HasError() {
		return deferred, diags
	}
	timeout, diags := operation.Timeout(ctx)
	if diags.HasError() {
		return false, diags
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	if err := call(ctx, d.Client); err != nil {
		diags.Append(problem(operation, err, timeout, d.Notes))
	}
	return false, diags
}

// DeferDataSource returns the response that the provider's configuration is not
// known yet.
func DeferDataSource() *datasource.Deferred {
	return &datasource.Deferred{Reason: datasource.DeferredReasonProviderConfigUnknown}
}

// DeferEphemeralResource returns the response that the provider's configuration
// is not known yet.
func DeferEphemeralResource() *ephemeral.Deferred {
	return &ephemeral.Deferred{Reason: ephemeral.DeferredReasonProviderConfigUnknown}
}
