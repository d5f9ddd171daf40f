package provider

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// What is wrong with a push is an error in plan, on its path, before any request.
func TestScheduledPushChecks(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		now, later := in(0), in(time.Second)
		accounts := make([]any, 501)
		for i := range accounts {
			accounts[i] = fmt.Sprint("user", i)
		}
		tooMany := "ERROR [AttributeName(\"audience\").AttributeName(\"accounts\")] Too Many Accounts\nThe push is for 501 accounts, and the limit of a scheduled push is 500. Schedule several pushes, or set condition.\n"
		for name, test := range map[string]struct {
			arguments values
			want      string // the beginning of the text; "" for no problem
		}{
			"a second ahead":       {values{"send_at": later}, ""},
			"now":                  {values{"send_at": now}, "ERROR [AttributeName(\"send_at\")] Time in the Past\nsend_at is \"" + now + "\", which is in the past: the time is " + now + ". Set it to a later time, or check this machine's clock.\n"},
			"less than a second":   {values{"send_at": now[:len(now)-1] + ".9Z"}, "ERROR [AttributeName(\"send_at\")] Time in the Past\n"},
			"another offset":       {values{"send_at": time.Now().In(time.FixedZone("", -8*60*60)).Add(time.Hour).Format(time.RFC3339)}, ""},
			"no offset":            {values{"send_at": "2000-01-02 10:00:00"}, "ERROR [AttributeName(\"send_at\")] Invalid Time\nsend_at must be a time in RFC 3339 format, not \"2000-01-02 10:00:00\"; did you mean \"2000-01-02T10:00:00Z\"?"},
			"500 accounts":         {values{"audience": map[string]any{"accounts": accounts[1:]}}, ""},
			"501 accounts":         {values{"audience": map[string]any{"accounts": accounts}}, tooMany},
			"501 and an unknown":   {values{"audience": map[string]any{"accounts": append([]any{tftypes.UnknownValue}, accounts...)}}, tooMany},
			"500 and an unknown":   {values{"audience": map[string]any{"accounts": append([]any{tftypes.UnknownValue}, accounts[1:]...)}}, ""},
			"500 and a repeat":     {values{"audience": map[string]any{"accounts": append([]any{"user1"}, accounts[1:]...)}}, ""},
			"nobody":               {values{"audience": map[string]any{}}, "ERROR [AttributeName(\"audience\")] Invalid Audience\n"},
			"everyone and someone": {values{"audience": map[string]any{"everyone": true, "accounts": []any{"a"}}}, "ERROR [AttributeName(\"audience\")] Invalid Audience\n"},
			"an empty sender":      {values{"from_account": ""}, "ERROR [AttributeName(\"from_account\")] Invalid Account\n"},
			"no notification":      {values{"notification": map[string]any{}}, "ERROR [AttributeName(\"notification\")] Invalid Notification\n"},
			"too large": {
				values{"audience": map[string]any{"everyone": true}, "notification": map[string]any{"title": strings.Repeat("x", 10<<10), "description": "Text"}},
				"ERROR [AttributeName(\"notification\")] Invalid Notification\nThe push takes ",
			},
		} {
			s := newScheduler(t, nil)
			c, text := s.plan(toUsers(test.arguments))
			if (c != nil) != (test.want == "") || !strings.HasPrefix(text, test.want) || test.want == "" && text != "" {
				t.Errorf("%s: %s", name, text)
			}
			s.checkCommands(t)
		}
	})
}

