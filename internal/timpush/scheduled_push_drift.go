package timpush

import (
	"encoding/json"
	"time"

	"golang.org/x/text/unicode/norm"
)

// Drifted returns the push with what the task has in its place, where the two differ:
// the time, the audience, the sender, and the fields of the notification that the push
// has, or that are known. What does not differ, as [SameContent] compares it, is unchanged.
// Fields that are not known, and that the push does not have, are left out: the service may
// add them. What is missing from the audience, or cannot be decoded, is not known to differ.
func (p ScheduledPush) Drifted(task ScheduledTask, notification Fields) ScheduledPush {
	if !task.At.IsZero() && !task.At.Equal(p.At.Truncate(time.Second)) {
		p.At = task.At
	}
	content := decodeObject(task.Content)
	if content == nil {
		return p
	}
	sends := task.Push()
	if !sends.Kind.isKnown() {
		sends.Kind = p.Kind
	}
	if sends.HasRecipients() && (sends.Kind != p.Kind || !p.hasAudience(task.Content)) {
		p.Kind, p.Condition, p.Accounts = sends.Kind, sends.Condition, sends.Accounts
	}
	if from := sends.Message.From; !task.HasNumericSender() && from != "" && norm.NFC.String(from) != norm.NFC.String(p.Message.From) {
		p.Message.From = from
	}
	p.Message.Notification = notification.drifted(p.Message.Notification, content["OfflinePushInfo"])
	return p
}

// isKnown reports whether the kind is documented.
func (k ScheduledKind) isKnown() bool {
	return k == ScheduledToAll || k == ScheduledToSelected || k == ScheduledToAccounts
}

// HasRecipients reports whether the push has the audience of its kind. No page says that the
// service returns it always.
func (p ScheduledPush) HasRecipients() bool {
	switch p.Kind {
	case ScheduledToSelected:
		return p.Condition.UsesTags() || p.Condition.UsesAttributes()
	case ScheduledToAccounts:
		return len(p.Accounts) > 0
	default:
		return p.Kind == ScheduledToAll
	}
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

// drifted returns an object with what the service has in its place.
func (f Fields) drifted(sent map[string]any, has any) map[string]any {
	before := decodedObject(sent)
	now := f.relevant(has, before)
	if isAlike(now, before) {
		return sent // and not what decoding makes of it
	}
	drifted, _ := mixed(now, before).(map[string]any)
	if drifted == nil {
		return map[string]any{}
	}
	return drifted
}

// relevant returns decoded JSON without the fields that were not sent, unless they are known
// and have another value than their default.
func (f Fields) relevant(has, sent any) any {
	switch has := has.(type) {
	case map[string]any:
		return f.relevantFields(has, sent)
	case []any:
		before, _ := sent.([]any)
		kept := make([]any, len(has))
		for i, element := range has {
			kept[i] = f.relevant(element, at(before, i))
		}
		return kept
	default:
		return has
	}
}

func (f Fields) relevantFields(has map[string]any, sent any) map[string]any {
	before, _ := sent.(map[string]any)
	kept := make(map[string]any, len(has))
	for name, value := range has {
		was, isSent := before[name]
		field, isKnown := f[name]
		switch {
		case !isKnown && isSent:
			value = noFields.relevant(value, was)
		case !isKnown:
			continue
		case field.Fields != nil:
			value = field.Fields.relevant(value, was)
		}
		if isSent || !contains(nil, value) && !field.isDefault(value) {
			kept[name] = value
		}
	}
	return kept
}

// at returns an element, or nil if there is none.
func at(list []any, index int) any {
	if index < len(list) {
		return list[index]
	}
	return nil
}

// isAlike reports whether decoded JSON has the same as other.
func isAlike(tree, other any) bool { return contains(tree, other) && contains(other, tree) }

// mixed returns decoded JSON with what was sent in place of what is alike, so that a text
// does not become a number.
func mixed(now, sent any) any {
	fields, isObject := now.(map[string]any)
	before, wasObject := sent.(map[string]any)
	switch {
	case isAlike(now, sent):
		return sent
	case !isObject || !wasObject:
		return now
	}
	all := map[string]any{}
	for _, object := range []map[string]any{before, fields} {
		for name := range object {
			if value := mixed(fields[name], before[name]); value != nil {
				all[name] = value
			}
		}
	}
	return all
}
