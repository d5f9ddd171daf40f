package message

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// The kinds of audiences.
const (
	everyoneName  = "everyone"
	conditionName = "condition"
	accountsName  = "accounts"
)

// Audience is whom a push goes to. Exactly one field is set in a valid audience.
type Audience struct {
	Everyone  bool
	Condition *timpush.Condition
	Accounts  []string
}

// AudienceAttribute returns the required attribute audience, of type [types.Object].
func AudienceAttribute() schema.Attribute {
	return schema.SingleNestedAttribute{
		MarkdownDescription: "Whom the push goes to. Set exactly one of the arguments.",
		Required:            true,
		Attributes: map[string]schema.Attribute{
			everyoneName: schema.BoolAttribute{
				MarkdownDescription: "`true` pushes to all accounts of the app. `false` is an error.",
				Optional:            true,
			},
			conditionName: kit.OptionalConditionAttribute(),
			accountsName: schema.ListAttribute{
				MarkdownDescription: "UserIDs and RegistrationIDs, at least one. An account must not be null or empty, start or end with whitespace, or contain control or invisible characters. An account that is listed twice gets the push once.",
				ElementType:         types.StringType,
				Optional:            true,
			},
		},
		Validators: []validator.Object{audienceValidator{}},
	}
}

// ReadAudience returns an audience, and whether it is completely known. An invalid one
// can be empty, but is never for everyone.
func ReadAudience(value types.Object) (audience Audience, known bool) {
	if value.IsUnknown() {
		return Audience{}, false
	}
	everyone, condition, accounts := audienceParts(value)
	if everyone.IsUnknown() || condition.IsUnknown() || accounts.IsUnknown() {
		return Audience{}, false
	}
	if !condition.IsNull() {
		read, isKnown, _ := kit.DecodeCondition(path.Root("audience").AtName(conditionName), condition)
		if !isKnown {
			return Audience{}, false
		}
		audience.Condition = &read
	}
	if !accounts.IsNull() {
		elements := accounts.Elements()
		audience.Accounts = make([]string, len(elements))
		for i, element := range elements {
			text, isKnown := stringOf(element)
			if !isKnown {
				return Audience{}, false
			}
			audience.Accounts[i] = text
		}
	}
	audience.Everyone = everyone.ValueBool() && condition.IsNull() && accounts.IsNull()
	return audience, true
}

// audienceParts returns the arguments of an audience.
func audienceParts(value types.Object) (everyone types.Bool, condition types.Object, accounts types.List) {
	values := value.Attributes()
	everyone, _ = values[everyoneName].(types.Bool)
	condition, _ = values[conditionName].(types.Object)
	accounts, _ = values[accountsName].(types.List)
	return everyone, condition, accounts
}

// AudienceValue returns an audience as a value of [AudienceAttribute].
func AudienceValue(audience Audience) types.Object {
	condition := kit.ConditionValue(audience.Condition)
	everyone := types.BoolNull()
	if audience.Everyone {
		everyone = types.BoolValue(true)
	}
	accounts := kit.StringList(audience.Accounts)
	return types.ObjectValueMust(
		map[string]attr.Type{everyoneName: types.BoolType, conditionName: kit.OptionalConditionAttribute().GetType(), accountsName: types.ListType{ElemType: types.StringType}},
		map[string]attr.Value{everyoneName: everyone, conditionName: condition, accountsName: accounts},
	)
}
