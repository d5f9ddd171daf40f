package push

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/provider/message"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// defaultPerSecond is the number of accounts a second that every edition of the Push
// Service allows (269/137903).
const defaultPerSecond = 30

var (
	audiencePath     = path.Root("audience")
	notificationPath = path.Root("notification")
	fromPath         = path.Root("from_account")
	dataIDPath       = path.Root("data_id")
	randomPath       = path.Root("message_random")
	perSecondPath    = path.Root("accounts_per_second")
	timeoutsPath     = path.Root("timeouts")
	taskIDPath       = path.Root("task_id") // of timpush_revoke_push
)

const conflict = "Conflicting Arguments"

var taskIDValidator = kit.IDValidator{Title: "Task ID", Required: true}

// arguments are the arguments of timpush_push.
type arguments struct {
	audience, notification, timeouts types.Object
	from, dataID                     types.String
	random, perSecond                types.Int64
}

func readArguments(ctx context.Context, config tfsdk.Config) (a arguments, diags diag.Diagnostics) {
	diags.Append(config.GetAttribute(ctx, audiencePath, &a.audience)...)
	diags.Append(config.GetAttribute(ctx, notificationPath, &a.notification)...)
	diags.Append(config.GetAttribute(ctx, fromPath, &a.from)...)
	diags.Append(config.GetAttribute(ctx, dataIDPath, &a.dataID)...)
	diags.Append(config.GetAttribute(ctx, randomPath, &a.random)...)
	diags.Append(config.GetAttribute(ctx, perSecondPath, &a.perSecond)...)
	diags.Append(config.GetAttribute(ctx, timeoutsPath, &a.timeouts)...)
	return a, diags
}

// problems reports what is wrong with the arguments that have no validators, as far as
// they are known.
func (a arguments) problems() (diags diag.Diagnostics) {
	if id := a.dataID.ValueString(); isSet(a.dataID) && (id == "" || len(id) > timpush.MaxDataIDBytes) {
		diags.AddAttributeError(dataIDPath, "Invalid Data ID",
			fmt.Sprintf("data_id has %d bytes. Set it to a text of 1 to %d bytes, or remove it.", len(id), timpush.MaxDataIDBytes))
	}
	if random := a.random.ValueInt64(); random < 0 || random > timpush.MaxMessageRandom {
		diags.AddAttributeError(randomPath, "Invalid Message Random",
			fmt.Sprintf("message_random is %d. Set it to a number from 0 to %d, or remove it.", random, timpush.MaxMessageRandom))
	}
	if perSecond := a.perSecond.ValueInt64(); isSet(a.perSecond) && perSecond < 1 {
		diags.AddAttributeError(perSecondPath, "Invalid Number of Accounts",
			fmt.Sprintf("accounts_per_second is %d. Set it to a number of at least 1, or remove it.", perSecond))
	}
	return diags
}

// check reports what is wrong with single arguments, as far as they are known. The
// framework validates only what is known when the block is validated.
func (a arguments) check() diag.Diagnostics {
	diags := message.CheckSet(audiencePath, a.audience)
	diags.Append(message.CheckSet(notificationPath, a.notification)...)
	diags.Append(message.CheckAudience(audiencePath, a.audience)...)
	diags.Append(message.CheckNotification(notificationPath, a.notification)...)
	diags.Append(message.CheckSender(fromPath, a.from)...)
	diags.Append(a.problems()...)
	return diags
}

// limits reports what is wrong with valid arguments together, as far as they are known.
func (a arguments) limits(ctx context.Context, operation kit.Operation, identifier string) diag.Diagnostics {
	audience, known := message.ReadAudience(a.audience)
	switch {
	case !known:
		return nil
	case audience.Accounts == nil:
		return a.manyLimits(audience, identifier)
	default:
		return a.accountLimits(ctx, operation, len(timpush.Unique(audience.Accounts)))
	}
}

// manyLimits reports what is wrong with a push that does not list accounts.
func (a arguments) manyLimits(audience message.Audience, identifier string) (diags diag.Diagnostics) {
	if isSet(a.perSecond) {
		diags.AddAttributeError(perSecondPath, conflict, "accounts_per_second is set, but audience has no accounts. Remove accounts_per_second.")
	}
	if notification, known := message.ReadNotification(a.notification); known {
		diags.Append(message.CheckLimits(a.message(notification, identifier), audience)...)
	}
	return diags
}

// accountLimits reports what is wrong with a push to that many accounts.
func (a arguments) accountLimits(ctx context.Context, operation kit.Operation, accounts int) (diags diag.Diagnostics) {
	if a.perSecond.IsUnknown() {
		return nil
	}
	perRequest := a.perRequest()
	requests := (accounts + perRequest - 1) / perRequest
	if requests > 1 && isSet(a.random) {
		diags.AddAttributeError(randomPath, conflict, fmt.Sprintf(
			"message_random is for one request, and the push takes %d, with at most %s each. Remove message_random, or push to fewer accounts.", requests, counted(perRequest)))
	}
	if raw, err := a.timeouts.ToTerraformValue(ctx); err != nil || !raw.IsFullyKnown() {
		return diags
	}
	timeout, read := operation.Timeout(ctx)
	diags.Append(read...)
	if read.HasError() {
		return diags
	}
	if least := time.Duration(requests-1) * time.Second; least >= timeout {
		diags.AddAttributeError(timeoutsPath, "Timeout Too Short", fmt.Sprintf(
			"The push takes %d requests with at most %s each, one a second, and so more than %s. The timeout is %s. Set timeouts.invoke to more than %s, or raise accounts_per_second if the app's edition allows it.",
			requests, counted(perRequest), kit.FormatDuration(least), kit.FormatDuration(timeout), kit.FormatDuration(least)))
	}
	return diags
}

// message returns the message. identifier is the provider's.
func (a arguments) message(notification map[string]any, identifier string) timpush.Message {
	return timpush.Message{From: cmp.Or(a.from.ValueString(), identifier), Notification: notification, DataID: a.dataID.ValueString()}
}

// perRequest returns the maximum number of accounts in a request, of which there is
// one a second.
func (a arguments) perRequest() int {
	return int(min(cmp.Or(a.perSecond.ValueInt64(), defaultPerSecond), timpush.MaxPushAccounts))
}

// nextRandom returns the message random of the next request.
func (a arguments) nextRandom() uint32 {
	if a.random.IsNull() {
		return timpush.RandomMessage()
	}
	return uint32(a.random.ValueInt64()) //nolint:gosec // problems has checked the range
}

// isSet reports whether an argument is set, to a value that is known.
func isSet(value attr.Value) bool { return !value.IsNull() && !value.IsUnknown() }
