package owned

import (
	"context"
	"maps"
	"slices"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// namesOfApp returns the app's attribute names.
func namesOfApp(ctx context.Context, client *timpush.Client) (map[string]bool, error) {
	list, err := client.GetAttributeNames(ctx)
	names := make(map[string]bool, len(list))
	for _, name := range list {
		names[name.Name] = true
	}
	return names, err
}

// withNames returns the items whose names the app has. Others fail here as they would
// at the service: in a request, each of them would make it reject the other accounts.
func withNames(ctx context.Context, client *timpush.Client, items []timpush.Write[pairs]) (kept []timpush.Write[pairs], lacking map[string]timpush.AccountError, err error) {
	ofApp, err := namesOfApp(ctx, client)
	if err != nil {
		return nil, nil, err
	}
	lacking = map[string]timpush.AccountError{}
	for _, item := range items {
		missing := slices.DeleteFunc(slices.Sorted(maps.Keys(item.Content)), func(name string) bool { return ofApp[name] })
		if len(missing) == 0 {
			kept = append(kept, item)
			continue
		}
		code := int64(timpush.CodeInvalidAttribute)
		lacking[item.Account] = timpush.AccountError{Code: &code, Meaning: "the app has no attribute " + kit.QuoteFirst(missing)}
	}
	return kept, lacking, nil
}
