package acceptance

import (
	"context"
	"log"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
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

// The examples pass values to resources of other providers, which the tests
// cannot install. This test binary replaces them: it runs under their names.

// standIns are the replacements of other providers, by name of the binary.
var standIns = map[string]provider.Provider{
	"terraform-provider-aws":   standIn{"aws", secretVersion{}},
	"terraform-provider-local": standIn{"local", localFile{}},
}

// asStandIn returns the provider if a CLI started this binary as one, or nil.
func asStandIn() provider.Provider {
	return standIns[strings.TrimSuffix(filepath.Base(os.Args[0]), ".exe")]
}

func serveStandIn(p provider.Provider) {
	err := providerserver.Serve(context.Background(), func() provider.Provider { return p }, providerserver.ServeOpts{
		Address: "registry.terraform.io/hashicorp/standin", ProtocolVersion: 6,
	})
	if err != nil {
		log.Fatal(err)
	}
}

// installStandIns makes the CLI use the stand-ins.
func (w *workspace) installStandIns(t *testing.T) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	w.standIns = t.TempDir()
	folders := map[string]string{"timpush/timpush": binaries}
	for name := range standIns {
		if runtime.GOOS == "windows" {
			name += ".exe"
		}
		if err := os.Symlink(self, filepath.Join(w.standIns, name)); err != nil {
			t.Fatal(err)
		}
		source := strings.TrimSuffix(strings.Replace(name, "terraform-provider-", "hashicorp/", 1), ".exe")
		folders[source] = w.standIns
	}
	w.install(t, folders)
}

// standIn is a provider with one resource, limited to what the examples need.
type standIn struct {
	name     string
	resource resource.Resource
}

func (s standIn) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = s.name
}

func (standIn) Schema(context.Context, provider.SchemaRequest, *provider.SchemaResponse) {}

func (standIn) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {}

func (standIn) DataSources(context.Context) []func() datasource.DataSource { return nil }

func (s standIn) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{func() resource.Resource { return s.resource }}
}

// planKeeper is a resource that stores the planned values.
type planKeeper struct{}

func (planKeeper) Create(_ context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	resp.State.Raw = req.Plan.Raw
}

func (planKeeper) Read(context.Context, resource.ReadRequest, *resource.ReadResponse) {}

func (planKeeper) Update(_ context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	resp.State.Raw = req.Plan.Raw
}

func (planKeeper) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {}

// localFile is local_sensitive_file.
type localFile struct{ planKeeper }

func (localFile) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "local_sensitive_file"
}

func (localFile) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{Attributes: map[string]schema.Attribute{
		"filename":        schema.StringAttribute{Required: true},
		"file_permission": schema.StringAttribute{Required: true},
		"content":         schema.StringAttribute{Required: true},
	}}
}

func (f localFile) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	f.planKeeper.Create(ctx, req, resp)
	var name, permission, content string
	resp.Diagnostics.Append(req.Plan.GetAttribute(ctx, path.Root("filename"), &name)...)
	resp.Diagnostics.Append(req.Plan.GetAttribute(ctx, path.Root("content"), &content)...)
	resp.Diagnostics.Append(req.Plan.GetAttribute(ctx, path.Root("file_permission"), &permission)...)
	mode, err := strconv.ParseUint(permission, 8, 9)
	if err == nil {
		err = os.WriteFile(name, []byte(content), os.FileMode(mode))
	}
	if err != nil {
		resp.Diagnostics.AddError("Unable to Write the File", err.Error())
	}
}

// receivedName is the file, next to the stand-ins, with the values that
// write-only arguments received.
const receivedName = "received.txt"

// secretVersion is aws_secretsmanager_secret_version.
type secretVersion struct{ planKeeper }

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

func (v secretVersion) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	v.planKeeper.Create(ctx, req, resp)
	var secret types.String
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("secret_string_wo"), &secret)...)
	file, err := os.OpenFile(filepath.Join(filepath.Dir(os.Args[0]), receivedName), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err == nil {
		defer func() { _ = file.Close() }()
		_, err = file.WriteString(secret.ValueString() + "\n")
	}
	if err != nil {
		resp.Diagnostics.AddError("Unable to Note What Was Received", err.Error())
	}
}
