package message

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
)

// notificationValidator reports what is wrong with a notification.
type notificationValidator struct{}

var _ validator.Object = notificationValidator{}

func (notificationValidator) Description(context.Context) string {
	return "a notification within the limits of the service"
}

func (v notificationValidator) MarkdownDescription(ctx context.Context) string {
	return v.Description(ctx)
}

func (notificationValidator) ValidateObject(_ context.Context, req validator.ObjectRequest, resp *validator.ObjectResponse) {
	resp.Diagnostics.Append(CheckNotification(req.Path, req.ConfigValue)...)
}

// CheckNotification reports what is wrong with the notification at a path, as far as
// it is known. The attribute's validator calls it too, but not for values that become
// known after the block is validated.
func CheckNotification(at path.Path, value types.Object) (diags diag.Diagnostics) {
	if value.IsNull() || value.IsUnknown() {
		return nil // the framework reports null
	}
	values := value.Attributes()
	if isEmpty(value) {
		return invalid(at, "is empty", fixTexts)
	}
	diags.Append(notificationFields.check(at, value)...)
	diags.Append(checkText(at, values)...)
	if isSet(values[jsonName]) {
		diags.Append(checkExtra(at, values[jsonName])...)
	}
	if !diags.HasError() {
		diags.Append(checkMissing(at, values)...)
	}
	return diags
}

// fixTexts is the fix for texts that are missing.
const fixTexts = "Set title and description. " + kit.HintMisspelled

// checkMissing warns of a notification without a title or a text, which can only be a
// mistake if neither a template nor json can have it, and a person is to see it.
func checkMissing(at path.Path, values map[string]attr.Value) (diags diag.Diagnostics) {
	if isSet(values["template_id"]) || isSet(values[jsonName]) || mayBeData(values) {
		return nil
	}
	var missing []string
	for _, name := range []string{"title", "description"} {
		if !isSet(values[name]) {
			missing = append(missing, name)
		}
	}
	if len(missing) > 0 {
		diags.AddAttributeWarning(at, "Missing Text in Notification", at.String()+" has no "+strings.Join(missing, " and no ")+". "+fixTexts)
	}
	return diags
}

// mayBeData reports whether a notification may be for the app alone: data for devices
// that are online, or a silent push.
func mayBeData(values map[string]attr.Value) bool {
	if onlineOnly, _ := values["online_only"].(types.Bool); onlineOnly.IsUnknown() || onlineOnly.ValueBool() {
		return true
	}
	apns, _ := values["apns"].(types.Object)
	silent, _ := apns.Attributes()["content_available"].(types.Int64)
	return apns.IsUnknown() || silent.IsUnknown() || silent.ValueInt64() == 1
}

// checkText reports a text that is too long together with ext, and an ext that some
// vendors drop (77715).
func checkText(at path.Path, values map[string]attr.Value) (diags diag.Diagnostics) {
	description, _ := stringOf(values["description"]) // "" if it is null or unknown
	ext, _ := stringOf(values["ext"])
	extPath := at.AtName("ext")
	if size := len(description) + len(ext); size > maxTextBytes {
		blamed := extPath
		if ext == "" {
			blamed = at.AtName("description")
		}
		diags.AddAttributeError(blamed, invalidNotification, fmt.Sprintf("description and ext have %d bytes together, and the limit is %d bytes, so that they fit in a packet of APNs. Shorten them.", size, maxTextBytes))
	}
	if ext != "" && !json.Valid([]byte(ext)) {
		diags.AddAttributeWarning(extPath, "Text in ext Is Not JSON", extPath.String()+" is not JSON, so some vendors drop it. Set it to JSON text, such as jsonencode({ key = \"value\" }).")
	}
	return diags
}

// checkExtra reports what is wrong with json.
func checkExtra(at path.Path, value attr.Value) diag.Diagnostics {
	extra := at.AtName(jsonName)
	text, known := stringOf(value)
	if !known {
		return nil
	}
	fields, problem := parseObject(text)
	if problem != "" {
		return invalid(extra, problem, fixDocument)
	}
	return knownFields{extra}.check(at, "", notificationFields, fields)
}

// knownFields reports fields in json, at a path, that have arguments of their own.
type knownFields struct{ extra path.Path }

// check checks the fields of an object, whose arguments are those of the object at a
// path. prefix is where the fields are in json.
func (k knownFields) check(at path.Path, prefix string, known object, fields map[string]any) (diags diag.Diagnostics) {
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		f, found := known.field(name)
		if !found {
			continue
		}
		argument := at.AtName(f.name)
		nested, hasFields := f.kind.(object)
		more, isObject := fields[name].(map[string]any)
		if hasFields && isObject && len(more) > 0 {
			diags.Append(k.check(argument, prefix+name+".", nested, more)...)
			continue
		}
		diags.Append(invalid(k.extra, "has the field "+kit.Quote(prefix+name)+", which has an argument of its own", "Set "+argument.String()+" instead.")...)
	}
	return diags
}
