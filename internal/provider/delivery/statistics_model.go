package delivery

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// countsFields are the fields of an object with numbers (71897).
var countsFields = kit.Fields{
	"total":     {Type: types.Int64Type, MarkdownDescription: "How many pushes could be sent (`TotalCount`)." + nullText},
	"sent":      {Type: types.Int64Type, MarkdownDescription: "How many were sent (`SentCount`)." + nullText},
	"delivered": {Type: types.Int64Type, MarkdownDescription: "How many reached a device (`DeliveredCount`)." + nullText},
	"clicked":   {Type: types.Int64Type, MarkdownDescription: "How many were clicked (`ClickCount`)." + nullText},
}

// nullText ends the description of a number.
const nullText = " Null if the service sends no valid number."

// taskFields are the fields of a task.
var taskFields = kit.Fields{
	"counts":    {Type: countsFields.ObjectType(), Fields: countsFields, MarkdownDescription: "The numbers of the task."},
	"platforms": {Type: types.MapType{ElemType: countsFields.ObjectType()}, Fields: countsFields, MarkdownDescription: "The numbers of the task per platform."},
}

// statisticsResults returns the computed values.
func statisticsResults(ctx context.Context, read *timpush.Statistics) map[string]tftypes.Value {
	taskType := taskFields.ObjectType().TerraformType(ctx)
	byTask := make(map[string]tftypes.Value, len(read.Tasks))
	for id, task := range read.Tasks {
		byTask[id] = tftypes.NewValue(taskType, map[string]tftypes.Value{
			"counts":    countsValue(ctx, task.Counts),
			"platforms": platformsValue(ctx, task.Platforms),
		})
	}
	return map[string]tftypes.Value{
		"counts":    countsValue(ctx, read.Counts),
		"platforms": platformsValue(ctx, read.Platforms),
		"tasks":     tftypes.NewValue(tftypes.Map{ElementType: taskType}, byTask),
	}
}

func platformsValue(ctx context.Context, platforms map[string]timpush.Counts) tftypes.Value {
	values := make(map[string]tftypes.Value, len(platforms))
	for name, counts := range platforms {
		values[name] = countsValue(ctx, counts)
	}
	return tftypes.NewValue(tftypes.Map{ElementType: countsFields.ObjectType().TerraformType(ctx)}, values)
}

func countsValue(ctx context.Context, counts timpush.Counts) tftypes.Value {
	return tftypes.NewValue(countsFields.ObjectType().TerraformType(ctx), map[string]tftypes.Value{
		"total":     tftypes.NewValue(tftypes.Number, counts.Total),
		"sent":      tftypes.NewValue(tftypes.Number, counts.Sent),
		"delivered": tftypes.NewValue(tftypes.Number, counts.Delivered),
		"clicked":   tftypes.NewValue(tftypes.Number, counts.Clicked),
	})
}
