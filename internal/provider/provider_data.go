package provider

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"

	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// providerData is what Configure hands to every kind.
type providerData struct {
	client  *timpush.Client // nil where arguments are unknown
	config  timpush.Config  // what is known of it
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

// unknownOf returns the names of those of the needed arguments, or of all where
// none are given, that are not known yet.
func (d *providerData) unknownOf(needed ...argument) []string {
	switch {
	case d == nil:
		return nil
	case len(needed) == 0:
		return d.unknown
	}
	return slices.DeleteFunc(slices.Clone(d.unknown), func(name string) bool {
		return !slices.ContainsFunc(needed, func(arg argument) bool { return arg.name == name })
	})
}

// notReady returns the error of an operation that needs arguments which are not
// known yet, or nil.
func (d *providerData) notReady(summary, operation string, needed ...argument) diag.Diagnostic {
	if d == nil {
		return diag.NewErrorDiagnostic(summary, "The provider was not configured before, which is a bug in the CLI or the provider: please report it.")
	}
	unknown := d.unknownOf(needed...)
	if len(unknown) == 0 {
		return nil
	}
	done, orElse := "read", "put the read off to apply with depends_on on what they come from"
	if operation == operationOpen { // Terraform opens in plan whatever the block depends on
		done, orElse = "opened", "apply what they come from first, with -target"
	}
	return diag.NewErrorDiagnostic(summary, fmt.Sprintf(
		"The provider's configuration depends on values that are not known before apply, so nothing can be %s in plan. "+
			"Give the arguments values that are known in plan (literals, input variables or the environment), or %s.\n\nNot known yet: %s",
		done, orElse, strings.Join(unknown, ", ")))
}

// makeUserSig makes a UserSig, for which few of the arguments need to be known.
func (d *providerData) makeUserSig(userID string, validity time.Duration) (userSig string, end time.Time, err error) {
	if d.client != nil {
		return d.client.MakeUserSig(userID, validity)
	}
	return timpush.MakeUserSig(d.config.SDKAppID, d.config.SecretKey, userID, validity)
}

// call calls the service within the block's time-out for the operation, and
// turns what goes wrong into a diagnostic.
func (d *providerData) call(ctx context.Context, summary string, config tfsdk.Config, operation string, call func(context.Context, *timpush.Client) error) diag.Diagnostic {
	if problem := d.notReady(summary, operation); problem != nil {
		return problem
	}
	timeout, problem := timeoutOf(ctx, config, operation)
	if problem != nil {
		return problem
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	if err := call(ctx, d.client); err != nil {
		return readProblem(summary, err, operation, timeout)
	}
	return nil
}
