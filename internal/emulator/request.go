package emulator

import (
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/timpush/terraform-provider-timpush/internal/emulator/app"
)

// maxBody is the maximum size of a request body in bytes. Pick: no page has a limit for attribute calls; this is ten times
// the size of the largest documented request.
const maxBody = 1 << 20

// pathPrefix is the path of all commands, without their names.
const pathPrefix = "/v4/timpush/"

// request is an unchecked request: rejected requests also match faults and appear in the journal.
type request struct {
	http     *http.Request
	api      string // name of the command, for faults and journal
	command  app.Command
	known    bool       // the path names a command
	query    url.Values // the parameters that could be parsed
	badQuery bool       // some parameters could not be parsed
	size     int        // of the body, in bytes
	body     app.Body   // nil if the body is not a JSON object
	bodyCode int        // why the body could not be read, or 0
	accounts []string   // accounts in the body, unchecked
}

// newRequest returns a request whose body is not read yet. It does not use r.Form, which mixes parameters of the body with
// those of the URL.
func newRequest(r *http.Request) *request {
	req := &request{http: r, api: apiOf(r.URL.Path)}
	if name, ok := strings.CutPrefix(r.URL.Path, pathPrefix); ok {
		req.command, req.known = app.FindCommand(name)
	}
	var err error
	req.query, err = url.ParseQuery(r.URL.RawQuery)
	req.badQuery = err != nil // err is dropped: it repeats parts of the query, which contains the UserSig
	return req
}

func (req *request) readBody() {
	data, err := io.ReadAll(io.LimitReader(req.http.Body, maxBody+1))
	req.size = len(data)
	switch {
	case err != nil:
		req.bodyCode = codeBrokenRequest
	case len(data) > maxBody:
		req.bodyCode = codeBadRequestJSON // pick
	default:
		req.body = app.ReadBody(data)
		req.accounts = req.command.Accounts(req.body)
	}
}

// param returns the first value of a parameter of the URL, or "".
func (req *request) param(name string) string { return req.query.Get(name) }

// apiOf returns the last element of a path, up to the first character that no command contains: if a URL lacks the question
// mark ("get_attr&usersig=..."), the result does not include the UserSig.
func apiOf(path string) string {
	name := path[strings.LastIndexByte(path, '/')+1:]
	end := strings.IndexFunc(name, func(r rune) bool {
		return r != '_' && (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	if end >= 0 {
		name = name[:end]
	}
	return name
}
