package app

import (
	"maps"
	"slices"
	"time"
)

// Command is a command of the API.
type Command struct {
	// PerSecond is the command's own limit on requests per second; 0 means that the command shares the app's limit.
	PerSecond int

	// Together, if not "", is shared by commands whose requests count together for PerSecond.
	Together string

	// Writes is whether the command changes accounts, attribute names, or scheduled pushes.
	Writes bool

	// execute checks the complete request before it changes anything. It returns an encoded response, so that nothing
	// reads the app's state without the lock.
	execute func(*App, Request) Response

	// accounts is the body field that names accounts, "" if there is none. fieldAccount is a list of strings, fieldUser one
	// string; in other fields, each item has a fieldAccount.
	accounts string
}

// Request is a request for a command.
type Request struct {
	At   time.Time // of arrival
	Size int       // of the body, in bytes
	Body Body
}

// Body fields that name accounts.
const (
	fieldAccount = "To_Account"
	fieldAttrs   = "UserAttrs"
	fieldTags    = "UserTags"
	fieldUser    = "UserID" // one account
)

var commands = map[string]Command{
	"get_attr_name":  {execute: (*App).getAttrName},
	"set_attr_name":  {execute: (*App).setAttrName, Writes: true},
	"get_attr":       {execute: (*App).getAttr, accounts: fieldAccount},
	"set_attr":       {execute: (*App).setAttr, Writes: true, accounts: fieldAttrs},
	"remove_attr":    {execute: (*App).removeAttr, Writes: true, accounts: fieldAttrs},
	"get_tag":        {execute: (*App).getTag, accounts: fieldAccount},
	"add_tag":        {execute: (*App).addTag, Writes: true, accounts: fieldTags},
	"remove_tag":     {execute: (*App).removeTag, Writes: true, accounts: fieldTags},
	"clear_all_tags": {execute: (*App).clearAllTags, Writes: true, accounts: fieldAccount},
	"push":           {execute: (*App).push},
	"batch":          {execute: (*App).batch, accounts: fieldAccount},
	"revoke":         {execute: (*App).revoke},

	// "5 times/second" on each page (78839 to 78843); pick: the five count together, as the strictest reading has it.
	"add_sched_task":    {execute: (*App).addScheduled, PerSecond: 5, Together: "sched_task", Writes: true},
	"modify_sched_task": {execute: (*App).modifyScheduled, PerSecond: 5, Together: "sched_task", Writes: true},
	"delete_sched_task": {execute: (*App).deleteScheduled, PerSecond: 5, Together: "sched_task", Writes: true},
	"get_sched_task":    {execute: (*App).getScheduled, PerSecond: 5, Together: "sched_task"},
	"list_sched_task":   {execute: (*App).listScheduled, PerSecond: 5, Together: "sched_task"},

	// "1 time/second" on each page (71893 to 71898); pick: each command counts its own requests.
	"all_member_push_statistics": {execute: (*App).pushStatistics, PerSecond: 1},
	"all_member_push_loss":       {execute: (*App).pushLoss, PerSecond: 1},
	"all_member_push_trace":      {execute: (*App).pushTrace, PerSecond: 1, accounts: fieldUser},
	"normal_push_statistics":     {execute: (*App).messageStatistics, PerSecond: 1},
	"normal_push_loss":           {execute: (*App).messageLoss, PerSecond: 1},
	"normal_push_trace":          {execute: (*App).messageTrace, PerSecond: 1},
}

// Commands returns the names of all commands, sorted.
func Commands() []string { return slices.Sorted(maps.Keys(commands)) }

// FindCommand finds a command by its name. Names are case-sensitive (34620).
func FindCommand(name string) (c Command, found bool) {
	c, found = commands[name]
	return c, found
}

// Execute executes a command. A rejected request changes nothing.
func (app *App) Execute(c Command, request Request) Response {
	if request.Body == nil {
		return reject(codeBadJSON)
	}
	app.mu.Lock()
	defer app.mu.Unlock()
	response := c.execute(app, request)
	if c.Writes && response.Code == 0 {
		app.countWrite()
	}
	return response
}
