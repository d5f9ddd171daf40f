package conformance

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// accountType is the type of account that an attribute is for (60563).
type accountType int

const (
	userIDs accountType = iota
	registrationIDs
)

// ownName is the beginning of the names that this tool sets. Later runs use their indexes again, since the service cannot
// delete names.
const ownName = "timpush_conformance_"

// attributeName is an attribute name of the app.
type attributeName struct {
	index, name string
	kind        accountType
}

func (n attributeName) own() bool { return strings.HasPrefix(n.name, ownName) }

// names are questions about set_attr_name and get_attr_name. Those that set names need the switch. Each of their requests has
// all names of the app, since the service could replace the names by those of the request.
var names = []Question{
	{
		ID: "names-none", Text: "What does get_attr_name return for an app without names?", Source: "67815", Expected: "AttrNames is an object, AttrTypes is an object",
		How: "get_attr_name, if the app has none: the type of both fields",
		ask: func(ctx context.Context, s *session) (string, error) {
			response, err := s.send(ctx, "get_attr_name", body{})
			if err := must(response, err); err != nil {
				return "", err
			}
			if !empty(response.fields["AttrNames"]) {
				return "", notAsked("the app has attribute names")
			}
			return fmt.Sprintf("AttrNames is %s, AttrTypes is %s", kind(response.fields["AttrNames"]), kind(response.fields["AttrTypes"])), nil
		},
	},
	{
		ID: "names-add", Text: "Can names be added while others are sent again, unchanged?", Source: "60563", Expected: "accepted",
		How: "set_attr_name of new names at the highest free indexes, and of all others as they are",
		ask: askAddNames,
	},
	{
		ID: "names-resend", Text: "Can unchanged names be sent again?", Source: "60563", Expected: "accepted",
		How: "set_attr_name of all names as they are",
		ask: func(ctx context.Context, s *session) (string, error) { return s.changedNames(ctx, nil) },
	},
	{
		ID: "names-merge", Text: "Are names that are not in a request kept?", Source: "60563", Expected: "yes",
		How: "set_attr_name of one of the tool's names, if the app has no others; get_attr_name",
		ask: func(ctx context.Context, s *session) (string, error) {
			own, err := s.ownNames(2)
			if err != nil {
				return "", err
			}
			if len(own) < len(s.names) {
				return "", notAsked("the app's other names would be lost if the answer is no: use an app without attribute names")
			}
			before := s.names
			if answer, err := s.sendNames(ctx, own[:1]); answer != "accepted" {
				return answer, err
			}
			if len(s.names) == len(before) {
				return "yes", nil
			}
			if answer, err := s.sendNames(ctx, before); answer != "accepted" {
				return "no, and they cannot be set again", err
			}
			return "no", nil
		},
	},
	{
		ID: "names-rename", Text: "Can an index get another name, and do values keep their index?", Source: "60563", Expected: "accepted, values keep their index",
		How: "set_attr, set_attr_name of another name at the same index, get_attr",
		ask: askRename,
	},
	{
		ID: "names-swap", Text: "Can two names swap their indexes in one request?", Source: "60563", Expected: "accepted",
		How: "set_attr_name of both",
		ask: func(ctx context.Context, s *session) (string, error) {
			own, err := s.ownNames(2)
			if err != nil {
				return "", err
			}
			return s.changedNames(ctx, map[string]string{own[0].index: own[1].name, own[1].index: own[0].name})
		},
	},
	{
		ID: "names-long", Text: "Which code has a name of 51 bytes?", Source: "60563", Expected: "error code 90033",
		How: "set_attr_name of it: the code",
		ask: func(ctx context.Context, s *session) (string, error) {
			own, err := s.ownNames(1)
			if err != nil {
				return "", err
			}
			text := ownName + s.mark
			return s.changedNames(ctx, map[string]string{own[0].index: text + strings.Repeat("x", 51-len(text))})
		},
	},
	{
		ID: "names-without-type", Text: "Does an index keep its type if a request has none for it?", Source: "60563", Expected: "accepted, the type is kept",
		How: "set_attr_name of a name for RegistrationIDs, without AttrTypes; get_attr_name",
		ask: func(ctx context.Context, s *session) (string, error) {
			if _, err := s.registrationID(); err != nil {
				return "", err
			}
			own, err := s.ownNames(3)
			if err != nil {
				return "", err
			}
			last := own[2]
			answer, err := s.sendNamesOf(ctx, s.names, func(n attributeName) bool { return n.index != last.index })
			if answer != "accepted" {
				return answer, err
			}
			if !slices.Contains(s.names, last) {
				return "accepted, the type changes", err
			}
			return "accepted, the type is kept", err
		},
	},
	{
		ID: "names-empty", Text: "Does an empty name delete a name?", Source: "60563", Expected: "error code 90033",
		How: "set_attr_name of an empty name; get_attr_name",
		ask: func(ctx context.Context, s *session) (string, error) {
			own, err := s.ownNames(2)
			if err != nil {
				return "", err
			}
			before := s.names
			answer, err := s.changedNames(ctx, map[string]string{own[1].index: ""})
			if answer != "accepted" {
				return answer, err
			}
			if len(s.names) < len(before) {
				answer = "yes"
			} else {
				answer = "accepted, but not deleted"
			}
			if restored, err := s.sendNames(ctx, before); restored != "accepted" {
				return answer + ", and it cannot be set again", err
			}
			return answer, nil
		},
	},
}

