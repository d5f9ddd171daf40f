package emulator

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"
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
	body     []byte
	bodyCode int      // not 0: the body could not be read
	accounts []string // To_Account as received, for faults and journal
}

// readCall reads all of a request. It never uses r.Form, which would mix parameters of the body into those of the URL.
func readCall(r *http.Request) call {
	c := call{http: r, path: r.URL.Path}
	var err error
	// The error is not kept: its text repeats pieces of the query, which holds the UserSig.
	c.query, err = url.ParseQuery(r.URL.RawQuery)
	c.badQuery = err != nil
	c.body, err = io.ReadAll(io.LimitReader(r.Body, maxBody+1))
	switch {
	case err != nil:
		c.bodyCode = codeBrokenRequest
	case len(c.body) > maxBody:
		c.bodyCode = codeBadRequestJSON // pick
	default:
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

// peekAccounts gives To_Account of a body without judging it: elements that are not strings stand as JSON text, and
// what is not such a body at all gives nil.
func peekAccounts(body []byte) []string {
	elements, good := toAccount(body)
	if !good {
		return nil
	}
	accounts := make([]string, len(elements))
	for i, element := range elements {
		if json.Unmarshal(element, &accounts[i]) != nil || string(element) == "null" {
			accounts[i] = string(element)
		}
	}
	return accounts
}

// toAccount gives the elements of To_Account; good is false where the body is not one JSON object with that array.
// The field's name is case-sensitive (34620), hence a map and not a struct, which would match any case. Other fields
// are ignored (pick).
func toAccount(body []byte) (elements []json.RawMessage, good bool) {
	if !utf8.Valid(body) {
		return nil, false // JSON is UTF-8 (RFC 8259, 8.1); the decoder would let it pass, changed
	}
	var fields map[string]json.RawMessage
	if json.Unmarshal(body, &fields) != nil {
		return nil, false
	}
	if json.Unmarshal(fields["To_Account"], &elements) != nil {
		return nil, false
	}
	return elements, elements != nil // null leaves it nil
}
