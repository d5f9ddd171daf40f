package app

import (
	"fmt"
	"slices"
	"time"
)

// batchPrefix begins the TaskId of batch (67553).
const batchPrefix = "batch_"

// pushResponse is the response of push and batch, in the page's order of fields (67553).
type pushResponse struct {
	envelope
	TaskID    string         `json:"TaskId"` // "" if the request was rejected (67553; pick for push)
	ErrorList []accountError `json:",omitempty"`
}

// push is push (60561). It is the variant of the push service, which sends notifications, not that of chat (67814), which
// sends messages. Picks: From_Account can be any account, existing or not. OfflinePushInfo is required, and DataId is
// checked, as in batch. A condition that selects no account is not an error.
func (app *App) push(request Request) Response {
	if request.Size > maxPush {
		return rejectPush(codeLongPush)
	}
	if code := checkMessage(request.Body, codeBadRandom); code != 0 {
		return rejectPush(code)
	}
	selects, code := app.readCondition(request.Body)
	if code != 0 {
		return rejectPush(code)
	}
	return app.once("push", request, func() Response {
		if code := app.countPush(request.At); code != 0 {
			return rejectPush(code)
		}
		return app.send(request.At, "", app.selected(selects), nil)
	})
}

// batch is batch (67553). Picks: the request is OK even if no account exists. More than 500 accounts are 90018; the page has
// no code. The length of the body, and the accounts per second (269/137903), for which no page has a code, are not limited.
func (app *App) batch(request Request) Response {
	// The page's sample has 90001 for a bad MsgRandom, and its table no 90005.
	if code := checkMessage(request.Body, codeBadJSON); code != 0 {
		return rejectPush(code)
	}
	items, code := readAccounts(request.Body, maxBatch)
	if code != 0 {
		return rejectPush(code)
	}
	var to []*account
	failed := each(app, items, func(a *account, _ nothing) int {
		to = append(to, a)
		return 0
	})
	return app.once("batch", request, func() Response { return app.send(request.At, batchPrefix, to, failed) })
}

// selected returns the accounts that a condition selects.
func (app *App) selected(selects func(*account) bool) (to []*account) {
	for _, a := range app.accounts {
		if selects(a) {
			to = append(to, a)
		}
	}
	return to
}

// checkMessage checks the fields that push and batch have in common. It returns badRandom for an invalid MsgRandom. Picks: a
// required field that is missing or of another type is 90001, if it has no code of its own; an empty From_Account is missing.
func checkMessage(body Body, badRandom int) (code int) {
	from, given := body["From_Account"]
	account, isString := readJSON[string](from)
	if given && !isString {
		return codeNotAString
	}
	if account == "" {
		return codeBadJSON
	}
	if _, ok := readJSON[uint32](body["MsgRandom"]); !ok {
		return badRandom
	}
	info, given := body["OfflinePushInfo"]
	if !given {
		return codeBadJSON
	}
	if !isNotification(info) {
		return codeBadPushInfo
	}
	if data, given := body["DataId"]; given {
		id, isString := readJSON[string](data)
		if !isString {
			return codeBadJSON
		}
		if len(id) > maxDataID {
			return codeLongDataID
		}
	}
	return 0
}

// send sends a push to these accounts, and returns the response.
func (app *App) send(at time.Time, prefix string, to []*account, failed []accountError) Response {
	task, sent := app.deliver(at, prefix, to)
	response := success(pushResponse{okEnvelope, task, failed})
	response.Task, response.Sent = task, sent
	return response
}

// deliver records a push to these accounts, and returns its TaskId and their names. The TaskId begins with the time in
// hexadecimal, as in the samples; the rest is a pick: the number of the push.
func (app *App) deliver(at time.Time, prefix string, to []*account) (task string, sent []string) {
	app.tasks++
	task = fmt.Sprintf("%s%x_%x", prefix, at.Unix(), app.tasks)
	app.record(task, at, to)
	sent = make([]string, len(to))
	for i, a := range to {
		sent[i] = a.name
	}
	slices.Sort(sent)
	return task, sent
}

// rejectPush is reject, with an empty TaskId.
func rejectPush(code int) Response {
	info := infos[code]
	if code == codeManyTags {
		info = fmt.Sprintf("too many tags: at most %d in each list of a condition", maxListed)
	}
	return Response{Code: code, Body: encode(pushResponse{envelope: failure(code, info)})}
}
