package provider

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// requestLog records when a service receives requests, and their commands and
// bodies.
type requestLog struct {
	http.Handler

	mu   sync.Mutex
	at   []time.Time
	seen []string
}

func (l *requestLog) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	body, _ := io.ReadAll(request.Body)
	request.Body = io.NopCloser(bytes.NewReader(body))
	l.mu.Lock()
	l.at = append(l.at, time.Now())
	l.seen = append(l.seen, fmt.Sprintf("%s %s", path.Base(request.URL.Path), body))
	l.mu.Unlock()
	l.Handler.ServeHTTP(w, request)
}

// taken returns the requests since the last call, sorted: batches are sent at the
// same time.
func (l *requestLog) taken() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	requests := l.seen
	l.at, l.seen = nil, nil
	slices.Sort(requests)
	return requests
}

// check checks the requests since the last call.
func (l *requestLog) check(t *testing.T, when string, want ...string) {
	t.Helper()
	if got := l.taken(); !slices.Equal(got, want) {
		t.Errorf("%s: the requests are\n%s\nwant\n%s", when, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
