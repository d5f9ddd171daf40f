package provider

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"sync"
)

// recordedBodies records the bodies of the requests that arrive at a service.
type recordedBodies struct {
	http.Handler

	mu     sync.Mutex
	bodies []map[string]any
}

func (r *recordedBodies) ServeHTTP(w http.ResponseWriter, request *http.Request) {
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
	r.bodies = append(r.bodies, body)
	r.mu.Unlock()
	request.Body = io.NopCloser(bytes.NewReader(content))
	r.Handler.ServeHTTP(w, request)
}

func (r *recordedBodies) all() []map[string]any {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.bodies)
}
