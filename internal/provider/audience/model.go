package audience

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// reader reads why a push misses accounts.
type reader struct {
	condition timpush.Condition
	warnings  diag.Diagnostics // about the condition's attribute names, after a read
}

// object is what it reads of accounts, in messages.
func (r *reader) object() string {
	if r.condition.UsesTags() {
		return "tags"
	}
	return "attributes"
}

// read returns why a push misses each account that could be read, or "" if it
// reaches the account.
func (r *reader) read(ctx context.Context, client *timpush.Client, accounts []string, maxBytes int) (*timpush.Result[string], error) {
	selector := r.condition.Selector()
	if r.condition.UsesTags() {
		tags, err := client.GetUserTags(ctx, accounts, timpush.KeepOnly(r.condition.Tags()), maxBytes)
		if err != nil {
			return nil, err
		}
		return reasons(accounts, tags, selector.MissedByTags, maxBytes)
	}
	names, err := client.GetAttributeNames(ctx)
	if err != nil {
		return nil, err
	}
	attributes, err := client.GetUserAttributes(ctx, accounts, timpush.KeepOnly(r.condition.AttributeNames()), maxBytes)
	if err != nil {
		return nil, err
	}
	unknown, warnings := nameProblems(r.condition, names, attributes.Read)
	r.warnings = warnings
	missed := func(attributes map[string]string) string {
		reason := selector.MissedByAttributes(attributes)
		if reason == "" && len(unknown) > 0 {
			return "the app has no " + attributeList(unknown) + ", so the service may reject the push (error code 90033)" // (60561)
		}
		return reason
	}
	return reasons(accounts, attributes, missed, maxBytes)
}

// reasons replaces what was read of each account with why a push misses it. It
// fails if the result exceeds maxBytes.
func reasons[Value any](accounts []string, read *timpush.Result[Value], missed func(Value) string, maxBytes int) (*timpush.Result[string], error) {
	result := &timpush.Result[string]{Read: make(map[string]string, len(read.Read)), Errors: read.Errors}
	size := 0
	for account, failure := range read.Errors {
		size += timpush.EncodedSize(len(account)) + timpush.EncodedSize(len(failure.Message()))
	}
	for _, account := range accounts {
		value, isRead := read.Read[account]
		if _, again := result.Read[account]; !isRead || again {
			continue
		}
		reason := missed(value)
		result.Read[account] = reason
		if size += timpush.EncodedSize(len(account)) + timpush.EncodedSize(len(reason)); size > maxBytes {
			return nil, &timpush.TooLargeError{Size: size, Limit: maxBytes, Read: len(result.Read) + len(result.Errors), Total: len(read.Read) + len(read.Errors)}
		}
	}
	return result, nil
}

// results returns the computed values: the accounts without a reason are reached.
func results(accounts []string, reasons map[string]string) map[string]tftypes.Value {
	reached := make([]tftypes.Value, 0, len(reasons))
	missed := map[string]tftypes.Value{}
	done := make(map[string]bool, len(reasons))
	for _, account := range accounts {
		reason, isRead := reasons[account]
		switch {
		case !isRead || done[account]:
			continue
		case reason == "":
			reached = append(reached, tftypes.NewValue(tftypes.String, account))
		default:
			missed[account] = tftypes.NewValue(tftypes.String, reason)
		}
		done[account] = true
	}
	return map[string]tftypes.Value{
		"reached": tftypes.NewValue(tftypes.List{ElementType: tftypes.String}, reached),
		"missed":  tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, missed),
	}
}
