package timpush

import "slices"

// command describes an API command: all that the chain of a call knows of it.
type command struct {
	name     string              // the last element of the URL's path, such as "get_attr"
	pace     paceClass           //
	retry    retryPolicy         //
	maxItems int                 // most accounts in one request; 0 if it takes none
	codes    map[int64]codeFacts // codes that mean something else here than in the common table
}

// commands are all that the client calls. Tests that every command must pass
// range over them.
var commands = []command{getAttr.command, getAttrName, getTag.command}

// Commands returns the names of the API commands that the client calls, sorted.
func Commands() []string {
	names := make([]string, len(commands))
	for i, command := range commands {
		names[i] = command.name
	}
	slices.Sort(names)
	return names
}

// facts returns what is known about an error code of the command.
func (c command) facts(code int64) codeFacts {
	if facts, ok := c.codes[code]; ok {
		return facts
	}
	return codes[code]
}

// paceClass says which limit of the service a command counts for, beside the
// limit that all share.
type paceClass int

const (
	paceShared paceClass = iota // only the limit that all commands share (60564)
	paceTimed                   // timed tasks: 5 a second, the five commands together (78839)
	paceSingle                  // 1 a second, each command for itself (60561, 60571, 71893)
)

// retryPolicy says when a failed request may be retried.
type retryPolicy int

const (
	// retryAlways is for reads, and for writes that can be repeated without harm.
	retryAlways retryPolicy = iota
	// retryIfRefused is for commands that must not be carried out twice, such as
	// a push: only what certainly was not carried out is retried.
	retryIfRefused
)
