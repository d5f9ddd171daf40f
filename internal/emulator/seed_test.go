package emulator

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"
)

// tags are n tags from the one with that number on, as JSON.
func tags(from, n int) string {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprintf(`"t%d"`, from+i)
	}
	return strings.Join(list, ",")
}

// tagged is a seed of accounts that have 100 tags each, all different, and of more.
func tagged(accounts int, more string) string {
	var b strings.Builder
	for i := range accounts {
		fmt.Fprintf(&b, `"u%d":{"tags":[%s]},`, i, tags(100*i, 100))
	}
	return `{"accounts":{` + b.String() + more + `}}`
}

func TestReadSeed(t *testing.T) {
	t.Parallel()
	fifty := strings.Repeat("x", 50)
	names := func(n int) string {
		var b strings.Builder
		for i := range n {
			if i > 0 {
				b.WriteByte(',')
			}
			fmt.Fprintf(&b, `"u%d":{"attributes":{"n%d":"v","common":"v"}}`, i, i)
		}
		return `{"accounts":{` + b.String() + `}}`
	}
	for name, tc := range map[string]struct {
		text string
		want []string // pieces of the error; none: no error
	}{
		"sample": {text: `{"accounts":{"xiaoming":{"attributes":{"sex":"male","city":"ShenZhen"},` +
			`"tags":["GoldMember","WeekPassUser"]},"xiaohua":{}},"attribute_names":{"0":{"name":"sex","type":"user_id"},` +
			`"1":{"name":"city","type":"user_id"},"2":{"name":"country","type":"registration_id"}}}` + "\n"},
		"none": {text: `{"accounts":{}}`},
		"as long as may be": {
			text: `{"accounts":{"a":{"attributes":{"` + fifty + `":"` + fifty + `"}}}}`,
		},
		"empty":                 {text: " \n", want: []string{"empty"}},
		"no accounts":           {text: `{}`, want: []string{`"accounts" is missing`}},
		"not JSON":              {text: `accounts: {}`, want: []string{"seed:", "invalid character"}},
		"cut off":               {text: `{"accounts":{`, want: []string{"unexpected EOF"}},
		"unknown field":         {text: `{"account":{}}`, want: []string{`unknown field "account"`}},
		"unknown field below":   {text: `{"accounts":{"Mary":{"attrs":{}}}}`, want: []string{`account "Mary"`, `unknown field "attrs"`}},
		"something follows":     {text: `{"accounts":{}} {}`, want: []string{"follows"}},
		"account null":          {text: `{"accounts":{"Mary":null}}`, want: []string{`account "Mary"`, "null"}},
		"account no object":     {text: `{"accounts":{"Mary":5}}`, want: []string{`account "Mary"`, "number"}},
		"account without name":  {text: `{"accounts":{"":{}}}`, want: []string{"account's name is empty"}},
		"value a number":        {text: `{"accounts":{"Mary":{"attributes":{"age":5}}}}`, want: []string{`account "Mary", `, `"age"`, "not a string"}},
		"value null":            {text: `{"accounts":{"Mary":{"attributes":{"age":null}}}}`, want: []string{`"Mary"`, `"age"`, "not a string"}},
		"name empty":            {text: `{"accounts":{"Mary":{"attributes":{"":"x"}}}}`, want: []string{`account "Mary"`, "name is empty"}},
		"name too long":         {text: `{"accounts":{"Mary":{"attributes":{"` + fifty + `x":"x"}}}}`, want: []string{`"Mary"`, "51 bytes"}},
		"value too long":        {text: `{"accounts":{"Mary":{"attributes":{"sex":"` + fifty + `x"}}}}`, want: []string{`"Mary"`, `"sex"`, "51 bytes"}},
		"value too long, bytes": {text: `{"accounts":{"a":{"attributes":{"城":"` + strings.Repeat("深", 17) + `"}}}}`, want: []string{"51 bytes"}},
		"ten names":             {text: names(9)},
		"eleven names":          {text: names(10), want: []string{`account "u9", attribute "n9"`, "at most 10"}},
		"name not listed": {
			text: `{"accounts":{"Mary":{"attributes":{"sex":"x","ctiy":"x"}}},"attribute_names":{"0":{"name":"sex"},"1":{"name":"city"}}}`,
			want: []string{`account "Mary", attribute "ctiy"`, "not among attribute_names"},
		},
		"type wrong":    {text: `{"accounts":{"Mary":{"type":"phone"}}}`, want: []string{`account "Mary", type "phone"`, `"registration_id"`}},
		"type a number": {text: `{"accounts":{"Mary":{"type":1}}}`, want: []string{`account "Mary"`, "type", "number"}},
		"tags as long and many as may be": {
			text: `{"accounts":{"Mary":{"tags":["` + fifty + `",` + tags(0, 99) + `]}}}`,
		},
		"tags no list":      {text: `{"accounts":{"Mary":{"tags":"a"}}}`, want: []string{`account "Mary"`, "tags", "string"}},
		"tag a number":      {text: `{"accounts":{"Mary":{"tags":["a",5]}}}`, want: []string{`account "Mary": tag 2 of 2`, "not a string"}},
		"tag null":          {text: `{"accounts":{"Mary":{"tags":[null]}}}`, want: []string{`account "Mary": tag 1 of 1`, "not a string"}},
		"tag empty":         {text: `{"accounts":{"Mary":{"tags":[""]}}}`, want: []string{`account "Mary", tag ""`, "empty"}},
		"tag too long":      {text: `{"accounts":{"Mary":{"tags":["` + fifty + `x"]}}}`, want: []string{`account "Mary", tag "`, "51 bytes"}},
		"tag twice":         {text: `{"accounts":{"Mary":{"tags":["a","b","a"]}}}`, want: []string{`account "Mary", tag "a"`, "twice"}},
		"101 tags":          {text: `{"accounts":{"Mary":{"tags":[` + tags(0, 101) + `]}}}`, want: []string{`account "Mary", tag "t100"`, "at most 100"}},
		"1000 tags, shared": {text: tagged(10, `"z":{"tags":["t0"]}`)},
		"1001 tags":         {text: tagged(10, `"z":{"tags":["t0","x"]}`), want: []string{`account "z", tag "x"`, "at most 1000"}},
		"tag of both types": {
			text: `{"accounts":{"Mary":{"tags":["a"]},"x":{"type":"registration_id","tags":["a"]}}}`,
			want: []string{`account "x", tag "a"`, `"user_id"`, "one type"},
		},
		"names at both ends":  {text: `{"accounts":{},"attribute_names":{"0":{"name":"a"},"9":{"name":"` + fifty + `"}}}`},
		"index 10":            {text: `{"accounts":{},"attribute_names":{"10":{"name":"a"}}}`, want: []string{`attribute name "10"`, "no such index"}},
		"index 01":            {text: `{"accounts":{},"attribute_names":{"01":{"name":"a"}}}`, want: []string{`attribute name "01"`, "no such index"}},
		"listed name null":    {text: `{"accounts":{},"attribute_names":{"1":null}}`, want: []string{`attribute name "1"`, "null"}},
		"listed name no":      {text: `{"accounts":{},"attribute_names":{"1":"a"}}`, want: []string{`attribute name "1"`, "string"}},
		"listed name unknown": {text: `{"accounts":{},"attribute_names":{"1":{"name":"a","index":1}}}`, want: []string{`attribute name "1"`, `unknown field "index"`}},
		"listed name empty":   {text: `{"accounts":{},"attribute_names":{"1":{}}}`, want: []string{`attribute name "1"`, "empty"}},
		"listed name long":    {text: `{"accounts":{},"attribute_names":{"1":{"name":"` + fifty + `x"}}}`, want: []string{`attribute name "1"`, "51 bytes"}},
		"listed name twice": {
			text: `{"accounts":{},"attribute_names":{"1":{"name":"a"},"3":{"name":"a"}}}`,
			want: []string{`attribute name "3"`, `index "1" has the name "a"`},
		},
		"listed type wrong": {
			text: `{"accounts":{},"attribute_names":{"1":{"name":"a","type":"0"}}}`, want: []string{`attribute name "1", type "0"`, `"user_id"`},
		},
		"attribute of the other type": {
			text: `{"accounts":{"Mary":{"attributes":{"a":"x"}}},"attribute_names":{"1":{"name":"a","type":"registration_id"}}}`,
			want: []string{`account "Mary", attribute "a"`, `"registration_id"`},
		},
		"unlisted attribute of both types": {
			text: `{"accounts":{"Mary":{"attributes":{"a":"x"}},"x":{"type":"registration_id","attributes":{"a":"x"}}}}`,
			want: []string{`account "x", attribute "a"`, `"user_id"`},
		},
	} {
		seed, err := ReadSeed(strings.NewReader(tc.text))
		if (err != nil) != (tc.want != nil) {
			t.Errorf("%s: error %v, want %q", name, err, tc.want)
			continue
		}
		for _, piece := range tc.want {
			// The account's name comes as «account "x": » or «account "x", », so without the comma it fits both.
			if !strings.Contains(err.Error(), strings.TrimSuffix(piece, ", ")) {
				t.Errorf("%s: error %q lacks %q", name, err, piece)
			}
		}
		if name == "sample" && fmt.Sprint(seed) != fmt.Sprint(SampleSeed()) {
			t.Errorf("read %v, want the sample %v", seed, SampleSeed())
		}
		if err != nil && !reflect.DeepEqual(seed, Seed{}) {
			t.Errorf("%s: an error and a seed", name)
		}
	}
	broken := errors.New("disk gone")
	if _, err := ReadSeed(iotest.ErrReader(broken)); !errors.Is(err, broken) {
		t.Errorf("error %v, want %v", err, broken)
	}
}

// TestSeededNames gives the app the names that the seed lists, or else those that accounts use.
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
		talk(t, e, exchange{api: "get_attr_name", body: "{}", rest: "," + tc.want})
	}
}

func TestNew(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		change func(*Options)
		want   string // piece of the error
	}{
		"good":        {change: func(*Options) {}},
		"no SDKAppID": {change: func(o *Options) { o.SDKAppID = 0 }, want: "SDKAppID"},
		"no key":      {change: func(o *Options) { o.Key = "" }, want: "Key"},
		"rate":        {change: func(o *Options) { o.RequestsPerSecond = -1 }, want: "RequestsPerSecond is -1"},
		"seed": {
			change: func(o *Options) { o.Seed = Seed{Accounts: map[string]Account{"": {}}} }, want: "account's name is empty",
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
