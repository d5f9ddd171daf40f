package attributenames

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// resourceModel is the resource.
type resourceModel struct {
	AttributeNames types.Map    `tfsdk:"attribute_names"`
	Timeouts       types.Object `tfsdk:"timeouts"`
}

// nameModel is an element of attribute_names.
type nameModel struct {
	Index       indexValue   `tfsdk:"index"`
	AccountType types.String `tfsdk:"account_type"`
}

// The attributes of the resource and of its elements.
const (
	namesAttribute   = "attribute_names"
	indexField       = "index"
	accountTypeField = "account_type"
)

var nameType = types.ObjectType{AttrTypes: map[string]attr.Type{indexField: indexType{}, accountTypeField: types.StringType}}

// namePath returns the path of a name.
func namePath(name string) path.Path { return path.Root(namesAttribute).AtMapKey(name) }

// slots returns the names by index. known is false if the model has a value that is
// not known yet.
func (m resourceModel) slots(ctx context.Context) (all slots, known bool, diags diag.Diagnostics) {
	raw, err := m.AttributeNames.ToTerraformValue(ctx)
	if err != nil {
		diags.AddError("Unable to Read Configuration", "The attribute names cannot be decoded. Report this as a bug in the provider.\n\nError: "+err.Error())
		return nil, false, diags
	}
	if !raw.IsFullyKnown() {
		return nil, false, nil
	}
	var names map[string]nameModel
	diags = m.AttributeNames.ElementsAs(ctx, &names, false)
	all = slots{}
	for name, model := range names {
		if index, ok := model.Index.index(); ok { // the validator has rejected invalid values
			all[index] = slot{name, model.AccountType.ValueString()}
		}
	}
	return all, true, diags
}

// namesOf returns the value of attribute_names. Of equal names, the one with the
// lowest index is used.
func namesOf(ctx context.Context, all slots) (types.Map, diag.Diagnostics) {
	names := make(map[string]nameModel, len(all))
	for _, index := range all.indexes() {
		at := all[index]
		if _, twice := names[at.name]; twice {
			continue
		}
		model := nameModel{newIndex(index), types.StringValue(at.accountType)}
		if at.accountType == "" {
			model.AccountType = types.StringNull()
		}
		names[at.name] = model
	}
	return types.MapValueFrom(ctx, nameType, names)
}
