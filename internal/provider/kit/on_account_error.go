package kit

// The values of on_account_error.
const (
	OnAccountErrorError  = "error"
	OnAccountErrorWarn   = "warn"   // the default of reads
	OnAccountErrorIgnore = "ignore" // only for reads
)

var onAccountErrorValidator = ChoiceValidator{
	Summary: "Invalid Account Error Mode",
	Values:  []string{OnAccountErrorError, OnAccountErrorWarn, OnAccountErrorIgnore},
}
