package kit

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// accountErrorType is the type of a reason why an account could not be read. It is
// not a nested attribute: Terraform's mock_provider cannot fill those in
// collections.
var accountErrorType = types.ObjectType{AttrTypes: map[string]attr.Type{"code": types.Int64Type, "message": types.StringType}}

// attributes returns the schema of a read of accounts. operation names its
// time-out. The framework's attribute types for data sources serve ephemeral
// resources too: they differ in nothing but their package.
func (a Accounts[Value]) attributes(operation string) map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"accounts": schema.ListAttribute{
			MarkdownDescription: "The accounts to read: UserIDs or RegistrationIDs, any number. They are read 100 a request, duplicates once. " +
				"An empty list gives empty results and makes no request. No account may be null or empty, have white space around it, or contain a control character or an invisible character.",
			CustomType: newAccountsType(),
			Required:   true,
			Validators: []validator.List{accountsValidator{}},
		},
		"on_account_error": schema.StringAttribute{
			MarkdownDescription: "What to do about accounts that could not be read: `error` fails the read, `warn` warns, `ignore` does neither. " +
				"In each case `errors` holds them. Defaults to `" + onAccountErrorWarn + "`. A request that fails as a whole is always an error.",
			Optional:   true,
			Validators: []validator.String{onAccountErrorValidator{}},
		},
		"timeouts": Timeouts(operation),
		a.Result: schema.MapAttribute{
			MarkdownDescription: a.ResultText,
			ElementType:         a.ElementType,
			Computed:            true,
		},
		"errors": schema.MapAttribute{
			MarkdownDescription: "Account to the reason why it could not be read. `code` is the service's error code for the account, such as 70107 for one that does not exist, " +
				"and null where the service gave no valid result for the account. `message` is the service's text, or the code's documented meaning where the service gives none.",
			ElementType: accountErrorType,
			Computed:    true,
		},
	}
}
