package scheduledpush

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/timpush/terraform-provider-timpush/internal/provider/message"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// audienceOf returns the audience of a push.
func audienceOf(push timpush.ScheduledPush) (audience message.Audience) {
	switch push.Kind {
	case timpush.ScheduledToAll:
		audience.Everyone = true
	case timpush.ScheduledToSelected:
		audience.Condition = &push.Condition
	case timpush.ScheduledToAccounts:
		audience.Accounts = push.Accounts
	}
	return audience
}

// knownAccounts returns the accounts of an audience that are known, each once: those that
// are not can be among them.
func knownAccounts(audience types.Object) []string {
	list, _ := audience.Attributes()["accounts"].(types.List)
	var accounts []string
	for _, element := range list.Elements() {
		if account, isText := element.(types.String); isText && !account.IsUnknown() {
			accounts = append(accounts, account.ValueString())
		}
	}
	return timpush.Unique(accounts)
}

// kindOf returns the name of the only argument of an audience that can be set, which
// is its kind, or "" if that is not known.
func kindOf(audience types.Object) (kind string) {
	for name, argument := range audience.Attributes() {
		switch {
		case argument.IsNull():
		case kind != "":
			return ""
		default:
			kind = name
		}
	}
	return kind
}
