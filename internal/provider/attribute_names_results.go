package provider

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// The values of account_type.
const (
	accountTypeUserID         = "user_id"
	accountTypeRegistrationID = "registration_id"
)

// accountTypes are AttrTypes's numbers (60563).
var accountTypes = map[string]string{"0": accountTypeUserID, "1": accountTypeRegistrationID}

// attributeNamesResults returns the computed values. What the service should not
// answer is no reason to show nothing: it is said in one warning.
func attributeNamesResults(ctx context.Context, names []timpush.AttributeName) (map[string]tftypes.Value, diag.Diagnostic) {
	kind := attributeNameType.TerraformType(ctx)
	values := make(map[string]tftypes.Value, len(names))
	var odd []string
	shown := map[string]string{} // name to the index at which it is shown
	for _, name := range names { // in the order of the indexes: of a name that occurs twice, the first counts
		if name.Name == "" {
			odd = append(odd, fmt.Sprintf("The name at index %s is empty; it is left out.", quote(name.Index)))
			continue
		}
		if first, twice := shown[name.Name]; twice {
			odd = append(odd, fmt.Sprintf("The name %s stands at index %s and at %s; the first of them is shown.", quote(name.Name), quote(first), quote(name.Index)))
			continue
		}
		shown[name.Name] = name.Index
		index, isIndex := attributeIndex(name.Index)
		if !isIndex {
			odd = append(odd, fmt.Sprintf("The name %s stands at index %s, which is none of 0 to 9.", quote(name.Name), quote(name.Index)))
		}
		var accountType any // null
		if known, ok := accountTypes[name.AccountType]; ok {
			accountType = known
		} else if name.AccountType != "" {
			odd = append(odd, fmt.Sprintf("The name %s has the account type %s, which is not documented; account_type is null.", quote(name.Name), quote(name.AccountType)))
		}
		values[name.Name] = tftypes.NewValue(kind, map[string]tftypes.Value{
			"index":        tftypes.NewValue(tftypes.Number, index),
			"account_type": tftypes.NewValue(tftypes.String, accountType),
		})
	}
	results := map[string]tftypes.Value{"attribute_names": tftypes.NewValue(tftypes.Map{ElementType: kind}, values)}
	if len(odd) == 0 {
		return results, nil
	}
	if more := len(odd) - mostListed; more > 0 {
		odd = append(odd[:mostListed], fmt.Sprintf("and %d more.", more))
	}
	return results, diag.NewWarningDiagnostic("Unexpected Attribute Names",
		"The service answered attribute names that are not as it documents them. They were read all the same: look at them in the console.\n\n"+strings.Join(odd, "\n"))
}

// attributeIndex returns the number of an index, nil where it is none, and
// whether it is one of 0 to 9.
func attributeIndex(text string) (*int64, bool) {
	index, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return nil, false
	}
	return &index, index >= 0 && index <= 9 && len(text) == 1
}
