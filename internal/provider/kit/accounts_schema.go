package kit

import (
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// accountErrorFields are the fields of an element of errors.
var accountErrorFields = Fields{
	"code": {
		Type: types.Int64Type,
		MarkdownDescription: "The service's error code for the account, such as `" + strconv.Itoa(timpush.CodeAccountNotFound) + "` for an account that does not exist. " +
			"Null if the response has no valid result for the account. " + GuideLink("Troubleshooting", "troubleshooting#error-codes") + " lists the codes.",
	},
	"message": {
		Type:                types.StringType,
		MarkdownDescription: "The service's error text, or the documented meaning of the code if there is no text.",
	},
}

var accountErrorType = accountErrorFields.ObjectType()

// attributes returns the schema attributes; operation names the timeout.
// Ephemeral resources can use the framework's attribute types for data sources,
// which differ from their own only in the package.
func (a Accounts[Value]) attributes(operation string) map[string]schema.Attribute {
	attributes := AccountsAttributes(operation)
	attributes[a.Result] = schema.MapAttribute{
		MarkdownDescription: a.ResultText,
		ElementType:         a.ElementType,
		Computed:            true,
	}
	a.addOnly(attributes)
	return attributes
}

// AccountsAttributes returns the schema attributes that every block that reads
// accounts has; operation names the timeout.
func AccountsAttributes(operation string) map[string]schema.Attribute {
	most := strconv.Itoa(MostListed)
	return map[string]schema.Attribute{
		"accounts": schema.ListAttribute{
			MarkdownDescription: "The accounts to read: any number of UserIDs and RegistrationIDs. The provider reads up to " + strconv.Itoa(timpush.MaxAccounts) + " accounts per request, and each account once. " +
				"An empty list makes no request. " +
				"An account must not be null or empty, start or end with whitespace, or contain control or invisible characters. " +
				"For accounts from files, see " + GuideLink("Lists of accounts", "accounts") + ".",
			CustomType: newAccountsType(),
			Required:   true,
			Validators: []validator.List{accountsValidator{}},
		},
		"on_account_error": schema.StringAttribute{
			MarkdownDescription: "What happens if some accounts cannot be read. Defaults to `" + OnAccountErrorWarn + "`. " +
				"A failed request, for example because of a wrong key, is always an error.\n" +
				"  - `" + OnAccountErrorError + "`: Plan and apply fail. The error names up to " + most + " of the accounts.\n" +
				"  - `" + OnAccountErrorWarn + "`: The accounts are listed in `errors`. A warning names up to " + most + " of them.\n" +
				"  - `" + OnAccountErrorIgnore + "`: The accounts are listed in `errors`, without a warning.",
			Optional:   true,
			Validators: []validator.String{onAccountErrorValidator},
		},
		"timeouts": Timeouts(operation),
		"errors":   AccountErrorsAttribute("The accounts that could not be read: a map from account to the reason."),
	}
}

// AccountErrorsAttribute returns the attribute errors.
func AccountErrorsAttribute(text string) ObjectsAttribute {
	return NewObjectsAttribute(text, accountErrorFields)
}
