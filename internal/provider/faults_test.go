package provider

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
	"github.com/timpush/terraform-provider-timpush/internal/test/faults"
)

// Every fault of the matrix that ends a read is told in one error of the house's
// form, and nothing is returned. (Faults that need a real connection are left
// out: TestAccSecretsStayOut has them.)
func TestFaultsAsDiagnostics(t *testing.T) {
	t.Parallel()
	one := values{"accounts": []any{"xiaoming"}}
	kinds := map[string]struct {
		api, title string
		read       func(*protocol) (result any, diagnostics []*tfprotov6.Diagnostic)
	}{
		userAttributes: {"get_attr", "User Attributes", func(p *protocol) (any, []*tfprotov6.Diagnostic) {
			response := p.read(t.Context(), userAttributes, one, false)
			return p.state(response, "attributes"), response.Diagnostics
		}},
		"ephemeral " + userAttributes: {"get_attr", "User Attributes", func(p *protocol) (any, []*tfprotov6.Diagnostic) {
			response, _ := p.open(userAttributes, one, false)
			return p.opened(userAttributes, response, "attributes"), response.Diagnostics
		}},
		userTags: {"get_tag", "User Tags", func(p *protocol) (any, []*tfprotov6.Diagnostic) {
			response := p.read(t.Context(), userTags, one, false)
			return p.stateOf(userTags, response, "tags"), response.Diagnostics
		}},
		attributeNames: {"get_attr_name", "Attribute Names", func(p *protocol) (any, []*tfprotov6.Diagnostic) {
			response := p.read(t.Context(), attributeNames, nil, false)
			return p.stateOf(attributeNames, response, "attribute_names"), response.Diagnostics
		}},
	}
	if len(kinds) != len(readingKinds) {
		t.Errorf("%d kinds meet the matrix, of %d", len(kinds), len(readingKinds))
	}
	for name, kind := range kinds {
		for _, fault := range faults.Of(kind.api) {
			effect := fault.Effect
			if fault.Outcome == faults.Harmless || effect.Drop || effect.Delay > 0 || effect.Stall || effect.Truncate || effect.Endless || effect.Header.Get("Content-Encoding") != "" {
				continue
			}
			t.Run(name+" "+fault.Name, func(t *testing.T) {
				t.Parallel()
				service := newEmulator(t)
				service.Script(emulator.Fault{Effect: effect})
				faulty := testProvider(testEnvironment(), service)
				if fault.Network != nil {
					faulty.transport = failingTransport{fault.Network}
				}
				p := newProtocolOf(t, faulty)
				if text := p.configure(values{"max_retries": 0}); text != "" {
					t.Fatal(text)
				}
				result, diagnostics := kind.read(p)
				if result != nil || len(diagnostics) != 1 || diagnostics[0].Severity != tfprotov6.DiagnosticSeverityError {
					t.Fatalf("result %v:\n%s", result, render(diagnostics))
				}
				sentences, facts, _ := strings.Cut(diagnostics[0].Detail, "\n\n")
				cause, remedy, _ := strings.Cut(sentences, ". ")
				if diagnostics[0].Summary != "Unable to Read "+kind.title || cause == "" || !strings.HasSuffix(remedy, ".") {
					t.Errorf("no cause and remedy:\n%s", render(diagnostics))
				}
				if later := strings.HasPrefix(remedy, "Try again later"); effect.Status != 0 && later != (fault.Outcome == faults.Passing) {
					t.Errorf("trying again is advised: %t\n%s", later, remedy)
				}
				if elsewhere := strings.HasPrefix(remedy, "Redirects are not followed"); elsewhere != (effect.Status/100 == 3) {
					t.Errorf("it is taken for a redirect: %t\n%s", elsewhere, remedy)
				}
				if !strings.HasPrefix(facts, "API: "+kind.api+"\nHost: adminapisgp.im.qcloud.com\n") || !strings.Contains(facts, "\nAttempts: 1 in ") {
					t.Errorf("the facts are not as they should be:\n%s", facts)
				}
				if code := effect.Code; code != 0 && !strings.Contains(facts, fmt.Sprintf("\nError code: %d\n", code)) {
					t.Errorf("the code is not among the facts:\n%s", facts)
				}
			})
		}
	}
}

// failingTransport is a network that fails.
type failingTransport struct{ err error }

func (f failingTransport) RoundTrip(*http.Request) (*http.Response, error) { return nil, f.err }
