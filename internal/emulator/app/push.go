package app

import (
	"fmt"
	"slices"
)

// pushResponse is the response of push and batch, in the page's order of fields (67553).
type pushResponse struct {
	envelope
	TaskID    string         `json:"TaskId"` // "" if the request was rejected (67553; pick for push)
	ErrorList []accountError `json:",omitempty"`
}

// push is push (60561). It is the variant of the push service, which sends notifications, not that of chat (67814), which
// sends messages. Picks: From_Account can be any account, existing or not. OfflinePushInfo is required, and DataId is
// checked, as in batch. A condition that selects no account is not an error. The limits of one push per second (90024) and
// of pushes per day (90047) are not enforced.
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
	var to []*account
	for _, a := range app.accounts {
		if selects(a) {
			to = append(to, a)
		}
	}
	return app.send(request, "", to, nil)
}

// batch is batch (67553). Picks: the request is OK even if no account exists. A repeated MsgRandom is another push, although
// the page says that duplicates within one second are dropped. More than 500 accounts are 90018; the page has no code. The
// length of the body and the rate are not limited.
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
	return app.send(request, "batch_", to, failed)
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
	if _, isObject := readJSON[Body](info); !isObject {
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

// send records a push to these accounts, and returns the response. Its TaskId begins with the time in hexadecimal, as in the samples;
// the rest is a pick: the number of the push.
func (app *App) send(request Request, prefix string, to []*account, failed []accountError) Response {
	app.tasks++
	task := fmt.Sprintf("%s%x_%x", prefix, request.At.Unix(), app.tasks)
	app.record(task, request.At, to)
	sent := make([]string, len(to))
	for i, a := range to {
		sent[i] = a.name
	}
	slices.Sort(sent)
	response := success(pushResponse{okEnvelope, task, failed})
	response.Sent = sent
	return response
}

// rejectPush is reject, with an empty TaskId.
func rejectPush(code int) Response {
	info := infos[code]
	if code == codeManyTags {
		info = fmt.Sprintf("too many tags: at most %d in each list of a condition", maxListed)
	}
	return Response{Code: code, Body: encode(pushResponse{envelope: failure(code, info)})}
}
