package provider

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-log/tfsdklogtest"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// 9,900 accounts are 99 requests. With one for the attribute names, the pace allows
// them at once, so that the benchmark does not measure waiting.
const benchAccounts = 9_900

// countingWriter replaces the CLI, which reads the provider's log at all levels.
type countingWriter struct{ bytes int }

func (w *countingWriter) Write(p []byte) (int, error) {
	w.bytes += len(p)
	return len(p), nil
}

// BenchmarkReadDataSource reads as for the CLI, from the encoded request to the
// encoded response, with the service in memory.
func BenchmarkReadDataSource(b *testing.B) {
	for name, arguments := range map[string]values{
		userAttributes: {},
		pushAudience:   {"condition": map[string]any{"attributes_and": map[string]any{"sex": "male", "city": "BeiJing"}}},
	} {
		b.Run(name, func(b *testing.B) { benchmarkRead(b, name, arguments) })
	}
}

func benchmarkRead(b *testing.B, kind string, arguments values) {
	b.Helper()
	seed := emulator.Seed{Accounts: map[string]emulator.Account{}}
	accounts := make([]any, benchAccounts)
	for i := range accounts {
		name := fmt.Sprintf("user%06d", i)
		accounts[i] = name
		seed.Accounts[name] = emulator.Account{Attributes: map[string]string{"sex": "male", "city": "ShenZhen"}}
	}
	arguments["accounts"] = accounts
	var log countingWriter
	ctx := tfsdklogtest.RootLogger(b.Context(), &log)
	for b.Loop() {
		b.StopTimer() // a new provider, with all places of its pace free
		service, err := emulator.New(emulator.Options{SDKAppID: testSDKAppID, Key: testKey, Seed: seed})
		if err != nil {
			b.Fatal(err)
		}
		p := newProtocol(b, testEnvironment(), service)
		if text := p.configure(nil); text != "" {
			b.Fatal(text)
		}
		config := p.block(p.schema.DataSourceSchemas[kind], arguments)
		b.StartTimer()
		response, err := p.server.ReadDataSource(ctx, &tfprotov6.ReadDataSourceRequest{TypeName: kind, Config: config})
		if err != nil || len(response.Diagnostics) > 0 {
			b.Fatal(err, render(response.Diagnostics))
		}
	}
	b.ReportAllocs()
	b.ReportMetric(float64(log.bytes)/float64(b.N), "log-B/op")
}

// BenchmarkAccountsAs shows why accounts are a list. It measures what the
// framework does before a provider gets the strings: it decodes them and, for a
// set, looks for duplicates.
func BenchmarkAccountsAs(b *testing.B) {
	for _, size := range []int{1_000, 10_000} {
		accounts := make([]tftypes.Value, size)
		for i := range accounts {
			accounts[i] = tftypes.NewValue(tftypes.String, fmt.Sprintf("user%06d", i))
		}
		b.Run(fmt.Sprintf("list/%d", size), func(b *testing.B) {
			list := types.ListType{ElemType: types.StringType}
			value := tftypes.NewValue(list.TerraformType(b.Context()), accounts)
			for b.Loop() {
				if _, err := list.ValueFromTerraform(b.Context(), value); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(fmt.Sprintf("set/%d", size), func(b *testing.B) {
			set := types.SetType{ElemType: types.StringType}
			value := tftypes.NewValue(set.TerraformType(b.Context()), accounts)
			for b.Loop() {
				if _, err := set.ValueFromTerraform(b.Context(), value); err != nil {
					b.Fatal(err)
				}
				if diags := set.Validate(b.Context(), value, path.Root("accounts")); diags.HasError() {
					b.Fatal(diags)
				}
			}
		})
	}
}
