package provider

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/test/faults"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// For every kind, each fault that fails a read is one error of the usual form,
// without a result. With other faults, the read has a result. A fault of a write is
// one error or warning with the same facts. None contains a secret. (Faults that need
// a real connection, and large responses, are in the acceptance tests of the built
// binary.)
//
// Kinds have most of the code in common. So only the first one gets all faults of all
// commands. Each other one gets a tenth of them, and a fourth of those of the command's
// own responses if it is the first that calls the command. (Package timpush tests all
// faults of each command.)
func TestFaultsAsDiagnostics(t *testing.T) {
	t.Parallel()
	called := map[string]bool{}
	for n, kind := range kinds(t) {
		for _, api := range kind.apis(t) {
			shares, ownShares := 10, 4
			switch {
			case n == 0:
				shares, ownShares = 1, 1
			case called[api]:
				ownShares = 0
			}
			called[api] = true
			for _, fault := range faults.Share(api, timpush.Codes(), n, shares, ownShares) {
				if fault.Large || fault.NeedsConnection() {
					continue
				}
				t.Run(kind.String()+" "+api+" "+fault.Name, func(t *testing.T) {
					t.Parallel()
					checkFault(t, kind, api, fault)
				})
			}
		}
	}
}

func checkFault(t *testing.T, kind kind, api string, fault faults.Fault) {
	t.Helper()
	effect := fault.Effect
	service := seededEmulator(t, withAccount("user0")) // the account in the responses of package faults
	service.Script(emulator.Fault{Match: emulator.Match{API: api}, Effect: effect})
	seen := &signatures{Handler: service}
	faulty := testProvider(testEnvironment(), seen)
	if fault.Network != nil {
		faulty.transport = failingTransport{faulty.transport, api, fault.Network}
	}
	p := newProtocolOf(t, faulty)
	if text := p.configure(values{"max_retries": 0}); text != "" {
		t.Fatal(text)
	}
	arguments := values{}
	if fault.Outcome == faults.Harmless && kind.has(p, "on_account_error") {
		arguments["on_account_error"] = "warn"
	}
	got := kind.readFor(p, "user0", arguments, false)
	seen.check(t, render(got.diagnostics)+got.progress)
	if got.result != nil {
		seen.check(t, string(got.result.MsgPack))
	}
	if kind.expects(api, effect.Code) {
		if failed(got.diagnostics) {
			t.Errorf("it is an error:\n%s", render(got.diagnostics))
		}
		return
	}
	if fault.Outcome == faults.Harmless {
		if failed(got.diagnostics) && !kind.writes(api) { // an account that a write lists as failed can be an error
			t.Errorf("it is an error:\n%s", render(got.diagnostics))
		}
		return
	}
	if len(got.diagnostics) != 1 || !failed(got.diagnostics) && !kind.warns(api) {
		t.Fatalf("the diagnostics are:\n%s", render(got.diagnostics))
	}
	if detail := got.diagnostics[0].Detail; kind.writes(api) && strings.HasPrefix(got.diagnostics[0].Summary, "Some Accounts Could Not Be ") {
		// A rejection that an account can cause is reported with the account.
		if effect.Code == 0 || !strings.Contains(detail, fmt.Sprintf("\n\nError code %d (", effect.Code)) || !strings.Contains(detail, "\nFix: ") {
			t.Errorf("no code and fix:\n%s", detail)
		}
		return
	}
	if kind.writes(api) {
		if detail := got.diagnostics[0].Detail; !strings.Contains(detail, "\nAPI: "+api+"\n") || !strings.Contains(detail, "\nAttempts: 1 in ") {
			t.Errorf("the facts are not as they should be:\n%s", detail)
		}
	}
	if !failed(got.diagnostics) {
		return
	}
	kind.checkNoResult(t, p, got)
	sentences, facts, _ := strings.Cut(got.diagnostics[0].Detail, "\n\n")
	cause, fix, _ := strings.Cut(sentences, ". ")
	if !strings.HasPrefix(got.diagnostics[0].Summary, "Unable to ") || cause == "" || !strings.HasSuffix(fix, ".") {
		t.Errorf("no cause and fix:\n%s", render(got.diagnostics))
	}
	if later := strings.HasPrefix(fix, "Try again later"); effect.Status != 0 && later != (fault.Outcome == faults.Transient) {
		t.Errorf("trying again is advised: %t\n%s", later, fix)
	}
	if redirect := strings.HasPrefix(fix, "Redirects are not followed"); redirect != (effect.Status/100 == 3) {
		t.Errorf("it is explained as a redirect: %t\n%s", redirect, fix)
	}
	if !strings.HasPrefix(facts, "API: "+api+"\nHost: adminapisgp.im.qcloud.com\n") || !strings.Contains(facts, "\nAttempts: 1 in ") {
		t.Errorf("the facts are not as they should be:\n%s", facts)
	}
	if code := effect.Code; code != 0 && !strings.Contains(facts, fmt.Sprintf("\nError code: %d\n", code)) {
		t.Errorf("the code is not among the facts:\n%s", facts)
	}
}

// checkNoResult checks that there is no result after an error. A resource that
// exists keeps its state.
func (k kind) checkNoResult(t *testing.T, p *protocol, got outcome) {
	t.Helper()
	if got.result == nil || k.operation != "" && k.operation != kit.OperationCreate {
		return
	}
	for _, attribute := range k.schema(p).Block.Attributes {
		if value := p.attribute(got.result, k.schema(p), attribute.Name); (attribute.Computed || k.operation != "") && value != nil {
			t.Errorf("%s is %v", attribute.Name, value)
		}
	}
}

// failingTransport fails every request for an API command with err.
type failingTransport struct {
	http.RoundTripper

	api string
	err error
}

func (f failingTransport) RoundTrip(request *http.Request) (*http.Response, error) {
	if strings.HasSuffix(request.URL.Path, "/"+f.api) {
		return nil, f.err
	}
	return f.RoundTripper.RoundTrip(request)
}
