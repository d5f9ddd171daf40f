package main

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// audience is a function with the real one's parameters.
type audience struct{}

func (audience) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "audience"
}

func (audience) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Parameters: []function.Parameter{function.DynamicParameter{Name: "condition"}, function.DynamicParameter{Name: "users"}},
		Return:     function.ListReturn{ElementType: types.StringType},
	}
}

// Run is not called: see server.
func (audience) Run(context.Context, function.RunRequest, *function.RunResponse) {}

// server answers a call of the function at once, before the framework decodes its
// arguments, so that a call takes only as long as the CLI needs to make it.
type server struct{ tfprotov6.ProviderServer }

func (server) CallFunction(context.Context, *tfprotov6.CallFunctionRequest) (*tfprotov6.CallFunctionResponse, error) {
	list := tftypes.List{ElementType: tftypes.String}
	nobody, err := tfprotov6.NewDynamicValue(list, tftypes.NewValue(list, []tftypes.Value{}))
	return &tfprotov6.CallFunctionResponse{Result: &nobody}, err
}
