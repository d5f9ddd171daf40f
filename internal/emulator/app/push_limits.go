package app

import (
	"slices"
	"time"
)

// pushesPerDay is the usual quota of pushes to all or by condition (60561).
const pushesPerDay = 100

// repeat is what two requests have in common if the second one is a duplicate. Pick: nothing else matters, such as the
// accounts.
type repeat struct {
	command string
	random  uint32 // MsgRandom
}

// executed is a push that was executed.
type executed struct {
	at       time.Time
	response Response
}

// once calls send, unless the request is a duplicate: within a second, a MsgRandom is the same push (67553; pick for push,
// for which the legacy page 37166 says so). Pick: the response to a duplicate is that to the first request.
func (app *App) once(command string, request Request, send func() Response) Response {
	random, _ := readJSON[uint32](request.Body["MsgRandom"])
	key := repeat{command, random}
	for other, e := range app.executed {
		if request.At.Sub(e.at) >= time.Second {
			delete(app.executed, other)
		}
	}
	if first, repeated := app.executed[key]; repeated {
		return Response{Body: first.response.Body}
	}
	response := send()
	if response.Code == 0 {
		app.executed[key] = executed{request.At, response}
	}
	return response
}

// countPush counts a request for push, and returns the code if there are too many, or 0. Picks: rejected requests, batch and
// scheduled pushes do not count for the interval.
func (app *App) countPush(at time.Time) (code int) {
	if at.Sub(app.lastPush) < time.Second {
		return codePushTooSoon
	}
	if code := app.countQuota(at); code != 0 {
		return code
	}
	app.lastPush = at
	return 0
}

// countQuota counts a push to all or by condition. Picks: a day is any 24 hours, and scheduled pushes count too.
func (app *App) countQuota(at time.Time) (code int) {
	app.lastDay = slices.DeleteFunc(app.lastDay, func(t time.Time) bool { return at.Sub(t) >= 24*time.Hour })
	if len(app.lastDay) >= app.perDay {
		return codePushQuota
	}
	app.lastDay = append(app.lastDay, at)
	return 0
}
