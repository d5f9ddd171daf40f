package timpush

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"
)

const (
	scheduledPage = 100 // tasks in a page; no page gives a maximum (78843)

	// listWindow is the window of a request. There is a maximum, of which the page says
	// only that it is a number of days (78843): if a window is rejected, those of
	// shortListWindow follow.
	listWindow      = 7 * 24 * time.Hour
	shortListWindow = 24 * time.Hour

	// maxListed is far more tasks in a window than there can be.
	maxListed = 100_000
)

// ScheduledOrder is the time by which scheduled pushes are listed.
type ScheduledOrder int

// The orders.
const (
	ByCreation ScheduledOrder = iota
	ByTime                    // at which they are sent
)

// orderSpellings are the spellings of [ScheduledOrder]: the pages disagree (78843,
// 269/130281).
var orderSpellings = [][]string{{"createat", "schedat"}, {"createAt", "schedAt"}}

// ScheduledQuery selects scheduled pushes. Most likely, the service compares the
// window with the time of the order (78843).
type ScheduledQuery struct {
	By         ScheduledOrder
	Begin, End time.Time // the window, which includes both
	Keyword    string    // a part of the title or the description; "" for all
}

// listRequest is the body of list_sched_task (78843).
type listRequest struct {
	SDKAppID  uint32 `json:"Sdkappid"`
	Offset    int
	Want      int
	OrderBy   string
	Asc       bool
	BeginTime string
	EndTime   string
	Keyword   string `json:",omitempty"`
}

// ListScheduledPushes calls yield for each scheduled push that the query selects,
// once, until it returns false. It sends a request for each page of each week of the
// window, or of each day if the service rejects a week. The error is a [*RequestError],
// or an [*InterruptedError] if ctx ended.
func (c *Client) ListScheduledPushes(ctx context.Context, query ScheduledQuery, yield func(ScheduledTask) bool) error {
	begin := query.Begin.Truncate(time.Second)
	end := query.End.Add(time.Second - 1).Truncate(time.Second)
	if end.Before(begin) {
		return fmt.Errorf("the window ends at %s, before it begins at %s", inUTC(end), inUTC(begin))
	}
	yielded := map[string]bool{} // IDs: a task between two windows can be in both
	once := func(task ScheduledTask) bool {
		if yielded[task.ID] {
			return true
		}
		yielded[task.ID] = true
		return yield(task)
	}
	operation, longest := &operation{}, listWindow
	for {
		query.Begin, query.End = begin, end
		if next := begin.Add(longest); next.Before(end) {
			query.End = next
		}
		more, err := c.listPages(ctx, operation, query, once)
		switch {
		case IsCode(err, CodeBadScheduledPush) && query.End.Sub(begin) > shortListWindow:
			longest = shortListWindow
			continue
		case err != nil:
			return interruption(ctx, err, work{}, 0, 0)
		case !more || query.End.Equal(end):
			return nil
		}
		begin = query.End // whether windows include their ends is not documented (78843)
	}
}

// listPages lists the pages of a window that fits in a request. It reports whether
// yield wants more.
func (c *Client) listPages(ctx context.Context, operation *operation, query ScheduledQuery, yield func(ScheduledTask) bool) (more bool, err error) {
	page := pageResponse{clean: c.redactor.clean, earlier: map[string]bool{}}
	body := listRequest{
		SDKAppID: c.config.SDKAppID, Want: scheduledPage, Asc: true,
		BeginTime: inUTC(query.Begin), EndTime: inUTC(query.End), Keyword: query.Keyword,
	}
	for {
		if err := c.listPage(ctx, operation, query.By, body, &page); err != nil {
			return false, err
		}
		for _, task := range page.tasks {
			page.earlier[task.ID] = true
			if !yield(task) {
				return false, nil
			}
		}
		if page.last {
			return true, nil
		}
		body.Offset += len(page.tasks)
	}
}

// listPage sends a request in the spelling of the order that the service accepts. If
// it is not known, it tries each.
func (c *Client) listPage(ctx context.Context, operation *operation, by ScheduledOrder, body listRequest, page *pageResponse) error {
	send := func(spelling int32) error {
		body.OrderBy = orderSpellings[spelling][by]
		return c.call(ctx, ctx, request{command: listScheduled, body: body, operation: operation}, page)
	}
	if known := c.spelling.Load(); known > 0 {
		return send(known - 1)
	}
	var err error
	for spelling := range int32(len(orderSpellings)) { //nolint:gosec // there are two
		if err = send(spelling); err == nil {
			c.spelling.Store(spelling + 1)
		}
		if !IsCode(err, CodeBadScheduledPush) {
			break
		}
	}
	return err
}

// pageResponse is the response to list_sched_task, without the envelope (78843).
type pageResponse struct {
	clean   func(string) string
	earlier map[string]bool // the IDs of earlier pages of the window

	tasks []ScheduledTask // of the page, as they were sent
	last  bool            // the window has no more pages
}

func (r *pageResponse) parts() parts {
	r.tasks, r.last = nil, false
	total := -1 // not known
	return parts{
		fields: map[string]func(json.RawMessage) error{"Total": func(raw json.RawMessage) error {
			var sent text // of any type
			_ = json.Unmarshal(raw, &sent)
			if number, err := strconv.Atoi(string(sent)); err == nil {
				total = number
			}
			return nil
		}},
		lists: map[string]func(object) error{"Tasks": func(element object) error {
			task := scheduledTask(element, r.clean)
			if task.ID == "" {
				return errors.New("contains a task without a valid TaskID in the list Tasks")
			}
			r.tasks = append(r.tasks, task)
			return nil
		}},
		end: func() error { return r.end(total) },
	}
}

// end decides whether there are more pages. A full page may have one after it, whatever
// Total says. A short one may too if Total says so: the service may have a maximum.
// What is not certain is asked for, but a page without anything new is the last.
func (r *pageResponse) end(total int) error {
	all := map[string]bool{}
	for _, task := range r.tasks {
		if !r.earlier[task.ID] {
			all[task.ID] = true
		}
	}
	added := len(all)
	listed := len(r.earlier) + added
	full := len(r.tasks) >= scheduledPage
	complete := !full
	if total >= 0 {
		complete = listed >= total
	}
	switch {
	case listed > maxListed:
		return fmt.Errorf("is one of a list with more than %d tasks", maxListed)
	case len(r.tasks) == 0:
		r.last = true
	case added > 0:
		r.last = !full && total >= 0 && complete
	case complete:
		r.last = true
	default: // the rest of the list cannot be read
		return errors.New("repeats tasks of earlier pages, although there are more")
	}
	return nil
}
