package audience

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// Reasons count toward the limit of results: they can be longer than what was read.
func TestReasonsTooLarge(t *testing.T) {
	t.Parallel()
	code := int64(70107)
	failure := timpush.AccountError{Code: &code}
	read := &timpush.Result[[]string]{Read: map[string][]string{"a": {}, "b": {}, "c": {}}, Errors: map[string]timpush.AccountError{"Mary": failure}}
	accounts := []string{"b", "a", "b", "Mary", "c"}
	missed := func([]string) string { return strings.Repeat("r", 40) }
	size := 3*(2+42) + 5 + timpush.EncodedSize(len(failure.Message()))
	result, err := reasons(accounts, read, missed, size)
	if err != nil || len(result.Read) != 3 || len(result.Errors) != 1 {
		t.Errorf("at the limit: %+v, %v", result, err)
	}
	var tooLarge *timpush.TooLargeError
	if _, err := reasons(accounts, read, missed, size-1); !errors.As(err, &tooLarge) || *tooLarge != (timpush.TooLargeError{Size: size, Limit: size - 1, Read: 4, Total: 4}) {
		t.Errorf("above the limit: %+v", err)
	}
	if _, err := reasons(accounts, read, missed, size-45); !errors.As(err, &tooLarge) || *tooLarge != (timpush.TooLargeError{Size: size - 44, Limit: size - 45, Read: 3, Total: 4}) {
		t.Errorf("further above the limit, it is not known as soon as it could be: %+v", err)
	}
}

// Results are never larger than what reasons counts, and the space that the limit
// reserves for each account.
func TestResultsFit(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		count  int
		reason string
	}{"nobody": {0, ""}, "reached": {66_000, ""}, "missed": {100, "r"}, "long": {100, strings.Repeat("r", 70_000)}} {
		var accounts []string
		why := map[string]string{}
		size := 0
		for i := range test.count {
			account := fmt.Sprint(i)
			accounts = append(accounts, account, account)
			why[account] = test.reason
			size += timpush.EncodedSize(len(account)) + timpush.EncodedSize(len(test.reason))
		}
		for attribute, value := range results(accounts, why) {
			message, err := tfprotov6.NewDynamicValue(value.Type(), value)
			if err != nil {
				t.Fatal(err)
			}
			const header = 5
			if sent := len(message.MsgPack); sent > size+header {
				t.Errorf("%s: %s has %d bytes, the bound is %d", name, attribute, sent, size)
			}
			var elements []tftypes.Value
			if attribute == "reached" && (value.As(&elements) != nil || test.reason == "" && len(elements) != test.count) {
				t.Errorf("%s: %d are reached", name, len(elements))
			}
		}
	}
}
