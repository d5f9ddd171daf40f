package timpush

import (
	"encoding/json"
	"time"

	"golang.org/x/text/unicode/norm"
)

// Drifted returns the push with what the task has in its place, where the two differ:
// the time, the audience, the sender, and the fields of the notification that the push
// has. What does not differ, as [SameContent] compares it, is unchanged. What the
// service adds is left out, and what cannot be decoded is not known to differ.
func (p ScheduledPush) Drifted(task ScheduledTask) ScheduledPush {
	if !task.At.IsZero() && !task.At.Equal(p.At.Truncate(time.Second)) {
		p.At = task.At
	}
	content := decodeObject(task.Content)
	if content == nil {
		return p
	}
	sends := task.Push()
	if task.Kind != p.Kind && task.Kind.isKnown() || !p.hasAudience(task.Content) {
		if task.Kind.isKnown() {
			p.Kind = task.Kind
		}
		p.Condition, p.Accounts = sends.Condition, sends.Accounts
	}
	if from := sends.Message.From; !task.HasNumericSender() && from != "" && norm.NFC.String(from) != norm.NFC.String(p.Message.From) {
		p.Message.From = from
	}
	p.Message.Notification = driftedNotification(p.Message.Notification, content["OfflinePushInfo"])
	return p
}

// isKnown reports whether the kind is documented.
func (k ScheduledKind) isKnown() bool {
	return k == ScheduledToAll || k == ScheduledToSelected || k == ScheduledToAccounts
}

// HasNumericSender reports whether the content has a number in place of the name of the
// sender, as on the API page (78842).
func (t ScheduledTask) HasNumericSender() bool {
	_, isNumber := decodeObject(t.Content)["From_Account"].(json.Number)
	return isNumber
}

// hasAudience reports whether content has the audience of the push.
func (p ScheduledPush) hasAudience(content json.RawMessage) bool {
	p.Message = Message{Notification: map[string]any{}}
	return SameContent(p, content)
}

// driftedNotification returns a notification with what the service has in its place.
func driftedNotification(sent map[string]any, has any) map[string]any {
	encoded, err := json.Marshal(sent)
	if err != nil {
		return sent
	}
	decoded := decodeObject(encoded)
	if contains(has, decoded) {
		return sent // and not what decoding makes of it
	}
	drifted, _ := driftedTree(decoded, has).(map[string]any)
	if drifted == nil {
		return map[string]any{}
	}
	return drifted
}

// driftedTree returns what decoded JSON has in the place of what was sent, without
// fields that were not.
func driftedTree(sent, has any) any {
	fields, isObject := sent.(map[string]any)
	present, hasFields := has.(map[string]any)
	switch {
	case contains(has, sent):
		return sent
	case !isObject || !hasFields:
		return has
	}
	drifted := map[string]any{}
	for name, value := range fields {
		if now := driftedTree(value, present[name]); now != nil {
			drifted[name] = now
		}
	}
	return drifted
}
