package kit

// The values of on_account_error.
const (
	onAccountErrorError  = "error"
	onAccountErrorWarn   = "warn" // the default
	onAccountErrorIgnore = "ignore"
)

var onAccountErrorValidator = ChoiceValidator{
	Summary: "Invalid Account Error Mode",
	Values:  []string{onAccountErrorError, onAccountErrorWarn, onAccountErrorIgnore},
}
