package provider

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// newCalendar returns an app with a scheduled push on each of these days after now.
func newCalendar(t *testing.T, days ...int) *scheduler {
	t.Helper()
	s := newScheduler(t, nil)
	pushes := map[string]*emulator.ScheduledPush{}
	for _, day := range days {
		pushes[fmt.Sprint(day)] = &emulator.ScheduledPush{
			In: fmt.Sprintf("%dh", 24*day), Type: "User", Content: contentOf(fmt.Sprintf(`"Title":"Day %d","Desc":"Text"`, day), usersField),
		}
	}
	if err := s.app.Drift(emulator.Change{ScheduledPushes: pushes}); err != nil {
		t.Fatal(err)
	}
	return s
}

// names returns the display names of a list, or its diagnostics.
func (s *scheduler) names(t *testing.T, arguments values, limit int64) string {
	t.Helper()
	var lines []string
	for _, result := range s.list(t, arguments, limit, false) {
		lines = append(lines, result.DisplayName+render(result.Diagnostics))
	}
	return strings.Join(lines, "\n")
}

// A list has the pushes of its window, by time, with their identities.
func TestScheduledPushList(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newCalendar(t, 1, 8, 20, 30, 31)
		day := func(n int) string {
			return fmt.Sprintf("Day %d (%s)", n, in(time.Duration(n)*24*time.Hour))
		}
		for name, test := range map[string]struct {
			arguments values
			limit     int64
			want      []string
		}{
			"all":     {nil, 0, []string{day(1), day(8), day(20), day(30)}},
			"begin":   {values{"begin": in(8 * 24 * time.Hour)}, 0, []string{day(8), day(20), day(30), day(31)}},
			"end":     {values{"end": in(19 * 24 * time.Hour)}, 0, []string{day(1), day(8)}},
			"keyword": {values{"keyword": "Day 3"}, 0, []string{day(30)}},
			"limit":   {nil, 2, []string{day(1), day(8)}},
			"nothing": {values{"begin": in(2 * 24 * time.Hour), "end": in(3 * 24 * time.Hour)}, 0, nil},
		} {
			checkText(t, name, s.names(t, test.arguments, test.limit), strings.Join(test.want, "\n"))
		}
		for _, result := range s.list(t, nil, 1, false) {
			value, err := result.Identity.IdentityData.Unmarshal(identityType)
			if err != nil {
				t.Fatal(err)
			}
			if got := show(goValue(t, value)); got != "{sdk_app_id:1400000000 task_id:1]" || result.Resource != nil {
				t.Errorf("the identity is %s, the resource %v", got, result.Resource)
			}
		}
	})
}

// The resource in a result is that of an import.
func TestScheduledPushListIncludesResource(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newCalendar(t, 1)
		results := s.list(t, nil, 0, true)
		if len(results) != 1 {
			t.Fatalf("%+v", results)
		}
		listed := s.decode(results[0].Resource)
		checkText(t, "import", s.importState("1"), "")
		if !listed.Equal(s.state) {
			t.Errorf("listed is\n%s, imported is\n%s", listed, s.state)
		}
	})
}

// A limit ends the requests early.
func TestScheduledPushListStops(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newCalendar(t, 1, 8)
		s.names(t, nil, 1)
		s.checkCommands(t, "list")
		s.names(t, nil, 2)
		s.checkCommands(t, "list", "list")
	})
}

// What is wrong with the arguments is an error without a request, and what fails later
// comes after the results before it.
func TestScheduledPushListFails(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newCalendar(t, 1, 8)
		for name, test := range map[string]struct {
			arguments values
			want      string
		}{
			"no time":          {values{"begin": "today"}, "ERROR [AttributeName(\"begin\")] Invalid Time\n"},
			"ends before":      {values{"begin": in(time.Hour), "end": in(0)}, "ERROR [AttributeName(\"end\")] Invalid Time Window\nThe window ends at " + in(0) + ", before it begins at " + in(time.Hour) + ". Set end to a later time, or begin to an earlier one.\n"},
			"ends before now":  {values{"end": in(-time.Hour)}, "ERROR [AttributeName(\"end\")] Invalid Time Window\n"},
			"unknown argument": {values{"timeouts": map[string]any{"read": "soon"}}, "ERROR [AttributeName(\"timeouts\").AttributeName(\"read\")] Invalid Timeout\n"},
		} {
			checkParts(t, name, s.names(t, test.arguments, 0), test.want)
		}
		s.checkCommands(t)
		s.app.Script(emulator.Fault{Match: emulator.Match{API: "list_sched_task"}, Skip: 1, Effect: emulator.Effect{Code: 60009}})
		checkParts(t, "second week", s.names(t, nil, 0), "Day 1 (", "\nERROR Unable to List Scheduled Pushes\n", "\n\nAPI: list_sched_task\n")
	})
}

// A list whose provider configuration is not known fails: it cannot be deferred.
func TestScheduledPushListUnknownConfiguration(t *testing.T) {
	t.Parallel()
	s := newScheduler(t, values{"region": tftypes.UnknownValue})
	checkParts(t, "list", s.names(t, nil, 0), "ERROR Unable to List Scheduled Pushes\n", "\n\nKnown only after apply: region\n")
}
