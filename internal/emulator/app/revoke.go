package app

import (
	"strings"
	"time"
)

// revoke is revoke (269/105123). Since pushes are delivered at once, nothing is left to stop. Picks: the order of checks;
// pushes of batch cannot be revoked, as in 269/137904, although the table's text for 90049 mentions them (74196); rejected
// requests do not count for the interval; a push of the seed can be revoked, and begins with its first entry.
func (app *App) revoke(request Request) Response {
	task, isString := readJSON[string](request.Body["TaskId"])
	if !isString || task == "" {
		return reject(codeBadJSON)
	}
	info, given := request.Body["OfflinePushInfo"]
	if !given {
		return reject(codeNoPushInfo)
	}
	if !isNotification(info) {
		return reject(codeBadPushInfo)
	}
	if request.At.Sub(app.lastRevoke) < time.Second {
		return reject(codeRevokeTooSoon)
	}
	found := app.deliveries(sourcePush, func(d *delivery) bool { return d.id == task })
	switch {
	case len(found) == 0 || strings.HasPrefix(task, batchPrefix):
		return reject(codeUnknownPush)
	case found[0].revoked:
		return reject(codeRevoked)
	case request.At.Sub(found[0].at) > maxRevoked:
		return reject(codeRevokeTooLate)
	}
	found[0].revoked, app.lastRevoke = true, request.At
	return success(okEnvelope)
}
