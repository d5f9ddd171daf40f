package audience

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// audienceFunction returns which accounts a condition selects. Its parameters are
// dynamic, so that it takes results of data sources, values of mocks, and literals.
type audienceFunction struct{}

func newFunction() function.Function { return audienceFunction{} }

func (audienceFunction) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "audience"
}

// The positions of the parameters.
const (
	conditionParameter = iota
	usersParameter
)

func (audienceFunction) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "Returns the accounts that a push with a condition reaches.",
		MarkdownDescription: "Returns the accounts of `users` that a " + kit.ServiceLink("push", 60561) + " with `condition` reaches, sorted.\n\n" +
			"The function makes no request and needs no provider configuration. Use it to compare accounts that a data source has read with several conditions, " +
			"and in modules that are tested with mocks. Accounts that could not be read are not in `users`, so they are not in the result either.\n\n" +
			"The function sees only what was read. If the data source sets `only`, list there all attribute names or tags of the condition; otherwise, the result is wrong. " +
			"The function does not know the app's attribute names: if a name is misspelled, no account matches.\n\n" +
			"Two texts are equal if they have the same characters: case and spaces count. An attribute that is not set does not equal `\"\"`.",
		Parameters: []function.Parameter{
			function.DynamicParameter{
				Name: "condition",
				MarkdownDescription: "The condition of the push: an object with at least one of these attributes. If there are several, all must hold. Tags and attributes cannot be combined." +
					"\n    - `tags_or` (List of String): the account has at least one of these tags." +
					"\n    - `tags_and` (List of String): the account has all of these tags." +
					"\n    - `tags_not` (List of String): the account has none of these tags. Use only one: the documentation disagrees on whether a push excludes accounts with any or only those with all of several tags. The function leaves out both." +
					"\n    - `attributes_or` (Map of String): at least one of these attributes has this value." +
					"\n    - `attributes_and` (Map of String): all of these attributes have these values. The documentation does not say whether `attributes_or` and `attributes_and` must both match; for the function, both must." +
					fmt.Sprintf("\n\n    A list has at most %d tags, of 1 to %d bytes each. A value has at most %d bytes.", timpush.MaxConditionTags, timpush.MaxTagBytes, timpush.MaxValueBytes),
				CustomType:         rawType{},
				AllowUnknownValues: true, // so that mistakes in the condition are found while users are unknown
			},
			function.DynamicParameter{
				Name: "users",
				MarkdownDescription: "The accounts. For a condition with attributes, `attributes` of " + kit.KindLink("`timpush_user_attributes`", "data-sources", "user_attributes") +
					"; for a condition with tags, `tags` of " + kit.KindLink("`timpush_user_tags`", "data-sources", "user_tags") + ". Do not pass `errors` or `missing_attributes`.",
				CustomType:         rawType{},
				AllowUnknownValues: true,
			},
		},
		Return: function.ListReturn{ElementType: types.StringType},
	}
}

func (audienceFunction) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var conditionValue, usersValue attr.Value
	if resp.Error = req.Arguments.Get(ctx, &conditionValue, &usersValue); resp.Error != nil {
		return
	}
	var read decoder
	condition := read.condition(rawOf(conditionValue))
	if len(read.problems) > 0 {
		resp.Error = function.NewArgumentFuncError(conditionParameter, strings.Join(read.problems, "; "))
		return
	}
	var reached []string
	if !read.unknown {
		reached = read.reached(ctx, condition, rawOf(usersValue))
	}
	switch {
	case len(read.problems) > 0:
		resp.Error = function.NewArgumentFuncError(usersParameter, strings.Join(read.problems, "; "))
	case read.unknown:
		resp.Result = function.NewResultData(types.ListUnknown(types.StringType))
	default: // Result.Set would use reflection
		accounts := make([]attr.Value, len(reached))
		for i, account := range reached {
			accounts[i] = types.StringValue(account)
		}
		resp.Result = function.NewResultData(types.ListValueMust(types.StringType, accounts))
	}
}
