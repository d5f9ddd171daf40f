package emulator

import (
	"strings"
	"testing"
)

func TestAttrNames(t *testing.T) {
	t.Parallel()
	const none = `,"AttrNames":{},"AttrTypes":{}`
	const sample = `,"AttrNames":{"0":"sex","1":"city","2":"country"},"AttrTypes":{"0":0,"1":0,"2":1}`
	const other = `,"AttrNames":{"0":"sex","1":"city","2":"country","9":"age"},"AttrTypes":{"0":0,"1":0,"2":1,"9":0}`
	fifty := strings.Repeat("x", 47) + "深"
	for name, tc := range map[string]struct {
		empty bool   // the app has no names, instead of the sample's
		set   string // request body
		code  int
		info  string // ErrorInfo; "" if not compared
		want  string // of get_attr_name afterwards; "" if unchanged
	}{
		"page's sample":        {empty: true, set: `{"AttrNames":{"0":"sex","1":"city","2":"country"},"AttrTypes":{"0":0,"1":0,"2":1}}`, want: sample},
		"page's failure":       {set: `{"AttrNames":{"2":"city"}}`, code: 90033, info: "attrName:city already exists at index:1"},
		"no types":             {empty: true, set: `{"AttrNames":{"9":"a"}}`, want: `,"AttrNames":{"9":"a"},"AttrTypes":{"9":0}`},
		"some types":           {empty: true, set: `{"AttrNames":{"0":"a","1":"b"},"AttrTypes":{"1":1}}`, want: `,"AttrNames":{"0":"a","1":"b"},"AttrTypes":{"0":0,"1":1}`},
		"merged":               {set: `{"AttrNames":{"9":"age"}}`, want: other},
		"other fields ignored": {set: `{"AttrNames":{"9":"age"},"attrTypes":{"9":1},"X":null}`, want: other},
		"all or nothing":       {set: `{"AttrNames":{"0":"new","9":"city"}}`, code: 90033, info: "attrName:city already exists at index:1"},
		"twice in one call":    {set: `{"AttrNames":{"8":"a","9":"a"}}`, code: 90033, info: "attrName:a already exists at index:8"},
		"lowest of many conflicts": {
			set:  `{"AttrNames":{"9":"sex","8":"city","7":"sex","6":"city","5":"sex","4":"city","3":"country"}}`,
			code: 90033, info: "attrName:country already exists at index:2",
		},
		"name of a higher index":   {set: `{"AttrNames":{"0":"city"}}`, code: 90033, info: "attrName:city already exists at index:1"},
		"the same again":           {set: `{"AttrNames":{"1":"city"},"AttrTypes":{"1":0}}`},
		"the same again, no type":  {set: `{"AttrNames":{"2":"country"}}`},
		"renamed":                  {set: `{"AttrNames":{"2":"land"}}`, want: strings.Replace(sample, "country", "land", 1)},
		"exchanged":                {set: `{"AttrNames":{"0":"city","1":"sex"}}`, want: `,"AttrNames":{"0":"city","1":"sex","2":"country"},"AttrTypes":{"0":0,"1":0,"2":1}`},
		"type changed to 1":        {set: `{"AttrNames":{"1":"city"},"AttrTypes":{"1":1}}`, code: 90033},
		"type changed to 0":        {set: `{"AttrNames":{"2":"land"},"AttrTypes":{"2":0}}`, code: 90033},
		"type 2":                   {set: `{"AttrNames":{"9":"age"},"AttrTypes":{"9":2}}`, code: 90033},
		"type -1":                  {set: `{"AttrNames":{"9":"age"},"AttrTypes":{"9":-1}}`, code: 90033},
		"type without a name":      {set: `{"AttrNames":{"9":"age"},"AttrTypes":{"2":1}}`, code: 90033},
		"type a string":            {set: `{"AttrNames":{"9":"age"},"AttrTypes":{"9":"1"}}`, code: 90001},
		"type broken":              {set: `{"AttrNames":{"9":"age"},"AttrTypes":{"9":0.5}}`, code: 90001},
		"type null":                {set: `{"AttrNames":{"9":"age"},"AttrTypes":{"9":null}}`, code: 90001},
		"types a list":             {set: `{"AttrNames":{"0":"age"},"AttrTypes":[0]}`, code: 90001},
		"types null":               {set: `{"AttrNames":{"0":"age"},"AttrTypes":null}`, code: 90001},
		"50 bytes":                 {empty: true, set: `{"AttrNames":{"0":"` + fifty + `"}}`, want: `,"AttrNames":{"0":"` + fifty + `"},"AttrTypes":{"0":0}`},
		"51 bytes":                 {set: `{"AttrNames":{"9":"` + fifty + `x"}}`, code: 90033},
		"empty name":               {set: `{"AttrNames":{"0":""}}`, code: 90033, info: "attribute is not set, or invalid"},
		"index 10":                 {set: `{"AttrNames":{"10":"a"}}`, code: 90033},
		"index -1":                 {set: `{"AttrNames":{"-1":"a"}}`, code: 90033},
		"index 00":                 {set: `{"AttrNames":{"00":"a"}}`, code: 90033},
		"index empty":              {set: `{"AttrNames":{"":"a"}}`, code: 90033},
		"name a number":            {set: `{"AttrNames":{"9":5}}`, code: 90001},
		"name null":                {set: `{"AttrNames":{"9":null}}`, code: 90001},
		"names a list":             {set: `{"AttrNames":["a"]}`, code: 90001},
		"names null":               {set: `{"AttrNames":null}`, code: 90001},
		"no names":                 {set: `{"AttrNames":{}}`, code: 90001},
		"nothing":                  {set: `{}`, code: 90001},
		"field in lower case":      {set: `{"attrNames":{"9":"a"}}`, code: 90001},
		"an app without names yet": {empty: true, set: `{"AttrNames":{"a":"0"}}`, code: 90033},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			before := sample
			e := newTest(t, func(o *Options) {
				if tc.empty {
					o.Seed, before = Seed{}, none
				}
			})
			if tc.want == "" {
				tc.want = before
			}
			expect(t, e, exchange{"get_attr_name", "{}", 0, before})
			got := read(t, postTo(t, e, "set_attr_name", tc.set))
			if *got.ErrorCode != tc.code || tc.info != "" && *got.ErrorInfo != tc.info {
				t.Errorf("code %d (%s), want %d (%s)", *got.ErrorCode, *got.ErrorInfo, tc.code, tc.info)
			}
			expect(t, e, exchange{"get_attr_name", "{}", 0, tc.want})
		})
	}
}

// TestRenamedAttribute checks that values survive a rename.
func TestRenamedAttribute(t *testing.T) {
	t.Parallel()
	expect(
		t, newTest(t, nil),
		exchange{api: "set_attr_name", body: `{"AttrNames":{"0":"city","1":"town"}}`},
		exchange{
			api: "get_attr", body: `{"To_Account":["xiaoming"]}`,
			rest: `,"UserAttrs":[{"To_Account":"xiaoming","Attrs":{"city":"male","town":"ShenZhen"}}]`,
		},
	)
}

// TestGetAttrNameBody: the body must be an object; its contents are ignored.
func TestGetAttrNameBody(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]int{"{}": 0, `{"To_Account":5}`: 0, "": 90001, "[]": 90001, "null": 90001, "{": 90001, "{} {}": 90001} {
		if r := read(t, postTo(t, newTest(t, nil), "get_attr_name", body)); *r.ErrorCode != want {
			t.Errorf("%q: code %d, want %d", body, *r.ErrorCode, want)
		}
	}
}
