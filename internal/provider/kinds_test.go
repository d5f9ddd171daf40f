package provider

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
	"github.com/timpush/terraform-provider-timpush/internal/test/faults"
)

// readingKinds are all kinds that ask the service: what holds for one of them
// holds for each.
var readingKinds = map[string]readingKind{
	"data source " + userAttributes:        {userAttributes, operationRead, values{"accounts": []any{"xiaoming"}}},
	"data source " + userTags:              {userTags, operationRead, values{"accounts": []any{"xiaoming"}}},
	"data source " + attributeNames:        {attributeNames, operationRead, nil},
	"ephemeral resource " + userAttributes: {userAttributes, operationOpen, values{"accounts": []any{"xiaoming"}}},
}

type readingKind struct {
	name      string
	operation string // its time-out's name, which tells data sources from ephemeral resources
	arguments values
}

// with returns the arguments and one more.
func (k readingKind) with(name string, value any) values {
	arguments := values{name: value}
	for other, value := range k.arguments {
		if other != name {
			arguments[other] = value
		}
	}
	return arguments
}

// run reads or opens, and returns whether that is put off, and the diagnostics.
func (k readingKind) run(p *protocol, arguments values, deferral bool) (deferred bool, text string) {
	p.tb.Helper()
	if k.operation == operationRead {
		response := p.read(p.tb.Context(), k.name, arguments, deferral)
		return response.Deferred != nil, render(response.Diagnostics)
	}
	response, text := p.open(k.name, arguments, deferral)
	return response != nil && response.Deferred != nil, text
}

// Every kind that the provider has is either in the table or asks nothing.
func TestReadingKindsAreAll(t *testing.T) {
	t.Parallel()
	p := newProtocol(t, nil, newEmulator(t))
	all := len(p.schema.DataSourceSchemas) + len(p.schema.EphemeralResourceSchemas)
	if all != len(readingKinds)+1 { // timpush_user_sig asks nothing
		t.Errorf("the provider has %d kinds", all)
	}
}

// Every kind asks with a call that the emulator answers, and that has a matrix of
// faults.
func TestReadingKindsHaveFaults(t *testing.T) {
	t.Parallel()
	for name, kind := range readingKinds {
		service := newEmulator(t)
		_, text := kind.run(newConfigured(t, service, nil), kind.arguments, false)
		if journal := service.Journal(); len(journal) != 1 || journal[0].Code != 0 || !slices.Contains(faults.APIs(), journal[0].API) {
			t.Errorf("%s: the requests are %+v\n%s", name, journal, text)
		}
	}
}

// Terraform's mock_provider leaves computed collections of nested attributes empty,
// so modules that use them could not be tested.
func TestResultsCanBeMocked(t *testing.T) {
	t.Parallel()
	p := newProtocol(t, nil, newEmulator(t))
	for name, schema := range p.schema.DataSourceSchemas {
		for _, attribute := range schema.Block.Attributes {
			if attribute.Computed && attribute.NestedType != nil {
				t.Errorf("%s: %s is nested", name, attribute.Name)
			}
		}
	}
}

func TestEveryKindKeepsItsTimeout(t *testing.T) {
	t.Parallel()
	for name, kind := range readingKinds {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for timeout, want := range map[string]time.Duration{"": 5 * time.Minute, "7s": 7 * time.Second} {
				synctest.Test(t, func(t *testing.T) {
					service := newEmulator(t)
					service.Script(emulator.Fault{Effect: emulator.Effect{Delay: time.Hour}})
					p := newConfigured(t, service, values{"request_timeout": "1h", "max_retries": 0})
					arguments := kind.arguments
					if timeout != "" {
						arguments = kind.with("timeouts", map[string]any{kind.operation: timeout})
					}
					started := time.Now()
					_, text := kind.run(p, arguments, false)
					if took := time.Since(started); took != want {
						t.Errorf("timeout %q: took %s", timeout, took)
					}
					for _, said := range []string{"was not done within " + want.String(), "Raise timeouts." + kind.operation} {
						if !strings.Contains(text, said) {
							t.Errorf("timeout %q: the text does not say %q:\n%s", timeout, said, text)
						}
					}
				})
			}
		})
	}
}

// What is not known yet puts a read off where the CLI allows it, and is an error
// where not; a read of no accounts needs nothing of the provider.
func TestEveryKindWithUnknownProviderConfiguration(t *testing.T) {
	t.Parallel()
	for name, kind := range readingKinds {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			service := newEmulator(t)
			p := newConfigured(t, service, values{"request_timeout": tftypes.UnknownValue})
			if deferred, text := kind.run(p, kind.arguments, true); !deferred || text != "" {
				t.Errorf("it is not put off:\n%s", text)
			}
			if deferred, text := kind.run(p, kind.arguments, false); deferred || !strings.HasSuffix(text, "\n\nNot known yet: request_timeout\n") {
				t.Errorf("it is put off (%t), or the error is another:\n%s", deferred, text)
			}
			if kind.arguments != nil {
				for _, deferral := range []bool{true, false} {
					if deferred, text := kind.run(p, kind.with("accounts", []any{}), deferral); deferred || text != "" {
						t.Errorf("a read of nothing is put off (%t), or:\n%s", deferred, text)
					}
				}
			}
			checkNoRequest(t, service)
		})
	}
}
