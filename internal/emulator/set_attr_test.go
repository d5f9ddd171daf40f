package emulator

import (
	"strings"
	"testing"
)

// attrsOf reads the attributes of one account, and expects this JSON.
func attrsOf(account, want string) exchange {
	return exchange{
		"get_attr", `{"To_Account":["` + account + `"]}`, 0,
		`,"UserAttrs":[{"To_Account":"` + account + `","Attrs":` + want + `}]`,
	}
}

func TestSetAttr(t *testing.T) {
	t.Parallel()
	fifty := strings.Repeat("x", 47) + "深"
	testWrites(t, "set_attr", map[string]write{
		"page's sample": { // with other values, to see that they are set
			body: `{"UserAttrs":[{"To_Account":"` + registrationID + `","Attrs":{"sex":"female","city":"NewYork"}},` +
				`{"To_Account":"xiaoming","Attrs":{"sex":"m","city":"GuangZhou"}}]}`,
			rest: errorList("90035", registrationID),
			then: []exchange{attrsOf("xiaoming", `{"city":"GuangZhou","sex":"m"}`), attrsOf(registrationID, `{}`)},
		},
		"one without the others": {
			body: `{"UserAttrs":[{"To_Account":"xiaoming","Attrs":{"sex":"m"}},{"To_Account":"xiaohua","Attrs":{"city":"x"}}]}`,
			then: []exchange{attrsOf("xiaoming", `{"city":"ShenZhen","sex":"m"}`), attrsOf("xiaohua", `{"city":"x"}`)},
		},
		"a RegistrationID's": {
			body: `{"UserAttrs":[{"To_Account":"` + registrationID + `","Attrs":{"country":"China"}}]}`,
			then: []exchange{attrsOf(registrationID, `{"country":"China"}`)},
		},
		"a UserID's of the other type": {body: `{"UserAttrs":[{"To_Account":"xiaoming","Attrs":{"country":"China"}}]}`, rest: errorList("90035", "xiaoming")},
		"of both types": { // repeated, because the result could depend on the order of the attributes
			body: `{"UserAttrs":[` + strings.Repeat(`{"To_Account":"xiaoming","Attrs":{"country":"China","sex":"m"}},`, 20) +
				`{"To_Account":"xiaoming","Attrs":{}}]}`,
			rest: `,"ErrorList":[` + strings.TrimSuffix(strings.Repeat(`{"ErrorCode":90035,"To_Account":"xiaoming"},`, 20), ",") + `]`,
		},
		"unknown account": {
			body: `{"UserAttrs":[{"To_Account":"Mary","Attrs":{"sex":"f"}},{"To_Account":"xiaoming","Attrs":{"sex":"m"}}]}`,
			rest: errorList("70107", "Mary"),
			then: []exchange{attrsOf("xiaoming", `{"city":"ShenZhen","sex":"m"}`)},
		},
		"all failed": {
			body: `{"UserAttrs":[{"To_Account":"Mary","Attrs":{"sex":"f"}},{"To_Account":"xiaohua","Attrs":{"country":"x"}}]}`,
			rest: `,"ErrorList":[{"ErrorCode":70107,"To_Account":"Mary"},{"ErrorCode":90035,"To_Account":"xiaohua"}]`,
		},
		"account twice": {
			body: `{"UserAttrs":[{"To_Account":"xiaohua","Attrs":{"sex":"a","city":"a"}},{"To_Account":"xiaohua","Attrs":{"sex":"b"}}]}`,
			then: []exchange{attrsOf("xiaohua", `{"city":"a","sex":"b"}`)},
		},
		"nothing to set":      {body: `{"UserAttrs":[{"To_Account":"xiaoming","Attrs":{}}]}`},
		"empty value":         {body: `{"UserAttrs":[{"To_Account":"xiaohua","Attrs":{"sex":""}}]}`, then: []exchange{attrsOf("xiaohua", `{"sex":""}`)}},
		"50 bytes":            {body: `{"UserAttrs":[{"To_Account":"xiaohua","Attrs":{"sex":"` + fifty + `"}}]}`, then: []exchange{attrsOf("xiaohua", `{"sex":"`+fifty+`"}`)}},
		"51 bytes":            {body: `{"UserAttrs":[{"To_Account":"xiaohua","Attrs":{"city":"x"}},{"To_Account":"xiaoming","Attrs":{"sex":"` + fifty + `x"}}]}`, code: 90033},
		"name not set":        {body: `{"UserAttrs":[{"To_Account":"xiaohua","Attrs":{"city":"x"}},{"To_Account":"xiaoming","Attrs":{"age":"5"}}]}`, code: 90033},
		"name empty":          {body: `{"UserAttrs":[{"To_Account":"xiaohua","Attrs":{"":"x"}}]}`, code: 90033},
		"name an index":       {body: `{"UserAttrs":[{"To_Account":"xiaohua","Attrs":{"0":"x"}}]}`, code: 90033},
		"value a number":      {body: `{"UserAttrs":[{"To_Account":"xiaohua","Attrs":{"sex":1}}]}`, code: 90001},
		"value null":          {body: `{"UserAttrs":[{"To_Account":"xiaohua","Attrs":{"sex":null}}]}`, code: 90001},
		"Attrs a list":        {body: `{"UserAttrs":[{"To_Account":"xiaohua","Attrs":["sex"]}]}`, code: 90001},
		"Attrs null":          {body: `{"UserAttrs":[{"To_Account":"xiaohua","Attrs":null}]}`, code: 90001},
		"Attrs missing":       {body: `{"UserAttrs":[{"To_Account":"xiaohua"}]}`, code: 90001},
		"Attrs in lower case": {body: `{"UserAttrs":[{"To_Account":"xiaohua","attrs":{"sex":"x"}}]}`, code: 90001},
		"account missing":     {body: `{"UserAttrs":[{"to_account":"xiaohua","Attrs":{"sex":"x"}}]}`, code: 90001},
	})
}

