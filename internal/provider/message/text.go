package message

import (
	"context"
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
)

// text is a string.
type text struct{ rule rule }

// rule limits a string.
type rule struct {
	limits  string // a sentence
	problem string // of strings that break the rule, after their path
	fix     string // a sentence
	holds   func(text string) bool
}

func (text) attrType() attr.Type { return types.StringType }

func (k text) limits() string { return k.rule.limits }

func (text) attribute(description string, required bool) schema.Attribute {
	return schema.StringAttribute{MarkdownDescription: description, Required: required, Optional: !required}
}

func (k text) check(at path.Path, value attr.Value) diag.Diagnostics {
	text, known := stringOf(value)
	if !known || k.rule.holds == nil || k.rule.holds(text) {
		return nil
	}
	return invalid(at, k.rule.problem, k.rule.fix)
}

func (text) encode(value attr.Value) (any, bool) {
	text, known := stringOf(value)
	return text, known
}

// decode also accepts a number: the service may return a text of digits as one.
func (text) decode(raw any) (attr.Value, any) {
	switch raw := raw.(type) {
	case nil:
		return types.StringNull(), nil
	case string:
		return types.StringValue(raw), nil
	case json.Number:
		return types.StringValue(raw.String()), nil
	default:
		return types.StringNull(), raw
	}
}

// stringOf returns a string that is not null, and whether it is known.
func stringOf(value attr.Value) (text string, known bool) {
	s, _ := value.(types.String)
	return s.ValueString(), !s.IsUnknown()
}

// choice is one of at least two strings.
type choice struct {
	text

	values []string
}

func (k choice) limits() string { return "One of " + codeList(k.values) + "." }

func (k choice) check(at path.Path, value attr.Value) diag.Diagnostics {
	var resp validator.StringResponse
	s, _ := value.(types.String)
	kit.ChoiceValidator{Summary: invalidNotification, Values: k.values}.ValidateString(context.Background(), validator.StringRequest{Path: at, ConfigValue: s}, &resp)
	return resp.Diagnostics
}