// Values that are not known in plan are checked when they are, in plan or in apply.
func TestScheduledPushUnknownValues(t *testing.T) {
	t.Parallel()
	unknown := tftypes.UnknownValue
	synctest.Test(t, func(t *testing.T) {
		s := newScheduler(t, nil)
		for name, test := range map[string]struct {
			unknown, known values
			want           string
		}{
			"time":         {values{"send_at": unknown}, values{"send_at": in(-time.Hour)}, "ERROR [AttributeName(\"send_at\")] Time in the Past\n"},
			"text":         {values{"send_at": unknown}, values{"send_at": "tomorrow"}, "ERROR [AttributeName(\"send_at\")] Invalid Time\n"},
			"notification": {values{"notification": unknown}, values{"notification": map[string]any{"title": "Title", "description": "Text", "ext": strings.Repeat("1", 3072)}}, "ERROR [AttributeName(\"notification\").AttributeName(\"ext\")] Invalid Notification\n"},
			"audience":     {values{"audience": unknown}, values{"audience": map[string]any{"everyone": false}}, "ERROR [AttributeName(\"audience\")"},
			"accounts":     {values{"audience": map[string]any{"accounts": unknown}}, values{"audience": map[string]any{"accounts": []any{}}}, "ERROR [AttributeName(\"audience\").AttributeName(\"accounts\")] Invalid Audience\n"},
			"sender":       {values{"from_account": unknown}, values{"from_account": " "}, "ERROR [AttributeName(\"from_account\")] Invalid Account\n"},
			"null":         {values{"notification": unknown}, values{"notification": nil}, "ERROR [AttributeName(\"notification\")] Missing Argument\nnotification is null. Set it.\n"},
		} {
			c, text := s.plan(toUsers(test.unknown))
			if c == nil || text != "" || c.action != "create" {
				t.Fatalf("%s: %v, %s", name, c, text)
			}
			// In plan, after they were unknown in validate:
			config := s.decode(s.p.block(s.schema(), toUsers(test.known)))
			_, response := s.planFrom(config, false)
			checkParts(t, name, render(response.Diagnostics), test.want)
			// In apply:
			checkParts(t, name, render(s.change(t.Context(), s.state, config, s.resolved(c.planned, config), c.private)), test.want)
			s.checkCommands(t)
		}

		s.created(t, toUsers())
		for name, argument := range map[string]any{"send_at": unknown, "notification": unknown, "audience": unknown, "from_account": unknown} {
			c, text := s.plan(toUsers(values{name: argument}))
			if c == nil || text != "" || c.action != "update" || c.attribute("task_id") != firstTask {
				t.Fatalf("%s: %+v, %s", name, c, text)
			}
		}
	})
}

// resolved returns a plan whose arguments have become known.
func (i *instance) resolved(planned, config tftypes.Value) tftypes.Value {
	i.p.tb.Helper()
	attributes, known := i.attributes(planned), i.attributes(config)
	for _, attribute := range i.schema().Block.Attributes {
		if !attribute.Computed {
			attributes[attribute.Name] = known[attribute.Name]
		}
	}
	return tftypes.NewValue(i.objectType(), attributes)
}

// applyKnown applies a change whose arguments become known as these.
func (s *scheduler) applyKnown(c *change, arguments values) string {
	s.p.tb.Helper()
	config := s.decode(s.p.block(s.schema(), arguments))
	return render(s.change(s.p.tb.Context(), s.state, config, s.resolved(c.planned, config), c.private))
}

// A push that is done is never sent again because a value was unknown in plan.
func TestScheduledPushUnknownValuesAfterwards(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newScheduler(t, nil)
		arguments := toUsers()
		s.created(t, arguments)
		pass(2 * time.Hour)
		unsure := toUsers(arguments, values{"notification": tftypes.UnknownValue})
		c, text := s.plan(unsure)
		if c == nil || c.action != "update" || text != "" {
			t.Fatalf("%+v, %s", c, text)
		}
		s.wire.taken()
		checkParts(t, "another", s.applyKnown(c, toUsers(arguments, titled("Other"))),
			"ERROR [AttributeName(\"notification\")] Unable to Change Scheduled Push\nThe service has begun to send the push (task "+firstTask+"), so it can no longer be changed. The push was not changed. Plan again: ")
		checkText(t, "the same", s.applyKnown(c, arguments), "")
		s.checkCommands(t)
		s.checkRun(t, arguments, "none\n", "get")
	})
}

