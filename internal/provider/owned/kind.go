// Package owned has the resource that owns some pairs of accounts, attributes
// with their values or tags, and leaves the others alone.
//
// Inside the package, what accounts have is a map from account to pairs. Nothing
// in it takes quadratic time: a resource can have 10,000 accounts.
package owned

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// MostAccounts is the maximum number of accounts in a resource.
const MostAccounts = 10_000

// pairs are what an account has: values by name, in Unicode NFC, as the CLI sends
// texts. A tag is a name with the value "".
type pairs = map[string]string

// Kind describes such a resource.
type Kind struct {
	TypeName    string // without the provider's name
	Title       string // in summaries: "User Attributes"
	Description string // of the schema; its first paragraph is the summary of the docs page
	Argument    string // the argument with the pairs, also what they are called: "attributes"
	Text        string // the description of the argument
	Form        Form   // of an account's pairs in the argument

	ImportOnly    string // the optional field of import IDs that lists what to import: "names"
	ImportExample string // one of them

	// HasNames is whether the app defines the names of the pairs.
	HasNames bool

	Read   func(client *timpush.Client, ctx context.Context, accounts []string, keep timpush.Filter, maxBytes int) (*timpush.Result[pairs], error)
	Set    func(client *timpush.Client, ctx context.Context, items []timpush.Write[pairs]) (*timpush.Written, error)
	Remove func(client *timpush.Client, ctx context.Context, items []timpush.Write[[]string]) (*timpush.Written, error)
}

var (
	_ resource.ResourceWithConfigure      = (*ownedResource)(nil)
	_ resource.ResourceWithValidateConfig = (*ownedResource)(nil)
	_ resource.ResourceWithModifyPlan     = (*ownedResource)(nil)
	_ resource.ResourceWithImportState    = (*ownedResource)(nil)
)

// ownedResource is a resource of a kind.
type ownedResource struct {
	kit.Resource

	kind Kind
}

// NewResource returns the kind's resource.
func (k Kind) NewResource() resource.Resource { return &ownedResource{kind: k} }

// checkApp reports that the resource belongs to another app than the provider's.
func (r *ownedResource) checkApp(ctx context.Context, private kit.PrivateState) diag.Diagnostics {
	return r.Provider.CheckApp(ctx, private, "test accounts")
}

func (r *ownedResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + r.kind.TypeName
}
