package message

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
)

// audienceValidator reports what is wrong with an audience.
type audienceValidator struct{}

var _ validator.Object = audienceValidator{}

func (audienceValidator) Description(context.Context) string {
	return "exactly one of everyone, condition, and accounts"
}

func (v audienceValidator) MarkdownDescription(ctx context.Context) string {
	return v.Description(ctx)
}

func (audienceValidator) ValidateObject(_ context.Context, req validator.ObjectRequest, resp *validator.ObjectResponse) {
	resp.Diagnostics.Append(CheckAudience(req.Path, req.ConfigValue)...)
}

const (
	invalidAudience = "Invalid Audience"
	fixAudience     = "Set exactly one of everyone, condition, and accounts."
)

// CheckAudience reports what is wrong with the audience at a path, as far as it is
// known. The attribute's validator calls it too, but not for values that become known
// after the block is validated.
func CheckAudience(at path.Path, value types.Object) (diags diag.Diagnostics) {
	if value.IsNull() || value.IsUnknown() {
		return nil // the framework reports null
	}
	everyone, condition, accounts := audienceParts(value)
	var set []string
	mayBeSet := false
	for _, part := range []struct {
		name            string
		isNull, isKnown bool
	}{
		{everyoneName, everyone.IsNull(), !everyone.IsUnknown()},
		{conditionName, condition.IsNull(), !condition.IsUnknown()},
		{accountsName, accounts.IsNull(), !accounts.IsUnknown()},
	} {
		switch {
		case !part.isKnown:
			mayBeSet = true
		case !part.isNull:
			set = append(set, part.name)
		}
	}
	switch {
	case len(set) > 1:
		diags.AddAttributeError(at, invalidAudience, at.String()+" has "+strings.Join(set, " and ")+". "+fixAudience)
	case len(set) == 0 && !mayBeSet:
		diags.AddAttributeError(at, invalidAudience, at.String()+" is empty, which does not mean everyone. "+fixAudience+" "+kit.HintMisspelled)
	case everyone.Equal(types.BoolValue(false)):
		diags.AddAttributeError(at.AtName(everyoneName), invalidAudience, at.AtName(everyoneName).String()+" is false. Set it to true to push to all accounts of the app, or remove it and set condition or accounts.")
	}
	if !condition.IsNull() {
		_, _, found := kit.DecodeCondition(at.AtName(conditionName), condition)
		diags.Append(found...)
	}
	if !accounts.IsNull() && !accounts.IsUnknown() {
		if len(accounts.Elements()) == 0 {
			diags.AddAttributeError(at.AtName(accountsName), invalidAudience, at.AtName(accountsName).String()+" is empty. Add an account, or push only if there are some, for example with count.")
		}
		diags.Append(kit.CheckAccounts(at.AtName(accountsName), accounts.Elements())...)
	}
	return diags
}
