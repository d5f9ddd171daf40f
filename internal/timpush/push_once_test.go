package timpush

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"text/tabwriter"
	"time"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
	"github.com/timpush/terraform-provider-timpush/internal/test/faults"
)

// A command that must not run twice is executed at most once, whatever fault loses its
// response, and its error is unclear exactly if it may have been executed. With -v,
// the test prints what arrived at the service for each fault.
//
// The commands share the code for requests, so the connection is real for one of them,
// and where the fault needs it. Each has every fault at its first moment. At other
// moments, each has another share of the faults, which begin with those of all commands.
func TestNeverTwice(t *testing.T) {
	t.Parallel()
	unrepeatable := slices.DeleteFunc(slices.Clone(commands), func(c command) bool {
		return commandTests[c.name] == nil || !faults.Once(c.name) // TestCommandsAreTested reports commands without a test
	})
	for i, command := range unrepeatable {
		call := commandTests[command.name]
		t.Run(command.name, func(t *testing.T) {
			t.Parallel()
			var table onceTable
			defer func() { t.Log(table.String()) }() // also after a failure
			for n, fault := range faults.Of(command.name, Codes()) {
				if fault.Large && command.name != push.name {
					continue // one command is enough for these, which take long
				}
				for moment, c := range onceCases(fault) {
					if moment > 0 && (n+moment)%len(unrepeatable) != i {
						continue
					}
					c.connect = command.name == push.name || fault.NeedsConnection() || fault.Network != nil
					synctest.Test(t, func(t *testing.T) {
						result := c.run(t, command.name, call)
						table.add(c, result)
						if want := c.want(); result != want {
							t.Errorf("%s, %s: got %+v, want %+v", fault.Name, c.when, result, want)
						}
					})
				}
			}
		})
	}
}

// onceCase is a fault at a certain moment.
type onceCase struct {
	when      string
	fault     faults.Fault
	throttled bool // the service first rejects the request for frequency
	sent      bool // the request arrives before the fault
	executed  bool // it is executed before the fault, which only loses the response
	times     int  // how often the fault occurs; 0 means always
	connect   bool // the service is called in a connection
}

// onceCases returns the moments at which a fault can occur.
func onceCases(fault faults.Fault) []onceCase {
	lost := []onceCase{
		{when: "executed, response lost", fault: fault, sent: true, executed: true},
		{when: "throttled, then executed, response lost", fault: fault, sent: true, executed: true, throttled: true},
	}
	unexecuted := onceCase{when: "not executed", fault: fault, sent: true}
	refused := []onceCase{{when: "refused", fault: fault, sent: fault.Network == nil}}
	if fault.Outcome == faults.Transient {
		refused = append(refused, onceCase{when: "refused twice, then executed", fault: fault, sent: fault.Network == nil, times: 2})
	}
	effect := fault.Effect
	switch {
	case fault.Large:
		return lost[:1]
	case fault.Network != nil:
		return slices.Concat(lost, []onceCase{unexecuted}, refused)
	case fault.Refused:
		return refused
	case fault.Outcome == faults.Harmless, effect.Code == 0 && effect.Status == 0 && effect.Header == nil && effect.Body == "" && !effect.Drop:
		return lost // the response is that of an executed request
	default:
		return append(lost, unexecuted)
	}
}

// certain reports whether it is certain that the fault kept the request from being
// executed.
func (c onceCase) certain() bool { return c.fault.Refused && (c.fault.Network == nil || !c.sent) }

// onceResult is what became of one call.
type onceResult struct {
	arrived, executed int // requests
	reported          string
}

// The reports of a call.
const (
	reportSent    = "sent"
	reportUnclear = "may have been sent"
	reportUnsent  = "not sent"
)

// want returns what should become of the call. Up to three retries are allowed.
func (c onceCase) want() onceResult {
	result := onceResult{arrived: 1, reported: reportUnclear}
	switch {
	case c.times > 0:
		result.reported = reportSent
		result.executed = 1
		if c.sent {
			result.arrived += c.times
		}
		return result
	case c.certain():
		result.reported = reportUnsent
		if c.fault.Outcome == faults.Transient {
			result.arrived = 4
		}
	case c.fault.Outcome == faults.Harmless:
		result.reported = reportSent
	}
	if !c.sent {
		result.arrived = 0
	}
	if c.throttled {
		result.arrived++
	}
	if c.executed {
		result.executed = 1
	}
	return result
}

