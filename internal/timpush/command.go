package timpush

import "slices"

// command describes an API command. Calls use nothing else about it.
type command struct {
	name     string              // the last element of the URL's path, such as "get_attr"
	pace     paceClass           //
	retry    retryPolicy         //
	maxItems int                 // maximum number of accounts or tasks in a request; 0 if requests have none
	codes    map[int64]codeFacts // codes whose meaning differs from the common table
}

// commands are all commands that the client calls. Tests that apply to every
// command range over them.
var commands = append(deliveryCommands(),
	getAttr.command, getAttrName, getTag.command,
	setAttr.command, removeAttr.command, setAttrName, addTag.command, removeTag.command,
	push, batchPush, revoke,
	addScheduled, modifyScheduled, deleteScheduled, getScheduled, listScheduled,
)

// Commands returns the names of the API commands that the client calls, sorted.
func Commands() []string {
	names := make([]string, len(commands))
	for i, command := range commands {
		names[i] = command.name
	}
	slices.Sort(names)
	return names
}

// facts describes an error code of the command.
func (c command) facts(code int64) codeFacts {
	if facts, ok := c.codes[code]; ok {
		return facts
	}
	return codes[code]
}

// paceClass is the limit that applies to a command in addition to the shared
// limit.
type paceClass int

const (
	paceShared paceClass = iota // only the shared limit (60564)
	paceTimed                   // timed tasks: 5 requests a second for the five commands together (78839)
	paceSingle                  // 1 request a second for each command (60561, 60571, 71893)
)

// retryPolicy says when a failed request may be retried.
type retryPolicy int

const (
	// retryAlways is for reads, and for writes that can safely run twice.
	retryAlways retryPolicy = iota
	// retryIfNotExecuted is for commands that must not run twice, such as a push:
	// a request is retried only if it certainly was not executed.
	retryIfNotExecuted
)
