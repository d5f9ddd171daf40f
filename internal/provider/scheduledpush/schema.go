package scheduledpush

import (
	"context"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/provider/message"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// The arguments, and the attribute of the identity.
const (
	sendAtName       = "send_at"
	audienceName     = "audience"
	notificationName = "notification"
	fromAccountName  = "from_account"
	taskIDName       = "task_id"
)

var (
	sendAtPath       = path.Root(sendAtName)
	audiencePath     = path.Root(audienceName)
	notificationPath = path.Root(notificationName)
	fromAccountPath  = path.Root(fromAccountName)
)

func (r *pushResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Schedules a push, which the service sends at a time, once.\n\n" +
			"Before that time, apply changes the push in place, and destroy cancels it. A change of the kind of `audience` replaces it. " +
			"The API documentation does not say whether the service keeps what a change leaves out. If it does, apply fails, and the state shows what remains: apply again, and if that fails too, replace the push with `-replace`.\n\n" +
			"**Once the service has begun to send it, the push is done.** It remains in the state, without a diff, and destroy only removes it from the state, with a warning. " +
			"A change of its arguments then schedules another push: the plan shows a replacement, and `send_at` must be in the future. " +
			"So give each push a block of its own, and do not share arguments with a push that is sent earlier. To remove a push that is done, remove its block. " +
			"If the service sends the push between plan and apply, apply fails without a change, also if it destroys the push, or replaces it (unless `create_before_destroy` is set): plan and apply again.\n\n" +
			"~> Do not set `create_before_destroy`, neither here nor in a resource that depends on this one: the CLI then does the same here. " +
			"A replacement is scheduled before the push is canceled, so if the service sends the push between plan and apply, both are sent.\n\n" +
			"The service has no token that identifies a request, so the provider never repeats the request that schedules a push. If its response is lost, the provider looks for the push, and adopts it if it was scheduled. " +
			"If it finds none, apply fails: check whether the push was scheduled, and import it, before you apply again.\n\n" +
			"A push to all accounts or by condition probably counts toward the app's daily quota, which is not documented: see " + kit.GuideLink("Limits and performance", "performance") + ". " +
			"The provider calls " + kit.ServiceLink("`add_sched_task`", 78839) + ", " + kit.ServiceLink("`modify_sched_task`", 78840) + ", " + kit.ServiceLink("`delete_sched_task`", 78841) + ", " +
			kit.ServiceLink("`get_sched_task`", 78842) + ", and " + kit.ServiceLink("`list_sched_task`", 78843) + ".",
		Attributes: map[string]schema.Attribute{
			sendAtName: schema.StringAttribute{
				MarkdownDescription: "When the service sends the push: a time in RFC 3339 format, such as `2026-01-02T15:04:05+08:00`, in the future. Fractions of a second are ignored. The same instant with another offset is no change. In the API: `SchedAt`.",
				Required:            true,
				Validators:          []validator.String{kit.TimeValidator{}},
			},
			audienceName:     message.AudienceAttribute(),
			notificationName: message.NotificationAttribute(),
			fromAccountName:  message.SenderAttribute(),
			taskIDName: schema.StringAttribute{
				MarkdownDescription: "The ID of the scheduled push, a whole number. In the API: `TaskID`.",
				Computed:            true,
			},
			"status": schema.StringAttribute{
				MarkdownDescription: "The status, as the service spells it: `" + timpush.StatusPending + "` until the service begins to send the push. No other spelling is documented. In the API: `Status`.",
				Computed:            true,
			},
			"push_task_id": schema.StringAttribute{
				MarkdownDescription: "The task ID of the push that was sent, which statistics and `timpush_revoke_push` need. Empty before. In the API: `PushTaskID`.",
				Computed:            true,
			},
			"dispatch_error": schema.StringAttribute{
				MarkdownDescription: "Why the push could not be sent. Empty if there is no error. In the API: `DispatchErr`.",
				Computed:            true,
			},
			"created_at": schema.StringAttribute{
				MarkdownDescription: "When the push was scheduled, in RFC 3339 format. Empty if the service has not said it. In the API: `CreateAt`.",
				Computed:            true,
			},
			"timeouts": kit.Timeouts(kit.OperationCreate, kit.OperationRead, kit.OperationUpdate, kit.OperationDelete),
		},
	}
}

func (r *pushResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		kit.SDKAppID.Name: identityschema.Int64Attribute{
			Description:       "The SDKAppID of the app, which must be the provider's.",
			RequiredForImport: true,
		},
		taskIDName: identityschema.StringAttribute{
			Description:       "The ID of the scheduled push.",
			RequiredForImport: true,
		},
	}}
}

// mostAccounts is the limit in texts.
var mostAccounts = strconv.Itoa(timpush.MaxPushAccounts)
