package kit

import (
	"context"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"golang.org/x/text/unicode/norm"

	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// Only describes the argument only, which lists what a block keeps of each
// account's result.
type Only struct {
	Text  string // its description
	Names string // what it lists, in summaries: "Attribute Names"
}

// Required describes what a block can require of each account's result, in an
// argument such as required_attributes, and reports in missing_attributes. Both
// names end in the name of the attribute with the results.
type Required[Value any] struct {
	Text, MissingText string // descriptions of the argument and the computed attribute

	Lacks func(result Value, name string) bool    // whether it is missing or empty
	Drop  func(result Value, keep timpush.Filter) // removes everything else; keep is not nil
}

// selection is what a block selects of each account's result. Names are in NFC.
type selection struct {
	only     timpush.Filter // what it keeps
	required []string       // what every account should have, each name once
}

// selection reads the argument only and, if the kind has it, the one such as
// required_attributes.
func (a Accounts[Value]) selection(ctx context.Context, config tfsdk.Config) (selection, diag.Diagnostics) {
	var (
		s              selection
		only, required types.List
	)
	diags := config.GetAttribute(ctx, path.Root("only"), &only)
	if a.Required != nil {
		diags.Append(config.GetAttribute(ctx, path.Root("required_"+a.Result), &required)...)
	}
	if !only.IsNull() {
		s.only = timpush.KeepOnly(namesOf(only))
	}
	seen := map[string]bool{}
	for _, name := range namesOf(required) {
		if !seen[name] {
			seen[name] = true
			s.required = append(s.required, name)
		}
	}
	return s, diags
}

// namesOf returns the elements of a list in NFC.
func namesOf(list types.List) []string {
	elements := list.Elements()
	all := make([]string, 0, len(elements))
	for _, element := range elements {
		if name, ok := element.(types.String); ok {
			all = append(all, norm.NFC.String(name.ValueString()))
		}
	}
	return all
}

// keep is what the client must keep: what the block keeps, and what it requires.
func (s selection) keep() timpush.Filter {
	if s.only == nil {
		return nil
	}
	keep := timpush.KeepOnly(s.required)
	maps.Copy(keep, s.only)
	return keep
}

// missing returns the computed attribute such as missing_attributes: the required
// names that accounts lack. It then drops from the results what was read only to
// find that out.
func (a Accounts[Value]) missing(read map[string]Value, selected selection) map[string]tftypes.Value {
	if a.Required == nil {
		return map[string]tftypes.Value{}
	}
	list := tftypes.List{ElementType: tftypes.String}
	missing := map[string]tftypes.Value{}
	for account, value := range read {
		var lacked []tftypes.Value
		for _, name := range selected.required {
			if a.Required.Lacks(value, name) {
				lacked = append(lacked, tftypes.NewValue(tftypes.String, name))
			}
		}
		if len(lacked) > 0 {
			missing[account] = tftypes.NewValue(list, lacked)
		}
		if selected.only != nil {
			a.Required.Drop(value, selected.only)
		}
	}
	return map[string]tftypes.Value{"missing_" + a.Result: tftypes.NewValue(tftypes.Map{ElementType: list}, missing)}
}

// addOnly adds the attributes that this file describes to a schema.
func (a Accounts[Value]) addOnly(attributes map[string]schema.Attribute) {
	argument := func(text string) schema.Attribute {
		return schema.ListAttribute{
			MarkdownDescription: text,
			ElementType:         types.StringType,
			Optional:            true,
			Validators:          []validator.List{namesValidator{a.Only.Names}},
		}
	}
	attributes["only"] = argument(a.Only.Text)
	if a.Required != nil {
		attributes["required_"+a.Result] = argument(a.Required.Text)
		attributes["missing_"+a.Result] = schema.MapAttribute{
			MarkdownDescription: a.Required.MissingText,
			ElementType:         types.ListType{ElemType: types.StringType},
			Computed:            true,
		}
	}
}
