package timpush

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// registrationID is the RegistrationID on the API pages (60565).
const registrationID = "379C2F0D-290D-47AE-94D1-919058C39C77"

// The attributes are those on the API pages (60565, 60566), and else one that every
// account has in the tests of faults.
var (
	_ = registerWrite("set_attr", (*Client).SetUserAttributes, func(account string) map[string]string {
		switch account {
		case registrationID:
			return map[string]string{"sex": "female", "city": "NewYork"}
		case "xiaoming":
			return map[string]string{"sex": "male", "city": "ShenZhen"}
		default:
			return map[string]string{"name": account}
		}
	})
	_ = registerWrite("remove_attr", (*Client).RemoveUserAttributes, func(account string) []string {
		if account == "Mary" || account == "xiaoming" {
			return []string{"sex", "city"}
		}
		return []string{"name"}
	})
)

// The outcome of the responses on the API pages.
func TestWriteSamples(t *testing.T) {
	t.Parallel()
	otherType := AccountError{Code: new(int64(CodeOtherAccountType)), Meaning: "an attribute is for the other account type, UserID or RegistrationID"}
	otherTagType := AccountError{Code: new(int64(CodeOtherAccountType)), Meaning: "a tag is for the other account type, UserID or RegistrationID"}
	for command, test := range map[string]struct {
		write func(*Client) (*Written, error)
		want  *Written
	}{
		"set_attr": {
			func(c *Client) (*Written, error) {
				return c.SetUserAttributes(t.Context(), []Write[map[string]string]{{registrationID, nil}, {"xiaoming", nil}})
			},
			&Written{Done: []string{"xiaoming"}, Failed: map[string]AccountError{registrationID: otherType}},
		},
		"remove_attr": {
			func(c *Client) (*Written, error) {
				return c.RemoveUserAttributes(t.Context(), []Write[[]string]{{"Mary", nil}, {"xiaoming", nil}})
			},
			&Written{Done: []string{"xiaoming"}, Failed: map[string]AccountError{"Mary": accountError(70107, "")}},
		},
		"add_tag": {
			func(c *Client) (*Written, error) {
				return c.AddUserTags(t.Context(), []Write[[]string]{{"xiaoming", nil}, {registrationID, nil}})
			},
			&Written{Done: []string{"xiaoming"}, Failed: map[string]AccountError{registrationID: otherTagType}},
		},
		"remove_tag": {
			func(c *Client) (*Written, error) {
				return c.RemoveUserTags(t.Context(), []Write[[]string]{{"xiaoming", nil}})
			},
			&Written{Done: []string{"xiaoming"}, Failed: map[string]AccountError{}},
		},
	} {
		client := newTestClient(t, testConfig(responses(string(golden(t, command+"_response.json")))))
		if got, err := test.write(client); err != nil || !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s: got %+v, %v; want %+v", command, got, err, test.want)
		}
	}
}

