package timpush

import (
	"encoding/json"
	"regexp"
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

// timedCommand describes a command for scheduled pushes that can be repeated. They have
// a limit of their own (78839).
func timedCommand(name string) command { return command{name: name, pace: paceTimed} }

// The commands for scheduled pushes. Only adding one cannot be repeated, since it has
// no token that identifies the request (78839).
var (
	addScheduled    = command{name: "add_sched_task", pace: paceTimed, retry: retryIfNotExecuted, codes: addScheduledCodes}
	modifyScheduled = timedCommand("modify_sched_task")
	deleteScheduled = timedCommand("delete_sched_task")
	getScheduled    = timedCommand("get_sched_task")
	listScheduled   = command{name: "list_sched_task", pace: paceTimed, codes: listScheduledCodes}
)

// The codes that mean something else in a request without a task ID.
var (
	addScheduledCodes = map[int64]codeFacts{
		CodeBadScheduledPush: {meaning: "a parameter is invalid, for example the time, the notification, or an attribute name in the condition"},
	}
	listScheduledCodes = map[int64]codeFacts{
		CodeBadScheduledPush: {meaning: "a parameter is invalid, for example the window of the list"},
	}
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

// ScheduledTask is a scheduled push as the service returns it (78842). A field that
// is missing or of another type than on the page is zero. Content is the body of the
// push, to which the service adds fields, such as MsgRandom; see [ScheduledTask.Push].
type ScheduledTask struct {
	ID            string // see [IsScheduledID]
	Kind          ScheduledKind
	At, CreatedAt time.Time
	Content       json.RawMessage // an object, without secrets; nil if there is none
	Title, Desc   string          // of the notification
	Status        string
	DispatchError string // "" if there is none
	PushTaskID    string // the task ID of the push; "" before it began
}

// scheduledID matches an ID: an integer of any size. No page gives the largest, and
// 0 means that there is no task (78841).
var scheduledID = regexp.MustCompile(`^-?[1-9][0-9]*$`)

// IsScheduledID reports whether a text can be the ID of a scheduled push.
func IsScheduledID(id string) bool { return scheduledID.MatchString(id) }
