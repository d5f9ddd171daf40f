package emulator

// getTagReply is the reply to get_tag, in the page's order of fields (60567).
type getTagReply struct {
	envelope
	UserTags  []userTags     // pick: [] where no account is known
	ErrorList []accountError `json:",omitempty"`
}

// userTags are the tags of one account. Pick: they come in the order in which they were added.
type userTags struct {
	ToAccount string   `json:"To_Account"`
	Tags      []string // pick: [] where the account has none, as {} in get_attr (60564)
}

// getTag is get_tag (60567, 67820). Picks as for get_attr: the accounts' order, repeated and empty ones, and OK where all
// are unknown.
func (s *state) getTag(body object) answer {
	asked, code := readAccounts(body)
	if code != 0 {
		return fail(code)
	}
	reply := getTagReply{envelope: done, UserTags: []userTags{}}
	reply.ErrorList = each(s, asked, func(a *account, asked item[nothing]) int {
		reply.UserTags = append(reply.UserTags, userTags{asked.account, a.tags})
		return 0
	})
	return ok(reply)
}
