package timpush

import (
	"encoding/json"
	"time"
)

// ScheduledKind is whom a scheduled push goes to. The service never changes it
// (78840).
type ScheduledKind string

// The kinds, as the service spells them (78839).
const (
	ScheduledToAll      ScheduledKind = "All"
	ScheduledToSelected ScheduledKind = "Tag" // by condition
	ScheduledToAccounts ScheduledKind = "User"
)

// StatusPending is the status of a scheduled push that has not begun. It is the only
// one whose spelling a page shows (78842); any other means that it has begun.
const StatusPending = "pending"

// timedCommand describes a command for scheduled pushes, which have a limit of their
// own (78839).
func timedCommand(name string, retry retryPolicy) command {
	return command{name: name, pace: paceTimed, retry: retry}
}

// The commands for scheduled pushes. Only adding one cannot be repeated, since it has
// no token that identifies the request (78839).
var (
	addScheduled    = timedCommand("add_sched_task", retryIfNotExecuted)
	modifyScheduled = timedCommand("modify_sched_task", retryAlways)
	deleteScheduled = timedCommand("delete_sched_task", retryAlways)
	getScheduled    = timedCommand("get_sched_task", retryAlways)
	listScheduled   = timedCommand("list_sched_task", retryAlways)
)

// ScheduledPush is a scheduled push as it is sent. Exactly the audience of its kind
// is set.
type ScheduledPush struct {
	Kind      ScheduledKind
	At        time.Time // in whole seconds
	Message   Message   // DataID is not used
	Condition Condition // of ScheduledToSelected
	Accounts  []string  // of ScheduledToAccounts, at most MaxPushAccounts
}

// ScheduledTask is a scheduled push as the service returns it (78842). Content is the
// body of the push, to which the service adds fields, such as MsgRandom.
type ScheduledTask struct {
	ID            string // an integer, of any size
	Kind          ScheduledKind
	At, CreatedAt time.Time
	Content       json.RawMessage
	Title, Desc   string // of the notification
	Status        string
	DispatchError string // "" if there is none
	PushTaskID    string // the task ID of the push; "" before it began
}
