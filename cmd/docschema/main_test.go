package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/timpush/terraform-provider-timpush/internal/provider"
)

// What is written has the kinds, attributes and types that the provider has, and
// describes each of them.
func TestSchemas(t *testing.T) {
	t.Parallel()
	server := providerserver.NewProtocol6(provider.New("test")())()
	served, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil || len(served.Diagnostics) > 0 {
		t.Fatal(err, served.Diagnostics)
	}
	identities, err := server.GetResourceIdentitySchemas(t.Context(), &tfprotov6.GetResourceIdentitySchemasRequest{})
	if err != nil || len(identities.Diagnostics) > 0 {
		t.Fatal(err, identities.Diagnostics)
	}
	written := schemasOf(t.Context())
	actions := map[string]*tfprotov6.Schema{}
	for name, action := range served.ActionSchemas {
		actions[name] = action.Schema
	}
	checkAll(t, "action ", written.Actions, actions)
	checkAll(t, "list ", written.ListResources, served.ListResourceSchemas)
	check(t, "provider", written.Provider, served.Provider)
	checkAll(t, "data ", written.DataSources, served.DataSourceSchemas)
	checkAll(t, "resource ", written.Resources, served.ResourceSchemas)
	checkIdentities(t, written.Identities, identities.IdentitySchemas)
	checkAll(t, "ephemeral ", written.EphemeralResources, served.EphemeralResourceSchemas)
	checkFunctions(t, written.Functions, served.Functions)
}

func checkIdentities(t *testing.T, written map[string]identity, served map[string]*tfprotov6.ResourceIdentitySchema) {
	t.Helper()
	checkNames(t, "identities", written, served)
	for name, got := range written {
		want := served[name].IdentityAttributes
		if len(got.Attributes) != len(want) {
			t.Errorf("the identity of %s: %d attributes are written, %d served", name, len(got.Attributes), len(want))
		}
		for _, want := range want {
			got := got.Attributes[want.Name]
			if (got.Required == got.Optional) || got.Required != want.RequiredForImport || got.Text == "" || got.Text != want.Description {
				t.Errorf("the identity of %s: %s is another attribute: %+v", name, want.Name, got)
			}
			if !want.Type.Equal(got.Type) {
				t.Errorf("the identity of %s: the type of %s is %v, not %v", name, want.Name, got.Type, want.Type)
			}
		}
	}
}

// checkNames compares what is written with what the provider serves.
func checkNames[W, S any](t *testing.T, what string, written map[string]W, served map[string]S) {
	t.Helper()
	if got, want := slices.Sorted(maps.Keys(written)), slices.Sorted(maps.Keys(served)); !slices.Equal(got, want) {
		t.Fatalf("%s: %v are written, %v served", what, got, want)
	}
}

func checkFunctions(t *testing.T, written map[string]signature, served map[string]*tfprotov6.Function) {
	t.Helper()
	checkNames(t, "functions", written, served)
	for name, got := range written {
		want := served[name]
		if got.Summary == "" || got.Text == "" || got.Summary != want.Summary || got.Text != want.Description {
			t.Errorf("%s: the summary is %q, the description %q", name, got.Summary, got.Text)
		}
		if !got.Return.Equal(want.Return.Type) || want.VariadicParameter != nil || len(got.Parameters) != len(want.Parameters) {
			t.Fatalf("%s has another signature: %+v", name, got)
		}
		for i, parameter := range got.Parameters {
			want := want.Parameters[i]
			if parameter.Text == "" || parameter.Text != want.Description || parameter.Name != want.Name || !parameter.Type.Equal(want.Type) || parameter.Nullable != want.AllowNullValue {
				t.Errorf("%s: %s is another parameter: %+v", name, want.Name, parameter)
			}
		}
	}
}

func checkAll(t *testing.T, keyword string, written map[string]kind, served map[string]*tfprotov6.Schema) {
	t.Helper()
	checkNames(t, keyword, written, served)
	for name, kind := range written {
		check(t, keyword+name, kind, served[name])
	}
}

func check(t *testing.T, where string, written kind, served *tfprotov6.Schema) {
	t.Helper()
	if written.Block.Text != served.Block.Description || written.Block.Text == "" {
		t.Errorf("%s: the description is %q, not %q", where, written.Block.Text, served.Block.Description)
	}
	if len(written.Block.Attributes) != len(served.Block.Attributes) {
		t.Errorf("%s: %d attributes are written, %d served", where, len(written.Block.Attributes), len(served.Block.Attributes))
	}
	for _, want := range served.Block.Attributes {
		got := written.Block.Attributes[want.Name]
		if got.Required != want.Required || got.Optional != want.Optional || got.Computed != want.Computed || got.Sensitive != want.Sensitive {
			t.Errorf("%s: %s is another argument: %+v", where, want.Name, got)
		}
		if got, want := typeOf(t, where+"."+want.Name, got), asJSON(t, want.ValueType()); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: the type is %v, not %v", where, got, want)
		}
	}
}

// typeOf returns the type of an attribute that is described, as JSON has it.
func typeOf(t *testing.T, where string, a attribute) any {
	t.Helper()
	if a.Text == "" {
		t.Errorf("%s is not described", where)
	}
	if a.Nested == nil {
		kind := asJSON(t, a.Type)
		if strings.Contains(fmt.Sprint(kind), "object") {
			t.Errorf("the fields of %s are not described", where)
		}
		return kind
	}
	fields := map[string]any{}
	for name, field := range a.Nested.Attributes {
		fields[name] = typeOf(t, where+"."+name, field)
	}
	object := []any{"object", fields}
	if a.Nested.Mode == "single" {
		return object
	}
	return []any{a.Nested.Mode, object}
}

func asJSON(t *testing.T, value any) (decoded any) {
	t.Helper()
	text, err := json.Marshal(value)
	if err == nil {
		err = json.Unmarshal(text, &decoded)
	}
	if err != nil {
		t.Fatal(err)
	}
	return decoded
}
