package conformance

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"
)

// guarded is a session in which everything is allowed that can be.
func guarded() *session {
	s := newSession(fullSetup(), nil)
	s.mark, s.tag, s.selected, s.allPartsHold = "run", "cf-run", true, true
	s.tasks, s.pushed = []string{"7"}, []string{"mine"}
	s.names = []attributeName{{"0", "city", userIDs}, {"9", ownName + "9", userIDs}}
	return s
}

// No request passes that could reach anyone or anything but the two accounts, whichever question sends it.
func TestGuard(t *testing.T) {
	t.Parallel()
	later := timed(time.Now().Add(soonest + time.Hour))
	scheduled := func(kind, at, content string) string {
		return fmt.Sprintf(`{"Type":%q,"SchedAt":%q,"TaskID":7,"Content":%s}`, kind, at, content)
	}
	const two = `["throwaway-one","throwaway-two"]`
	for api, bodies := range map[string]struct{ passes, rejected []string }{
		"push": {
			[]string{
				`{"Condition":{"TagsAnd":["cf-run"]}}`, `{"Condition":{"TagsAnd":["cf-a-run","cf-run"],"TagsOr":["cf-b-run"],"TagsNot":["cf-c-run"]}}`,
			},
			[]string{
				`{}`, `{"Condition":null}`, `{"Condition":{}}`, `{"condition":{"TagsAnd":["cf-run"]}}`, `{"Condition":{"TagsAnd":[]}}`, `{"Condition":{"TagsAnd":null}}`,
				`{"Condition":{"TagsAnd":["theirs"]}}`, `{"Condition":{"tagsAnd":["cf-run"]}}`, `{"Condition":{"TagsOr":["cf-run"]}}`, `{"Condition":{"TagsNot":["cf-run"]}}`,
				`{"Condition":{"AttrsAnd":{"city":"cf-run"}}}`, `{"Condition":"cf-run"}`, `[]`, `null`,
				`{"Condition":{"TagsAnd":["cf-run","theirs"]}}`, `{"Condition":{"TagsAnd":["cf-run"],"TagsOr":["theirs"]}}`, `{"Condition":{"TagsAnd":["cf-run"],"TagsOr":["cf-run",""]}}`,
				`{"Condition":{"TagsAnd":["cf-run"],"TagsNot":["theirs"]}}`, `{"Condition":{"TagsAnd":["cf-run"],"AttrsOr":{"city":"Shenzhen"}}}`,
				`{"Condition":{"TagsAnd":["cf-run"],"AttrsAnd":{}}}`, `{"Condition":{"TagsAnd":["cf-run"],"AttrsOr":null}}`,
				`{"Condition":{"TagsAnd":["cf-run"],"New":["cf-run"]}}`, `{"Condition":{"TagsAnd":["cf-run"],"tagsOr":["cf-run"]}}`,
			},
		},
		"batch": {
			[]string{`{"To_Account":["throwaway-two"]}`, `{"To_Account":` + two + `}`},
			[]string{
				`{}`, `{"To_Account":[]}`, `{"To_Account":null}`, `{"To_Account":["somebody"]}`, `{"To_Account":["throwaway-one","somebody"]}`,
				`{"to_account":["throwaway-one"]}`, `{"To_Account":[""]}`, `{"To_Account":["` + registration + `"]}`, `{"To_Account":"throwaway-one"}`,
			},
		},
		"revoke": {[]string{`{"TaskId":"mine"}`}, []string{`{}`, `{"TaskId":"theirs"}`, `{"TaskId":""}`}},
		addTask: {
			[]string{scheduled("User", later, `{"To_Account":`+two+`}`)},
			[]string{
				scheduled("All", later, `{}`), scheduled("Tag", later, `{"Condition":{"TagsAnd":["cf-run"]}}`), scheduled("User", later, `{}`), scheduled("User", later, `null`),
				scheduled("User", later, `{"To_Account":["somebody"]}`), scheduled("User", later, `{"To_Account":`+two+`,"Condition":{}}`),
				scheduled("User", timed(time.Now().Add(time.Hour)), `{"To_Account":`+two+`}`), scheduled("User", "soon", `{"To_Account":`+two+`}`),
				`{"Type":"User","Content":{"To_Account":` + two + `}}`, `{"Type":"User","SchedAt":"` + later + `"}`, `{}`,
			},
		},
		"modify_sched_task": {
			[]string{scheduled("User", later, `{"To_Account":`+two+`}`), scheduled("User", later, `{}`), `{"Type":"User","TaskID":7}`},
			[]string{
				scheduled("All", later, `{}`), scheduled("User", later, `{"To_Account":["somebody"]}`), scheduled("User", later, `{"Condition":{}}`),
				`{"Type":"User","TaskID":8}`, `{"Type":"User"}`, scheduled("User", timed(time.Now()), `{}`),
			},
		},
		"delete_sched_task": {[]string{`{"Type":"User","TaskID":7}`}, []string{`{"Type":"User","TaskID":8}`, `{"Type":"All","TaskID":7}`, `{}`}},
		"set_attr_name": {
			[]string{`{"AttrNames":{"0":"city","9":"x"}}`},
			[]string{`{"AttrNames":{"9":"x"}}`, `{"AttrNames":{"0":"other"}}`, `{"AttrNames":[]}`, `{}`},
		},
		"set_attr":       {[]string{`{"UserAttrs":[{"To_Account":"throwaway-one"}]}`}, []string{`{"UserAttrs":[{"To_Account":"somebody"}]}`, `{"UserAttrs":[{}]}`, `{"UserAttrs":[]}`, `{}`}},
		"add_tag":        {[]string{`{"UserTags":[{"To_Account":"throwaway-one"}]}`}, []string{`{"UserTags":[{"To_Account":"throwaway-one"},{"To_Account":"somebody"}]}`, `{}`}},
		"remove_tag":     {nil, []string{`{"UserTags":[{"To_Account":"somebody"}]}`}},
		"remove_attr":    {nil, []string{`{"UserAttrs":[{"To_Account":"somebody"}]}`}},
		"clear_all_tags": {[]string{`{"To_Account":` + two + `}`}, []string{`{"To_Account":["somebody"]}`, `{}`}},
		"get_tag":        {[]string{`{"To_Account":["somebody"]}`}, nil},
		"im_push":        {nil, []string{`{}`}},
	} {
		for _, body := range bodies.passes {
			if err := guarded().check(api, []byte(body)); err != nil {
				t.Errorf("%s %s is rejected: %v", api, body, err)
			}
		}
		for _, body := range bodies.rejected {
			if err := guarded().check(api, []byte(body)); err == nil {
				t.Errorf("%s %s passes", api, body)
			}
		}
	}
}

