package owned

import (
	"context"
	"maps"
	"slices"

	"golang.org/x/text/unicode/norm"

	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// remove removes names from accounts. An account that no longer exists has nothing
// left, and neither has an account for names that the app no longer has.
func (k Kind) remove(ctx context.Context, client *timpush.Client, removals []timpush.Write[[]string]) (*timpush.Written, error) {
	removed, err := k.Remove(client, ctx, removals)
	var nothingLeft []string
	var rejected []timpush.Write[[]string]
	for _, removal := range removals {
		failure, failed := removed.Failed[removal.Account]
		switch {
		case failed && failure.NoAccount():
			nothingLeft = append(nothingLeft, removal.Account)
		case failed && k.HasNames && failure.Code != nil && *failure.Code == timpush.CodeInvalidAttribute:
			rejected = append(rejected, removal)
		}
	}
	replace(removed, nothingLeft, timpush.Written{Done: nothingLeft})
	if err != nil || len(rejected) == 0 {
		return removed, err
	}
	ofApp, err := namesOfApp(ctx, client)
	if err != nil {
		return removed, err
	}
	nothingLeft = nil
	var again []timpush.Write[[]string]
	for _, removal := range rejected {
		var left []string
		for _, name := range removal.Content {
			if ofApp[norm.NFC.String(name)] {
				left = append(left, name)
			}
		}
		switch len(left) {
		case 0:
			nothingLeft = append(nothingLeft, removal.Account)
		case len(removal.Content): // rejected for another reason
		default:
			again = append(again, timpush.Write[[]string]{Account: removal.Account, Content: left})
		}
	}
	replace(removed, nothingLeft, timpush.Written{Done: nothingLeft})
	if len(again) == 0 {
		return removed, nil
	}
	rest, err := k.Remove(client, ctx, again)
	replace(removed, accountsOf(again), *rest)
	return removed, err
}

// replace replaces the outcome for some accounts.
func replace(all *timpush.Written, accounts []string, by timpush.Written) {
	replaced := setOf(accounts)
	maps.DeleteFunc(all.Failed, func(account string, _ timpush.AccountError) bool { return replaced[account] })
	all.Unknown = slices.DeleteFunc(all.Unknown, func(account string) bool { return replaced[account] })
	all.Done = append(all.Done, by.Done...)
	maps.Copy(all.Failed, by.Failed)
	all.Unknown = append(all.Unknown, by.Unknown...)
}
