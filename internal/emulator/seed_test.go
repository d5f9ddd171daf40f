package emulator

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"
)

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
		"sample": {text: `{"accounts":{"xiaoming":{"attributes":{"sex":"male","city":"ShenZhen"}},"xiaohua":{}}}` + "\n"},
		"none":   {text: `{"accounts":{}}`},
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
