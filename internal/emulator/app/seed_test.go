package app

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"
)

// tags returns n tags, numbered from from, as JSON.
func tags(from, n int) string {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprintf(`"t%d"`, from+i)
	}
	return strings.Join(list, ",")
}

// seedWithTags returns a seed of 10 accounts with 100 different tags each, followed by the entries in more.
func seedWithTags(more string) string {
	var b strings.Builder
	for i := range 10 {
		fmt.Fprintf(&b, `"u%d":{"tags":[%s]},`, i, tags(100*i, 100))
	}
	return `{"accounts":{` + b.String() + more + `}}`
}

// seedCase is a seed, and the expected error, "" if it is valid.
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
		// Valid.
		"sample": {text: `{"accounts":{"xiaoming":{"attributes":{"sex":"male","city":"ShenZhen"},` +
			`"tags":["GoldMember","WeekPassUser"]},"xiaohua":{}},"attribute_names":{"0":{"name":"sex","type":"user_id"},` +
			`"1":{"name":"city","type":"user_id"},"2":{"name":"country","type":"registration_id"}}}` + "\n"},
		"none":                              {text: `{"accounts":{}}`},
		"schema for editors":                {text: `{"$schema":"seed.schema.json","accounts":{}}`},
		"maximum lengths":                   {text: `{"accounts":{"a":{"attributes":{"` + fifty + `":"` + fifty + `"}}}}`},
		"ten names":                         {text: names(9)},
		"ten names of one":                  {text: `{"accounts":{"a":{"attributes":{` + ten + `}}}}`},
		"maximum length and number of tags": {text: `{"accounts":{"Mary":{"tags":["` + fifty + `",` + tags(0, 99) + `]}}}`},
		"1000 tags, shared":                 {text: seedWithTags(`"z":{"tags":["t0"]}`)},
		"names at both ends":                {text: `{"accounts":{},"attribute_names":{"0":{"name":"a"},"9":{"name":"` + fifty + `"}}}`},
		"byte order mark":                   {text: "\ufeff" + `{"accounts":{}}`},
		"names like paths":                  {text: `{"accounts":{"a":{"tags":["x"]},"a.tags":{},"a\"].tags[\"0":{}}}`},
		"empty everything":                  {text: `{"accounts":{"a":{"attributes":{},"tags":[]}},"attribute_names":{}}`},

		"account with a device": {text: `{"accounts":{"a":{"platform":"apns","loss":{"stage":"after_send","code":"410","message":""},` +
			`"device":{"instance_id":"1","model":"m","system":"iOS","system_version":"1","token":"t","cert_id":"1",` +
			`"sdk_version":"8","push_version":"8","notification_status":-1}},"b":{"platform":"online","device":{}}}}`},
		"statistics": {text: `{"accounts":{"a":{"platform":"fcm"}},"statistics":[{},` +
			`{"source":"push","task_id":"t","account":"a","age":"1h30m","counts":{"total":1000000000000},` +
			`"platforms":{"online":{"total":0,"sent":1,"delivered":2,"clicked":3},"honor":{}},` +
			`"losses":[{"stage":"before_send","platform":"online","code":"1","count":1},` +
			`{"stage":"after_send","code":"1","message":"m","count":1000000000000}]},` +
			`{"source":"message","message_id":"m","account":"a","age":"720h","platforms":{},"losses":[]},` +
			`{"age":"0"},{"age":"1.5h"},{"age":""},{"task_id":"","message_id":"","account":"","source":"message"}]}`},

		"drift": {text: `{"accounts":{"alice":{"attributes":{"level":"a","city":"b"},"tags":["x"]},"bob":{}},` +
			`"drift":[{"after_writes":1},{"after_writes":3,"accounts":{"bob":null,"alice":{"attributes":{"level":"gold"},"tags":["x"]},"carol":{}},` +
			`"attribute_names":{}},{"after_writes":3,"accounts":{"bob":{"type":"registration_id","platform":"fcm"}},"attribute_names":{"9":{"name":"level 2"}}}]}`},
		"drift that renames": {text: `{"accounts":{"a":{"attributes":{"x":"1","y":"2"}}},"drift":[` +
			`{"after_writes":1,"attribute_names":{"0":{"name":"y"},"1":{"name":"x","type":"user_id"},"2":{"name":"z","type":"registration_id"}}},` +
			`{"after_writes":2,"accounts":{"b":{"type":"registration_id","attributes":{"w":"3"}}},"attribute_names":{"2":{"name":"w"}}}]}`},
		"drift that moves tags": {text: `{"accounts":{"a":{"tags":["x"]},"b":{"tags":["y"]}},"drift":[{"after_writes":1,"accounts":{` +
			`"a":{"type":"registration_id","tags":["y"]},"b":null,"c":{"tags":["x"]}}}]}`},
		"drift with 1000 tags": {text: strings.TrimSuffix(seedWithTags(`"z":{}`), "}") +
			`,"drift":[{"after_writes":1,"accounts":{"u0":null,"z":{"tags":[` + tags(1000, 100) + `]}}}]}`},

		// Not JSON.
		"empty": {
			"",
			`line 1: invalid JSON: unexpected end of JSON input`,
		},
		"whitespace": {
			" \n",
			`line 1: invalid JSON: unexpected end of JSON input`,
		},
		"not UTF-8": {
			"{\"accounts\":{\n\"M\xe4ry\":{}}}",
			`line 2: the file must be UTF-8`,
		},
		"UTF-16": {
			"\xff\xfe{\x00}\x00",
			`line 1: the file must be UTF-8`,
		},
		"not JSON": {
			`accounts: {}`,
			`line 1: invalid JSON: invalid character 'a' looking for beginning of value`,
		},
		"extra comma": {
			"{\n  \"accounts\": {\n    \"Mary\": {},\n  }\n}",
			`line 4: invalid JSON: invalid character '}' looking for beginning of object key string`,
		},
		"comment": {
			"{\r\n  // people\r\n  \"accounts\": {}}",
			`line 2: invalid JSON: invalid character '/' looking for beginning of object key string`,
		},
		"missing comma": {
			"{\n  \"accounts\": {\n    \"Mary\": {}\n    \"xiaoming\": {}\n  }\n}",
			`line 4: invalid JSON: invalid character '"' after object key:value pair`,
		},
		"single quotes": {
			`{'accounts':{}}`,
			`line 1: invalid JSON: invalid character '\'' looking for beginning of object key string`,
		},
		"cut off": {
			"{\n\"accounts\":{",
			`line 2: invalid JSON: unexpected end of JSON input`,
		},
		"something follows": {
			"{\"accounts\":{}}\n\n {}",
			`line 3: invalid JSON: invalid character '{' after top-level value`,
		},
		"key not a string": {
			`{"accounts":{5:{}}}`,
			`line 1: invalid JSON: invalid character '5' looking for beginning of object key string`,
		},

		"account with whitespace": {
			`{"accounts":{" Mary":{}}}`,
			`line 1: accounts[" Mary"]: the account must not be empty, have surrounding whitespace, or contain a control character`,
		},
		"account with a control character": {
			`{"accounts":{"Ma\u0000ry":{}}}`,
			`line 1: accounts["Ma\x00ry"]: the account must not be empty, have surrounding whitespace, or contain a control character`,
		},

		// Fields.
		"no object": {
			`[]`,
			`line 1: must be an object, not an array`,
		},
		"null": {
			"\n null",
			`line 2: must be an object, not null`,
		},
		"no accounts": {
			"\n{}",
			`line 2: the field accounts is missing`,
		},
		"unknown field": {
			`{"account":{}}`,
			`line 1: account: unknown field; known fields: $schema, accounts, attribute_names, drift, pushes_per_day, scheduled_pushes, statistics`,
		},
		"field in upper case": {
			`{"Accounts":{}}`,
			`line 1: Accounts: unknown field; known fields: $schema, accounts, attribute_names, drift, pushes_per_day, scheduled_pushes, statistics`,
		},
		"unknown field without a name": {
			`{"accounts":{"Mary":{"":{}}}}`,
			`line 1: accounts["Mary"].: unknown field; known fields: attributes, device, loss, platform, tags, type`,
		},
		"unknown field below": {
			"{\"accounts\":{\n\t\"Mary\":{\"attrs\":{}}}}",
			`line 2: accounts["Mary"].attrs: unknown field; known fields: attributes, device, loss, platform, tags, type`,
		},
		"unknown field of a name": {
			`{"accounts":{},"attribute_names":{"1":{"name":"a","index":1}}}`,
			`line 1: attribute_names["1"].index: unknown field; known fields: name, type`,
		},
		"schema not a string": {
			`{"$schema":1,"accounts":{}}`,
			`line 1: $schema: must be a string, not a number`,
		},
		"accounts a list": {
			`{"accounts":["Mary"]}`,
			`line 1: accounts: must be an object, not an array`,
		},
		"account null": {
			`{"accounts":{"Mary":null}}`,
			`line 1: accounts["Mary"]: must be an object, not null`,
		},
		"account a number": {
			`{"accounts":{"Mary":-1e999}}`,
			`line 1: accounts["Mary"]: must be an object, not a number`,
		},
		"account without name": {
			`{"accounts":{"":{}}}`,
			`line 1: accounts[""]: the account must not be empty, have surrounding whitespace, or contain a control character`,
		},
		"attributes a string": {
			`{"accounts":{"Mary":{"attributes":"age"}}}`,
			`line 1: accounts["Mary"].attributes: must be an object, not a string`,
		},
		"value a number": {
			"{\n  \"accounts\": {\n    \"深圳\": {}, \"Mary\": {\"attributes\": {\"age\":\n5}}}}",
			`line 3: accounts["Mary"].attributes["age"]: must be a string, not a number`,
		},
		"value true": {
			`{"accounts":{"Mary":{"attributes":{"age":true}}}}`,
			`line 1: accounts["Mary"].attributes["age"]: must be a string, not a boolean`,
		},
		"value null": {
			`{"accounts":{"Mary":{"attributes":{"age":null}}}}`,
			`line 1: accounts["Mary"].attributes["age"]: must be a string, not null`,
		},
		"value an object": {
			`{"accounts":{"a.b":{"attributes":{"home town":{}}}}}`,
			`line 1: accounts["a.b"].attributes["home town"]: must be a string, not an object`,
		},
		"type a number": {
			`{"accounts":{"Mary":{"type":1}}}`,
			`line 1: accounts["Mary"].type: must be a string, not a number`,
		},
		"tags a string": {
			`{"accounts":{"Mary":{"tags":"a"}}}`,
			`line 1: accounts["Mary"].tags: must be an array, not a string`,
		},
		"tag a number": {
			`{"accounts":{"Mary":{"tags":["a",5]}}}`,
			`line 1: accounts["Mary"].tags[1]: must be a string, not a number`,
		},
		"tag null": {
			`{"accounts":{"Mary":{"tags":[null]}}}`,
			`line 1: accounts["Mary"].tags[0]: must be a string, not null`,
		},
		"tag a list": {
			`{"accounts":{"Mary":{"tags":[["a"]]}}}`,
			`line 1: accounts["Mary"].tags[0]: must be a string, not an array`,
		},
		"listed name null": {
			`{"accounts":{},"attribute_names":{"1":null}}`,
			`line 1: attribute_names["1"]: must be an object, not null`,
		},
		"listed name a string": {
			`{"accounts":{},"attribute_names":{"1":"a"}}`,
			`line 1: attribute_names["1"]: must be an object, not a string`,
		},
		"listed name missing": {
			`{"accounts":{},"attribute_names":{"1":{}}}`,
			`line 1: attribute_names["1"]: the field name must have 1 to 50 bytes`,
		},
		"field twice": {
			"{\"accounts\":{},\n\"accounts\":{}}",
			`line 2: accounts: duplicate of line 1`,
		},
		"account twice": {
			"{\"accounts\":{\n\"Mary\":{},\n\"xiaohua\":{},\n  \"M\\u0061ry\":{}}}",
			`line 4: accounts["Mary"]: duplicate of line 2`,
		},
		"attribute twice": {
			`{"accounts":{"Mary":{"attributes":{"a":"x","a":"x"}}}}`,
			`line 1: accounts["Mary"].attributes["a"]: duplicate of line 1`,
		},
		"index twice": {
			`{"accounts":{},"attribute_names":{"1":{"name":"a"},"1":{"name":"b"}}}`,
			`line 1: attribute_names["1"]: duplicate of line 1`,
		},

		// Violations of the service's limits.
		"name empty": {
			`{"accounts":{"Mary":{"attributes":{"":"x"}}}}`,
			`line 1: accounts["Mary"].attributes[""]: the name must have 1 to 50 bytes`,
		},
		"name too long": {
			`{"accounts":{"Mary":{"attributes":{"` + fifty + `x":"x"}}}}`,
			`line 1: accounts["Mary"].attributes["` + fifty + `x"]: the name must have 1 to 50 bytes`,
		},
		"value too long": {
			"{\"accounts\":{\n\"Mary\":{\"attributes\":{\n\"sex\":\"" + fifty + `x"}}}}`,
			`line 3: accounts["Mary"].attributes["sex"]: the value must have at most 50 bytes`,
		},
		"value too long, bytes": {
			`{"accounts":{"a":{"attributes":{"城":"` + strings.Repeat("深", 17) + `"}}}}`,
			`line 1: accounts["a"].attributes["城"]: the value must have at most 50 bytes`,
		},
		"eleven names": {
			names(10),
			`line 1: accounts: the accounts use 11 attribute names; an app has at most 10`,
		},
		"eleven names of one": {
			`{"accounts":{"a":{"attributes":{` + ten + `,"x":""}}}}`,
			`line 1: accounts: the accounts use 11 attribute names; an app has at most 10`,
		},
		"name not listed": {
			`{"accounts":{"Mary":{"attributes":{"sex":"x","ctiy":"x"}}},"attribute_names":{"0":{"name":"sex"},"1":{"name":"city"}}}`,
			`line 1: accounts["Mary"].attributes["ctiy"]: the app does not have this attribute name; add it to attribute_names`,
		},
		"type wrong": {
			`{"accounts":{"Mary":{"type":"phone"}}}`,
			`line 1: accounts["Mary"].type: must be "user_id" or "registration_id"`,
		},
		"tag empty": {
			`{"accounts":{"Mary":{"tags":[""]}}}`,
			`line 1: accounts["Mary"].tags[0]: tag is empty`,
		},
		"tag too long": {
			`{"accounts":{"Mary":{"tags":["` + fifty + `x"]}}}`,
			`line 1: accounts["Mary"].tags[0]: tag is longer than 50 bytes`,
		},
		"tag twice": {
			`{"accounts":{"Mary":{"tags":["a","b","a"]}}}`,
			`line 1: accounts["Mary"].tags[2]: duplicate tag`,
		},
		"101 tags": {
			"{\"accounts\":{\"Mary\":{\"tags\":[\n" + tags(0, 100) + ",\n\"t100\"]}}}",
			`line 1: accounts["Mary"].tags: too many tags: at most 100 per account and 1000 per app`,
		},
		"1001 tags": {
			seedWithTags("\n\"z\":{\"tags\":[\"t0\",\"x\"]}"),
			`line 2: accounts["z"].tags: too many tags: at most 100 per account and 1000 per app`,
		},
		"tag of both types": {
			`{"accounts":{"Mary":{"tags":["a"]},"x":{"type":"registration_id","tags":["a"]}}}`,
			`line 1: accounts["x"].tags[0]: the attribute or tag is for the other type of account`,
		},
		"index 10": {
			`{"accounts":{},"attribute_names":{"10":{"name":"a"}}}`,
			`line 1: attribute_names["10"]: the index must be "0" to "9"`,
		},
		"index 01": {
			`{"accounts":{},"attribute_names":{"01":{"name":"a"}}}`,
			`line 1: attribute_names["01"]: the index must be "0" to "9"`,
		},
		"listed name empty": {
			`{"accounts":{},"attribute_names":{"1":{"name":""}}}`,
			`line 1: attribute_names["1"]: the field name must have 1 to 50 bytes`,
		},
		"listed name long": {
			`{"accounts":{},"attribute_names":{"1":{"name":"` + fifty + `x"}}}`,
			`line 1: attribute_names["1"]: the field name must have 1 to 50 bytes`,
		},
		"listed name twice": {
			`{"accounts":{},"attribute_names":{"1":{"name":"a"},"3":{"name":"a"}}}`,
			`line 1: attribute_names["3"].name: index "1" already has the name "a"`,
		},
		"listed type wrong": {
			`{"accounts":{},"attribute_names":{"1":{"name":"a","type":"0"}}}`,
			`line 1: attribute_names["1"].type: must be "user_id" or "registration_id"`,
		},
		"attribute of the other type": {
			`{"accounts":{"Mary":{"attributes":{"a":"x"}}},"attribute_names":{"1":{"name":"a","type":"registration_id"}}}`,
			`line 1: accounts["Mary"].attributes["a"]: the attribute or tag is for the other type of account`,
		},

		// Deliveries.
		"platform unknown": {
			"{\"accounts\":{\"a\":{\n\"platform\":\"ios\"}}}",
			`line 2: accounts["a"].platform: must be one of online, apns, xiaomi, huawei, fcm, meizu, oppo, vivo, honor`,
		},
		"loss null": {
			`{"accounts":{"a":{"loss":null}}}`,
			`line 1: accounts["a"].loss: must be an object, not null`,
		},
		"loss without a code": {
			"{\"accounts\":{\"a\":{\n\"loss\":{\"stage\":\"before_send\"}}}}",
			`line 2: accounts["a"].loss: the field code must not be empty`,
		},
		"stage unknown": {
			`{"accounts":{"a":{"loss":{"stage":"sent","code":"1"}}}}`,
			`line 1: accounts["a"].loss: the field stage must be "before_send" or "after_send"`,
		},
		"code a number": {
			`{"accounts":{"a":{"loss":{"stage":"after_send","code":410}}}}`,
			`line 1: accounts["a"].loss.code: must be a string, not a number`,
		},
		"status a text": {
			`{"accounts":{"a":{"device":{"notification_status":"1"}}}}`,
			`line 1: accounts["a"].device.notification_status: must be a number, not a string`,
		},
		"status null": {
			`{"accounts":{"a":{"device":{"notification_status":null}}}}`,
			`line 1: accounts["a"].device.notification_status: must be a number, not null`,
		},
		"status too large": {
			`{"accounts":{"a":{"device":{"notification_status":9223372036854775808}}}}`,
			`line 1: accounts["a"].device.notification_status: must be a whole number in digits, not 9223372036854775808`,
		},
		"statistics an object": {
			`{"accounts":{},"statistics":{}}`,
			`line 1: statistics: must be an array, not an object`,
		},
		"source unknown": {
			"{\"accounts\":{},\"statistics\":[{},\n{\n\"source\":\"chat\"}]}",
			`line 3: statistics[1].source: must be "push" or "message"`,
		},
		"task of a message": {
			`{"accounts":{},"statistics":[{"source":"message","task_id":"t"}]}`,
			`line 1: statistics[0].task_id: needs source "push"`,
		},
		"message of a push": {
			`{"accounts":{},"statistics":[{"message_id":"m"}]}`,
			`line 1: statistics[0].message_id: needs source "message"`,
		},
		"age in days": {
			"{\"accounts\":{},\"statistics\":[\n{\"age\":\"7d\"}]}",
			`line 2: statistics[0].age: must be a duration of hours, minutes, and seconds, such as "26h" or "1h30m"`,
		},
		"age negative": {
			`{"accounts":{},"statistics":[{"age":"-1h"}]}`,
			`line 1: statistics[0].age: must be a duration of hours, minutes, and seconds, such as "26h" or "1h30m"`,
		},
		"age out of range": {
			`{"accounts":{},"statistics":[{"age":"9999999h"}]}`,
			`line 1: statistics[0].age: must be a duration of hours, minutes, and seconds, such as "26h" or "1h30m"`,
		},
		"traced account missing": {
			`{"accounts":{},"statistics":[{"task_id":"t","account":"a"}]}`,
			`line 1: statistics[0].account: the account is missing from accounts`,
		},
		"traced account without an ID": {
			`{"accounts":{"a":{}},"statistics":[{"account":"a"}]}`,
			`line 1: statistics[0].account: needs task_id or message_id`,
		},
		"message to an account that is online": {
			`{"accounts":{"a":{}},"statistics":[{"source":"message","message_id":"m","account":"a"}]}`,
			`line 1: statistics[0].account: chat messages are only pushed to devices that are offline; set the platform of the account`,
		},
		"message over online": {
			`{"accounts":{},"statistics":[{"source":"message","platforms":{"online":{}}}]}`,
			`line 1: statistics[0].platforms["online"]: chat messages are only pushed to devices that are offline`,
		},
		"numbers of an unknown platform": {
			"{\"accounts\":{},\"statistics\":[{\"platforms\":{\"apns\":{},\n\"ios\":{}}}]}",
			`line 2: statistics[0].platforms["ios"]: must be one of online, apns, xiaomi, huawei, fcm, meizu, oppo, vivo, honor`,
		},
		"count negative": {
			`{"accounts":{},"statistics":[{"platforms":{"apns":{"sent":-1}}}]}`,
			`line 1: statistics[0].platforms["apns"].sent: must be from 0 to 1000000000000`,
		},
		"count too large": {
			`{"accounts":{},"statistics":[{"counts":{"clicked":1000000000001}}]}`,
			`line 1: statistics[0].counts.clicked: must be from 0 to 1000000000000`,
		},
		"count a fraction": {
			`{"accounts":{},"statistics":[{"counts":{"total":0.5}}]}`,
			`line 1: statistics[0].counts.total: must be a whole number in digits, not 0.5`,
		},
		"count with an exponent": {
			`{"accounts":{},"statistics":[{"counts":{"total":1e3}}]}`,
			`line 1: statistics[0].counts.total: must be a whole number in digits, not 1e3`,
		},
		"count twice": {
			`{"accounts":{},"statistics":[{"counts":{"total":1,"total":1}}]}`,
			`line 1: statistics[0].counts.total: duplicate of line 1`,
		},
		"no losses": {
			`{"accounts":{},"statistics":[{"losses":[{"stage":"after_send","code":"1","count":0}]}]}`,
			`line 1: statistics[0].losses[0]: the field count must be from 1 to 1000000000000`,
		},
		"too many losses": {
			`{"accounts":{},"statistics":[{"losses":[{"stage":"after_send","code":"1","count":1000000000001}]}]}`,
			`line 1: statistics[0].losses[0]: the field count must be from 1 to 1000000000000`,
		},
		"losses without a count": {
			`{"accounts":{},"statistics":[{"losses":[{"stage":"after_send","code":"1"}]}]}`,
			`line 1: statistics[0].losses[0]: the field count must be from 1 to 1000000000000`,
		},
		"losses without a code": {
			`{"accounts":{},"statistics":[{"losses":[{"stage":"after_send","code":"","count":1}]}]}`,
			`line 1: statistics[0].losses[0]: the field code must not be empty`,
		},
		"losses of an unknown stage": {
			"{\"accounts\":{},\"statistics\":[{\"losses\":[\n{\"stage\":\"\",\"code\":\"1\",\"count\":1}]}]}",
			`line 2: statistics[0].losses[0]: the field stage must be "before_send" or "after_send"`,
		},
		"losses of an unknown platform": {
			`{"accounts":{},"statistics":[{"losses":[{"stage":"after_send","code":"1","count":1,"platform":"ios"}]}]}`,
			`line 1: statistics[0].losses[0].platform: must be one of online, apns, xiaomi, huawei, fcm, meizu, oppo, vivo, honor`,
		},
		// Pushes.
		"quota": {`{"accounts":{},"pushes_per_day":10}`, ""},
		"quota negative": {
			`{"accounts":{},"pushes_per_day":-1}`,
			`line 1: pushes_per_day: must be from 0 to 1000000000000`,
		},
		"scheduled pushes": {
			`{"accounts":{"a":{"attributes":{"x":"1"}}},"scheduled_pushes":{
				"1":{"in":"24h","type":"All","content":{"From_Account":"a","OfflinePushInfo":{"Title":"T","AndroidInfo":{"x":[1.5,true,null]}}}},
				"9223372036854775807":{"in":"-1h30m","type":"Tag","content":{"Condition":{"AttrsOr":{"x":"1"}},"OfflinePushInfo":{}}},
				"3":{"in":"0","type":"User","content":{"To_Account":["a","b"],"OfflinePushInfo":{}}}
			}}`, "",
		},
		"scheduled push with index 0": {
			`{"accounts":{},"scheduled_pushes":{"0":{"in":"1h","type":"All","content":{"OfflinePushInfo":{}}}}}`,
			`line 1: scheduled_pushes["0"]: the ID must be a number from 1 to 9223372036854775807`,
		},
		"scheduled push with a large ID": {
			`{"accounts":{},"scheduled_pushes":{"9223372036854775808":{"in":"1h","type":"All","content":{"OfflinePushInfo":{}}}}}`,
			`line 1: scheduled_pushes["9223372036854775808"]: the ID must be a number from 1 to 9223372036854775807`,
		},
		"scheduled push null": {
			`{"accounts":{},"scheduled_pushes":{"1":null}}`,
			`line 1: scheduled_pushes["1"]: the app does not have this scheduled push, so it cannot be deleted`,
		},
		"scheduled push at a time": {
			"{\"accounts\":{},\"scheduled_pushes\":{\n\"1\":{\"in\":\"2025-06-01\",\"type\":\"All\",\"content\":{\"OfflinePushInfo\":{}}}}}",
			`line 2: scheduled_pushes["1"]: the field in must be a duration of hours, minutes, and seconds, such as "24h" or "-1h30m"`,
		},
		"scheduled push to all in lower case": {
			`{"accounts":{},"scheduled_pushes":{"1":{"in":"1h","type":"all","content":{"OfflinePushInfo":{}}}}}`,
			`line 1: scheduled_pushes["1"]: the field type must be "All", "Tag", or "User"`,
		},
		"scheduled push without content": {
			`{"accounts":{},"scheduled_pushes":{"1":{"in":"1h","type":"All"}}}`,
			`line 1: scheduled_pushes["1"]: the field content is invalid: Content is not an object`,
		},
		"scheduled push with a list": {
			"{\"accounts\":{},\"scheduled_pushes\":{\"1\":{\"in\":\"1h\",\"type\":\"All\",\n\"content\":[]}}}",
			`line 2: scheduled_pushes["1"].content: must be an object`,
		},
		"scheduled push without a notification": {
			`{"accounts":{},"scheduled_pushes":{"1":{"in":"1h","type":"All","content":{}}}}`,
			`line 1: scheduled_pushes["1"]: the field content is invalid: Content lacks OfflinePushInfo`,
		},
		"scheduled push with a bad notification": {
			`{"accounts":{},"scheduled_pushes":{"1":{"in":"1h","type":"All","content":{"OfflinePushInfo":{"Title":1}}}}}`,
			`line 1: scheduled_pushes["1"]: the field content is invalid: Content: OfflinePushInfo is not an object, or a field has another type`,
		},
		"scheduled push to nobody": {
			`{"accounts":{},"scheduled_pushes":{"1":{"in":"1h","type":"User","content":{"OfflinePushInfo":{}}}}}`,
			`line 1: scheduled_pushes["1"]: the field content is invalid: Content lacks the field of its Type`,
		},
		"scheduled push by several means": {
			`{"accounts":{},"scheduled_pushes":{"1":{"in":"1h","type":"All","content":{"Condition":{"TagsOr":["x"]},"OfflinePushInfo":{}}}}}`,
			`line 1: scheduled_pushes["1"]: the field content is invalid: Content has a field of the Type Tag`,
		},
		"scheduled push by an unlisted name": {
			`{"accounts":{},"scheduled_pushes":{"1":{"in":"1h","type":"Tag","content":{"Condition":{"AttrsOr":{"x":"1"}},"OfflinePushInfo":{}}}}}`,
			`line 1: scheduled_pushes["1"]: the field content is invalid: Content: attribute is not set, or invalid`,
		},
		// Drift.
		"drift of scheduled pushes": {
			`{"accounts":{},"scheduled_pushes":{"1":{"in":"1h","type":"All","content":{"OfflinePushInfo":{}}}},"drift":[
				{"after_writes":1,"scheduled_pushes":{"1":{"in":"2h"},"2":{"in":"1h","type":"All","content":{"OfflinePushInfo":{}}}}},
				{"after_writes":2,"scheduled_pushes":{"1":null,"2":{"content":{"OfflinePushInfo":{"Title":"T"}}}}}
			]}`, "",
		},
		"drift deletes an unknown scheduled push": {
			"{\"accounts\":{},\"drift\":[{\"after_writes\":1,\"scheduled_pushes\":{\n\"1\":null}}]}",
			`line 2: drift[0].scheduled_pushes["1"]: the app does not have this scheduled push, so it cannot be deleted`,
		},
		"drift creates a scheduled push without a time": {
			`{"accounts":{},"drift":[{"after_writes":1,"scheduled_pushes":{"1":{"type":"All","content":{"OfflinePushInfo":{}}}}}]}`,
			`line 1: drift[0].scheduled_pushes["1"]: the field in must be a duration of hours, minutes, and seconds, such as "24h" or "-1h30m"`,
		},
		"drift an object": {
			`{"accounts":{},"drift":{}}`,
			`line 1: drift: must be an array, not an object`,
		},
		"drift without a number": {
			"{\"accounts\":{},\"drift\":[\n{\"accounts\":{}}]}",
			`line 2: drift[0]: the field after_writes must be at least 1`,
		},
		"drift after no write": {
			`{"accounts":{},"drift":[{"after_writes":0}]}`,
			`line 1: drift[0]: the field after_writes must be at least 1`,
		},
		"drift in another order": {
			"{\"accounts\":{},\"drift\":[{\"after_writes\":3},{\n\"after_writes\":2}]}",
			`line 2: drift[1].after_writes: must be at least 3, as in the entry before`,
		},
		"drift of accounts null": {
			`{"accounts":{},"drift":[{"after_writes":1,"accounts":null}]}`,
			`line 1: drift[0].accounts: must be an object, not null`,
		},
		"drift of an account to a number": {
			"{\"accounts\":{\"a\":{}},\"drift\":[{\"after_writes\":1,\"accounts\":{\n\"a\":5}}]}",
			`line 2: drift[0].accounts["a"]: must be an object or null, not a number`,
		},
		"drift of a name to null": {
			`{"accounts":{},"drift":[{"after_writes":1,"attribute_names":{"1":null}}]}`,
			`line 1: drift[0].attribute_names["1"]: must be an object, not null`,
		},
		"drift of a value to null": {
			`{"accounts":{"a":{"attributes":{"x":""}}},"drift":[{"after_writes":1,"accounts":{"a":{"attributes":{"x":null}}}}]}`,
			`line 1: drift[0].accounts["a"].attributes["x"]: must be a string, not null`,
		},
		"drift with an invalid account": {
			`{"accounts":{},"drift":[{"after_writes":1,"accounts":{" a":{}}}]}`,
			`line 1: drift[0].accounts[" a"]: the account must not be empty, have surrounding whitespace, or contain a control character`,
		},
		"drift deletes an unknown account": {
			"{\"accounts\":{\"bob\":{}},\"drift\":[{\"after_writes\":1,\"accounts\":{\"bob\":null,\n\"bbo\":null}}]}",
			`line 2: drift[0].accounts["bbo"]: the app does not have this account, so it cannot be deleted`,
		},
		"drift deletes an account twice": {
			"{\"accounts\":{\"bob\":{}},\"drift\":[{\"after_writes\":1,\"accounts\":{\"bob\":null}},\n{\"after_writes\":1,\"accounts\":{\"bob\":null}}]}",
			`line 2: drift[1].accounts["bob"]: the app does not have this account, so it cannot be deleted`,
		},
		"drift uses an unlisted name": {
			"{\"accounts\":{\"a\":{\"attributes\":{\"level\":\"x\"}}},\"drift\":[{\"after_writes\":1,\"accounts\":{\"a\":{\"attributes\":{\n\"lvl\":\"x\"}}}}]}",
			`line 2: drift[0].accounts["a"].attributes["lvl"]: the app does not have this attribute name; add it to attribute_names`,
		},
		"drift uses a name that was renamed": {
			`{"accounts":{"a":{"attributes":{"x":"1"}}},"drift":[{"after_writes":1,"attribute_names":{"0":{"name":"y"}}},{"after_writes":2,"accounts":{"a":{"attributes":{"x":"2"}}}}]}`,
			`line 1: drift[1].accounts["a"].attributes["x"]: the app does not have this attribute name; add it to attribute_names`,
		},
		"drift takes a name": {
			`{"accounts":{"a":{"attributes":{"x":"1","y":"2"}}},"drift":[{"after_writes":1,"attribute_names":{"0":{"name":"y"}}}]}`,
			`line 1: drift[0].attribute_names["0"].name: index "1" already has the name "y"`,
		},
		"drift changes the type of a name": {
			`{"accounts":{"a":{"attributes":{"x":"1"}}},"drift":[{"after_writes":1,"attribute_names":{"0":{"name":"y","type":"registration_id"}}}]}`,
			`line 1: drift[0].attribute_names["0"].type: the type of an attribute never changes`,
		},
		"drift at index 10": {
			`{"accounts":{},"drift":[{"after_writes":1,"attribute_names":{"10":{"name":"y"}}}]}`,
			`line 1: drift[0].attribute_names["10"]: the index must be "0" to "9"`,
		},
		"drift with attributes of the other type": {
			`{"accounts":{"a":{"attributes":{"x":"1"}}},"drift":[{"after_writes":1,"accounts":{"a":{"type":"registration_id","attributes":{"x":"1"}}}}]}`,
			`line 1: drift[0].accounts["a"].attributes["x"]: the attribute or tag is for the other type of account`,
		},
		"drift with a tag of the other type": {
			`{"accounts":{"a":{"tags":["x"]}},"drift":[{"after_writes":1,"accounts":{"b":{"type":"registration_id","tags":["x"]}}}]}`,
			`line 1: drift[0].accounts["b"].tags[0]: the attribute or tag is for the other type of account`,
		},
		"drift with 1001 tags": {
			strings.TrimSuffix(seedWithTags(`"z":{}`), "}") + `,"drift":[{"after_writes":1,"accounts":{"z":{"tags":["t0","x"]}}}]}`,
			`line 1: drift[0].accounts["z"].tags: too many tags: at most 100 per account and 1000 per app`,
		},
		"unlisted attribute of both types": {
			`{"accounts":{"Mary":{"attributes":{"a":"x"}},"x":{"type":"registration_id","attributes":{"a":"x"}}}}`,
			`line 1: accounts["x"].attributes["a"]: the attribute or tag is for the other type of account`,
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
