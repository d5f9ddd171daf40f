package timpush

import (
	"context"
	"encoding/json"
	"errors"
	"strconv"
	"time"
)

// GetScheduledPush reads a scheduled push. The error is a [*RequestError], with
// [CodeBadScheduledPush] if the task does not exist, or an [*InterruptedError] if ctx
// ended.
func (c *Client) GetScheduledPush(ctx context.Context, id string) (*ScheduledTask, error) {
	response := taskResponse{clean: c.redactor.clean, id: id}
	if err := c.callScheduled(ctx, ctx, getScheduled, scheduledRequest{TaskID: json.Number(id)}, &response); err != nil {
		return nil, err
	}
	return &response.task, nil
}

// taskResponse is the response to get_sched_task, without the envelope (78842).
type taskResponse struct {
	clean func(string) string
	id    string // that was asked for

	task ScheduledTask
}

func (r *taskResponse) parts() parts {
	const field = "TaskInfo"
	r.task = ScheduledTask{}
	return parts{
		fields: map[string]func(json.RawMessage) error{field: func(raw json.RawMessage) error {
			var info object
			if err := decodeField(field, raw, &info); err != nil {
				return err
			}
			r.task = scheduledTask(info, r.clean)
			return nil
		}},
		end: func() error {
			switch r.task.ID {
			case r.id:
				return nil
			case "":
				return errors.New("contains no " + field + " with a valid TaskID")
			default:
				return errors.New("contains another task than the requested one")
			}
		},
	}
}

// scheduledTask decodes a task as far as possible: only the ID must be valid, or else
// it is "".
func scheduledTask(info object, clean func(string) string) ScheduledTask {
	field := func(name string) string {
		var value text // of any type
		_ = info.decode(name, &value)
		return clean(string(value))
	}
	return ScheduledTask{
		ID:            scheduledIDOf(info["TaskID"]),
		Kind:          ScheduledKind(field("Type")),
		At:            scheduledTime(field("SchedAt")),
		CreatedAt:     scheduledTime(field("CreateAt")),
		Content:       cleanContent(info["Content"], clean),
		Title:         field("Title"),
		Desc:          field("Desc"),
		Status:        field("Status"),
		DispatchError: field("DispatchErr"),
		PushTaskID:    field("PushTaskID"),
	}
}

// scheduledIDOf returns the ID in a field, which is a number or a text, or "".
func scheduledIDOf(raw json.RawMessage) string {
	var id text
	if raw == nil || json.Unmarshal(raw, &id) != nil || !IsScheduledID(string(id)) {
		return ""
	}
	return string(id)
}

// scheduledTime decodes a time in UTC (78842). It is zero if the text is none.
func scheduledTime(text string) time.Time {
	t, err := time.Parse(time.DateTime, text)
	if err != nil {
		return time.Time{}
	}
	return t
}

// cleanContent returns the content without secrets, or nil if it is not an object.
func cleanContent(raw json.RawMessage, clean func(string) string) json.RawMessage {
	content := decodeObject(raw)
	if content == nil {
		return nil
	}
	return json.RawMessage(encodeTree(cleanTree(content, clean)))
}

// decodeObject decodes a JSON object as [decodeTree] does. It is nil for other JSON.
func decodeObject(raw json.RawMessage) map[string]any {
	tree, _ := decodeTree(string(raw))
	fields, _ := tree.(map[string]any)
	return fields
}

// cleanTree cleans each text and number in decoded JSON.
func cleanTree(tree any, clean func(string) string) any {
	switch value := tree.(type) {
	case string:
		return clean(value)
	case json.Number:
		if shown := clean(value.String()); shown != value.String() {
			return shown
		}
	case []any:
		for i, element := range value {
			value[i] = cleanTree(element, clean)
		}
	case map[string]any:
		cleaned := make(map[string]any, len(value))
		for name, element := range value {
			cleaned[clean(name)] = cleanTree(element, clean)
		}
		return cleaned
	}
	return tree
}

// Push returns the push that the task sends, as far as its content can be decoded:
// what has another type than on the API pages is left out. Numbers in the notification
// are [json.Number].
func (t ScheduledTask) Push() ScheduledPush {
	content := decodeObject(t.Content)
	condition, _ := content["Condition"].(map[string]any)
	notification, _ := content["OfflinePushInfo"].(map[string]any)
	return ScheduledPush{
		Kind:    t.Kind,
		At:      t.At,
		Message: Message{From: scalarText(content["From_Account"]), Notification: notification},
		Condition: Condition{
			TagsOr:        listedTexts(condition["TagsOr"]),
			TagsAnd:       listedTexts(condition["TagsAnd"]),
			TagsNot:       listedTexts(condition["TagsNot"]),
			AttributesOr:  namedTexts(condition["AttrsOr"]),
			AttributesAnd: namedTexts(condition["AttrsAnd"]),
		},
		Accounts: listedTexts(content["To_Account"]),
	}
}

// scalarText returns a text, number, or truth value in decoded JSON as text, and
// anything else as "".
func scalarText(tree any) string {
	switch value := tree.(type) {
	case string:
		return value
	case json.Number:
		return value.String()
	case bool:
		return strconv.FormatBool(value)
	default:
		return ""
	}
}

// listedTexts returns the texts of a list, or nil if it is empty or none.
func listedTexts(tree any) (texts []string) {
	list, _ := tree.([]any)
	for _, element := range list {
		texts = append(texts, scalarText(element))
	}
	return texts
}

// namedTexts returns the texts of an object, or nil if it is empty or none.
func namedTexts(tree any) map[string]string {
	fields, _ := tree.(map[string]any)
	if len(fields) == 0 {
		return nil
	}
	texts := make(map[string]string, len(fields))
	for name, value := range fields {
		texts[name] = scalarText(value)
	}
	return texts
}
