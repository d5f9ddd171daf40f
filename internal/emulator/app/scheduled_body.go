package app

import (
	"encoding/json"
	"maps"
	"time"
)

// taskTime is the format of times (78839), which are UTC.
const taskTime = time.DateTime

// readTaskTime reads a time. It returns false for any other format.
func readTaskTime(data json.RawMessage) (t time.Time, ok bool) {
	text, _ := readJSON[string](data)
	t, err := time.Parse(taskTime, text)
	return t, err == nil && t.Format(taskTime) == text // Parse accepts fractions of seconds, and hours of one digit
}

// rejectTask rejects a request for a scheduled push (78841; pick for other commands than delete_sched_task). TaskID is 0.
func rejectTask(code int, info string) Response {
	return Response{Code: code, Body: encode(taskResponse{envelope: failure(code, info)})}
}

// badTask rejects a request because of a parameter. The pages have one code for all.
func badTask(info string) Response { return rejectTask(codeBadTask, info) }

// checkApp checks the Sdkappid in a body, which must be the URL's.
func (app *App) checkApp(body Body) bool {
	id, ok := readJSON[uint32](body["Sdkappid"])
	return ok && id == app.SDKAppID
}

// findScheduled finds the scheduled push that a body names. It returns the text of a rejection if there is none.
func (app *App) findScheduled(body Body) (s *scheduled, problem string) {
	if !app.checkApp(body) {
		return nil, badSdkappid
	}
	id, _ := readJSON[int64](body["TaskID"])
	s, exists := app.scheduled[id]
	if !exists {
		return nil, "TaskID is missing, or not that of a scheduled push"
	}
	return s, ""
}

const (
	badSdkappid = "Sdkappid is missing, or not that of the url"
	badTaskType = "Type is missing, or not that of the scheduled push"
	badSchedAt  = "SchedAt is not a time in the future, such as 2006-01-02 15:04:05"
)

// readSchedAt reads the time of a scheduled push. Pick: it must be in the future; no page says so.
func readSchedAt(request Request) (at time.Time, ok bool) {
	at, ok = readTaskTime(request.Body["SchedAt"])
	return at, ok && at.After(request.At)
}

// audienceFields are the fields of Content that each audience needs. Pick: those of the others are invalid, so that a
// mistake never sends a push to everybody.
var audienceFields = map[audience]string{toAll: "", toSelected: "Condition", toAccounts: fieldAccount}

// readContent reads and checks a Content, which is that of push or batch (78839). It returns the text of a rejection if it is
// invalid. Pick: From_Account and MsgRandom can be missing, as in the pages' samples.
func (app *App) readContent(to audience, data json.RawMessage) (content Body, problem string) {
	content, isObject := readJSON[Body](data)
	if !isObject {
		return nil, "Content is not an object"
	}
	for audience, field := range audienceFields {
		if _, given := content[field]; given && field != audienceFields[to] {
			return nil, "Content has a field of the Type " + string(audience)
		}
	}
	if _, given := content[audienceFields[to]]; !given && to != toAll {
		return nil, "Content lacks the field of its Type"
	}
	if _, given := content["OfflinePushInfo"]; !given {
		return nil, "Content lacks OfflinePushInfo"
	}
	if to != toAccounts && len(data) > maxPush {
		return nil, "Content: " + infos[codeLongPush]
	}
	complete := maps.Clone(content)
	for field, value := range map[string]string{"From_Account": `"any"`, "MsgRandom": "0"} {
		if _, given := content[field]; !given {
			complete[field] = json.RawMessage(value)
		}
	}
	code := checkMessage(complete, codeBadRandom)
	if code == 0 {
		_, code = app.receivers(to, content)
	}
	if code != 0 {
		return nil, "Content: " + infos[code]
	}
	return content, ""
}
