package message

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
)

var senderValidator = kit.IDValidator{Title: "Account"}

// SenderAttribute returns the optional attribute from_account.
func SenderAttribute() schema.Attribute {
	return schema.StringAttribute{
		MarkdownDescription: "The account that the push comes from. Defaults to the provider's `identifier`. In the API: `From_Account`.",
		Optional:            true,
		Validators:          []validator.String{senderValidator},
	}
}

// CheckSender reports what is wrong with a sender, as far as it is known.
func CheckSender(at path.Path, sender types.String) diag.Diagnostics {
	return senderValidator.Check(at, sender)
}

// CheckSet reports a required argument that has become null after it was validated.
func CheckSet(at path.Path, value attr.Value) (diags diag.Diagnostics) {
	if value.IsNull() {
		diags.AddAttributeError(at, "Missing Argument", at.String()+" is null. Set it.")
	}
	return diags
}
