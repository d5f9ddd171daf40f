package provider

import (
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// What the schemas of all reads of accounts say.
const (
	accountsText = "The accounts to read: UserIDs or RegistrationIDs, any number. They are read 100 a request, duplicates once. " +
		"An empty list gives empty results and makes no request. No account may be null or empty, or have white space around it or a control character in it."
	onAccountErrorText = "What to do about accounts that could not be read: `error` fails the read, `warn` warns, `ignore` does neither. " +
		"In each case `errors` holds them. Defaults to `" + onAccountErrorWarn + "`. A request that fails as a whole is always an error."
	errorsText  = "Account to the reason why it could not be read."
	codeText    = "The service's error code for the account, such as 70107 for one that does not exist. Null where the service did not answer for the account."
	messageText = "The service's text, or the code's documented meaning where the service gives none."
)

func accountsValidators() []validator.List { return []validator.List{accountsValidator{}} }

func onAccountErrorValidators() []validator.String {
	return []validator.String{stringvalidator.OneOf(onAccountErrorError, onAccountErrorWarn, onAccountErrorIgnore)}
}
