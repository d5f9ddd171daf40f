package attributenames

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

var (
	_ resource.ResourceWithConfigure   = (*namesResource)(nil)
	_ resource.ResourceWithIdentity    = (*namesResource)(nil)
	_ resource.ResourceWithImportState = (*namesResource)(nil)
	_ resource.ResourceWithModifyPlan  = (*namesResource)(nil)
)

type namesResource struct{ kit.Resource }

func newResource() resource.Resource { return &namesResource{} }

func (r *namesResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_attribute_names"
}

func (r *namesResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Manages attribute names of the app. It manages only the indexes that it lists, and leaves the app's other names alone. " +
			"An index that already has the name and account type is adopted without a write.\n\n" +
			"The service can rename an index, but it cannot delete a name: removing a name from the list, or destroying the resource, leaves the name in the app, with a warning. " +
			"Whether the service accepts a rename is not documented.\n\n" +
			"The provider calls " + kit.ServiceLink("`set_attr_name`", 60563) + ", with all changes in one request, and " + kit.ServiceLink("`get_attr_name`", 67815) + ". " +
			"An account is a UserID (a user of the app) or a RegistrationID (an installation of the app), and each name is for one of these account types.",
		Attributes: map[string]schema.Attribute{
			namesAttribute: schema.MapNestedAttribute{
				MarkdownDescription: fmt.Sprintf("The attribute names: a map from name to its details. 1 to %d names, of 1 to %d bytes each. ", timpush.MaxNames, timpush.MaxNameBytes) +
					"The attribute of the data source of the same name has the same form, so one app's names can be another's.",
				Required:   true,
				Validators: []validator.Map{namesValidator{}},
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					indexField: schema.NumberAttribute{
						MarkdownDescription: "The index of the name, " + indexRange + ". The name at an index can change; the index of a name cannot.",
						Required:            true,
						CustomType:          indexType{},
					},
					accountTypeField: schema.StringAttribute{
						MarkdownDescription: "The type of the accounts that can have the attribute: `" + kit.UserID.Value + "` or `" + kit.RegistrationID.Value + "`. " +
							"The service never changes the type of an index. Defaults to `" + kit.UserID.Value + "`.",
						Optional:   true,
						Computed:   true,
						Default:    stringdefault.StaticString(kit.UserID.Value),
						Validators: []validator.String{kit.ChoiceValidator{Summary: "Invalid Account Type", Values: []string{kit.UserID.Value, kit.RegistrationID.Value}}},
					},
				}},
			},
			"timeouts": kit.Timeouts(kit.OperationCreate, kit.OperationRead, kit.OperationUpdate),
		},
	}
}

func (r *namesResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		kit.SDKAppID.Name: identityschema.Int64Attribute{
			Description:       "The SDKAppID of the app, which must be the provider's.",
			RequiredForImport: true,
		},
	}}
}

func (r *namesResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	resp.Diagnostics.Append(r.write(ctx, kit.OperationCreate, req.Plan, req.Config, nil, resp.Private)...)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.State.Raw = req.Plan.Raw
	resp.Diagnostics.Append(r.keepApp(ctx, resp.Private, resp.Identity)...)
}

// Read reads the names at the indexes that the resource owns: another name there
// is drift, and an index without a name is dropped.
func (r *namesResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	owned, diags := ownedIn(ctx, req.State)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	operation := kit.Operation{
		Name: kit.OperationRead, Verb: "read", Object: object, Resource: true, MayDefer: req.ClientCapabilities.DeferralAllowed,
		Config: tfsdk.Config{Schema: req.State.Schema, Raw: req.State.Raw}, Timeouts: kit.TimeoutsOfState,
	}
	deferred, diags := r.Provider.Call(ctx, operation, func(ctx context.Context, client *timpush.Client) error {
		resp.Diagnostics.Append(r.checkApp(ctx, req.Private)...)
		if resp.Diagnostics.HasError() {
			return nil
		}
		names, err := client.GetAttributeNames(ctx)
		if err != nil {
			return err
		}
		value, diags := namesOf(ctx, found(owned, slotsOf(names)))
		resp.Diagnostics.Append(diags...)
		resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root(namesAttribute), value)...)
		resp.Diagnostics.Append(r.keepApp(ctx, resp.Private, resp.Identity)...)
		return nil
	})
	resp.Diagnostics.Append(diags...)
	if deferred {
		resp.Deferred = &resource.Deferred{Reason: resource.DeferredReasonProviderConfigUnknown}
	}
}

// found returns the names that the app has at the owned indexes. A name that is
// unchanged keeps its spelling, and its account type if the service does not say it.
func found(owned, app slots) slots {
	all := slots{}
	for index, old := range owned {
		at, exists := app[index]
		if !exists {
			continue
		}
		if at.is(old.name) {
			at.name = old.name
		}
		if at.accountType == "" {
			at.accountType = old.accountType
		}
		all[index] = at
	}
	return all
}

func (r *namesResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	owned, diags := ownedIn(ctx, req.State)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(r.write(ctx, kit.OperationUpdate, req.Plan, req.Config, owned, req.Private)...)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.State.Raw = req.Plan.Raw
	resp.Diagnostics.Append(r.keepApp(ctx, resp.Private, resp.Identity)...)
}

// Delete makes no request: the names stay with the app, as the plan has warned.
func (r *namesResource) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {}

// ownedIn returns the names that the resource owns.
func ownedIn(ctx context.Context, state tfsdk.State) (slots, diag.Diagnostics) {
	if state.Raw.IsNull() {
		return nil, nil
	}
	var model resourceModel
	diags := state.Get(ctx, &model)
	if diags.HasError() {
		return nil, diags
	}
	owned, _, diags := model.slots(ctx)
	return owned, diags
}