// Setting and removing attributes leaves the others alone.
func TestWriteUserAttributes(t *testing.T) {
	t.Parallel()
	seed := emulator.Seed{Accounts: map[string]emulator.Account{}}
	accounts := numbered(101)
	for _, account := range accounts {
		seed.Accounts[account] = emulator.Account{Attributes: map[string]string{"city": "Tokyo", "level": "1", "name": account}}
	}
	client := newTestClient(t, testConfig(handlerTransport{newEmulator(t, seed)}))
	set, remove := make([]Write[map[string]string], len(accounts)), make([]Write[[]string], len(accounts))
	for i, account := range accounts {
		set[i] = Write[map[string]string]{account, map[string]string{"level": fmt.Sprint(i), "name": `<"é">`}}
		remove[i] = Write[[]string]{account, []string{"city"}}
	}
	for _, write := range []func() (*Written, error){
		func() (*Written, error) { return client.SetUserAttributes(t.Context(), set) },
		func() (*Written, error) { return client.RemoveUserAttributes(t.Context(), remove) },
	} {
		written, err := write()
		if err != nil || len(written.Done) != len(accounts) {
			t.Fatalf("%+v, %v", written, err)
		}
		checkWritten(t, accounts, written, err)
	}
	got, err := client.GetUserAttributes(t.Context(), accounts, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	for i, account := range accounts {
		if want := map[string]string{"level": fmt.Sprint(i), "name": `<"é">`}; !maps.Equal(got.Read[account], want) {
			t.Errorf("%s has %v, want %v", account, got.Read[account], want)
		}
	}
}

// An attribute that the app lacks is also found when it is removed.
func TestRemoveInvalidAttribute(t *testing.T) {
	t.Parallel()
	client := newTestClient(t, testConfig(handlerTransport{withName(t, []string{"a", "b"})}))
	written, err := client.RemoveUserAttributes(t.Context(), []Write[[]string]{{"a", []string{"name"}}, {"b", []string{"title"}}})
	want := &Written{Done: []string{"a"}, Failed: map[string]AccountError{
		"b": {Code: new(int64(CodeInvalidAttribute)), Meaning: invalidAttribute.meaning, Info: "attribute is not set, or invalid"},
	}}
	if err != nil || !reflect.DeepEqual(written, want) {
		t.Errorf("got %+v, %v; want %+v", written, err, want)
	}
}

// 10,000 accounts take 100 requests, of different accounts, at the usual pace.
func TestWriteManyAccounts(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		accounts := numbered(10_000)
		service := withName(t, accounts)
		service.Script(emulator.Fault{Effect: emulator.Effect{Delay: 50 * time.Millisecond}})
		client := newTestClient(t, testConfig(handlerTransport{service}))
		items := make([]Write[map[string]string], len(accounts))
		for i, account := range accounts {
			items[i] = Write[map[string]string]{account, map[string]string{"name": account}}
		}
		started := time.Now()
		for range 2 { // at once, and a second after the responses
			written, err := client.SetUserAttributes(t.Context(), items)
			if err != nil || len(written.Done) != len(accounts) {
				t.Errorf("%d done, %v", len(written.Done), err)
			}
		}
		var named []string
		for _, entry := range service.Journal()[:100] {
			named = append(named, entry.Accounts...)
		}
		if requests, peak := len(service.Journal()), service.PeakRate(); requests != 200 || peak != 100 || time.Since(started) != 1100*time.Millisecond {
			t.Errorf("%d requests in %s, %d in one second", requests, time.Since(started), peak)
		}
		if len(named) != len(accounts) || len(Unique(named)) != len(accounts) {
			t.Errorf("100 requests name %d accounts, %d different ones", len(named), len(Unique(named)))
		}
	})
}

// An account that failed may have a part of its attributes, unless it has only one, or
// does not exist, or its request was rejected.
func TestFailedAccountMayBeWrittenInPart(t *testing.T) {
	t.Parallel()
	one, two := map[string]string{"a": "1"}, map[string]string{"a": "1", "b": "2"}
	listed := func(code int) emulator.Effect {
		return emulator.Effect{Body: fmt.Sprintf(`{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"ErrorList":[{"ErrorCode":%d,"To_Account":"alice"}]}`, code)}
	}
	for name, test := range map[string]struct {
		values map[string]string
		effect emulator.Effect
		want   []string
	}{
		"two attributes":  {two, listed(90033), []string{"alice"}},
		"one attribute":   {one, listed(90033), nil},
		"no such account": {two, listed(70107), nil},
		"rejected":        {two, emulator.Effect{Code: 90033}, nil},
	} {
		service := withAccounts(t, []string{"alice"})
		service.Script(emulator.Fault{Effect: test.effect})
		written, err := newTestClient(t, testConfig(handlerTransport{service})).SetUserAttributes(t.Context(), []Write[map[string]string]{{"alice", test.values}})
		if err != nil || len(written.Failed) != 1 || len(written.Done) > 0 || !slices.Equal(written.Unknown, test.want) {
			t.Errorf("%s: got %v, %+v", name, err, written)
		}
	}
}
