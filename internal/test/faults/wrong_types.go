package faults

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// kinds are JSON values of every type.
var kinds = map[string]string{
	"null": `null`, "boolean": `true`, "number": `7`, "fraction": `0.5`, "huge number": `1e400`,
	"string": `"text"`, "array": `[1]`, "object": `{"k":1}`,
}

// all is for fields that may have any type without loss.
var all = slices.Collect(maps.Keys(kinds))

// field is a field of a response.
type field struct {
	name     string   // part of the error about a wrong type
	response string   // with % for the value
	right    []string // the type on the API page, which is not a fault
	harmless []string // other types that are accepted without loss
}

// envelopeFields are the fields of every response.
var envelopeFields = []field{
	{"ActionStatus", `{"ActionStatus":%,"ErrorInfo":"","ErrorCode":0}`, nil, nil}, // the string "text" is wrong too
	{"ErrorCode", `{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":%}`, []string{"number"}, nil},
	{"ErrorInfo", `{"ActionStatus":"OK","ErrorInfo":%,"ErrorCode":0}`, []string{"string"}, all},
}

// wrongTypes returns responses with each field set to JSON of every wrong type.
func wrongTypes(fields []field) []Fault {
	var wrong []Fault
	for _, field := range fields {
		for _, kind := range slices.Sorted(maps.Keys(kinds)) {
			if slices.Contains(field.right, kind) {
				continue
			}
			body := strings.Replace(field.response, "%", kinds[kind], 1)
			fault := Fault{Name: fmt.Sprintf("%s in %s", kind, strings.Replace(field.response, "%", "HERE", 1)), Effect: emulator.Effect{Body: body}, ErrorText: field.name}
			if slices.Contains(field.harmless, kind) {
				fault.Outcome, fault.ErrorText = Harmless, ""
			}
			wrong = append(wrong, fault)
		}
	}
	return wrong
}
