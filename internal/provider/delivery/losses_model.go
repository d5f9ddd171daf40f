package delivery

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// lossFields are the fields of a loss (71895).
var lossFields = kit.Fields{
	"stage": {
		Type:                types.StringType,
		MarkdownDescription: "When the pushes were lost: `" + timpush.StageBeforeSend + "`, between the request and sending, or `" + timpush.StageAfterSend + "`, between sending and delivery.",
	},
	"platform": {
		Type: types.StringType,
		MarkdownDescription: "The platform, with the names of " + kit.KindLink("`platforms`", "data-sources", "push_statistics") + ". " +
			"Null for a code that the service counts for no platform; other codes are listed per platform only.",
	},
	"code":    {Type: types.StringType, MarkdownDescription: "The service's or the vendor's error code, a text (`ErrCode`)."},
	"count":   {Type: types.Int64Type, MarkdownDescription: "How many pushes were lost (`ErrCount`)." + nullText},
	"message": {Type: types.StringType, MarkdownDescription: "The reason, a text for people (`ErrInfo`). It can be in Chinese, and can change, so do not compare it."},
}

// lossesResults returns the computed values.
func lossesResults(ctx context.Context, read *timpush.Losses) map[string]tftypes.Value {
	lossType := lossFields.ObjectType().TerraformType(ctx)
	values := make([]tftypes.Value, len(read.Losses))
	for i, loss := range read.Losses {
		var platform any // null for all platforms together
		if loss.Platform != "" {
			platform = loss.Platform
		}
		values[i] = tftypes.NewValue(lossType, map[string]tftypes.Value{
			"stage":    tftypes.NewValue(tftypes.String, loss.Stage),
			"platform": tftypes.NewValue(tftypes.String, platform),
			"code":     tftypes.NewValue(tftypes.String, loss.Code),
			"count":    tftypes.NewValue(tftypes.Number, loss.Count),
			"message":  tftypes.NewValue(tftypes.String, loss.Message),
		})
	}
	return map[string]tftypes.Value{"losses": tftypes.NewValue(tftypes.List{ElementType: lossType}, values)}
}
