package owned

import (
	"context"

	"golang.org/x/text/unicode/norm"

	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// remove removes names from accounts. An account that no longer exists has nothing
// left, and neither has an account for names that the app no longer has.
func (k Kind) remove(ctx context.Context, client *timpush.Client, removals []timpush.Write[[]string]) (*timpush.Written, error) {
	removed, err := k.Remove(client, ctx, removals)
	var rejected []timpush.Write[[]string]
	for _, removal := range removals {
		failure, failed := removed.Failed[removal.Account]
		switch {
		case failed && isGone(failure):
			finish(removed, removal.Account)
		case failed && k.HasNames && failure.Code != nil && *failure.Code == timpush.CodeInvalidAttribute:
			rejected = append(rejected, removal)
		}
	}
	if err != nil || len(rejected) == 0 {
		return removed, err
	}
	names, err := client.GetAttributeNames(ctx)
	if err != nil {
		return removed, err
	}
	ofApp := make(map[string]bool, len(names))
	for _, name := range names {
		ofApp[name.Name] = true
	}
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
			finish(removed, removal.Account)
		case len(removal.Content): // rejected for another reason
		default:
			again = append(again, timpush.Write[[]string]{Account: removal.Account, Content: left})
		}
	}
	if len(again) == 0 {
		return removed, nil
	}
	rest, err := k.Remove(client, ctx, again)
	for _, account := range rest.Done {
		finish(removed, account)
	}
	removed.Unknown = append(removed.Unknown, rest.Unknown...)
	return removed, err
}

// finish counts an account that failed as done.
func finish(removed *timpush.Written, account string) {
	delete(removed.Failed, account)
	removed.Done = append(removed.Done, account)
}
