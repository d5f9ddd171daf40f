package timpush

// WithKept returns the push with what a change of the push before it has left out, and
// what the task still has: the fields of the notification with the value from before,
// whether they are known or not. [ScheduledPush.Drifted] cannot tell those that are not
// known, or that are empty, from what the service adds. A default that is kept means the
// same as none, and is left out.
func (p ScheduledPush) WithKept(before, sent ScheduledPush, task ScheduledTask, notification Fields) ScheduledPush {
	has, _ := decodeObject(task.Content)["OfflinePushInfo"].(map[string]any)
	fields := decodedObject(p.Message.Notification)
	if notification.addKept(fields, decodedObject(before.Message.Notification), decodedObject(sent.Message.Notification), has) {
		p.Message.Notification = fields
	}
	return p
}

// addKept adds to an object what a change has left out, and what the service still has. It
// reports whether there is any.
func (f Fields) addKept(to, before, sent, has map[string]any) (added bool) {
	for name, was := range before {
		field, isKnown := f[name]
		value, isSent := sent[name]
		fields, isObject := was.(map[string]any)
		switch {
		case has[name] == nil:
		case isObject && len(fields) > 0:
			inner, _ := to[name].(map[string]any)
			if inner == nil {
				inner = map[string]any{}
			}
			next, _ := value.(map[string]any)
			held, _ := has[name].(map[string]any)
			if field.Fields.addKept(inner, fields, next, held) {
				to[name], added = inner, true
			}
		case !isSent && isAlike(has[name], was) && (!isKnown || !field.isDefault(was)):
			to[name], added = was, true
		}
	}
	return added
}
