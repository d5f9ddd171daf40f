package message

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
)

// number is a whole number: one of values, or from least to most. Without either, it
// has no limits.
type number struct {
	values      []int64
	least, most int64
}

func (k number) hasRange() bool { return k.least != k.most }

func (number) attrType() attr.Type { return types.Int64Type }

func (k number) limits() string {
	switch {
	case k.values != nil:
		return "One of " + codeList(decimals(k.values)) + "."
	case k.hasRange():
		return fmt.Sprintf("From %d to %d.", k.least, k.most)
	default:
		return ""
	}
}

func (number) attribute(description string, required bool) schema.Attribute {
	return schema.Int64Attribute{MarkdownDescription: description, Required: required, Optional: !required}
}

func (k number) check(at path.Path, value attr.Value) diag.Diagnostics {
	n, known := int64Of(value)
	switch {
	case !known:
	case k.values != nil && !slices.Contains(k.values, n):
		return invalid(at, fmt.Sprintf("is %d", n), "Set it to "+kit.Alternatives(decimals(k.values))+".")
	case k.hasRange() && (n < k.least || n > k.most):
		return invalid(at, fmt.Sprintf("is %d", n), fmt.Sprintf("Set it to a number from %d to %d.", k.least, k.most))
	}
	return nil
}

func (number) encode(value attr.Value) (any, bool) {
	n, known := int64Of(value)
	return n, known
}

// decode also accepts a text of digits: the service may return a number as one.
func (number) decode(raw any) (attr.Value, any) {
	if raw == nil {
		return types.Int64Null(), nil
	}
	if n, ok := wholeNumber(raw); ok {
		return types.Int64Value(n), nil
	}
	return types.Int64Null(), raw
}

// flag is a bool that is 0 or 1 in JSON.
type flag struct{}

func (flag) attrType() attr.Type { return types.BoolType }

func (flag) limits() string { return "" }

func (flag) attribute(description string, required bool) schema.Attribute {
	return schema.BoolAttribute{MarkdownDescription: description, Required: required, Optional: !required}
}

func (flag) check(path.Path, attr.Value) diag.Diagnostics { return nil }

func (flag) encode(value attr.Value) (any, bool) {
	b, _ := value.(types.Bool)
	if b.ValueBool() {
		return int64(1), true
	}
	return int64(0), !b.IsUnknown()
}

func (flag) decode(raw any) (attr.Value, any) {
	if raw == nil {
		return types.BoolNull(), nil
	}
	if n, ok := wholeNumber(raw); ok && (n == 0 || n == 1) {
		return types.BoolValue(n == 1), nil
	}
	return types.BoolNull(), raw
}

// int64Of returns a number that is not null, and whether it is known.
func int64Of(value attr.Value) (n int64, known bool) {
	i, _ := value.(types.Int64)
	return i.ValueInt64(), !i.IsUnknown()
}

// wholeNumber returns a number in JSON, or a text that shows one.
func wholeNumber(raw any) (n int64, ok bool) {
	var digits string
	switch raw := raw.(type) {
	case int64:
		return raw, true
	case json.Number:
		digits = raw.String()
	case string:
		digits = raw
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	return n, err == nil
}

func decimals(values []int64) []string {
	list := make([]string, len(values))
	for i, value := range values {
		list[i] = strconv.FormatInt(value, 10)
	}
	return list
}

// codeList lists values in Markdown.
func codeList(values []string) string { return "`" + strings.Join(values, "`, `") + "`" }
