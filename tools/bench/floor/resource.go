package main

import (
	"context"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// managedAttributes is a timpush_user_attributes resource with the real one's
// arguments. Its plan becomes its state, and a refresh changes nothing.
type managedAttributes struct{}

func (managedAttributes) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "timpush_user_attributes"
}

func (managedAttributes) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	limit := schema.StringAttribute{Optional: true}
	resp.Schema = schema.Schema{Attributes: map[string]schema.Attribute{
		"attributes":       schema.MapAttribute{ElementType: types.MapType{ElemType: types.StringType}, Required: true},
		"on_account_error": schema.StringAttribute{Optional: true},
		"errors":           schema.MapAttribute{ElementType: failure, Computed: true},
		"timeouts": schema.SingleNestedAttribute{Optional: true, Attributes: map[string]schema.Attribute{
			"create": limit, "read": limit, "update": limit, "delete": limit,
		}},
	}}
}

func (managedAttributes) Create(_ context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	resp.Diagnostics = keep(req.Plan, &resp.State)
}

func (managedAttributes) Read(context.Context, resource.ReadRequest, *resource.ReadResponse) {}

func (managedAttributes) Update(_ context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	resp.Diagnostics = keep(req.Plan, &resp.State)
}

func (managedAttributes) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {}

// keep makes a plan the state, without errors.
func keep(plan tfsdk.Plan, state *tfsdk.State) (diags diag.Diagnostics) {
	var values map[string]tftypes.Value
	if err := plan.Raw.As(&values); err != nil {
		diags.AddError("Unable to Keep the Plan", err.Error())
		return diags
	}
	values = maps.Clone(values) // As returns the plan's own map
	values["errors"] = tftypes.NewValue(values["errors"].Type(), map[string]tftypes.Value{})
	state.Raw = tftypes.NewValue(plan.Raw.Type(), values)
	return nil
}
