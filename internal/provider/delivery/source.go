package delivery

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// The values of source.
const (
	sourcePush    = "push" // the default
	sourceMessage = "message"
)

const conflictingArguments = "Conflicting Arguments"

var sourcePath = path.Root("source")

// sourceAttribute returns the schema attribute; messages says what the source
// message covers.
func sourceAttribute(messages string) schema.Attribute {
	return schema.StringAttribute{
		MarkdownDescription: "What was pushed. Defaults to `" + sourcePush + "`.\n" +
			"  - `" + sourcePush + "`: Pushes that were sent to all users of the app, by tags or attributes, or to a list of accounts. Each has a task ID.\n" +
			"  - `" + sourceMessage + "`: The notifications of chat messages: " + messages + ".",
		Optional:   true,
		Validators: []validator.String{kit.ChoiceValidator{Summary: "Invalid Source", Values: []string{sourcePush, sourceMessage}}},
	}
}

// sourceOf returns the client's source of a valid argument.
func sourceOf(source types.String) timpush.Source {
	if source.ValueString() == sourceMessage {
		return timpush.SourceMessage
	}
	return timpush.SourcePush
}
