package app

import (
	"slices"
	"time"
)

// statisticsEnvelope is the envelope of the statistics commands, in their pages' order of fields (71893 to 71898).
type statisticsEnvelope struct {
	ActionStatus string
	ErrorCode    int
	ErrorInfo    string
}

// okStatistics is the envelope of an executed request.
var okStatistics = statisticsEnvelope{ActionStatus: "OK", ErrorInfo: "sucess"} //nolint:misspell // as all pages spell it

// taskTally is what became of the pushes of a task. The task is "" for the complete app.
type taskTally struct {
	task string
	tally
}

// pushTallies reads a request about pushes, and returns the result for the complete app, or those of the tasks that had pushes
// in the window, in the order of the request. Picks: an unknown task has no result; a duplicate is ignored.
func (app *App) pushTallies(request Request, longest time.Duration) (results []taskTally, rejected *Response) {
	w, rejected := readWindow(request, longest)
	if rejected != nil {
		return nil, rejected
	}
	ids, rejected := readTasks(request)
	if rejected != nil {
		return nil, rejected
	}
	found := app.deliveries(sourcePush, func(d *delivery) bool { return w.contains(d.at) })
	if len(ids) == 0 {
		return []taskTally{{"", total(found)}}, nil
	}
	for i, id := range ids {
		of := slices.DeleteFunc(slices.Clone(found), func(d *delivery) bool { return id == "" || d.id != id })
		if len(of) > 0 && !slices.Contains(ids[:i], id) {
			results = append(results, taskTally{id, total(of)})
		}
	}
	return results, nil
}

// messageTally reads a request about chat messages.
func (app *App) messageTally(request Request, longest time.Duration) (result tally, rejected *Response) {
	w, rejected := readWindow(request, longest)
	if rejected != nil {
		return tally{}, rejected
	}
	return total(app.deliveries(sourceMessage, func(d *delivery) bool { return w.contains(d.at) })), nil
}

// statistics are the fields that both commands have.
type statistics struct {
	counts
	PlatformStatistics []platformStatistics
}

type platformStatistics struct {
	EventType    int `json:",omitempty"` // not for messages (71897)
	PushPlatform platform
	counts
}

func newStatistics(t tally, from source) statistics {
	s := statistics{t.counts, []platformStatistics{}}
	for _, p := range t.sortedPlatforms() {
		row := platformStatistics{PushPlatform: p, counts: t.platforms[p]}
		if from == sourcePush {
			row.EventType = p.eventType()
		}
		s.PlatformStatistics = append(s.PlatformStatistics, row)
	}
	return s
}

// pushStatistics is all_member_push_statistics (71894). Pick: pushes of batch count like those of push.
func (app *App) pushStatistics(request Request) Response {
	type result struct {
		TaskID string `json:",omitempty"`
		statistics
	}
	tallies, rejected := app.pushTallies(request, statisticsAge)
	if rejected != nil {
		return *rejected
	}
	results := make([]result, len(tallies))
	for i, t := range tallies {
		results[i] = result{t.task, newStatistics(t.tally, sourcePush)}
	}
	return success(struct {
		statisticsEnvelope
		Results []result
	}{okStatistics, results})
}

// messageStatistics is normal_push_statistics (71897).
func (app *App) messageStatistics(request Request) Response {
	t, rejected := app.messageTally(request, statisticsAge)
	if rejected != nil {
		return *rejected
	}
	return success(struct {
		statisticsEnvelope
		statistics
	}{okStatistics, newStatistics(t, sourceMessage)})
}
