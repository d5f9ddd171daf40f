package provider

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
	"github.com/timpush/terraform-provider-timpush/internal/faults"
)

// Every fault of the matrix that ends a read is told in one error of the house's
// form, and nothing is returned. (Faults that need a real connection are left
// out: TestAccSecretsStayOut has them.)
func TestFaultsAsDiagnostics(t *testing.T) {
	t.Parallel()
	for _, fault := range faults.All() {
		effect := fault.Effect
		if fault.Outcome == faults.Harmless || effect.Drop || effect.Delay > 0 || effect.Stall || effect.Truncate || effect.Endless || effect.Header.Get("Content-Encoding") != "" {
			continue
		}
		t.Run(fault.Name, func(t *testing.T) {
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
			response := p.read(t.Context(), userAttributes, values{"accounts": []any{"xiaoming"}}, false)
			if len(response.Diagnostics) != 1 || response.Diagnostics[0].Severity != tfprotov6.DiagnosticSeverityError || p.state(response, "attributes") != nil {
				t.Fatalf("attributes %v:\n%s", p.state(response, "attributes"), render(response.Diagnostics))
			}
			diagnostic := response.Diagnostics[0]
			sentences, facts, _ := strings.Cut(diagnostic.Detail, "\n\n")
			cause, remedy, _ := strings.Cut(sentences, ". ")
			if diagnostic.Summary != "Unable to Read User Attributes" || cause == "" || !strings.HasSuffix(remedy, ".") {
				t.Errorf("no cause and remedy:\n%s", render(response.Diagnostics))
			}
			if !strings.HasPrefix(facts, "API: get_attr\nHost: adminapisgp.im.qcloud.com\n") || !strings.Contains(facts, "\nAttempts: 1 in ") {
				t.Errorf("the facts are not as they should be:\n%s", facts)
			}
			if code := effect.Code; code != 0 && !strings.Contains(facts, fmt.Sprintf("\nError code: %d\n", code)) {
				t.Errorf("the code is not among the facts:\n%s", facts)
			}
		})
	}
}

// failingTransport is a network that fails.
type failingTransport struct{ err error }

func (f failingTransport) RoundTrip(*http.Request) (*http.Response, error) { return nil, f.err }
