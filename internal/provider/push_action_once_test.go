package provider

import (
	"net/http"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
	"github.com/timpush/terraform-provider-timpush/internal/test/faults"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// The texts about a push that may have been sent, and about one that certainly was not.
const (
	mayHaveBeenSent = "The push may have been sent, so the provider did not send it again."
	nothingSent     = "\n\nNothing was sent.\n"
)

// Whatever loses the response to a push that was executed, it is executed once, and the
// error says that it may have been sent. If the fault proves that it was not executed,
// the error says that nothing was sent. (Package timpush tests every fault of both
// commands, at each moment.)
func TestPushActionNeverTwice(t *testing.T) {
	t.Parallel()
	for n, test := range []struct {
		api      string
		audience any
	}{{"push", everyone()}, {"batch", users(1)}} {
		for _, fault := range faults.Share(test.api, timpush.Codes(), n, 5, 1) {
			if needsConnection(fault) {
				continue
			}
			t.Run(test.api+" "+fault.Name, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					checkOnce(t, test.api, fault, pushTo(test.audience, values{"message_random": 4294967295}))
				})
			})
		}
	}
}

// needsConnection reports whether a fault needs a real connection, or a lot of memory.
func needsConnection(fault faults.Fault) bool {
	effect := fault.Effect
	return effect.Stall || effect.Truncate || effect.Endless || len(effect.Body) > 1<<16 || effect.Header.Get("Content-Encoding") != ""
}

func checkOnce(t *testing.T, api string, fault faults.Fault, arguments values) {
	t.Helper()
	refused := fault.Refused && fault.Network == nil
	service := seededEmulator(t, withAccount("user0"))
	fault.Effect.Execute = !refused
	service.Script(emulator.Fault{Match: emulator.Match{API: api}, Effect: fault.Effect})
	seen := &signatures{Handler: service}
	faulty := testProvider(testEnvironment(), seen)
	if fault.Network != nil {
		faulty.transport = losingTransport{faulty.transport, fault.Network}
	}
	p := newProtocolOf(t, faulty)
	if text := p.configure(nil); text != "" {
		t.Fatal(text)
	}
	text := invocation{p, pushName}.run(arguments)
	seen.check(t, text)
	executed, arrived := 0, 0
	for _, entry := range service.Journal() {
		arrived++
		if entry.Executed {
			executed++
		}
	}
	if refused && executed > 0 || !refused && (executed != 1 || arrived != 1) {
		t.Errorf("%d requests arrived, and %d were executed", arrived, executed)
	}
	switch {
	case fault.Outcome == faults.Harmless:
		if !strings.Contains(text, "Task ID: ") || strings.Contains(text, mayHaveBeenSent) {
			t.Errorf("it is not reported as sent:\n%s", text)
		}
	case refused:
		if !strings.HasPrefix(text, "ERROR Unable to Push Notification\n") || !strings.HasSuffix(text, nothingSent) || strings.Contains(text, "may have been") {
			t.Errorf("it is not reported as refused:\n%s", text)
		}
	default:
		if !strings.HasPrefix(text, "May have been sent") || strings.Count(text, "Message random: 4294967295\n") != 2 || !strings.Contains(text, mayHaveBeenSent) {
			t.Errorf("it is not reported as unclear:\n%s", text)
		}
		if strings.Contains(text, "Try again") || strings.Contains(text, "Nothing was sent") || strings.Contains(text, "Task ID") {
			t.Errorf("the advice is wrong:\n%s", text)
		}
	}
}

// losingTransport loses each response, and fails the request with err instead.
type losingTransport struct {
	http.RoundTripper

	err error
}

func (l losingTransport) RoundTrip(request *http.Request) (*http.Response, error) {
	response, err := l.RoundTripper.RoundTrip(request)
	if err == nil {
		_ = response.Body.Close()
	}
	return nil, l.err
}

// A request that was certainly not sent, or refused for frequency, is sent again, and
// executed once.
func TestPushActionRetries(t *testing.T) {
	t.Parallel()
	for name, code := range map[string]int{"push": timpush.CodePushTooFrequent, "any call": timpush.CodeTooFrequent, "app": timpush.CodeAppTooFrequent} {
		synctest.Test(t, func(t *testing.T) {
			service := newEmulator(t)
			service.Script(emulator.Fault{Times: 4, Effect: emulator.Effect{Code: code}})
			text := newInvocation(t, pushName, service).run(pushTo(everyone(), nil))
			if sent := sentTo(service); !strings.HasPrefix(text, "Sent. Task ID: ") || len(sent) != 1 || len(service.Journal()) != 5 {
				t.Errorf("%s: sent %d times:\n%s", name, len(sent), text)
			}
		})
	}
}
