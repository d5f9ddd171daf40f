package emulator

import (
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/timpush/terraform-provider-timpush/internal/emulator/app"
)

// maxBody is the most bytes of a request body. Pick: no page has a limit for attribute calls; this is ten times what the
// largest documented request can hold.
const maxBody = 1 << 20

// pathPrefix is the path of all commands, up to their names.
const pathPrefix = "/v4/timpush/"

// request is a request before it is checked: rejected requests match faults and are in the journal too.
type request struct {
	http     *http.Request
	api      string // name of the command, for faults and journal
	command  app.Command
	known    bool       // the path is that of a command
	query    url.Values // what could be parsed
	badQuery bool       // some of it could not
	body     app.Body   // nil if it is not a JSON object
	bodyCode int        // why the body could not be read, or 0
	accounts []string   // that the body names, before checks
}

// newRequest returns a request whose body is not read yet. It does not use r.Form, which would mix parameters of the body
// with those of the URL.
func newRequest(r *http.Request) *request {
	req := &request{http: r, api: apiOf(r.URL.Path)}
	if name, ok := strings.CutPrefix(r.URL.Path, pathPrefix); ok {
		req.command, req.known = app.FindCommand(name)
	}
	var err error
	req.query, err = url.ParseQuery(r.URL.RawQuery)
	req.badQuery = err != nil // the error itself repeats parts of the query, which holds the UserSig
	return req
}

func (req *request) readBody() {
	data, err := io.ReadAll(io.LimitReader(req.http.Body, maxBody+1))
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

// apiOf returns the last element of a path, up to the first character that no command has: if the question mark is missing
// in a URL ("get_attr&usersig=..."), the UserSig is not part of it.
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
