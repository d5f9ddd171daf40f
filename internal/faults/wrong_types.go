package faults

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// wrongTypes puts JSON of every type where each field of the reply stands.
func wrongTypes() []Fault {
	kinds := map[string]string{
		"null": `null`, "boolean": `true`, "number": `7`, "fraction": `0.5`, "huge number": `1e400`,
		"string": `"text"`, "array": `[1]`, "object": `{"k":1}`,
	}
	var all []Fault
	for _, field := range []struct {
		name     string
		reply    string // with % where the value stands
		right    []string
		harmless []string // not the type of the page, but nothing is lost
	}{
		{"ActionStatus", `{"ActionStatus":%,"ErrorInfo":"","ErrorCode":0}`, nil, nil}, // "text" is wrong as well
		{"ErrorCode", `{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":%}`, []string{"number"}, nil},
		{"ErrorInfo", `{"ActionStatus":"OK","ErrorInfo":%,"ErrorCode":0}`, []string{"string"}, slices.Collect(maps.Keys(kinds))},
		{"UserAttrs", envelope + `,"UserAttrs":%}`, nil, []string{"null"}}, // the array's 1 is no object
		{"UserAttrs", envelope + `,"UserAttrs":[%]}`, nil, nil},            // the object has no account
		{"To_Account", envelope + `,"UserAttrs":[{"To_Account":%,"Attrs":{}}]}`, []string{"string"}, nil},
		{"Attrs", envelope + `,"UserAttrs":[{"To_Account":"user0","Attrs":%}]}`, []string{"object"}, nil},
		{"value", envelope + `,"UserAttrs":[{"To_Account":"user0","Attrs":{"a":%}}]}`, []string{"string"}, slices.Collect(maps.Keys(kinds))},
		{"ErrorList", envelope + `,"ErrorList":%}`, nil, []string{"null"}},
		{"ErrorList", envelope + `,"ErrorList":[%]}`, nil, nil},
		{"To_Account", envelope + `,"ErrorList":[{"To_Account":%,"ErrorCode":70107}]}`, []string{"string"}, nil},
		{"ErrorCode", envelope + `,"ErrorList":[{"To_Account":"user0","ErrorCode":%}]}`, []string{"number"}, nil},
		{"ErrorInfo", envelope + `,"ErrorList":[{"To_Account":"user0","ErrorCode":70107,"ErrorInfo":%}]}`, []string{"string"}, slices.Collect(maps.Keys(kinds))},
	} {
		for kind, value := range kinds {
			if slices.Contains(field.right, kind) {
				continue
			}
			body := strings.Replace(field.reply, "%", value, 1)
			fault := Fault{Name: fmt.Sprintf("%s in %s", kind, strings.Replace(field.reply, "%", "HERE", 1)), Effect: emulator.Effect{Body: body}, Says: field.name}
			if slices.Contains(field.harmless, kind) {
				fault.Outcome, fault.Says = Harmless, ""
			}
			all = append(all, fault)
		}
	}
	return all
}