// readNames reads the names of the app, sorted by index.
func (s *session) readNames(ctx context.Context) error {
	response, err := s.send(ctx, "get_attr_name", body{})
	if err := must(response, err); err != nil {
		return err
	}
	var byIndex map[string]string
	var types map[string]accountType
	_ = json.Unmarshal(response.fields["AttrNames"], &byIndex) // an app without names may have any type here
	_ = json.Unmarshal(response.fields["AttrTypes"], &types)
	s.names = nil
	for index, name := range byIndex {
		s.names = append(s.names, attributeName{index, name, types[index]})
	}
	slices.SortFunc(s.names, func(a, b attributeName) int { return cmp.Compare(a.index, b.index) })
	return nil
}

// attributeFor returns a name for a type of account, counted from 0, the tool's own first.
func (s *session) attributeFor(kind accountType, number int) (string, error) {
	found := slices.DeleteFunc(slices.Clone(s.names), func(n attributeName) bool { return n.kind != kind })
	slices.SortStableFunc(found, func(a, b attributeName) int {
		switch {
		case a.own() == b.own():
			return 0
		case a.own():
			return -1
		}
		return 1
	})
	if number >= len(found) {
		what := "UserIDs"
		if kind == registrationIDs {
			what = "RegistrationIDs"
		}
		return "", notAsked("the app has %d attribute names for %s, and this needs %d: set names, or %s=1", len(found), what, number+1, NamesVariable)
	}
	return found[number].name, nil
}

// ownNames returns the tool's own names, at least that many: first those for UserIDs.
func (s *session) ownNames(least int) ([]attributeName, error) {
	if !s.setup.Names {
		return nil, notAsked("uses up attribute names, which cannot be deleted: needs %s=1", NamesVariable)
	}
	own := slices.DeleteFunc(slices.Clone(s.names), func(n attributeName) bool { return !n.own() })
	slices.SortStableFunc(own, func(a, b attributeName) int { return cmp.Compare(a.kind, b.kind) })
	if len(own) < least {
		return nil, notAsked("the tool's own names could not be set")
	}
	return own, nil
}

// askAddNames adds the names that later questions need.
func askAddNames(ctx context.Context, s *session) (string, error) {
	own, err := s.ownNames(0)
	if err != nil {
		return "", err
	}
	wanted := []accountType{userIDs, userIDs}
	if s.setup.RegistrationID != "" {
		wanted = append(wanted, registrationIDs)
	}
	for _, name := range own {
		if i := slices.Index(wanted, name.kind); i >= 0 {
			wanted = slices.Delete(wanted, i, i+1)
		}
	}
	if len(wanted) == 0 {
		return "", notAsked("an earlier run has set the names")
	}
	list := slices.Clone(s.names)
	for index := 9; index >= 0 && len(wanted) > 0; index-- {
		text := fmt.Sprint(index)
		if !slices.ContainsFunc(s.names, func(n attributeName) bool { return n.index == text }) {
			list = append(list, attributeName{text, ownName + text + "_" + s.mark, wanted[0]})
			wanted = wanted[1:]
		}
	}
	if len(wanted) > 0 {
		return "", notAsked("the app has too few free indexes for attribute names")
	}
	return s.sendNames(ctx, list)
}

// askRename renames the first of the tool's own names, for which account 1 has a value.
func askRename(ctx context.Context, s *session) (string, error) {
	own, err := s.ownNames(2)
	if err != nil {
		return "", err
	}
	account, renamed := s.setup.Accounts[0], ownName+"r_"+s.mark
	if err := must(s.setAttributes(ctx, account, map[string]string{own[0].name: s.mark})); err != nil {
		return "", err
	}
	answer, err := s.changedNames(ctx, map[string]string{own[0].index: renamed})
	if answer != "accepted" {
		return answer, err
	}
	value, _, err := s.attributeText(ctx, account, renamed)
	if err != nil {
		return "", err
	}
	if err := must(s.removeAttributes(ctx, account, renamed)); err != nil {
		return "", err
	}
	if value == s.mark {
		return "accepted, values keep their index", nil
	}
	return "accepted, values are lost", nil
}

// changedNames sends all names of the app, some of them changed by index.
func (s *session) changedNames(ctx context.Context, changes map[string]string) (string, error) {
	if _, err := s.ownNames(1); err != nil {
		return "", err
	}
	list := slices.Clone(s.names)
	for i := range list {
		if name, changed := changes[list[i].index]; changed {
			list[i].name = name
		}
	}
	return s.sendNames(ctx, list)
}

func (s *session) sendNames(ctx context.Context, list []attributeName) (string, error) {
	return s.sendNamesOf(ctx, list, func(attributeName) bool { return true })
}

// sendNamesOf sends names, some of them with their type, and then reads the app's names again.
func (s *session) sendNamesOf(ctx context.Context, list []attributeName, typed func(attributeName) bool) (string, error) {
	sent, types := map[string]string{}, map[string]accountType{}
	for _, name := range list {
		sent[name.index] = name.name
		if typed(name) {
			types[name.index] = name.kind
		}
	}
	response, err := s.send(ctx, "set_attr_name", body{"AttrNames": sent, "AttrTypes": types})
	if err != nil {
		return "", err
	}
	if err := s.readNames(ctx); err != nil {
		return "", err
	}
	return response.outcome(), nil
}
