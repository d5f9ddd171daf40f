package app

import (
	"encoding/json"
	"time"
)

// taskResponse is the response of the commands that write scheduled pushes (78841; pick for the others).
type taskResponse struct {
	envelope
	TaskID int64
}

// addScheduled is add_sched_task (78839). Nothing identifies a request, so each adds a scheduled push.
func (app *App) addScheduled(request Request) Response {
	if !app.checkApp(request.Body) {
		return badTask(badSdkappid)
	}
	text, _ := readJSON[string](request.Body["Type"])
	if _, known := audienceFields[audience(text)]; !known {
		return badTask("Type is not All, Tag, or User")
	}
	at, ok := readSchedAt(request)
	if !ok {
		return badTask(badSchedAt)
	}
	content, problem := app.readContent(audience(text), request.Body["Content"])
	if problem != "" {
		return badTask(problem)
	}
	app.lastID++
	app.scheduled[app.lastID] = &scheduled{
		id: app.lastID, created: request.At.Truncate(time.Second), to: audience(text), at: at, content: content,
	}
	app.forgetScheduled()
	return success(taskResponse{okEnvelope, app.lastID})
}

// findPending finds the scheduled push that a request changes, which must be pending (78840, 78841), and of the Type of the
// request. Pick: the codes are those of delete_sched_task for both commands.
func (app *App) findPending(request Request) (s *scheduled, rejected *Response) {
	fail := func(response Response) (*scheduled, *Response) { return nil, &response }
	s, problem := app.findScheduled(request.Body)
	if problem != "" {
		return fail(badTask(problem))
	}
	if to, _ := readJSON[string](request.Body["Type"]); audience(to) != s.to {
		return fail(badTask(badTaskType))
	}
	switch s.status(request.At) {
	case statusDispatching:
		return fail(rejectTask(codeTaskUnderWay, infos[codeTaskUnderWay]))
	case statusDispatched:
		return fail(rejectTask(codeTaskDispatched, infos[codeTaskDispatched]))
	}
	return s, nil
}

// modifyScheduled is modify_sched_task (78840). Picks: Content replaces the old one, and SchedAt or Content is required.
func (app *App) modifyScheduled(request Request) Response {
	s, rejected := app.findPending(request)
	if rejected != nil {
		return *rejected
	}
	_, newTime := request.Body["SchedAt"]
	data, newContent := request.Body["Content"]
	if !newTime && !newContent {
		return badTask("SchedAt and Content are missing")
	}
	after := *s
	if newTime {
		at, ok := readSchedAt(request)
		if !ok {
			return badTask(badSchedAt)
		}
		after.at = at
	}
	if newContent {
		if app.Readings.MergesContent {
			data = merged(encode(s.content), data)
		}
		content, problem := app.readContent(s.to, data)
		if problem != "" {
			return badTask(problem)
		}
		after.content = content
	}
	app.scheduled[s.id] = &after
	return success(taskResponse{okEnvelope, s.id})
}

// merged returns JSON with everything that it has, and with the fields of its objects that only the old JSON has.
func merged(old, data json.RawMessage) json.RawMessage {
	before, wasObject := readJSON[Body](old)
	after, isObject := readJSON[Body](data)
	if !wasObject || !isObject {
		return data
	}
	for name, value := range before {
		if _, given := after[name]; given {
			value = merged(value, after[name])
		}
		after[name] = value
	}
	return encode(after)
}

// deleteScheduled is delete_sched_task (78841).
func (app *App) deleteScheduled(request Request) Response {
	s, rejected := app.findPending(request)
	if rejected != nil {
		return *rejected
	}
	delete(app.scheduled, s.id)
	return success(taskResponse{okEnvelope, s.id})
}
