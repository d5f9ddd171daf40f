package timpush

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/timpush/terraform-provider-timpush/internal/test/faults"
)

// guideTable returns the rows of a guide's table that has the head.
func guideTable(t *testing.T, name, head string) []string {
	t.Helper()
	_, table, _ := strings.Cut(guide(t, name), head+"\n"+regexp.MustCompile(`[^|]+`).ReplaceAllString(head, "---")+"\n")
	table, _, found := strings.Cut(table, "\n\n")
	if !found {
		t.Fatalf("the guide has no table %s", head)
	}
	return strings.Split(table, "\n")
}

func guide(t *testing.T, name string) string {
	t.Helper()
	return document(t, "templates/guides/"+name+".md.tmpl")
}

func document(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// uncoded is a failure without a code, with what the guide's rules look at.
type uncoded struct {
	err      error
	noName   bool // the name does not exist
	status   int
	cutShort bool
}

// repeatedRules are the texts of the guide's column "repeated", and when they
// say that the request is repeated.
var repeatedRules = map[string]func(uncoded) bool{
	"soon":                                 func(uncoded) bool { return true },
	"never":                                func(uncoded) bool { return false },
	"unless the name does not exist":       func(f uncoded) bool { return !f.noName },
	"soon, unless its name does not exist": func(f uncoded) bool { return !f.noName },
	"from status 500 on":                   func(f uncoded) bool { return f.status >= 500 },
	"408, 429 and from 500 on":             func(f uncoded) bool { return f.status == 408 || f.status == 429 || f.status >= 500 },
	"only where it ended too early":        func(f uncoded) bool { return f.cutShort },
}

// uncodedFailures are failures as the client judges what the network does and
// what is answered.
func uncodedFailures(t *testing.T) []uncoded {
	t.Helper()
	client := newTestClient(t, testConfig(replies("")))
	over, end := context.WithCancel(t.Context())
	end()
	failures := []uncoded{
		{err: client.transportError(t.Context(), over, over.Err())},
		{err: client.transportError(t.Context(), t.Context(), io.ErrUnexpectedEOF)},
	}
	for _, fault := range faults.Of("get_attr") {
		if fault.Network == nil {
			continue
		}
		var lookup *net.DNSError
		noName := errors.As(fault.Network, &lookup) && lookup.IsNotFound
		failures = append(failures, uncoded{err: client.transportError(t.Context(), t.Context(), fault.Network), noName: noName})
		if lookup != nil || errors.Is(fault.Network, syscall.ECONNREFUSED) {
			proxy := &net.OpError{Op: "proxyconnect", Net: "tcp", Err: fault.Network}
			failures = append(failures, uncoded{err: client.transportError(t.Context(), t.Context(), proxy), noName: noName})
		}
	}
	for status := 201; status < 600; status++ {
		failures = append(failures, uncoded{err: &HTTPError{Status: status}, status: status})
		if status >= 300 {
			failures = append(failures, uncoded{err: client.transportError(t.Context(), t.Context(), &proxyRefusal{status}), status: status})
		}
	}
	for body, cutShort := range map[string]bool{"": true, `{"a":[1`: true, "<html>": false, `{}{}`: false, `{"a" 1}`: false} {
		failures = append(failures, uncoded{err: client.decode(&answer{body: []byte(body)}, attrsReply(client)), cutShort: cutShort})
	}
	return failures
}

// The guide's table of errors without a code quotes what the client says, and tells
// what it repeats.
func TestGuideOnErrorsWithoutACode(t *testing.T) {
	t.Parallel()
	failures := uncodedFailures(t)
	quotes := regexp.MustCompile("`([^`]*)`")
	for _, row := range guideTable(t, "troubleshooting", "| the error says | what it is | repeated |") {
		columns := strings.Split(row, "|")
		repeated, known := repeatedRules[strings.TrimSpace(columns[3])]
		says := quotes.FindAllStringSubmatch(columns[1], -1)
		if !known || len(says) == 0 {
			t.Errorf("a row that quotes nothing, or says something else of repeating: %s", row)
			continue
		}
		for _, quote := range says {
			said, pattern := false, quoted(quote[1])
			for _, failure := range failures {
				if !pattern.MatchString(failure.err.Error()) {
					continue
				}
				said = true
				if got := advice(failure.err) != retryNever; got != repeated(failure) {
					t.Errorf("%v: it is repeated: %t, and the guide says: %s", failure.err, got, row)
				}
			}
			if !said {
				t.Errorf("no error says %q", quote[1])
			}
		}
	}
}

// quoted matches errors that the guide quotes: with "..." for what is left out, a
// number at the end for any, and a sentence's capital.
func quoted(quote string) *regexp.Regexp {
	quote = strings.Replace(quote, "The answer ", "the answer ", 1)
	quote = strings.ReplaceAll(regexp.QuoteMeta(quote), regexp.QuoteMeta("..."), ".*")
	return regexp.MustCompile(regexp.MustCompile(`\d+(s?)$`).ReplaceAllString(quote, `\d+$1`))
}

// What the documents say in words of waits, times and codes is what the code has.
func TestDocumentsSayWhatTheClientDoes(t *testing.T) {
	t.Parallel()
	var throttled []string
	for _, code := range Codes() {
		if codes[code].retry == retryThrottled {
			throttled = append(throttled, strconv.FormatInt(code, 10))
		}
	}
	last := len(throttled) - 1
	const troubleshooting, performance = "templates/guides/troubleshooting.md.tmpl", "templates/guides/performance.md.tmpl"
	for _, test := range []struct {
		document, says string
		holds          bool
	}{
		{troubleshooting, `"Soon" is after a wait drawn at random, of up to half a second first, and of up to 10 seconds in the end.`, 2*firstWait == time.Second/2 && 2*longestWait == 10*time.Second},
		{troubleshooting, "refuses more with " + strings.Join(throttled[:last], ", ") + " or " + throttled[last], true},
		{troubleshooting, "those that the provider makes, 24 hours.", userSigValidity == 24*time.Hour},
		{performance, "they are repeated, at half the pace for ten seconds.", slowFor == 10*time.Second},
		{performance, "A request reads up to 100 accounts, and an app may make 100 requests in any second", batchSize == 100 && window == time.Second},
		{"DESIGN.md", "mean doubles from 250 ms to 5 s", firstWait == 250*time.Millisecond && longestWait == 5*time.Second},
		{"DESIGN.md", "`Retry-After` is obeyed up to a minute", longestRetryAfter == time.Minute},
		{"DESIGN.md", "until one second after its answer", window == time.Second},
		{"DESIGN.md", "for ten seconds", slowFor == 10*time.Second},
		{"DESIGN.md", "valid for 24 hours", userSigValidity == 24*time.Hour},
		{"DESIGN.md", "from an hour before its end", userSigRenewal == time.Hour},
		{"DESIGN.md", "16 MiB is the most that is read", maxReply == 16<<20},
		{"DESIGN.md", "70001 (the UserSig has expired)", Meaning(70001) == "the UserSig has expired"},
	} {
		if text := strings.Join(strings.Fields(document(t, test.document)), " "); !strings.Contains(text, test.says) || !test.holds {
			t.Errorf("%s and the code do not both say: %s", test.document, test.says)
		}
	}
}

// A read takes as long as the guide's table says, at its round trip of 50 ms.
func TestGuideOnHowLongAReadTakes(t *testing.T) {
	t.Parallel()
	for _, row := range guideTable(t, "performance", "| accounts | 100 requests a second | 50 | 10 |") {
		columns := strings.Split(strings.ReplaceAll(row, " ", ""), "|")
		accounts, err := strconv.Atoi(strings.ReplaceAll(columns[1], ",", ""))
		if err != nil {
			t.Fatal(err)
		}
		for i, requestsPerSecond := range []int{100, 50, 10} {
			said, err := time.ParseDuration(strings.Replace(columns[2+i], "min", "m", 1))
			if err != nil {
				t.Fatal(err)
			}
			synctest.Test(t, func(t *testing.T) {
				p, started := newPacer(requestsPerSecond), time.Now()
				var requests sync.WaitGroup
				for range accounts / batchSize {
					requests.Go(func() {
						leave := enter(t, p)
						time.Sleep(50 * time.Millisecond)
						leave()
					})
				}
				requests.Wait()
				if took := time.Since(started); (took - said).Abs() > said/50 {
					t.Errorf("%d accounts at %d requests a second take %s, and the guide says %s", accounts, requestsPerSecond, took, said)
				}
			})
		}
	}
}
