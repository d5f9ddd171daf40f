package kit

import (
	"context"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// kindOfLists returns a kind with the given read function.
func kindOfLists(read func(accounts []string, maxBytes int) (*timpush.Result[[]string], error)) Accounts[[]string] {
	return Accounts[[]string]{
		TypeName: "lists", Title: "Lists", Result: "lists", ElementType: types.ListType{ElemType: types.StringType},
		Read: func(_ *timpush.Client, _ context.Context, accounts []string, _ timpush.Filter, maxBytes int) (*timpush.Result[[]string], error) {
			return read(accounts, maxBytes)
		},
		Value: func(list []string) tftypes.Value {
			values := make([]tftypes.Value, len(list))
			for i, text := range list {
				values[i] = tftypes.NewValue(tftypes.String, text)
			}
			return tftypes.NewValue(tftypes.List{ElementType: tftypes.String}, values)
		},
	}
}

// lists are arguments of a block that are lists of strings.
type lists map[string][]string

// readLists reads a block with the kind's data source, and returns the response.
func readLists(t *testing.T, kind Accounts[[]string], arguments lists) datasource.ReadResponse {
	t.Helper()
	source := kind.NewDataSource()
	var schema datasource.SchemaResponse
	source.Schema(t.Context(), datasource.SchemaRequest{}, &schema)
	config := tfsdk.Config{Schema: schema.Schema, Raw: blockOf(t, schema.Schema.Type().TerraformType(t.Context()), arguments)}
	configure(t, source)
	response := datasource.ReadResponse{State: tfsdk.State{Schema: schema.Schema, Raw: config.Raw}}
	source.Read(t.Context(), datasource.ReadRequest{Config: config}, &response)
	return response
}

func configure(t *testing.T, source datasource.DataSource) {
	t.Helper()
	var response datasource.ConfigureResponse
	configurable, ok := source.(datasource.DataSourceWithConfigure)
	if !ok {
		t.Fatal("the data source cannot be configured")
	}
	configurable.Configure(t.Context(), datasource.ConfigureRequest{ProviderData: &ProviderData{}}, &response)
}

// blockOf returns a block that sets only these arguments.
func blockOf(t *testing.T, kind tftypes.Type, arguments lists) tftypes.Value {
	t.Helper()
	object, ok := kind.(tftypes.Object)
	if !ok {
		t.Fatalf("a block is of type %s", kind)
	}
	block := map[string]tftypes.Value{}
	for name, attribute := range object.AttributeTypes {
		block[name] = tftypes.NewValue(attribute, nil)
	}
	for name, texts := range arguments {
		elements := make([]tftypes.Value, len(texts))
		for i, text := range texts {
			elements[i] = tftypes.NewValue(tftypes.String, text)
		}
		block[name] = tftypes.NewValue(tftypes.List{ElementType: tftypes.String}, elements)
	}
	return tftypes.NewValue(object, block)
}

// A kind passes its limit on to the read, and reports larger results on the
// argument's path.
func TestResultsTooLarge(t *testing.T) {
	t.Parallel()
	accounts := []string{"a", "b"}
	given := 0
	kind := kindOfLists(func(_ []string, maxBytes int) (*timpush.Result[[]string], error) {
		given = maxBytes
		return nil, &timpush.TooLargeError{Size: 300 << 20, Limit: maxBytes, Read: 1, Total: 2}
	})
	const summary = "Unable to Read Lists"

	read := readLists(t, kind, lists{"accounts": accounts})
	if diags := read.Diagnostics; given != resultLimit(accounts, selection{}) || len(diags) != 1 || diags[0].Summary() != summary || !strings.Contains(diags[0].Detail(), "data sources") {
		t.Errorf("data source: the limit is %d, the diagnostics are %v", given, diags)
	}
	given = 0
	resource := kind.NewEphemeralResource()
	var schema ephemeral.SchemaResponse
	resource.Schema(t.Context(), ephemeral.SchemaRequest{}, &schema)
	config := tfsdk.Config{Schema: schema.Schema, Raw: blockOf(t, schema.Schema.Type().TerraformType(t.Context()), lists{"accounts": accounts})}
	configurable, _ := resource.(ephemeral.EphemeralResourceWithConfigure)
	var configured ephemeral.ConfigureResponse
	configurable.Configure(t.Context(), ephemeral.ConfigureRequest{ProviderData: &ProviderData{}}, &configured)
	var response ephemeral.OpenResponse
	resource.Open(t.Context(), ephemeral.OpenRequest{Config: config}, &response)
	if diags := response.Diagnostics; given != resultLimit(accounts, selection{}) || len(diags) != 1 || diags[0].Summary() != summary || !strings.Contains(diags[0].Detail(), "ephemeral resources") {
		t.Errorf("ephemeral resource: the limit is %d, the diagnostics are %v", given, diags)
	}
}

// The space that resultLimit reserves for arguments and overhead is always
// enough, and not much more than that.
func TestMessageFits(t *testing.T) {
	t.Parallel()
	code := int64(math.MinInt64)
	for name, test := range map[string]struct {
		count int
		text  string // of each string
		list  int    // how many strings an account has
		fail  bool
		names int // how many names of 40 characters only and required_lists have; accounts lack all of them
	}{
		"nothing": {count: 100}, "short": {count: 100, text: "a", list: 3}, "long": {count: 3, text: strings.Repeat("a", 70_000), list: 1}, "many": {count: 1, list: 70_000},
		"errors": {count: 100, fail: true}, "long errors": {count: 100, text: strings.Repeat("a", 300), fail: true},
		"one missing": {count: 100, names: 1}, "some missing": {count: 100, text: "a", names: 10}, "many missing": {count: 3, text: strings.Repeat("a", 300), list: 1, names: 70_000},
	} {
		var accounts []string
		result := &timpush.Result[[]string]{Read: map[string][]string{}, Errors: map[string]timpush.AccountError{}}
		size := 0 // as the client counts
		for i := range test.count {
			account := fmt.Sprint(i) + test.text
			accounts = append(accounts, account)
			size += timpush.EncodedSize(len(account))
			if test.fail {
				failure := timpush.AccountError{Code: &code, Info: "a" + test.text}
				result.Errors[account] = failure
				size += timpush.EncodedSize(len(failure.Message()))
				continue
			}
			result.Read[account] = []string{}
			for range test.list {
				result.Read[account] = append(result.Read[account], test.text)
				size += timpush.EncodedSize(len(test.text))
			}
		}
		selected, arguments := selection{}, lists{"accounts": accounts}
		kind := kindOfLists(func([]string, int) (*timpush.Result[[]string], error) { return result, nil })
		kind.Required = &Required[[]string]{
			Lacks: func([]string, string) bool { return true },
			Drop:  func([]string, timpush.Filter) {},
		}
		if test.names > 0 {
			for i := range test.names {
				selected.required = append(selected.required, fmt.Sprintf("%040d", i))
			}
			selected.only = timpush.KeepOnly(selected.required)
			arguments["only"], arguments["required_lists"] = selected.required, selected.required
		}
		read := readLists(t, kind, arguments)
		message, err := tfprotov6.NewDynamicValue(read.State.Raw.Type(), read.State.Raw)
		if err != nil {
			t.Fatal(err)
		}
		// The reserve is for what does not grow with the number of accounts.
		bound := size + messageLimit - resultLimit(accounts, selected) - messageReserve
		if sent := len(message.MsgPack); sent > bound+200 {
			t.Errorf("%s: the message has %d bytes, the bound is %d", name, sent, bound)
		} else if bound-sent > (accountOverhead+listOverhead)*test.count {
			t.Errorf("%s: the message has %d bytes, and the bound is as high as %d", name, sent, bound)
		}
	}
}
