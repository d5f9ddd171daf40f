package provider

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"

	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// providerData is what Configure hands to every kind that reads.
type providerData struct {
	client  *timpush.Client // nil where arguments are unknown
	unknown []string        // names of the arguments that are not known yet
}

// toProviderData turns the value that Configure handed on back. Before the
// provider is configured, as in `terraform validate`, it is nil, and so is the
// result.
func toProviderData(value any) (*providerData, diag.Diagnostics) {
	if value == nil {
		return nil, nil
	}
	data, ok := value.(*providerData)
	if !ok {
		return nil, diag.Diagnostics{diag.NewErrorDiagnostic(
			"Unexpected Provider Data",
			fmt.Sprintf("The provider handed on a %T in place of its own data, which is a bug in the provider: please report it.", value),
		)}
	}
	return data, nil
}

// isUnknown reports whether the provider's configuration has arguments that are
// not known yet.
func (d *providerData) isUnknown() bool { return d != nil && len(d.unknown) > 0 }

// toClient returns the client for an operation, or the error of one that cannot
// have it.
func (d *providerData) toClient(summary, operation string) (*timpush.Client, diag.Diagnostic) {
	done, orElse := "read", "put the read off to apply with depends_on on what they come from"
	if operation == operationOpen { // Terraform opens in plan whatever the block depends on
		done, orElse = "opened", "apply what they come from first, with -target"
	}
	switch {
	case d == nil:
		return nil, diag.NewErrorDiagnostic(summary, "The provider was not configured before the read, which is a bug in the CLI or the provider: please report it.")
	case d.isUnknown():
		return nil, diag.NewErrorDiagnostic(summary, fmt.Sprintf(
			"The provider's configuration depends on values that are not known before apply, so nothing can be %s in plan. "+
				"Give the arguments values that are known in plan (literals, input variables or the environment), or %s.\n\nNot known yet: %s",
			done, orElse, strings.Join(d.unknown, ", ")))
	}
	return d.client, nil
}

// call calls the service within the block's time-out for the operation, and
// turns what goes wrong into a diagnostic.
func (d *providerData) call(ctx context.Context, summary string, config tfsdk.Config, operation string, call func(context.Context, *timpush.Client) error) diag.Diagnostic {
	client, problem := d.toClient(summary, operation)
	if problem != nil {
		return problem
	}
	timeout := timeoutOf(ctx, config, operation)
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	if err := call(ctx, client); err != nil {
		return readProblem(summary, err, operation, timeout)
	}
	return nil
}
