package message

import (
	"encoding/json"
	"errors"
	"io"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
)

// document is an object with any fields, as JSON text.
type document struct{ reserved []string } // the fields that it may not have

func (document) attrType() attr.Type { return types.StringType }

func (k document) limits() string {
	limits := "The JSON text of an object: use `jsonencode({ ... })`."
	if k.reserved != nil {
		limits += " It cannot have the fields " + codeList(k.reserved) + "."
	}
	return limits
}

func (document) attribute(description string, required bool) schema.Attribute {
	return text{}.attribute(description, required)
}

func (k document) check(at path.Path, value attr.Value) (diags diag.Diagnostics) {
	text, known := stringOf(value)
	if !known {
		return nil
	}
	object, problem := parseObject(text)
	if problem != "" {
		return invalid(at, problem, fixDocument)
	}
	for _, name := range k.reserved {
		if _, found := object[name]; found {
			diags.Append(invalid(at, "has the field "+kit.Quote(name)+", which the service sets itself", "Remove it.")...)
		}
	}
	return diags
}

func (document) encode(value attr.Value) (any, bool) {
	text, known := stringOf(value)
	if object, problem := parseObject(text); problem == "" {
		return object, known
	}
	return nil, known
}

func (document) decode(raw any) (attr.Value, any) {
	object, ok := raw.(map[string]any)
	if !ok {
		return types.StringNull(), raw
	}
	return types.StringValue(jsonText(object)), nil
}

// fixDocument is the fix for a text that is not a JSON object.
const fixDocument = "Set it to the JSON text of an object, such as jsonencode({ key = \"value\" })."

// parseObject parses the JSON text of an object. problem, which is "" if there is
// none, follows the name of the argument in a sentence. Numbers keep their text.
func parseObject(text string) (object map[string]any, problem string) {
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	var raw any
	if decoder.Decode(&raw) != nil {
		return nil, "is not JSON"
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, "has more text after the JSON"
	}
	object, ok := raw.(map[string]any)
	if !ok {
		return nil, "is JSON, but not an object"
	}
	return object, ""
}

// jsonText returns the JSON text of an object as jsonencode() writes it: compact,
// with sorted fields.
func jsonText(object map[string]any) string {
	text, err := json.Marshal(object)
	if err != nil {
		return "" // not reached: the object comes from JSON
	}
	return string(text)
}
