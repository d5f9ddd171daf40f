package provider

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// scheduledIdentity returns the identity of a scheduled push.
func scheduledIdentity(tb testing.TB, app int64, id string) *tfprotov6.ResourceIdentityData {
	tb.Helper()
	data, err := tfprotov6.NewDynamicValue(identityType, tfValue(identityType, map[string]any{"sdk_app_id": app, "task_id": id}))
	if err != nil {
		tb.Fatal(err)
	}
	return &tfprotov6.ResourceIdentityData{IdentityData: &data}
}

// byIdentity imports by an identity.
func (s *scheduler) byIdentity(t *testing.T, app int64, id string) string {
	t.Helper()
	return s.importBy(&tfprotov6.ImportResourceStateRequest{TypeName: s.kind, Identity: scheduledIdentity(t, app, id)})
}

// A push is imported by its ID or identity, with everything that the arguments can
// represent. The same configuration has no diff then.
func TestScheduledPushImport(t *testing.T) {
	t.Parallel()
	for name, audience := range map[string]map[string]any{
		"accounts":  {"accounts": []any{"xiaoming", "xiaohua"}},
		"condition": {"condition": map[string]any{"tags_or": []any{"GoldMember"}, "tags_not": []any{"x"}}},
		"everyone":  {"everyone": true},
	} {
		synctest.Test(t, func(t *testing.T) {
			s := newScheduler(t, nil)
			arguments := toUsers(values{
				"audience": audience, "from_account": "xiaoming",
				"notification": map[string]any{
					"title": "Title", "description": "Text", "badge_add": 1, "online_only": true,
					"apns": map[string]any{"sound": "ring.caf"}, "languages": map[string]any{"zh": map[string]any{"title": "a", "description": "b"}},
					"json": `{"NewField":{"a":1}}`,
				},
			})
			s.created(t, arguments)
			created := s.state
			for _, by := range []func() string{
				func() string { return s.importState(firstTask) },
				func() string { return s.byIdentity(t, testSDKAppID, firstTask) },
			} {
				s.instance = s.p.newInstance(s.kind)
				checkText(t, name, by(), "")
				if !s.state.Equal(created) {
					t.Errorf("%s: the state is\n%s, want\n%s", name, s.state, created)
				}
				s.wire.taken()
				s.checkRun(t, arguments, "none\n", "get")
			}
			checkText(t, name, s.run(nil), "delete\n")
		})
	}
}

// A push that is done can be imported too. Its sender is that of the service if it is a
// number, and the default is left out.
func TestScheduledPushImportDone(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newScheduler(t, nil)
		arguments := toUsers()
		s.created(t, arguments)
		pass(2 * time.Hour)
		s.instance = s.p.newInstance(s.kind)
		checkText(t, "import", s.importState(firstTask), "")
		if status, from := s.attribute("status"), s.attribute("from_account"); status != "dispatched" || from != nil {
			t.Errorf("the status is %v, the sender %v", status, from)
		}
		s.wire.taken()
		s.checkRun(t, arguments, "none\n", "get")

		s.drift(t, "7", &emulator.ScheduledPush{In: "24h", Type: "User", Content: []byte(`{"From_Account":"12345","To_Account":["xiaoming"],"OfflinePushInfo":{"Title":"a"}}`)})
		s.instance = s.p.newInstance(s.kind)
		checkText(t, "import", s.importState("7"), "")
		if from := s.attribute("from_account"); from != nil {
			t.Errorf("the sender is %v", from)
		}
	})
}

func TestScheduledPushImportFails(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newScheduler(t, nil)
		notID := func(id string) string {
			return fmt.Sprintf("ERROR Invalid Import ID\n%q is not the task ID of a scheduled push, which is a whole number. Set the ID to the task ID, which the list resource timpush_scheduled_push lists.\n", id)
		}
		for id, want := range map[string]string{
			"push": notID("push"), "7.0": notID("7.0"), " 7": notID(" 7"), "0": notID("0"),
			"7": "ERROR Invalid Import ID\nSDKAppID 1400000000 has no scheduled push 7. Set the ID to that of a scheduled push, which the list resource timpush_scheduled_push lists.\n",
		} {
			checkText(t, id, s.importState(id), want)
		}
		s.wire.taken()
		checkText(t, "another app", s.byIdentity(t, testSDKAppID+1, "7"),
			"ERROR Invalid Import ID\nThe provider is configured for SDKAppID 1400000000, not 1400000001. Set sdk_app_id in the identity to 1400000000, or use a provider configuration of the other app.\n")
		checkText(t, "no ID", s.byIdentity(t, testSDKAppID, ""), notID(""))
		s.checkCommands(t)
		if !s.state.IsNull() {
			t.Errorf("the state is %s", s.state)
		}
	})
}
