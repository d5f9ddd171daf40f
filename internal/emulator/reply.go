package emulator

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"strconv"
)

// envelope begins every reply, in the page's order of fields (60564).
type envelope struct {
	ActionStatus string // "OK" or "FAIL"
	ErrorInfo    string
	ErrorCode    int // 0 is success
}

// writeReply is the reply to calls that write to accounts (60565, 60566, 67821, 60569, 60570). One that has done it to all
// accounts has no ErrorList.
type writeReply struct {
	envelope
	ErrorList []accountError `json:",omitempty"`
}

// accountError says why one account failed. The pages' samples have no ErrorInfo here, though the tables name it.
type accountError struct {
	ErrorCode int
	ToAccount string `json:"To_Account"`
}

// done is the envelope of a call that was carried out.
var done = envelope{ActionStatus: "OK"}

// answer is what goes back over HTTP.
type answer struct {
	code   int // ErrorCode in the body; -1 where the body is no envelope of ours
	drop   bool
	status int
	header http.Header
	body   []byte
}

// ok is the answer to a call that was carried out.
func ok(reply any) answer { return encode(reply, 0) }

// fail is the answer to a call that was refused with one of our own codes.
func fail(code int) answer { return failWith(code, infos[code]) }

// failWith is a refusal with a text of the caller's.
func failWith(code int, info string) answer {
	return encode(envelope{ActionStatus: "FAIL", ErrorInfo: info, ErrorCode: code}, code)
}

func encode(reply any, code int) answer {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false) // as a service that does not think of HTML
	if err := enc.Encode(reply); err != nil {
		// The wire structs cannot fail to encode; a test would show it here.
		return answer{code: -1, status: http.StatusInternalServerError, body: []byte(err.Error())}
	}
	return answer{code: code, status: http.StatusOK, body: bytes.TrimSuffix(b.Bytes(), []byte("\n"))}
}

// send writes the answer, or as much of it and as often as the effect says. Where twice the length was announced, the
// server closes the connection in the end, since the client waits for bytes that do not come.
func (a answer) send(ctx context.Context, w http.ResponseWriter, effect Effect) {
	if a.drop {
		if reset(w) {
			return
		}
		a.status = http.StatusBadGateway
	}
	h := w.Header()
	h.Set("Content-Type", "application/json") // pick: no page names the reply's header
	for name, values := range a.header {
		h[http.CanonicalHeaderKey(name)] = values
	}
	if effect.Truncate || effect.Stall {
		h.Set("Content-Length", strconv.Itoa(max(2*len(a.body), 1)))
	}
	w.WriteHeader(a.status)
	// An error of writing means that the client has gone: nobody is left to be told.
	_, err := w.Write(a.body)
	if effect.Stall {
		_ = http.NewResponseController(w).Flush()
		<-ctx.Done()
	}
	for effect.Endless && err == nil && ctx.Err() == nil {
		_, err = w.Write(a.body)
	}
}
