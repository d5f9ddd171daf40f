package emulator

import (
	"context"
	"net/http"
	"strconv"
)

// response is an HTTP response, either the service's own or that of a fault.
type response struct {
	code   int // ErrorCode in the body; -1 if a fault sent another body
	drop   bool
	status int
	header http.Header
	body   []byte
}

// send sends the response as the effect demands. If Content-Length exceeds what is sent, the server closes the connection
// when send returns.
func (r response) send(ctx context.Context, w http.ResponseWriter, effect Effect) {
	if r.drop {
		if reset(w) {
			return
		}
		r.status = http.StatusBadGateway
	}
	h := w.Header()
	h.Set("Content-Type", "application/json") // pick: no page names it
	for name, values := range r.header {
		h[http.CanonicalHeaderKey(name)] = values
	}
	if effect.Truncate || effect.Stall {
		h.Set("Content-Length", strconv.Itoa(max(2*len(r.body), 1)))
	}
	w.WriteHeader(r.status)
	_, err := w.Write(r.body) // an error means that the client has closed the connection
	if effect.Stall {
		_ = http.NewResponseController(w).Flush()
		<-ctx.Done()
	}
	for effect.Endless && err == nil && ctx.Err() == nil {
		_, err = w.Write(r.body)
	}
}
