package app

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// Response is the response to a command.
type Response struct {
	Code int // the ErrorCode in the body
	Body []byte
	Task string   // the TaskId of the push; "" if no push was sent: the command is not a push, was rejected, or is a duplicate
	Sent []string // the accounts that the push was sent to, sorted; nil if no push was sent
}

// envelope begins every response, in the page's order of fields (60564).
type envelope struct {
	ActionStatus string // "OK" or "FAIL"
	ErrorInfo    string
	ErrorCode    int // 0 is success
}

// okEnvelope is the envelope of an executed request.
var okEnvelope = envelope{ActionStatus: "OK"}

// accountError is the error of one account. It has no ErrorInfo, as in the pages' samples, although their tables list it.
type accountError struct {
	ErrorCode int
	ToAccount string `json:"To_Account"`
}

// writeResponse is the response of commands that write to accounts (60565, 60566, 67821, 60569, 60570). It has no
// ErrorList if no account failed.
type writeResponse struct {
	envelope
	ErrorList []accountError `json:",omitempty"`
}

// success returns the response to an executed request.
func success(response any) Response { return Response{Body: encode(response)} }

// Reject returns the response to a rejected request.
func Reject(code int, info string) Response {
	return Response{Code: code, Body: encode(failure(code, info))}
}

// failure is the envelope of a rejected request.
func failure(code int, info string) envelope {
	return envelope{ActionStatus: "FAIL", ErrorInfo: info, ErrorCode: code}
}

// reject is Reject with the usual text for the code.
func reject(code int) Response { return Reject(code, infos[code]) }

func encode(response any) []byte {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false) // the service has no reason to escape it
	if err := encoder.Encode(response); err != nil {
		panic(fmt.Sprintf("app: cannot encode %T: %v", response, err)) // strings and numbers only: it cannot fail
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}
