package message

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// rawOf returns arguments, as JSON, as a value of an attribute.
func rawOf(t *testing.T, attribute schema.Attribute, arguments string) tftypes.Value {
	t.Helper()
	raw, err := (&tfprotov6.RawState{JSON: []byte(arguments)}).Unmarshal(attribute.GetType().TerraformType(t.Context()))
	if err != nil {
		t.Fatalf("%s: %v", arguments, err)
	}
	return raw
}

// objectOf returns the value of an attribute as the framework decodes it.
func objectOf(t *testing.T, attribute schema.Attribute, raw tftypes.Value) types.Object {
	t.Helper()
	value, err := attribute.GetType().ValueFromTerraform(t.Context(), raw)
	if err != nil {
		t.Fatal(err)
	}
	object, ok := value.(types.Object)
	if !ok {
		t.Fatalf("the value is a %T", value)
	}
	return object
}

func notificationOf(t *testing.T, arguments string) types.Object {
	t.Helper()
	return objectOf(t, NotificationAttribute(), rawOf(t, NotificationAttribute(), arguments))
}

func audienceOf(t *testing.T, arguments string) types.Object {
	t.Helper()
	return objectOf(t, AudienceAttribute(), rawOf(t, AudienceAttribute(), arguments))
}

// validate runs the validators of an attribute.
func validate(t *testing.T, name string, attribute schema.Attribute, value types.Object) diag.Diagnostics {
	t.Helper()
	nested, ok := attribute.(schema.SingleNestedAttribute)
	if !ok || len(nested.Validators) != 1 {
		t.Fatalf("the attribute is %#v", attribute)
	}
	var resp validator.ObjectResponse
	nested.Validators[0].ValidateObject(t.Context(), validator.ObjectRequest{Path: path.Root(name), ConfigValue: value}, &resp)
	return resp.Diagnostics
}

// summary lists the paths of diagnostics, with their details; a warning begins
// with "!".
func summary(diags diag.Diagnostics) string {
	var lines []string
	for _, d := range diags {
		line := d.Detail()
		if d.Severity() == diag.SeverityWarning {
			line = "!" + line
		}
		if withPath, ok := d.(diag.DiagnosticWithPath); ok {
			line = withPath.Path().String() + ": " + line
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// places returns the paths of all values within a value.
func places(t *testing.T, raw tftypes.Value) (found []*tftypes.AttributePath) {
	t.Helper()
	err := tftypes.Walk(raw, func(at *tftypes.AttributePath, _ tftypes.Value) (bool, error) {
		found = append(found, at)
		return true, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// with returns a value in which what is at a path is replaced: by nil, or
// tftypes.UnknownValue.
func with(t *testing.T, raw tftypes.Value, at *tftypes.AttributePath, replacement any) tftypes.Value {
	t.Helper()
	changed, err := tftypes.Transform(raw, func(here *tftypes.AttributePath, value tftypes.Value) (tftypes.Value, error) {
		if here.Equal(at) {
			return tftypes.NewValue(value.Type(), replacement), nil
		}
		return value, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return changed
}

// decoded decodes JSON as the client decodes responses.
func decoded(t *testing.T, text string) map[string]any {
	t.Helper()
	object, problem := parseObject(text)
	if problem != "" {
		t.Fatalf("%s %s", text, problem)
	}
	return object
}

func encoded(t *testing.T, raw any) string {
	t.Helper()
	text, err := json.Marshal(raw)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// A value that is not null has the type of its attribute.
func sameType(t *testing.T, attribute schema.Attribute, value attr.Value) {
	t.Helper()
	if !value.Type(t.Context()).Equal(attribute.GetType()) {
		t.Errorf("the type is %s, and that of the attribute %s", value.Type(t.Context()), attribute.GetType())
	}
}
