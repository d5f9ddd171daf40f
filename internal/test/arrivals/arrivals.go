// Package arrivals records the requests that arrive at a service.
package arrivals

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"sync"
	"time"
)

// Recorder records the requests that arrive at a handler.
type Recorder struct {
	http.Handler

	mu     sync.Mutex // guards the fields below
	bodies []map[string]any
	times  []time.Time
}

// ServeHTTP records a request, whose body is a JSON object, and passes it on.
func (r *Recorder) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	content, err := io.ReadAll(request.Body)
	if err != nil {
		panic(err)
	}
	var body map[string]any
	decoder := json.NewDecoder(bytes.NewReader(content))
	decoder.UseNumber()
	if err := decoder.Decode(&body); err != nil {
		panic(err)
	}
	r.mu.Lock()
	r.bodies, r.times = append(r.bodies, body), append(r.times, time.Now())
	r.mu.Unlock()
	request.Body = io.NopCloser(bytes.NewReader(content))
	r.Handler.ServeHTTP(w, request)
}

// Bodies returns the bodies of the requests, with numbers as [json.Number].
func (r *Recorder) Bodies() []map[string]any {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.bodies)
}

// Times returns when the requests arrived.
func (r *Recorder) Times() []time.Time {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.times)
}
