package kit

import "github.com/timpush/terraform-provider-timpush/internal/timpush"

// AccountType is a type of accounts.
type AccountType struct {
	Value    string // in arguments and results
	Accounts string // in texts
}

// The types of accounts.
var (
	UserID         = AccountType{"user_id", "UserIDs"}
	RegistrationID = AccountType{"registration_id", "RegistrationIDs"}
)

// AccountTypes are the types by the service's numbers.
var AccountTypes = map[string]AccountType{
	timpush.AccountTypeUserID:         UserID,
	timpush.AccountTypeRegistrationID: RegistrationID,
}
