package emulator

import "slices"

// Limits of the service; lengths are in bytes.
const (
	maxNames   = 10   // attribute names per app, indexes "0" to "9" (60563)
	maxName    = 50   // (60563)
	maxValue   = 50   // (60564, 60565)
	maxTag     = 50   // (67821)
	maxTags    = 100  // tags per account, and so in one call that replaces them (67821)
	maxAdded   = 10   // tags per account in one call that adds to them (67821)
	maxAppTags = 1000 // different tags per app (67821)
)

// kind is one of the two kinds of account. An attribute or a tag serves one of them only (60565, 67821). The numbers are
// those of AttrTypes (60563).
type kind int

const (
	userID kind = iota
	registrationID
)

// String is the kind as seeds write it.
func (k kind) String() string {
	if k == registrationID {
		return "registration_id"
	}
	return "user_id"
}

// state is what the app holds. Its methods are the commands: each is one step, since the Emulator's mutex guards it.
type state struct {
	attributes [maxNames]attribute // by index
	accounts   map[string]*account
	tags       map[string]tag // those that some account has
}

// attribute is what accounts may have a value of.
type attribute struct {
	name string // "" where the index is free
	kind kind
}

// account is one known account. Pick (no page says): which kind it is stands in the seed, since no call makes accounts;
// what its name looks like does not matter, for an app may set RegistrationIDs of any form (60557).
type account struct {
	kind   kind
	values map[int]string // by the attribute's index, so that they stay when it is renamed
	tags   []string       // in the order given (pick), none twice
}

// tag is a tag in use. Pick: it is of the kind of the accounts that have it, and of none again when the last has lost it;
// the pages say that a tag serves one kind (67821), but name no call that would set which.
type tag struct {
	kind    kind
	holders int // accounts that have it, 1 or more
}

// indexes are those of attributes, as calls and seeds write them (60563).
var indexes = [maxNames]string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"}

// readIndex gives the number of an index.
func readIndex(index string) (i int, good bool) {
	i = slices.Index(indexes[:], index)
	return i, i >= 0
}

// index finds an attribute by its name.
func (s *state) index(name string) (int, bool) {
	i := slices.IndexFunc(s.attributes[:], func(a attribute) bool { return a.name == name })
	return i, name != "" && i >= 0
}

// hold gives an account one more tag.
func (s *state) hold(a *account, name string) {
	a.tags = append(a.tags, name)
	s.tags[name] = tag{a.kind, s.tags[name].holders + 1}
}

// holdTags gives an account these tags instead of those that it has; or it changes nothing and gives the code for why
// the account cannot have them. Pick: too many for the account or the app are 90032, for the account; no page has a
// code for that. Tags count for the app once each, as long as some account has them.
func (s *state) holdTags(a *account, tags []string) int {
	different := len(s.tags)
	for _, name := range a.tags {
		if s.tags[name].holders == 1 && !slices.Contains(tags, name) {
			different-- // nobody else has it
		}
	}
	for _, name := range tags {
		t, used := s.tags[name]
		if !used {
			different++
		} else if t.kind != a.kind {
			return codeOtherKind
		}
	}
	if len(tags) > maxTags || different > maxAppTags {
		return codeManyTags
	}
	for _, name := range a.tags {
		if s.tags[name].holders == 1 {
			delete(s.tags, name)
		} else {
			s.tags[name] = tag{a.kind, s.tags[name].holders - 1}
		}
	}
	a.tags = make([]string, 0, len(tags))
	for _, name := range tags {
		s.hold(a, name)
	}
	return 0
}

// each does something to each account of a call, in their order, and gives the ErrorList: the accounts that do not
// exist, and those for which do gives a code. Pick: where all fail, the call is OK all the same.
func each[T any](s *state, items []item[T], do func(*account, item[T]) int) []accountError {
	var failed []accountError
	for _, item := range items {
		code := codeUnknownAccount
		if account, known := s.accounts[item.account]; known {
			code = do(account, item)
		}
		if code != 0 {
			failed = append(failed, accountError{code, item.account})
		}
	}
	return failed
}
