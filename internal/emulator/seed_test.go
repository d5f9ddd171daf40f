package emulator

import (
	"fmt"
	"strings"
	"testing"
)

// tags returns n tags, numbered from from, as JSON.
func tags(from, n int) string {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprintf(`"t%d"`, from+i)
	}
	return strings.Join(list, ",")
}

// TestSeededNames: the app has the names that the seed lists, or if it lists none, those that accounts use.
func TestSeededNames(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ text, want string }{
		"used": {
			`{"accounts":{"a":{"attributes":{"sex":"x","city":"x"}},"b":{"type":"registration_id","attributes":{"country":"x"}}}}`,
			`"AttrNames":{"0":"city","1":"country","2":"sex"},"AttrTypes":{"0":0,"1":1,"2":0}`,
		},
		"listed": {
			`{"accounts":{"a":{"attributes":{"l":"x"}}},"attribute_names":{"0":{"name":"k"},"2":{"name":"l"}}}`,
			`"AttrNames":{"0":"k","2":"l"},"AttrTypes":{"0":0,"2":0}`,
		},
	} {
		seed, err := ReadSeed(strings.NewReader(tc.text))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		e := newTest(t, func(o *Options) { o.Seed = seed })
		expect(t, e, exchange{api: "get_attr_name", body: "{}", rest: "," + tc.want})
	}
}

func TestNew(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		change func(*Options)
		want   string // part of the error
	}{
		"good":        {change: func(*Options) {}},
		"no SDKAppID": {change: func(o *Options) { o.SDKAppID = 0 }, want: "SDKAppID"},
		"no key":      {change: func(o *Options) { o.Key = "" }, want: "Key"},
		"rate":        {change: func(o *Options) { o.RequestsPerSecond = -1 }, want: "RequestsPerSecond is -1"},
		"seed": {
			change: func(o *Options) { o.Seed = Seed{Accounts: map[string]Account{"": {}}} }, want: `emulator: Seed: accounts[""]: the account must not be empty`,
		},
	} {
		o := Options{SDKAppID: testApp, Key: testKey}
		tc.change(&o)
		e, err := New(o)
		if tc.want == "" {
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		if err == nil || e != nil || !strings.Contains(err.Error(), tc.want) || strings.Contains(err.Error(), testKey) {
			t.Errorf("%s: error %v, want one with %q", name, err, tc.want)
		}
	}
}