func TestRemoveAttr(t *testing.T) {
	t.Parallel()
	testWrites(t, "remove_attr", map[string]write{
		"page's sample": {
			body: `{"UserAttrs":[{"To_Account":"Mary","Attrs":["sex","city"]},{"To_Account":"xiaoming","Attrs":["sex","city"]}]}`,
			rest: errorList("70107", "Mary"),
			then: []exchange{attrsOf("xiaoming", `{}`)},
		},
		"one of two":                {body: `{"UserAttrs":[{"To_Account":"xiaoming","Attrs":["sex"]}]}`, then: []exchange{attrsOf("xiaoming", `{"city":"ShenZhen"}`)}},
		"twice":                     {body: `{"UserAttrs":[{"To_Account":"xiaoming","Attrs":["sex","sex"]}]}`, then: []exchange{attrsOf("xiaoming", `{"city":"ShenZhen"}`)}},
		"what it does not have":     {body: `{"UserAttrs":[{"To_Account":"xiaohua","Attrs":["sex"]}]}`},
		"what it cannot have":       {body: `{"UserAttrs":[{"To_Account":"xiaoming","Attrs":["country"]}]}`},
		"none":                      {body: `{"UserAttrs":[{"To_Account":"xiaoming","Attrs":[]}]}`},
		"a name that the app lacks": {body: `{"UserAttrs":[{"To_Account":"xiaoming","Attrs":["sex"]},{"To_Account":"xiaoming","Attrs":["age"]}]}`, code: 90033},
		"an empty name":             {body: `{"UserAttrs":[{"To_Account":"xiaoming","Attrs":[""]}]}`, code: 90033},
		"as in set_attr":            {body: `{"UserAttrs":[{"To_Account":"xiaoming","Attrs":{"sex":"male"}}]}`, code: 90001},
		"name a number":             {body: `{"UserAttrs":[{"To_Account":"xiaoming","Attrs":[5,"sex"]}]}`, code: 90001},
		"name null":                 {body: `{"UserAttrs":[{"To_Account":"xiaoming","Attrs":[null]}]}`, code: 90001},
		"Attrs a string":            {body: `{"UserAttrs":[{"To_Account":"xiaoming","Attrs":"sex"}]}`, code: 90001},
	})
}
