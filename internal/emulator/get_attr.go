package emulator

import (
	"encoding/json"
	"maps"
)

// maxAccounts is the most accounts in one request (60564, 90018). Pick: repeated ones count each time.
const maxAccounts = 100

// getAttrReply is the reply to get_attr, in the page's order of fields (60564).
type getAttrReply struct {
	envelope
	UserAttrs []userAttrs    // pick: [] where no account is known
	ErrorList []accountError `json:",omitempty"`
}

// userAttrs are the attributes of one account. Pick: they come in no order of meaning (here: by name).
type userAttrs struct {
	ToAccount string            `json:"To_Account"`
	Attrs     map[string]string // {} where the account has none
}

// accountError says why one account failed. The page's sample has no ErrorInfo here, though the table names it.
type accountError struct {
	ErrorCode int
	ToAccount string `json:"To_Account"`
}

// getAttr is get_attr (60564, 67817). Picks, where the pages are silent: accounts come in the order asked; one that is
// asked twice is answered once, at its first place; where all are unknown, the call is OK all the same; an empty name
// is an unknown account.
func (e *Emulator) getAttr(body []byte) (any, int) {
	accounts, code := readAccounts(body)
	if code != 0 {
		return nil, code
	}
	reply := getAttrReply{envelope: envelope{ActionStatus: "OK"}, UserAttrs: []userAttrs{}}
	answered := make(map[string]bool, len(accounts))
	for _, name := range accounts {
		if answered[name] {
			continue
		}
		answered[name] = true
		account, known := e.accounts[name]
		if !known {
			reply.ErrorList = append(reply.ErrorList, accountError{codeUnknownAccount, name})
			continue
		}
		attrs := map[string]string{}
		maps.Copy(attrs, account.Attributes)
		reply.UserAttrs = append(reply.UserAttrs, userAttrs{name, attrs})
	}
	return reply, 0
}

// readAccounts reads and checks To_Account of a request.
func readAccounts(body []byte) ([]string, int) {
	elements, good := toAccount(body)
	if !good || len(elements) == 0 { // pick: an empty list is as good as none
		return nil, codeBadJSON
	}
	accounts := make([]string, len(elements))
	for i, element := range elements {
		if element[0] != '"' || json.Unmarshal(element, &accounts[i]) != nil {
			return nil, codeNotAString
		}
	}
	if len(accounts) > maxAccounts {
		return nil, codeTooMany
	}
	return accounts, 0
}
