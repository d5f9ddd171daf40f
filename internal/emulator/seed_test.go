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

// seedCase is a seed, and the whole error that reading it gives; "" where it is good.
type seedCase struct{ text, want string }

func seedCases() map[string]seedCase {
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
	ten := `"0":"","1":"","2":"","3":"","4":"","5":"","6":"","7":"","8":"","9":""`
	return map[string]seedCase{
		// Good.
		"sample": {text: `{"accounts":{"xiaoming":{"attributes":{"sex":"male","city":"ShenZhen"},` +
			`"tags":["GoldMember","WeekPassUser"]},"xiaohua":{}},"attribute_names":{"0":{"name":"sex","type":"user_id"},` +
			`"1":{"name":"city","type":"user_id"},"2":{"name":"country","type":"registration_id"}}}` + "\n"},
		"none":                            {text: `{"accounts":{}}`},
		"schema for editors":              {text: `{"$schema":"seed.schema.json","accounts":{}}`},
		"as long as may be":               {text: `{"accounts":{"a":{"attributes":{"` + fifty + `":"` + fifty + `"}}}}`},
		"ten names":                       {text: names(9)},
		"ten names of one":                {text: `{"accounts":{"a":{"attributes":{` + ten + `}}}}`},
		"tags as long and many as may be": {text: `{"accounts":{"Mary":{"tags":["` + fifty + `",` + tags(0, 99) + `]}}}`},
		"1000 tags, shared":               {text: tagged(10, `"z":{"tags":["t0"]}`)},
		"names at both ends":              {text: `{"accounts":{},"attribute_names":{"0":{"name":"a"},"9":{"name":"` + fifty + `"}}}`},
		"empty everything":                {text: `{"accounts":{"a":{"attributes":{},"tags":[]}},"attribute_names":{}}`},

		// Not JSON.
		"empty": {
			"",
			`line 1, column 1: the file is empty; the least is {"accounts": {}}`,
		},
		"white space": {
			" \n",
			`line 1, column 1: the file is empty; the least is {"accounts": {}}`,
		},
		"byte order mark": {
			"\xef\xbb\xbf{\"accounts\":{}}",
			`line 1, column 1: the file begins with a byte order mark; save it as UTF-8 without one`,
		},
		"not UTF-8": {
			"{\"accounts\":{\n\"M\xe4ry\":{}}}",
			`line 2, column 3: this is not UTF-8; save the file as UTF-8`,
		},
		"UTF-16": {
			"\xff\xfe{\x00}\x00",
			`line 1, column 1: this is not UTF-8; save the file as UTF-8`,
		},
		"not JSON": {
			`accounts: {}`,
			`line 1, column 1: this is not JSON: invalid character 'a' looking for beginning of value`,
		},
		"comma too many": {
			"{\n  \"accounts\": {\n    \"Mary\": {},\n  }\n}",
			`line 4, column 3: this is not JSON: invalid character '}' looking for beginning of object key string (JSON has no comma after the last field or element)`,
		},
		"comment": {
			"{\r\n  // people\r\n  \"accounts\": {}}",
			`line 2, column 3: this is not JSON: invalid character '/' looking for beginning of object key string (JSON has no comments)`,
		},
		"comma too few": {
			"{\n  \"accounts\": {\n    \"Mary\": {}\n    \"xiaoming\": {}\n  }\n}",
			`line 4, column 5: this is not JSON: invalid character '"' after object key:value pair (a comma or a colon is missing before this)`,
		},
		"single quotes": {
			`{'accounts':{}}`,
			`line 1, column 2: this is not JSON: invalid character '\'' looking for beginning of object key string (strings stand between "...")`,
		},
		"cut off": {
			"{\n\"accounts\":{",
			`line 2, column 13: the file ends in the middle of the JSON; complete it`,
		},
		"something follows": {
			"{\"accounts\":{}}\n\n {}",
			`line 3, column 2: something follows the end of the JSON; remove it`,
		},
		"key no string": {
			`{"accounts":{5:{}}}`,
			`line 1, column 14: this is not JSON: invalid character '5' looking for beginning of object key string`,
		},

		"account with white space": {
			`{"accounts":{" Mary":{}}}`,
			`line 1, column 14: accounts[" Mary"]: the account's name has white space around it or a control character in it, and could not be asked for; remove that`,
		},
		"account with a control character": {
			`{"accounts":{"Ma\u0000ry":{}}}`,
			`line 1, column 14: accounts["Ma\x00ry"]: the account's name has white space around it or a control character in it, and could not be asked for; remove that`,
		},

		// Fields.
		"no object": {
			`[]`,
			`line 1, column 1: an object is expected, and this is a list; write {...}`,
		},
		"null": {
			"\n null",
			`line 2, column 2: an object is expected, and this is null; write {...} or leave it out`,
		},
		"no accounts": {
			"\n{}",
			`line 2, column 1: the field accounts is missing; add it`,
		},
		"unknown field": {
			`{"account":{}}`,
			`line 1, column 2: account: there is no such field; those that can stand here are $schema, accounts, attribute_names`,
		},
		"field in capitals": {
			`{"Accounts":{}}`,
			`line 1, column 2: Accounts: there is no such field; those that can stand here are $schema, accounts, attribute_names`,
		},
		"unknown field below": {
			"{\"accounts\":{\n\t\"Mary\":{\"attrs\":{}}}}",
			`line 2, column 10: accounts.Mary.attrs: there is no such field; those that can stand here are attributes, tags, type`,
		},
		"unknown field of a name": {
			`{"accounts":{},"attribute_names":{"1":{"name":"a","index":1}}}`,
			`line 1, column 51: attribute_names.1.index: there is no such field; those that can stand here are name, type`,
		},
		"schema no string": {
			`{"$schema":1,"accounts":{}}`,
			`line 1, column 2: $schema: a string is expected, and this is 1; write "1"`,
		},
		"accounts a list": {
			`{"accounts":["Mary"]}`,
			`line 1, column 2: accounts: an object is expected, and this is a list; write {...}`,
		},
		"account null": {
			`{"accounts":{"Mary":null}}`,
			`line 1, column 14: accounts.Mary: an object is expected, and this is null; write {...} or leave it out`,
		},
		"account a number": {
			`{"accounts":{"Mary":-1e999}}`,
			`line 1, column 14: accounts.Mary: an object is expected, and this is -1e999; write {...}`,
		},
		"account without name": {
			`{"accounts":{"":{}}}`,
			`line 1, column 14: accounts[""]: the account's name is empty; give it a UserID or RegistrationID`,
		},
		"attributes a string": {
			`{"accounts":{"Mary":{"attributes":"age"}}}`,
			`line 1, column 22: accounts.Mary.attributes: an object is expected, and this is a string; write {...}`,
		},
		"value a number": {
			"{\n  \"accounts\": {\n    \"深圳\": {}, \"Mary\": {\"attributes\": {\"age\":\n5}}}}",
			`line 3, column 39: accounts.Mary.attributes.age: a string is expected, and this is 5; write "5"`,
		},
		"value true": {
			`{"accounts":{"Mary":{"attributes":{"age":true}}}}`,
			`line 1, column 36: accounts.Mary.attributes.age: a string is expected, and this is true; write "true"`,
		},
		"value null": {
			`{"accounts":{"Mary":{"attributes":{"age":null}}}}`,
			`line 1, column 36: accounts.Mary.attributes.age: a string is expected, and this is null; write "..." or leave it out`,
		},
		"value an object": {
			`{"accounts":{"a.b":{"attributes":{"home town":{}}}}}`,
			`line 1, column 35: accounts["a.b"].attributes["home town"]: a string is expected, and this is an object; write "..."`,
		},
		"type a number": {
			`{"accounts":{"Mary":{"type":1}}}`,
			`line 1, column 22: accounts.Mary.type: a string is expected, and this is 1; write "1"`,
		},
		"tags a string": {
			`{"accounts":{"Mary":{"tags":"a"}}}`,
			`line 1, column 22: accounts.Mary.tags: a list is expected, and this is a string; write [...]`,
		},
		"tag a number": {
			`{"accounts":{"Mary":{"tags":["a",5]}}}`,
			`line 1, column 34: accounts.Mary.tags[1]: a string is expected, and this is 5; write "5"`,
		},
		"tag null": {
			`{"accounts":{"Mary":{"tags":[null]}}}`,
			`line 1, column 30: accounts.Mary.tags[0]: a string is expected, and this is null; write "..." or leave it out`,
		},
		"tag a list": {
			`{"accounts":{"Mary":{"tags":[["a"]]}}}`,
			`line 1, column 30: accounts.Mary.tags[0]: a string is expected, and this is a list; write "..."`,
		},
		"listed name null": {
			`{"accounts":{},"attribute_names":{"1":null}}`,
			`line 1, column 35: attribute_names.1: an object is expected, and this is null; write {...} or leave it out`,
		},
		"listed name a string": {
			`{"accounts":{},"attribute_names":{"1":"a"}}`,
			`line 1, column 35: attribute_names.1: an object is expected, and this is a string; write {...}`,
		},
		"listed name missing": {
			`{"accounts":{},"attribute_names":{"1":{}}}`,
			`line 1, column 35: attribute_names.1: the field name is missing; add it`,
		},
		"field twice": {
			"{\"accounts\":{},\n\"accounts\":{}}",
			`line 2, column 1: accounts: it stands here twice, the first time in line 1; remove one`,
		},
		"account twice": {
			"{\"accounts\":{\n\"Mary\":{},\n\"xiaohua\":{},\n  \"M\\u0061ry\":{}}}",
			`line 4, column 3: accounts.Mary: it stands here twice, the first time in line 2; remove one`,
		},
		"attribute twice": {
			`{"accounts":{"Mary":{"attributes":{"a":"x","a":"x"}}}}`,
			`line 1, column 44: accounts.Mary.attributes.a: it stands here twice, the first time in line 1; remove one`,
		},
		"index twice": {
			`{"accounts":{},"attribute_names":{"1":{"name":"a"},"1":{"name":"b"}}}`,
			`line 1, column 52: attribute_names.1: it stands here twice, the first time in line 1; remove one`,
		},

		// What the service does not take.
		"name empty": {
			`{"accounts":{"Mary":{"attributes":{"":"x"}}}}`,
			`line 1, column 36: accounts.Mary.attributes[""]: the name is empty; give one`,
		},
		"name too long": {
			`{"accounts":{"Mary":{"attributes":{"` + fifty + `x":"x"}}}}`,
			"line 1, column 36: accounts.Mary.attributes." + fifty + "x: the name has 51 bytes; the service takes at most 50",
		},
		"value too long": {
			"{\"accounts\":{\n\"Mary\":{\"attributes\":{\n\"sex\":\"" + fifty + `x"}}}}`,
			`line 3, column 1: accounts.Mary.attributes.sex: the value has 51 bytes; the service takes at most 50`,
		},
		"value too long, bytes": {
			`{"accounts":{"a":{"attributes":{"城":"` + strings.Repeat("深", 17) + `"}}}}`,
			`line 1, column 33: accounts.a.attributes["城"]: the value has 51 bytes; the service takes at most 50`,
		},
		"eleven names": {
			names(10),
			`line 1, column 430: accounts.u9.attributes.n9: an attribute name too many; an app has at most 10`,
		},
		"eleven names of one": {
			`{"accounts":{"a":{"attributes":{` + ten + `,"x":""}}}}`,
			`line 1, column 103: accounts.a.attributes.x: an attribute name too many; an app has at most 10`,
		},
		"name not listed": {
			`{"accounts":{"Mary":{"attributes":{"sex":"x","ctiy":"x"}}},"attribute_names":{"0":{"name":"sex"},"1":{"name":"city"}}}`,
			`line 1, column 46: accounts.Mary.attributes.ctiy: the name is not among attribute_names; add it there`,
		},
		"type wrong": {
			`{"accounts":{"Mary":{"type":"phone"}}}`,
			`line 1, column 22: accounts.Mary.type: "phone" is neither "user_id" nor "registration_id"`,
		},
		"tag empty": {
			`{"accounts":{"Mary":{"tags":[""]}}}`,
			`line 1, column 30: accounts.Mary.tags[0]: the tag is empty; remove it`,
		},
		"tag too long": {
			`{"accounts":{"Mary":{"tags":["` + fifty + `x"]}}}`,
			`line 1, column 30: accounts.Mary.tags[0]: the tag has 51 bytes; the service takes at most 50`,
		},
		"tag twice": {
			`{"accounts":{"Mary":{"tags":["a","b","a"]}}}`,
			`line 1, column 38: accounts.Mary.tags[2]: the account has it twice; remove one`,
		},
		"101 tags": {
			"{\"accounts\":{\"Mary\":{\"tags\":[\n" + tags(0, 100) + ",\n\"t100\"]}}}",
			`line 3, column 1: accounts.Mary.tags[100]: a tag too many; an account has at most 100`,
		},
		"1001 tags": {
			tagged(10, "\n\"z\":{\"tags\":[\"t0\",\"x\"]}"),
			`line 2, column 19: accounts.z.tags[1]: a tag too many; an app has at most 1000 different ones`,
		},
		"tag of both types": {
			`{"accounts":{"Mary":{"tags":["a"]},"x":{"type":"registration_id","tags":["a"]}}}`,
			`line 1, column 74: accounts.x.tags[0]: an account of type "user_id" has it, and this one is "registration_id"; a tag serves one type`,
		},
		"index 10": {
			`{"accounts":{},"attribute_names":{"10":{"name":"a"}}}`,
			`line 1, column 35: attribute_names.10: there is no such index; give one from "0" to "9"`,
		},
		"index 01": {
			`{"accounts":{},"attribute_names":{"01":{"name":"a"}}}`,
			`line 1, column 35: attribute_names.01: there is no such index; give one from "0" to "9"`,
		},
		"listed name empty": {
			`{"accounts":{},"attribute_names":{"1":{"name":""}}}`,
			`line 1, column 40: attribute_names.1.name: the name is empty; give one`,
		},
		"listed name long": {
			`{"accounts":{},"attribute_names":{"1":{"name":"` + fifty + `x"}}}`,
			`line 1, column 40: attribute_names.1.name: the name has 51 bytes; the service takes at most 50`,
		},
		"listed name twice": {
			`{"accounts":{},"attribute_names":{"1":{"name":"a"},"3":{"name":"a"}}}`,
			`line 1, column 57: attribute_names.3.name: index "1" has the name "a" already; give another`,
		},
		"listed type wrong": {
			`{"accounts":{},"attribute_names":{"1":{"name":"a","type":"0"}}}`,
			`line 1, column 51: attribute_names.1.type: "0" is neither "user_id" nor "registration_id"`,
		},
		"attribute of the other type": {
			`{"accounts":{"Mary":{"attributes":{"a":"x"}}},"attribute_names":{"1":{"name":"a","type":"registration_id"}}}`,
			`line 1, column 36: accounts.Mary.attributes.a: it is for accounts of type "registration_id", and this one is "user_id"`,
		},
		"unlisted attribute of both types": {
			`{"accounts":{"Mary":{"attributes":{"a":"x"}},"x":{"type":"registration_id","attributes":{"a":"x"}}}}`,
			`line 1, column 90: accounts.x.attributes.a: it is for accounts of type "user_id", and this one is "registration_id"`,
		},
	}
}

func TestReadSeed(t *testing.T) {
	t.Parallel()
	for name, tc := range seedCases() {
		seed, err := ReadSeed(strings.NewReader(tc.text))
		got := ""
		if err != nil {
			got = err.Error()
		}
		if got != tc.want {
			t.Errorf("%s:\ngot  %s\nwant %s", name, got, tc.want)
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
			change: func(o *Options) { o.Seed = Seed{Accounts: map[string]Account{"": {}}} }, want: `emulator: Seed: accounts[""]: the account's name is empty`,
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