// run makes the call, and checks that no request arrives later.
func (c onceCase) run(t *testing.T, command string, call commandTest) onceResult {
	t.Helper()
	accounts := []string{"user0", "user1"}
	service := withAccounts(t, accounts)
	effect := c.fault.Effect
	effect.Execute = c.executed
	if c.throttled {
		service.Script(once(CodeTooFrequent))
	}
	if c.fault.Network == nil {
		service.Script(emulator.Fault{Times: c.times, Effect: effect})
	} else if c.sent && !c.executed {
		service.Script(emulator.Fault{Times: c.times, Effect: emulator.Effect{Drop: true}})
	}
	server := http.RoundTripper(handlerTransport{service})
	if c.connect {
		server = piped(t, newOnceTransport(10*time.Second, nil), service)
	}
	failures := 0
	config := testConfig(transportFunc(func(request *http.Request) (*http.Response, error) {
		switch {
		case c.fault.Network == nil, c.throttled && len(service.Journal()) == 0, c.times > 0 && failures == c.times:
			return server.RoundTrip(request)
		case c.sent:
			if response, err := server.RoundTrip(request); err == nil {
				_ = response.Body.Close()
			}
		}
		failures++
		return nil, c.fault.Network
	}))
	config.MaxRetries = 3
	_, err := call(t, newTestClient(t, config), accounts)
	time.Sleep(2 * time.Hour)
	var result onceResult
	for _, entry := range service.Journal() {
		if entry.API == command {
			result.arrived++
		}
		if entry.Executed {
			result.executed++
		}
	}
	result.reported = reported(err)
	return result
}

// A request that arrives after the client gave up is the only one.
func TestLatePushArrivesOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		service := withAccounts(t, []string{"user0"})
		resume := service.Stall()
		client := newTestClient(t, testConfig(piped(t, newOnceTransport(10*time.Second, nil), service)))
		pushed, err := client.PushToAll(t.Context(), samplePush, 1)
		if len(service.Journal()) > 0 || reported(err) != reportUnclear || !pushed.Unclear {
			t.Errorf("%d requests arrived, and the error is %v", len(service.Journal()), err)
		}
		resume()
		synctest.Wait()
		if journal := service.Journal(); len(journal) != 1 || !journal[0].Executed {
			t.Errorf("after the stall: %+v", journal)
		}
	})
}

func reported(err error) string {
	var failed *RequestError
	switch {
	case err == nil:
		return reportSent
	case errors.As(err, &failed) && failed.Unclear:
		return reportUnclear
	default:
		return reportUnsent
	}
}

// onceTable is what became of all calls of a command.
type onceTable struct {
	rows   []string
	counts map[string]int // of the rows with these moments and results
}

func (o *onceTable) add(c onceCase, result onceResult) {
	if o.counts == nil {
		o.counts = map[string]int{}
	}
	outcome := fmt.Sprintf("%s\t%d\t%d\t%s", c.when, result.arrived, result.executed, result.reported)
	o.rows = append(o.rows, fmt.Sprintf("%.60q\t%s", c.fault.Name, outcome))
	o.counts[outcome]++
}

func (o *onceTable) String() string {
	var text bytes.Buffer
	writer := tabwriter.NewWriter(&text, 0, 0, 2, ' ', 0)
	const columns = "when\tarrived\texecuted\treported\n"
	_, _ = fmt.Fprintf(writer, "\nfault\t%s%s\n\nfaults\t%s", columns, strings.Join(o.rows, "\n"), columns)
	for _, outcome := range slices.Sorted(maps.Keys(o.counts)) {
		_, _ = fmt.Fprintf(writer, "%d\t%s\n", o.counts[outcome], outcome)
	}
	_ = writer.Flush()
	return text.String()
}