// A change of a push that is done is a replacement, although other values are unknown in
// plan, if it is certain.
func TestScheduledPushCertainChangeAfterwards(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newScheduler(t, nil)
		arguments := toUsers()
		s.created(t, arguments)
		pass(2 * time.Hour)
		unknown := tftypes.UnknownValue
		everyone := map[string]any{"everyone": true}
		someone := map[string]any{"condition": map[string]any{"tags_or": unknown}}
		for name, test := range map[string]struct {
			changed values
			action  string
		}{
			"nothing known":          {values{"send_at": unknown, "audience": unknown, "notification": unknown, "from_account": unknown}, "update"},
			"the time is the same":   {values{"notification": unknown}, "update"},
			"some accounts":          {values{"audience": map[string]any{"accounts": []any{"other", unknown}}}, "update"},
			"the default sender":     {values{"notification": unknown, "from_account": "administrator"}, "update"},
			"another time":           {values{"send_at": in(time.Hour), "notification": unknown}, "replace"},
			"another notification":   {values{"send_at": unknown, "notification": titled("Other")["notification"]}, "replace"},
			"another audience":       {values{"send_at": unknown, "audience": everyone}, "replace"},
			"other accounts":         {values{"send_at": unknown, "audience": map[string]any{"accounts": []any{"other"}}}, "replace"},
			"another kind":           {values{"send_at": unknown, "audience": someone}, "replace"},
			"another sender":         {values{"send_at": unknown, "from_account": "xiaoming"}, "replace"},
			"nothing but the sender": {values{"send_at": unknown, "audience": unknown, "notification": unknown, "from_account": "xiaoming"}, "replace"},
		} {
			c, text := s.plan(toUsers(arguments, test.changed))
			want := ""
			if test.action == "replace" {
				want = anotherPush
			}
			if c == nil || c.action != test.action || text != want {
				t.Errorf("%s: %+v, %s", name, c, text)
			}
		}

		later := toUsers(values{"notification": unknown})
		c, _ := s.plan(later)
		s.wire.taken()
		checkText(t, "apply", s.applyReplacement(c, toUsers(later, titled("Other"))), alreadySent(firstTask))
		s.checkCommands(t, "delete", "add", "get")
	})
}

// applyReplacement applies a replacement whose arguments become known as these.
func (s *scheduler) applyReplacement(c *change, arguments values) string {
	s.p.tb.Helper()
	null := tftypes.NewValue(s.objectType(), nil)
	text := render(s.change(s.p.tb.Context(), s.state, null, null, nil))
	s.private, s.identity = nil, nil
	return text + s.applyKnown(c, arguments)
}

// A push that is not completely known in apply is an error, and not a state without a
// push.
func TestScheduledPushUnknownInApply(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newScheduler(t, nil)
		c, _ := s.plan(toUsers(values{"notification": tftypes.UnknownValue}))
		text := s.apply(c)
		checkParts(t, "create", text, "ERROR Unable to Create Scheduled Push\n", "the arguments are not completely known")
		if !s.state.IsNull() {
			t.Errorf("the state is %s", s.state)
		}
		s.created(t, toUsers())
		c, _ = s.plan(toUsers(values{"notification": tftypes.UnknownValue}))
		s.wire.taken()
		checkParts(t, "update", s.apply(c), "ERROR Unable to Change Scheduled Push\n", "the arguments are not completely known")
		s.checkCommands(t)
	})
}

// If the kind of the audience turns out to be another one, another plan is needed.
func TestScheduledPushUnknownKindOfAudience(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newScheduler(t, nil)
		s.created(t, toUsers())
		c, _ := s.plan(toUsers(values{"audience": tftypes.UnknownValue}))
		s.wire.taken()
		everyone := values{"audience": map[string]any{"everyone": true}}
		checkParts(t, "apply", s.applyKnown(c, toUsers(everyone)),
			"ERROR [AttributeName(\"audience\")] Unable to Change Scheduled Push\nThe kind of the audience has changed, which was not known in plan, and the service cannot change it. The push was not changed. Plan again: ")
		s.checkCommands(t)
		c, text := s.plan(toUsers(values{"audience": map[string]any{"condition": map[string]any{"tags_or": tftypes.UnknownValue}}}))
		if c == nil || c.action != "replace" || text != "" {
			t.Errorf("%+v, %s", c, text)
		}
	})
}
