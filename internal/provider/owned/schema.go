package owned

import (
	"context"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
)

// The names of the other attributes that this package reads or writes.
const (
	onAccountError = "on_account_error"
	errorsName     = "errors"
)

func (r *ownedResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	most := strconv.Itoa(kit.MostListed)
	resp.Schema = schema.Schema{
		MarkdownDescription: r.kind.Description + "\n\n~> Do not set `create_before_destroy`: a resource that is replaced would remove what its replacement has set. " +
			"To rename the resource, add a `moved` block. To move accounts to another resource, apply the removal first. See " + kit.GuideLink("Test accounts", "test-accounts#what-the-resources-own") + ".",
		Attributes: map[string]schema.Attribute{
			r.kind.Argument: schema.MapAttribute{
				MarkdownDescription: r.kind.Text,
				ElementType:         r.kind.Form.elementType(),
				Required:            true,
			},
			onAccountError: schema.StringAttribute{
				MarkdownDescription: "What happens if some accounts cannot be checked, read, or written. Defaults to `" + kit.OnAccountErrorError + "`. " +
					"A failed request, for example because of a wrong key, is an error in either case, and so are " + r.kind.Argument + " that cannot be removed.\n" +
					"  - `" + kit.OnAccountErrorError + "`: Plan and apply fail. The error names up to " + most + " of the accounts. " +
					"The apply that creates the resource does not fail if it has written anything: it warns, and the next plan includes what is missing.\n" +
					"  - `" + kit.OnAccountErrorWarn + "`: The accounts are listed in `errors`. A warning names up to " + most + " of them.",
				Optional: true,
				Validators: []validator.String{kit.ChoiceValidator{
					Summary: "Invalid Account Error Mode",
					Values:  []string{kit.OnAccountErrorError, kit.OnAccountErrorWarn},
				}},
			},
			errorsName: kit.AccountErrorsAttribute("The accounts that the last apply could not write, or the last refresh could not read: a map from account to the reason. " +
				"Accounts that no longer exist are dropped from the state instead."),
			"timeouts": kit.Timeouts(kit.OperationCreate, kit.OperationRead, kit.OperationUpdate, kit.OperationDelete),
		},
	}
}

// operation returns an operation with a block; verb is what it does in texts.
func (r *ownedResource) operation(name, verb string, config tfsdk.Config) kit.Operation {
	return kit.Operation{Name: name, Verb: verb, Object: r.kind.Title, Config: config, Resource: true}
}

// configOf returns a state in the form of a configuration, for operations that
// have no other.
func configOf(state tfsdk.State) tfsdk.Config { return tfsdk.Config(state) }
