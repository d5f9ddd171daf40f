package scheduledpush

import (
	"context"
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/timpush/terraform-provider-timpush/internal/provider/message"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// privateState is private state in memory.
type privateState map[string][]byte

func (p privateState) GetKey(_ context.Context, key string) ([]byte, diag.Diagnostics) {
	return p[key], nil
}

func (p privateState) SetKey(_ context.Context, key string, value []byte) diag.Diagnostics {
	p[key] = value
	return nil
}

// appliedModel has arguments of each type.
func appliedModel() model {
	return model{
		SendAt: types.StringValue("2030-01-01T09:00:00+08:00"), FromAccount: types.StringNull(),
		Audience: message.AudienceValue(message.Audience{Condition: &timpush.Condition{TagsOr: []string{"b", "a"}}}),
		Notification: message.NotificationValue(map[string]any{
			"Title": "caf\u00e9", "PushFlag": int64(0), "BadgeAddNum": int64(1), "New": map[string]any{"a": "<"},
			"MultiLanguageContent": []any{map[string]any{"Language": "zh", "Title": "标题"}},
			"ApnsInfo":             map[string]any{"Sound": "a.caf", "BadgeMode": int64(1)},
		}),
	}
}

// What states have does not change with the provider, or else pushes that are done would be
// replaced: do not change it here.
func TestAppliedIsStable(t *testing.T) {
	t.Parallel()
	private := privateState{}
	if diags := keepApplied(t.Context(), private, appliedModel()); diags.HasError() {
		t.Fatal(diags)
	}
	const want = `[{"send_at":"2030-01-01T01:00:00Z","kind":"condition","audience":"8207723dbef99faf89280301c20443eaabbdacf3bd9448db851d97214b06c164",` +
		`"notification":"44c73b67b8921b5d9476eb80965c61d87a2a1f416ebfcfc563d74d8bbc0063ad","from_account":""}]`
	if got := string(private[appliedKey]); got != want {
		t.Errorf("the private state has\n%s\nwant\n%s", got, want)
	}
	if is, diags := canBeApplied(t.Context(), private, appliedModel(), "admin"); !is || diags.HasError() {
		t.Errorf("it differs from itself: %v", diags)
	}
}

// What is not known, or cannot be sent, is not taken for what was applied.
func TestAppliedOfOthers(t *testing.T) {
	t.Parallel()
	unsendable := appliedModel()
	unsendable.Audience = message.AudienceValue(message.Audience{})
	private := privateState{}
	keepApplied(t.Context(), private, unsendable)
	for name, private := range map[string]privateState{"nothing": {}, "another format": {appliedKey: []byte(`"hash"`)}, "no audience": private} {
		for _, m := range []model{appliedModel(), unsendable} {
			if is, diags := canBeApplied(t.Context(), private, m, "admin"); is || diags.HasError() {
				t.Errorf("%s: %t, %v", name, is, diags)
			}
		}
	}
}

// The default sender can be written out, and another one is another push.
func TestAppliedSender(t *testing.T) {
	t.Parallel()
	from := func(sender types.String) model {
		m := appliedModel()
		m.FromAccount = sender
		return m
	}
	none, admin := from(types.StringNull()), from(types.StringValue("admin"))
	for identifier, want := range map[string]bool{"admin": true, "other": false} {
		for _, pair := range [][2]model{{none, admin}, {admin, none}} {
			private := privateState{}
			keepApplied(t.Context(), private, pair[0])
			if is, _ := canBeApplied(t.Context(), private, pair[1], identifier); is != want {
				t.Errorf("%s, then %s, with the identifier %s: %t", pair[0].FromAccount, pair[1].FromAccount, identifier, is)
			}
			if is, _ := canBeApplied(t.Context(), private, pair[0], identifier); !is {
				t.Errorf("%s differs from itself", pair[0].FromAccount)
			}
		}
	}
}

// What somebody else makes of a push does not displace what was applied, or what is newest.
func TestAppliedIsLimited(t *testing.T) {
	t.Parallel()
	private := privateState{}
	version := func(n int) model {
		m := appliedModel()
		m.FromAccount = types.StringValue(fmt.Sprint("sender", n))
		return m
	}
	keepApplied(t.Context(), private, appliedModel())
	for n := range 100 {
		addApplied(t.Context(), private, version(n))
		addApplied(t.Context(), private, version(n))
	}
	for want, m := range map[bool][]model{true: {appliedModel(), version(99), version(91)}, false: {version(0), version(90)}} {
		for _, m := range m {
			if is, _ := canBeApplied(t.Context(), private, m, "admin"); is != want {
				t.Errorf("%s: %t", m.FromAccount, is)
			}
		}
	}
	if all, _ := allApplied(t.Context(), private); len(all) != mostApplied {
		t.Errorf("%d are kept", len(all))
	}
}
