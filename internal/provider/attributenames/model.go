package attributenames

import (
	"context"
	"fmt"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// attributeNameFields are the fields of an attribute name.
var attributeNameFields = kit.Fields{
	"index": {
		Type:                types.Int64Type,
		MarkdownDescription: "The index of the name, " + indexRange + ". Null if the service sends something other than a number.",
	},
	"account_type": {
		Type: types.StringType,
		MarkdownDescription: "The type of the accounts that can have the attribute: `" + kit.UserID.Value + "` or `" + kit.RegistrationID.Value + "`. " +
			"Null if the service sends no type or an undocumented one.",
	},
}

// results returns the computed values. If the response is unexpected, it is
// accepted with one warning that lists what is unexpected.
func results(ctx context.Context, names []timpush.AttributeName) (computed map[string]tftypes.Value, diags diag.Diagnostics) {
	kind := attributeNameFields.ObjectType().TerraformType(ctx)
	values := make(map[string]tftypes.Value, len(names))
	var unexpected []string
	shown := map[string]string{} // name to its index in the result
	for _, name := range names { // sorted by index: the first of several equal names wins
		if name.Name == "" {
			unexpected = append(unexpected, fmt.Sprintf("Index %s: the name is empty, so it was omitted", kit.Quote(name.Index)))
			continue
		}
		if first, twice := shown[name.Name]; twice {
			unexpected = append(unexpected, fmt.Sprintf("Index %s: the name %s is also at index %s, which was used", kit.Quote(name.Index), kit.Quote(name.Name), kit.Quote(first)))
			continue
		}
		shown[name.Name] = name.Index
		index, isIndex := attributeIndex(name.Index)
		if !isIndex {
			unexpected = append(unexpected, fmt.Sprintf("Index %s: the index of the name %s is not a number from %s", kit.Quote(name.Index), kit.Quote(name.Name), indexRange))
		}
		var accountType any // null
		if known, ok := kit.AccountTypes[name.AccountType]; ok {
			accountType = known.Value
		} else if name.AccountType != "" {
			unexpected = append(unexpected, fmt.Sprintf("Index %s: the name %s has the undocumented account type %s, so its account_type is null", kit.Quote(name.Index), kit.Quote(name.Name), kit.Quote(name.AccountType)))
		}
		values[name.Name] = tftypes.NewValue(kind, map[string]tftypes.Value{
			"index":        tftypes.NewValue(tftypes.Number, index),
			"account_type": tftypes.NewValue(tftypes.String, accountType),
		})
	}
	diags = kit.Unexpected(object, "The service returned attribute names that differ from the API documentation.", "Check them in the console.", unexpected)
	return map[string]tftypes.Value{"attribute_names": tftypes.NewValue(tftypes.Map{ElementType: kind}, values)}, diags
}

// attributeIndex returns the number of an index, or nil if it is not a number,
// and whether it is valid: in range, and as the service writes it.
func attributeIndex(text string) (*int64, bool) {
	index, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return nil, false
	}
	return &index, index >= leastIndex && index <= mostIndex && strconv.FormatInt(index, 10) == text
}
