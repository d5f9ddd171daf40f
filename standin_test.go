package main

import (
	"context"
	"log"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// The examples hand values to resources of other providers, which the tests
// cannot install: this binary stands in for them, under their name.

// standInName is the binary's name when it stands in for a provider.
const standInName = "terraform-provider-aws"

// isStandIn reports whether a CLI has started this binary as a provider.
func isStandIn() bool { return strings.HasPrefix(filepath.Base(os.Args[0]), standInName) }

func serveStandIn() {
	err := providerserver.Serve(context.Background(), func() provider.Provider { return awsStandIn{} }, providerserver.ServeOpts{
		Address: "registry.terraform.io/hashicorp/aws", ProtocolVersion: 6,
	})
	if err != nil {
		log.Fatal(err)
	}
}

// standIn lets the CLI find the stand-in, and returns the file with all that its
// write-only arguments receive from then on.
func (w *workspace) standIn(t *testing.T) (received string) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	name := standInName
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	if err := os.Symlink(self, filepath.Join(folder, name)); err != nil {
		t.Fatal(err)
	}
	w.install(t, map[string]string{"timpush/timpush": binaries, "hashicorp/aws": folder})
	received = filepath.Join(folder, receivedName)
	if err := os.WriteFile(received, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	return received
}

// receivedName is the file beside the stand-in's binary.
const receivedName = "received.txt"

// awsStandIn has the one resource of the AWS provider that the examples use.
type awsStandIn struct{}

func (awsStandIn) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "aws"
}

func (awsStandIn) Schema(context.Context, provider.SchemaRequest, *provider.SchemaResponse) {}

func (awsStandIn) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {
}

func (awsStandIn) DataSources(context.Context) []func() datasource.DataSource { return nil }

func (awsStandIn) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{func() resource.Resource { return secretVersion{} }}
}

// secretVersion is aws_secretsmanager_secret_version, as far as the examples need
// it.
type secretVersion struct{}

func (secretVersion) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "aws_secretsmanager_secret_version"
}

func (secretVersion) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{Attributes: map[string]schema.Attribute{
		"secret_id":                schema.StringAttribute{Required: true},
		"secret_string_wo":         schema.StringAttribute{Optional: true, WriteOnly: true},
		"secret_string_wo_version": schema.Int64Attribute{Optional: true},
	}}
}

func (secretVersion) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	resp.State.Raw = req.Plan.Raw
	var secret types.String
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("secret_string_wo"), &secret)...)
	file, err := os.OpenFile(filepath.Join(filepath.Dir(os.Args[0]), receivedName), os.O_APPEND|os.O_WRONLY, 0)
	if err == nil {
		defer func() { _ = file.Close() }()
		_, err = file.WriteString(secret.ValueString() + "\n")
	}
	if err != nil {
		resp.Diagnostics.AddError("Unable to Note What Was Received", err.Error())
	}
}

func (secretVersion) Read(context.Context, resource.ReadRequest, *resource.ReadResponse) {}

func (secretVersion) Update(_ context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	resp.State.Raw = req.Plan.Raw
}

func (secretVersion) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {}