// A push needs accounts that have the tag, an exclusion a service that combines all parts, and names the switch.
func TestGuardNeedsMore(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		change    func(*session)
		api, body string
	}{
		"tag":          {func(s *session) { s.selected = false }, "push", `{"Condition":{"TagsAnd":["cf-run"]}}`},
		"exclusion":    {func(s *session) { s.allPartsHold = false }, "push", `{"Condition":{"TagsAnd":["cf-run"],"TagsNot":["cf-a-run"]}}`},
		"no exclusion": {func(s *session) { s.allPartsHold = false }, "push", `{"Condition":{"TagsAnd":["cf-run"],"TagsNot":null}}`},
		"names":        {func(s *session) { s.setup.Names = false }, "set_attr_name", `{"AttrNames":{"0":"city"}}`},
	} {
		s := guarded()
		tc.change(s)
		if err := s.check(tc.api, []byte(tc.body)); err == nil {
			t.Errorf("%s: it passes", name)
		}
	}
}

// The guard is before the client: a request that it rejects is not sent.
func TestGuardIsAsked(t *testing.T) {
	t.Parallel()
	client := &recorder{}
	if _, err := newSession(fullSetup(), client).send(t.Context(), "push", body{}); err == nil || len(client.asked) > 0 {
		t.Errorf("it was sent: %v", err)
	}
}

// Tags that the run removes may be the one that selects the accounts.
func TestRemovedTagsUnselect(t *testing.T) {
	t.Parallel()
	for _, api := range []string{"clear_all_tags", "remove_tag", "add_tag"} {
		s := guarded()
		s.note(api)
		if s.selected != (api == "add_tag") {
			t.Errorf("after %s, selected is %t", api, s.selected)
		}
	}
}

// Questions are complete, and their texts are those of questions.
func TestQuestions(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, q := range Questions() {
		if seen[q.ID] || q.ID == "" || !strings.HasSuffix(q.Text, "?") || q.Source == "" || q.Expected == "" {
			t.Errorf("incomplete or not unique: %+v", q)
		}
		if (q.Closed == "") != (q.ask != nil) || (q.Closed == "") != (q.How != "") {
			t.Errorf("%s: either it is asked, and How says how, or Closed says why not", q.ID)
		}
		seen[q.ID] = true
	}
	text, err := json.Marshal(Questions())
	if err != nil || len(text) == 0 {
		t.Error(err)
	}
}
