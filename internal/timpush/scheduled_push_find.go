package timpush

import (
	"context"
	"encoding/json"
	"maps"
	"math/big"
	"slices"
	"time"

	"golang.org/x/text/unicode/norm"
)

// ClockMargin is how far the service's clock is expected to be ahead at most.
const ClockMargin = 10 * time.Minute

// FindScheduledPush looks for a scheduled push whose creation is unclear: the newest
// pending task that sends the same push at the same time, and that was created at or
// after since, in whole seconds, and not in the future, or nil. It never finds a task that
// the client has returned from [Client.AddScheduledPush] or from an earlier search: that
// is another push, although it is the same. The service's clock decides: nothing is found
// if it is behind, or more than ClockMargin ahead. That also excludes times of creation
// in another zone than UTC, which is not certain (78842): older tasks would seem new. A
// request that got no response can also be executed later.
//
// It lists by the time of the push and, if that finds nothing, by creation: which of
// the two the window of a list selects by is not documented (78843). Errors are those
// of [Client.ListScheduledPushes].
func (c *Client) FindScheduledPush(ctx context.Context, push ScheduledPush, since time.Time) (found *ScheduledTask, err error) {
	_, err = c.taken.whileSearching(ctx, func() (string, error) {
		found, err = c.findScheduled(ctx, push, since.Truncate(time.Second))
		if found == nil {
			return "", err
		}
		return found.ID, nil
	})
	return found, err
}

func (c *Client) findScheduled(ctx context.Context, push ScheduledPush, since time.Time) (*ScheduledTask, error) {
	until := latest(since, time.Now()).Add(ClockMargin)
	isNew := func(created time.Time) bool { return !created.Before(since) && !created.After(until) }
	for _, query := range []ScheduledQuery{
		secondOf(ByTime, push.At),
		{By: ByCreation, Begin: since.Add(-time.Second), End: until},
	} {
		var newest *ScheduledTask
		err := c.ListScheduledPushes(ctx, query, func(task ScheduledTask) bool {
			isCandidate := task.Status == StatusPending && isNew(task.CreatedAt) && task.sends(push) && !c.taken.has(task.ID)
			if isCandidate && (newest == nil || newest.olderThan(task)) {
				newest = &task
			}
			return true
		})
		switch {
		case err != nil:
			return nil, err
		case newest != nil:
			return newest, nil
		}
	}
	return nil, nil
}

// HasScheduledPush reports whether a scheduled push is listed: by its time, and then by
// its creation, since it is not documented which of the two a list selects by (78843).
// A creation that is zero is not known. Reading a push cannot show that it
// does not exist: the code for that covers other errors too (78841). Errors are those of
// [Client.ListScheduledPushes].
func (c *Client) HasScheduledPush(ctx context.Context, id string, at, created time.Time) (has bool, err error) {
	queries := []ScheduledQuery{secondOf(ByTime, at)}
	if !created.IsZero() {
		queries = append(queries, secondOf(ByCreation, created))
	}
	for _, query := range queries {
		err := c.ListScheduledPushes(ctx, query, func(task ScheduledTask) bool {
			has = task.ID == id
			return !has
		})
		if err != nil || has {
			return has, err
		}
	}
	return false, nil
}

