package timpush

import (
	"encoding/json"
	"testing"
)

// Known fields can be left out if they have their default. What the service may not keep
// apart is alike, and has the same digest.
func TestSameFields(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		a, b        string
		same, alike bool
	}{
		{`{}`, `null`, true, true},
		{`{"Title":"a"}`, `{"Title":"a"}`, true, true},
		{`{"Title":"a"}`, `{"Title":"b"}`, false, false},
		{`{"Title":"a"}`, `{}`, false, false},
		{`{"PushFlag":0}`, `{}`, true, true},
		{`{"PushFlag":"0"}`, `{}`, true, true},
		{`{"PushFlag":1}`, `{}`, false, false},
		{`{"PushFlag":1}`, `{"PushFlag":"1"}`, false, true},
		{`{"Title":""}`, `{}`, false, true},
		{`{"Title":null}`, `{}`, true, true},
		{`{"Title":"caf\u00e9"}`, `{"Title":"cafe\u0301"}`, false, true},
		{`{"PushTemplateParam":{}}`, `{}`, true, true},
		{`{"PushTemplateParam":{"a":{}}}`, `{"PushTemplateParam":{}}`, false, true},
		{`{"ApnsInfo":{"BadgeMode":1,"LiveActivity":{}}}`, `{}`, true, true},
		{`{"ApnsInfo":{"BadgeMode":0}}`, `{}`, false, true},
		{`{"ApnsInfo":{"BadgeMode":0}}`, `{"ApnsInfo":{"BadgeMode":1}}`, false, true},
		{`{"ApnsInfo":{"Sound":"x"}}`, `{}`, false, false},
		{`{"MultiLanguageContent":[]}`, `{}`, true, true},
		{`{"MultiLanguageContent":[{"Language":"zh","Title":null}]}`, `{"MultiLanguageContent":[{"Language":"zh"}]}`, true, true},
		{`{"MultiLanguageContent":[{"Language":"zh"},{"Language":"en"}]}`, `{"MultiLanguageContent":[{"Language":"en"},{"Language":"zh"}]}`, false, false},
		{`{"New":0}`, `{}`, false, true},
		{`{"New":{}}`, `{}`, false, true},
		{`{"New":[0]}`, `{"New":[]}`, false, false},
	} {
		a, b := decodeObject(json.RawMessage(test.a)), decodeObject(json.RawMessage(test.b))
		if notificationFields.Same(a, b) != test.same || notificationFields.Same(b, a) != test.same {
			t.Errorf("%s is the same as %s: %t", test.a, test.b, !test.same)
		}
		if (notificationFields.Digest(a) == notificationFields.Digest(b)) != test.alike {
			t.Errorf("%s has the digest of %s: %t", test.a, test.b, !test.alike)
		}
	}
	if !notificationFields.Same(map[string]any{"PushFlag": 1}, map[string]any{"PushFlag": json.Number("1")}) {
		t.Error("a number and its text in JSON differ")
	}
}

// Pushes have the same digest if they have the same audience.
func TestAudienceDigest(t *testing.T) {
	t.Parallel()
	pushes := []ScheduledPush{
		{Kind: ScheduledToAll},
		{Kind: ScheduledToAccounts, Accounts: []string{"a", "b"}},
		{Kind: ScheduledToAccounts, Accounts: []string{"b", "a", "b"}, Message: Message{From: "x"}},
		{Kind: ScheduledToAccounts, Accounts: []string{"a"}},
		{Kind: ScheduledToSelected, Condition: Condition{TagsOr: []string{"a", "b"}}},
		{Kind: ScheduledToSelected, Condition: Condition{TagsOr: []string{"b", "a"}}},
		{Kind: ScheduledToSelected, Condition: Condition{TagsAnd: []string{"a", "b"}}},
		{Kind: ScheduledToSelected, Condition: Condition{AttributesOr: map[string]string{"a": "b"}}},
	}
	for i, a := range pushes {
		for j, b := range pushes {
			is, ok := a.AudienceDigest()
			other, _ := b.AudienceDigest()
			if !ok || (is == other) != SameAudience(a, b) {
				t.Errorf("digests %d and %d: %q and %q", i, j, is, other)
			}
		}
	}
	for _, invalid := range []ScheduledPush{{}, {Kind: ScheduledToAccounts}} {
		if is, ok := invalid.AudienceDigest(); ok || is != "" {
			t.Errorf("%+v has the digest %q", invalid, is)
		}
	}
}
