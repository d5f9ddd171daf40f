package app

import (
	"cmp"
	"strconv"
	"time"
)

// traceResponse is the response of the commands that trace a push (71893, 71896). Pick: InstanceTrace is [] if nothing is
// known of the push.
type traceResponse struct {
	statisticsEnvelope
	InstanceTrace []instanceTrace
}

// instanceTrace is what became of a push to one device, in the pages' order of fields. Pick: an account has one device.
type instanceTrace struct {
	InstanceID         string `json:"InstanceId"`
	PushTime           string
	DeviceModel        string
	System             string
	SystemVersion      string
	EventType          int `json:",omitempty"` // not for messages (71896)
	PushPlatform       platform
	Token              string
	CertID             string `json:"CertId"`
	SDKVersion         string `json:"SdkVersion"`
	PushVersion        string
	NotificationStatus int
	LastActiveTerminal int `json:"last_active_terminal"` // pick: 1, as in the samples
	IMCommitStat       struct{ IMStat stepStat }
	OfflinePushStat    struct{ OfflineStat, ChannelStat, DeviceStat, ClickStat stepStat }
	OnlinePushStat     *onlinePushStat `json:",omitempty"` // not for messages (71896)
}

// onlinePushStat is a pick: the field is known, but not what is in it.
type onlinePushStat struct{ OnlineStat stepStat }

// stepStat is one step of a push. Picks: PushStatus is 1 for a success, as in the samples, and otherwise 0; a step that was
// not reached has no time.
type stepStat struct {
	PushStatus int
	ErrorCode  int
	ErrorInfo  string
	EventTime  string
}

// timeFormat is that of the samples. Pick: times are UTC.
const timeFormat = time.DateTime

// pushTrace is all_member_push_trace (71893). Picks: RegistrationIDs are accepted as UserID; an account or a task that is
// unknown, or a push to others, is no error.
func (app *App) pushTrace(request Request) Response {
	task, isString := readJSON[string](request.Body["TaskID"])
	if !isString || task == "" {
		return reject(codeBadJSON)
	}
	user, given := request.Body[fieldUser]
	name, isString := readJSON[string](user)
	if given && !isString {
		return reject(codeNotAString)
	}
	if name == "" {
		return reject(codeBadJSON)
	}
	return app.trace(request, sourcePush, task, func(a *account) bool { return a.name == name })
}

// messageTrace is normal_push_trace (71896).
func (app *App) messageTrace(request Request) Response {
	message, isString := readJSON[string](request.Body["PushID"])
	if !isString || message == "" {
		return reject(codeBadJSON)
	}
	return app.trace(request, sourceMessage, message, func(*account) bool { return true })
}

// trace returns what became of a push to the accounts that the filter accepts.
func (app *App) trace(request Request, from source, id string, accept func(*account) bool) Response {
	response := traceResponse{okStatistics, []instanceTrace{}}
	for _, d := range app.deliveries(from, func(d *delivery) bool { return d.id == id && request.At.Sub(d.at) <= traceAge }) {
		for _, a := range d.accounts {
			if accept(a) {
				response.InstanceTrace = append(response.InstanceTrace, newTrace(d, a))
			}
		}
	}
	return success(response)
}

func newTrace(d *delivery, a *account) instanceTrace {
	at := d.at.UTC().Format(timeFormat)
	done := stepStat{PushStatus: 1, ErrorInfo: "success", EventTime: at}
	last, lost := done, cmp.Or(d.lost, a.loss)
	if lost != nil {
		code, _ := strconv.Atoi(lost.code) // pick: 0 if it is not a number
		last = stepStat{ErrorCode: code, ErrorInfo: lost.message, EventTime: at}
	}
	trace := instanceTrace{
		InstanceID: a.device.InstanceID, PushTime: at,
		DeviceModel: a.device.Model, System: a.device.System, SystemVersion: a.device.SystemVersion,
		PushPlatform: a.platform, Token: a.device.Token, CertID: a.device.CertID,
		SDKVersion: a.device.SDKVersion, PushVersion: a.device.PushVersion,
		NotificationStatus: int(a.device.NotificationStatus), LastActiveTerminal: 1,
	}
	trace.IMCommitStat.IMStat = done
	if d.source == sourcePush {
		trace.EventType, trace.OnlinePushStat = a.platform.eventType(), &onlinePushStat{}
	}
	steps := &trace.OfflinePushStat
	switch {
	case a.platform == online:
		trace.OnlinePushStat.OnlineStat = last
	case lost != nil && lost.stage == beforeSend:
		steps.OfflineStat = last
	default:
		steps.OfflineStat, steps.ChannelStat = done, last
	}
	if a.platform != online && lost == nil {
		steps.DeviceStat = done
		if d.tally.ClickCount > 0 { // of an entry of the seed, which has one account
			steps.ClickStat = done
		}
	}
	return trace
}
