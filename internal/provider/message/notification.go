package message

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
)

// jsonName is the argument for fields that the provider does not know.
const jsonName = "json"

// NotificationAttribute returns the required attribute notification, of type
// [types.Object].
func NotificationAttribute() schema.Attribute {
	attributes := notificationFields.attributes()
	attributes[jsonName] = document{}.attribute("Fields that the provider does not know: a JSON object, which is merged into the notification, such as `jsonencode({ AndroidInfo = { NewField = 1 } })`. A field with an argument of its own is an error.", false)
	return schema.SingleNestedAttribute{
		MarkdownDescription: "What the push shows: the " + kit.ServiceLink("`OfflinePushInfo`", 77715) + " of a push. Terraform silently ignores other keys, such as a misspelled `tittle`.",
		Required:            true,
		Attributes:          attributes,
		Validators:          []validator.Object{notificationValidator{}},
	}
}

// notificationTypes returns the types of the arguments.
func notificationTypes() map[string]attr.Type {
	kinds := notificationFields.types()
	kinds[jsonName] = types.StringType
	return kinds
}

// ReadNotification returns a notification as in requests, and whether it is
// completely known. It is nil for null.
func ReadNotification(value types.Object) (notification map[string]any, known bool) {
	if value.IsNull() {
		return nil, true
	}
	notification, known = notificationFields.encodeFields(value)
	if extra := value.Attributes()[jsonName]; isSet(extra) {
		raw, isKnown := document{}.encode(extra)
		fields, _ := raw.(map[string]any)
		merge(notification, fields)
		known = known && isKnown
	}
	if !known {
		return nil, false
	}
	return notification, true
}

// merge adds fields, recursively, and replaces none.
func merge(into, fields map[string]any) {
	for name, raw := range fields {
		present, found := into[name]
		object, isObject := present.(map[string]any)
		more, isMore := raw.(map[string]any)
		switch {
		case !found:
			into[name] = raw
		case isObject && isMore:
			merge(object, more)
		}
	}
}

// NotificationValue returns a notification from a request or a response, whose numbers
// are decoded as [json.Number], as a value of [NotificationAttribute]. What the
// arguments cannot represent is in json. It is null for nil.
func NotificationValue(notification map[string]any) types.Object {
	if notification == nil {
		return types.ObjectNull(notificationTypes())
	}
	values, rest := notificationFields.decodeFields(notification)
	values[jsonName] = types.StringNull()
	if len(rest) > 0 {
		values[jsonName] = types.StringValue(jsonText(rest))
	}
	return types.ObjectValueMust(notificationTypes(), values)
}

// WithoutJSON returns a notification of [NotificationValue] without what the arguments cannot
// represent.
func WithoutJSON(notification types.Object) types.Object {
	if notification.IsNull() || notification.IsUnknown() {
		return notification
	}
	values := notification.Attributes()
	values[jsonName] = types.StringNull()
	return types.ObjectValueMust(notificationTypes(), values)
}
