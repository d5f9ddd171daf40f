package emulator

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

// getAttr is get_attr (60564, 67817). Picks, where the pages are silent: accounts come in the order asked; one that is
// asked twice is answered once, at its first place; where all are unknown, the call is OK all the same; an empty name
// is an unknown account.
func (s *state) getAttr(body object) answer {
	asked, code := readAccounts(body)
	if code != 0 {
		return fail(code)
	}
	reply := getAttrReply{envelope: done, UserAttrs: []userAttrs{}}
	reply.ErrorList = each(s, asked, func(a *account, asked item[nothing]) int {
		attrs := make(map[string]string, len(a.values))
		for index, value := range a.values {
			attrs[s.attributes[index].name] = value
		}
		reply.UserAttrs = append(reply.UserAttrs, userAttrs{asked.account, attrs})
		return 0
	})
	return ok(reply)
}
