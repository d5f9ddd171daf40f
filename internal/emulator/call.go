package emulator

import (
	"io"
	"net/http"
	"net/url"
	"strings"
)

// maxBody is the longest request body taken, in bytes. Pick: no page gives a limit for attribute calls; this is ten
// times what the largest documented call can hold.
const maxBody = 1 << 20

// call is a request as it was read: nothing of it is judged yet, so that refused requests can be matched by faults and
// stand in the journal too.
type call struct {
	http     *http.Request
	path     string
	query    url.Values // what could be parsed
	badQuery bool       // some of it could not
	body     object     // nil where it is none
	bodyCode int        // not 0: the body could not be read
	accounts []string   // To_Account as received, alone or in items, for faults and journal
}

// readCall reads all of a request. It never uses r.Form, which would mix parameters of the body into those of the URL.
func readCall(r *http.Request) call {
	c := call{http: r, path: r.URL.Path}
	var err error
	// The error is not kept: its text repeats pieces of the query, which holds the UserSig.
	c.query, err = url.ParseQuery(r.URL.RawQuery)
	c.badQuery = err != nil
	body, err := io.ReadAll(io.LimitReader(r.Body, maxBody+1))
	switch {
	case err != nil:
		c.bodyCode = codeBrokenRequest
	case len(body) > maxBody:
		c.bodyCode = codeBadRequestJSON // pick
	default:
		c.body = readBody(body)
		c.accounts = peekAccounts(c.body)
	}
	return c
}

// param is the first value of a parameter of the URL, or "".
func (c call) param(name string) string { return c.query.Get(name) }

// api is the command: the last path element, cut at the first character that no command holds. So a URL put together
// wrongly ("get_attr&usersig=...") does not bring a signature into the journal.
func (c call) api() string {
	name := c.path[strings.LastIndexByte(c.path, '/')+1:]
	if i := strings.IndexFunc(name, func(r rune) bool {
		return r != '_' && (r < 'a' || r > 'z') && (r < '0' || r > '9')
	}); i >= 0 {
		name = name[:i]
	}
	return name
}
