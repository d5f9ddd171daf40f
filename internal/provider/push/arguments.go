package push

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

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
	audiencePath  = path.Root("audience")
	dataIDPath    = path.Root("data_id")
	randomPath    = path.Root("message_random")
	perSecondPath = path.Root("accounts_per_second")
)

var errNobody = errors.New("the audience is empty")

// arguments are the arguments of timpush_push.
type arguments struct {
	audience     message.Audience // empty unless it is known
	notification map[string]any   // nil unless it is known
	from, dataID types.String
	random       types.Int64
	perSecond    types.Int64
}

func readArguments(ctx context.Context, config tfsdk.Config) (a arguments, diags diag.Diagnostics) {
	var audience, notification types.Object
	diags.Append(config.GetAttribute(ctx, audiencePath, &audience)...)
	diags.Append(config.GetAttribute(ctx, path.Root("notification"), &notification)...)
	diags.Append(config.GetAttribute(ctx, path.Root("from_account"), &a.from)...)
	diags.Append(config.GetAttribute(ctx, dataIDPath, &a.dataID)...)
	diags.Append(config.GetAttribute(ctx, randomPath, &a.random)...)
	diags.Append(config.GetAttribute(ctx, perSecondPath, &a.perSecond)...)
	a.audience, _ = message.ReadAudience(audience)
	a.notification, _ = message.ReadNotification(notification)
	return a, diags
}

// problems reports what is wrong with single arguments, as far as they are known.
func (a arguments) problems() (diags diag.Diagnostics) {
	if id := a.dataID.ValueString(); !a.dataID.IsNull() && !a.dataID.IsUnknown() && (id == "" || len(id) > timpush.MaxDataIDBytes) {
		diags.AddAttributeError(dataIDPath, "Invalid Data ID",
			fmt.Sprintf("data_id has %d bytes. Set it to a text of 1 to %d bytes, or remove it.", len(id), timpush.MaxDataIDBytes))
	}
	if random := a.random.ValueInt64(); random < 0 || random > timpush.MaxMessageRandom {
		diags.AddAttributeError(randomPath, "Invalid Message Random",
			fmt.Sprintf("message_random is %d. Set it to a number from 0 to %d, or remove it.", random, timpush.MaxMessageRandom))
	}
	if perSecond := a.perSecond.ValueInt64(); !a.perSecond.IsNull() && !a.perSecond.IsUnknown() && perSecond < 1 {
		diags.AddAttributeError(perSecondPath, "Invalid Number of Accounts",
			fmt.Sprintf("accounts_per_second is %d. Set it to a number of at least 1.", perSecond))
	}
	return diags
}

// limits reports what is wrong with valid arguments that are all known. identifier is
// the provider's.
func (a arguments) limits(ctx context.Context, operation kit.Operation, identifier string) (diags diag.Diagnostics) {
	if len(a.audience.Accounts) == 0 {
		if !a.perSecond.IsNull() {
			diags.AddAttributeError(perSecondPath, "Conflicting Arguments", "accounts_per_second is set, but audience has no accounts. Remove accounts_per_second.")
		}
		diags.Append(message.CheckLimits(a.message(identifier), a.audience)...)
		return diags
	}
	requests := (countUnique(a.audience.Accounts) + a.perRequest() - 1) / a.perRequest()
	if requests > 1 && !a.random.IsNull() {
		diags.AddAttributeError(randomPath, "Conflicting Arguments", fmt.Sprintf(
			"message_random is for one request, and the push takes %d, with up to %d accounts each. Remove message_random, or push to fewer accounts.", requests, a.perRequest()))
	}
	timeout, read := operation.Timeout(ctx)
	diags.Append(read...)
	if least := time.Duration(requests-1) * time.Second; least >= timeout && !diags.HasError() {
		diags.AddAttributeError(path.Root("timeouts"), "Timeout Too Short", fmt.Sprintf(
			"The push takes %d requests with up to %d accounts, one a second, and so more than %s. Set timeouts.invoke to more than %s, or raise accounts_per_second if the app's edition allows it.",
			requests, a.perRequest(), kit.FormatDuration(timeout), kit.FormatDuration(least)))
	}
	return diags
}

// message returns the message.
func (a arguments) message(identifier string) timpush.Message {
	return timpush.Message{From: cmp.Or(a.from.ValueString(), identifier), Notification: a.notification, DataID: a.dataID.ValueString()}
}

// perRequest returns the maximum number of accounts in a request.
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

// send pushes. It calls sent after each request that was executed, or may have been.
func (a arguments) send(ctx context.Context, client *timpush.Client, identifier string, sent func(timpush.Pushed)) error {
	var (
		pushed timpush.Pushed
		err    error
	)
	switch m := a.message(identifier); {
	case a.audience.Accounts != nil:
		return client.PushToAccounts(ctx, m, a.audience.Accounts, a.perRequest(), a.nextRandom, sent)
	case a.audience.Condition != nil:
		pushed, err = client.PushToSelected(ctx, m, *a.audience.Condition, a.nextRandom())
	case a.audience.Everyone:
		pushed, err = client.PushToAll(ctx, m, a.nextRandom())
	default:
		return errNobody
	}
	if err == nil || pushed.Unclear {
		sent(pushed)
	}
	return err
}

func countUnique(texts []string) int {
	seen := make(map[string]struct{}, len(texts))
	for _, text := range texts {
		seen[text] = struct{}{}
	}
	return len(seen)
}
