package app

import (
	"slices"
	"strings"
	"time"
)

// taskInfo is a scheduled push in a response, in the page's order of fields (78842).
type taskInfo struct {
	TaskID          int64
	Sdkappid        uint32
	CreateAt        string
	Type            audience
	SchedAt         string
	Content         Body
	Title           string // of the notification, as is Desc
	Desc            string
	Status          string
	DispatchSuccess int    // 1 if the push was sent, otherwise 0 (pick)
	DispatchErr     string // why it was not sent
	PushTaskID      string
}

func (app *App) newTaskInfo(s *scheduled, now time.Time) taskInfo {
	info := taskInfo{
		TaskID: s.id, Sdkappid: app.SDKAppID, CreateAt: s.created.UTC().Format(taskTime),
		Type: s.to, SchedAt: s.at.UTC().Format(taskTime), Content: s.returned(),
		Status: s.status(now), PushTaskID: s.task, DispatchErr: infos[s.code],
	}
	info.Title, info.Desc = s.texts()
	if s.task != "" {
		info.DispatchSuccess = 1
	}
	return info
}

// texts returns the title and the description of the notification.
func (s *scheduled) texts() (title, desc string) {
	notification, _ := readJSON[Body](s.content["OfflinePushInfo"])
	title, _ = readJSON[string](notification["Title"])
	desc, _ = readJSON[string](notification["Desc"])
	return title, desc
}

// getScheduled is get_sched_task (78842). Pick: an unknown TaskID is 90104.
func (app *App) getScheduled(request Request) Response {
	s, problem := app.findScheduled(request.Body)
	if problem != "" {
		return Reject(codeBadTask, problem)
	}
	return success(struct {
		envelope
		TaskInfo taskInfo
	}{okEnvelope, app.newTaskInfo(s, request.At)})
}

// listing is what a request for a list asks for.
type listing struct {
	offset, want int64
	by           func(*scheduled) time.Time
	ascending    bool
	begin, end   time.Time
	keyword      string
}

// readListing reads a request for a list (78843). It returns the text of a rejection if it is invalid.
func (app *App) readListing(body Body) (l listing, problem string) {
	if !app.checkApp(body) {
		return l, badSdkappid
	}
	orders := map[string]func(*scheduled) time.Time{"createat": (*scheduled).createdAt, "schedat": (*scheduled).when}
	if app.Readings.CamelCaseOrder {
		orders = map[string]func(*scheduled) time.Time{"createAt": (*scheduled).createdAt, "schedAt": (*scheduled).when}
	}
	offset, offsetOK := readJSON[int64](body["Offset"])
	want, wantOK := readJSON[int64](body["Want"])
	order, _ := readJSON[string](body["OrderBy"])
	ascending, ascendingOK := readJSON[bool](body["Asc"])
	begin, beginOK := readTaskTime(body["BeginTime"])
	end, endOK := readTaskTime(body["EndTime"])
	data, given := body["Keyword"]
	keyword, keywordOK := readJSON[string](data)
	switch {
	case !offsetOK || offset < 0:
		return l, "Offset is not a number from 0"
	case !wantOK || want <= 0:
		return l, "Want is not a number from 1"
	case orders[order] == nil:
		return l, "OrderBy is invalid"
	case !ascendingOK:
		return l, "Asc is not true or false"
	case !beginOK || !endOK || end.Before(begin):
		return l, "BeginTime and EndTime are not times in this order, such as 2006-01-02 15:04:05"
	case end.Sub(begin) > maxListedTime:
		return l, "the time from BeginTime to EndTime is longer than 7 days"
	case given && !keywordOK:
		return l, "Keyword is not a string"
	}
	return listing{offset, want, orders[order], ascending, begin, end, keyword}, ""
}

// listScheduled is list_sched_task (78843). Picks: the times are those of OrderBy, and both belong to the list; Keyword is a
// part of the title or the description, in the same case; Total is that of all pages.
func (app *App) listScheduled(request Request) Response {
	l, problem := app.readListing(request.Body)
	if problem != "" {
		return Reject(codeBadTask, problem)
	}
	found := slices.DeleteFunc(app.sortScheduled(l.by), func(s *scheduled) bool {
		title, desc := s.texts()
		at := l.by(s)
		return at.Before(l.begin) || at.After(l.end) || !strings.Contains(title, l.keyword) && !strings.Contains(desc, l.keyword)
	})
	if !l.ascending {
		slices.Reverse(found)
	}
	total := int64(len(found))
	page := found[min(l.offset, total):]
	page = page[:min(l.want, int64(len(page)))]
	tasks := make([]taskInfo, len(page))
	for i, s := range page {
		tasks[i] = app.newTaskInfo(s, request.At)
	}
	return success(struct {
		envelope
		Total int64
		Tasks []taskInfo
	}{okEnvelope, total, tasks})
}
