package delivery

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// traceArguments say which push to trace.
type traceArguments struct{ source, taskID, account, messageID types.String }

func readTraceArguments(ctx context.Context, config tfsdk.Config) (a traceArguments, diags diag.Diagnostics) {
	diags.Append(config.GetAttribute(ctx, sourcePath, &a.source)...)
	diags.Append(config.GetAttribute(ctx, path.Root("task_id"), &a.taskID)...)
	diags.Append(config.GetAttribute(ctx, path.Root("account"), &a.account)...)
	diags.Append(config.GetAttribute(ctx, path.Root("message_id"), &a.messageID)...)
	return a, diags
}

// argumentOf is an argument that only one source has.
type argumentOf struct {
	source, name, title string
	value               types.String
}

// problems returns what is wrong with the arguments as far as they are known.
func (a traceArguments) problems() (diags diag.Diagnostics) {
	if a.source.IsUnknown() {
		return nil
	}
	source := sourcePush
	if a.source.ValueString() == sourceMessage {
		source = sourceMessage
	}
	arguments := []argumentOf{
		{sourcePush, "task_id", "Task ID", a.taskID},
		{sourcePush, "account", "Account", a.account},
		{sourceMessage, "message_id", "Message ID", a.messageID},
	}
	for _, argument := range arguments {
		if argument.source != source && isSet(argument.value) {
			diags.AddAttributeError(path.Root(argument.name), conflictingArguments,
				fmt.Sprintf("%s is set, but source is %q. Remove %s, or set source to %q.", argument.name, source, argument.name, argument.source))
		}
	}
	if diags.HasError() {
		return diags // what is missing depends on which of them is wrong
	}
	for _, argument := range arguments {
		if argument.source == source && argument.value.IsNull() {
			diags.AddAttributeError(path.Root(argument.name), "Missing "+argument.title,
				fmt.Sprintf("%s is not set, and source is %q. %s", argument.name, source, required[source]))
		}
	}
	return diags
}

// required says which arguments a source needs.
var required = map[string]string{
	sourcePush:    `Set task_id and account, or, for a chat message, set source to "message" and message_id.`,
	sourceMessage: `Set message_id, or, for another push, set source to "push", task_id, and account.`,
}

// read reads the trace of valid arguments.
func (a traceArguments) read(ctx context.Context, client *timpush.Client) (*timpush.Trace, error) {
	if sourceOf(a.source) == timpush.SourceMessage {
		return client.MessageTrace(ctx, a.messageID.ValueString())
	}
	return client.PushTrace(ctx, a.taskID.ValueString(), a.account.ValueString())
}

// deviceFields are the fields of a device (71893). The meaning of some is not
// documented.
var deviceFields = kit.Fields{
	"instance_id":          deviceField("The ID of the app's installation (`InstanceId`)."),
	"push_time":            deviceField("The time of the push as the service sends it, such as `2026-01-02 15:04:05` (`PushTime`). Its time zone is not documented."),
	"device_model":         deviceField("The model of the device (`DeviceModel`)."),
	"system":               deviceField("The operating system (`System`)."),
	"system_version":       deviceField("The version of the operating system (`SystemVersion`)."),
	"event_type":           deviceField("`offline` if the push went through the platform of a vendor, `online` if the app was connected (`EventType`)."),
	"platform":             deviceField("The platform, with the names of " + kit.KindLink("`platforms`", "data-sources", "push_statistics") + " (`PushPlatform`)."),
	"cert_id":              deviceField("The ID of the vendor's certificate in the console (`CertId`)."),
	"sdk_version":          deviceField("The version of the Chat SDK (`SdkVersion`)."),
	"push_version":         deviceField("The version of the push plugin (`PushVersion`)."),
	"notification_status":  deviceField("Undocumented; probably whether the app may show notifications (`NotificationStatus`)."),
	"last_active_terminal": deviceField("Undocumented (`last_active_terminal`)."),
}

func deviceField(description string) kit.Field {
	return kit.Field{Type: types.StringType, MarkdownDescription: description + " Null if the service does not send it."}
}

// traceResults returns the computed values.
func traceResults(ctx context.Context, read *timpush.Trace) map[string]tftypes.Value {
	deviceType := deviceFields.ObjectType().TerraformType(ctx)
	values := make([]tftypes.Value, len(read.Devices))
	for i, device := range read.Devices {
		values[i] = tftypes.NewValue(deviceType, map[string]tftypes.Value{
			"instance_id":          tftypes.NewValue(tftypes.String, device.InstanceID),
			"push_time":            tftypes.NewValue(tftypes.String, device.PushTime),
			"device_model":         tftypes.NewValue(tftypes.String, device.DeviceModel),
			"system":               tftypes.NewValue(tftypes.String, device.System),
			"system_version":       tftypes.NewValue(tftypes.String, device.SystemVersion),
			"event_type":           tftypes.NewValue(tftypes.String, device.EventType),
			"platform":             tftypes.NewValue(tftypes.String, device.Platform),
			"cert_id":              tftypes.NewValue(tftypes.String, device.CertID),
			"sdk_version":          tftypes.NewValue(tftypes.String, device.SDKVersion),
			"push_version":         tftypes.NewValue(tftypes.String, device.PushVersion),
			"notification_status":  tftypes.NewValue(tftypes.String, device.NotificationStatus),
			"last_active_terminal": tftypes.NewValue(tftypes.String, device.LastActiveTerminal),
		})
	}
	return map[string]tftypes.Value{
		"devices": tftypes.NewValue(tftypes.List{ElementType: deviceType}, values),
		"json":    tftypes.NewValue(tftypes.String, read.JSON),
	}
}
