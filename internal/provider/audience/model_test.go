package audience

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// What the condition does not need is dropped while it is read: it does not count toward
// the limit of results.
func TestUnneededValuesAreDropped(t *testing.T) {
	t.Parallel()
	long := func(i int) string { return fmt.Sprintf("%050d", i) } // an unneeded name, value, or tag
	account := emulator.Account{Attributes: map[string]string{"city": "ShenZhen"}, Tags: []string{"A"}}
	names := map[string]emulator.AttributeName{"0": {Name: "city"}}
	for i := 1; i < timpush.MaxNames; i++ {
		names[fmt.Sprint(i)] = emulator.AttributeName{Name: long(i)}
		account.Attributes[long(i)] = long(i)
		account.Tags = append(account.Tags, long(i))
	}
	client := newClient(t, emulator.Seed{Accounts: map[string]emulator.Account{"a": account}, AttributeNames: names})
	for name, condition := range map[string]timpush.Condition{
		"attributes": {AttributesAnd: map[string]string{"city": "ShenZhen"}},
		"tags":       {TagsOr: []string{"A"}},
	} {
		result, err := (&reader{condition: condition}).read(t.Context(), client, []string{"a"}, 100)
		if err != nil || result.Read["a"] != "" {
			t.Errorf("%s: %+v, %v", name, result, err)
		}
	}
}

// newClient returns a client of an emulated app.
func newClient(t *testing.T, seed emulator.Seed) *timpush.Client {
	t.Helper()
	const key = "0123456789abcdef"
	service, err := emulator.New(emulator.Options{SDKAppID: 1400000000, Key: key, Seed: seed})
	if err != nil {
		t.Fatal(err)
	}
	client, err := timpush.New(timpush.Config{
		SDKAppID: 1400000000, SecretKey: timpush.NewSecret(key), Identifier: "administrator",
		Endpoint: &url.URL{Scheme: "https", Host: "timpush.invalid"}, Transport: handler{service},
		RequestsPerSecond: 100, RequestTimeout: time.Minute,
	})
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// handler is a transport to a service in this process.
type handler struct{ http.Handler }

func (h handler) RoundTrip(request *http.Request) (*http.Response, error) {
	response := httptest.NewRecorder()
	h.ServeHTTP(response, request)
	return response.Result(), nil
}

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