// secondOf selects what is at a time, even if a window does not include its ends.
func secondOf(by ScheduledOrder, at time.Time) ScheduledQuery {
	return ScheduledQuery{By: by, Begin: at.Add(-time.Second), End: at.Add(time.Second)}
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// olderThan reports whether a task was created before another one. In the same second,
// IDs decide.
func (t ScheduledTask) olderThan(other ScheduledTask) bool {
	if !t.CreatedAt.Equal(other.CreatedAt) {
		return t.CreatedAt.Before(other.CreatedAt)
	}
	a, _ := new(big.Int).SetString(t.ID, 10)
	b, _ := new(big.Int).SetString(other.ID, 10)
	return a.Cmp(b) < 0
}

// sends reports whether the task sends the push at its time. Title and Desc are not
// compared, since they are parts of the content (78842).
func (t ScheduledTask) sends(push ScheduledPush) bool {
	return t.Kind == push.Kind && t.At.Equal(push.At.Truncate(time.Second)) && SameContent(push, t.Content)
}

// SameAudience reports whether two pushes have the same audience. The order of accounts
// and tags, and how often each is listed, do not matter.
func SameAudience(a, b ScheduledPush) bool {
	return a.Kind == b.Kind && sameItems(a.Accounts, b.Accounts) &&
		sameItems(a.Condition.TagsOr, b.Condition.TagsOr) &&
		sameItems(a.Condition.TagsAnd, b.Condition.TagsAnd) &&
		sameItems(a.Condition.TagsNot, b.Condition.TagsNot) &&
		maps.Equal(a.Condition.AttributesOr, b.Condition.AttributesOr) &&
		maps.Equal(a.Condition.AttributesAnd, b.Condition.AttributesAnd)
}

// sameItems reports whether two lists have the same items, in any order and number.
func sameItems(a, b []string) bool { return maps.Equal(setOf(a), setOf(b)) }

// SameContent reports whether the content of a task is that of a push. Fields that the
// service adds are ignored, unless they are part of the audience. A missing value is the
// same as an empty one or 0, and a number the same as its text. Accounts and tags can be
// in any order. A numeric From_Account is ignored: the page shows a number where a name
// was sent (78842).
func SameContent(push ScheduledPush, content json.RawMessage) bool {
	body, err := push.content()
	if err != nil {
		return false
	}
	encoded, err := json.Marshal(body)
	if err != nil {
		return false
	}
	sent, got := decodeObject(encoded), decodeObject(content)
	if got == nil {
		return false
	}
	if _, isNumber := got["From_Account"].(json.Number); isNumber {
		delete(sent, "From_Account")
	}
	sortAudience(sent)
	sortAudience(got)
	for _, audience := range []string{"Condition", "To_Account"} {
		if !contains(sent[audience], got[audience]) {
			return false
		}
	}
	return contains(got, sent)
}

// sortAudience sorts the accounts and tags in decoded content, each once.
func sortAudience(content map[string]any) {
	content["To_Account"] = sorted(content["To_Account"])
	condition, _ := content["Condition"].(map[string]any)
	for part, value := range condition {
		condition[part] = sorted(value)
	}
}

// sorted returns a list of texts in decoded JSON sorted, each once, and anything else
// as it is.
func sorted(tree any) any {
	if _, isList := tree.([]any); !isList {
		return tree
	}
	texts := listedTexts(tree)
	for i, text := range texts {
		texts[i] = norm.NFC.String(text)
	}
	slices.Sort(texts)
	var all []any
	for _, text := range slices.Compact(texts) {
		all = append(all, text)
	}
	return all
}

// contains reports whether decoded JSON has everything that other has. Lists have the
// same order.
func contains(tree, other any) bool {
	if isEmpty(tree) && isEmpty(other) {
		return true
	}
	switch other := other.(type) {
	case map[string]any:
		fields, isObject := tree.(map[string]any)
		for name, value := range other {
			if !contains(fields[name], value) {
				return false
			}
		}
		return isObject || tree == nil
	case []any:
		list, _ := tree.([]any)
		return slices.EqualFunc(list, other, contains)
	default:
		return isScalar(tree) && isScalar(other) && norm.NFC.String(scalarText(tree)) == norm.NFC.String(scalarText(other))
	}
}

// isEmpty reports whether decoded JSON is a value that a service may leave out.
func isEmpty(tree any) bool {
	switch value := tree.(type) {
	case map[string]any:
		return len(value) == 0
	case []any:
		return len(value) == 0
	default:
		return value == nil || value == "" || value == false || value == json.Number("0")
	}
}

// isScalar reports whether decoded JSON is a text, number, or truth value.
func isScalar(tree any) bool {
	switch tree.(type) {
	case string, json.Number, bool:
		return true
	default:
		return false
	}
}
