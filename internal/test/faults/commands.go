package faults

import (
	"maps"
	"slices"
	"strings"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// commands are the responses by API command. Each command's file registers its
// own.
var commands = map[string]responses{}

// responses are the responses to an API command.
type responses struct {
	ofAccounts bool    // the request lists accounts
	once       bool    // the request must not run twice
	halved     bool    // a request whose content is rejected is sent again in halves
	success    []int64 // codes that mean success
	lacking    string  // the error about a response that has an envelope only; "" if it is complete
	faults     func() []Fault
}

func register(api string, r responses) responses {
	commands[api] = r
	return r
}

// APIs returns the names of the registered API commands, sorted.
func APIs() []string { return slices.Sorted(maps.Keys(commands)) }

// Once reports whether the requests of an API command must not run twice.
func Once(api string) bool { return commands[api].once }

// Match returns a match for the requests of an API command, and for the account if
// the command lists accounts.
func Match(api, account string) emulator.Match {
	if !commands[api].ofAccounts {
		return emulator.Match{API: api}
	}
	return emulator.Match{API: api, Account: account}
}

func containsKey(fault Fault) bool { return strings.Contains(fault.Effect.Body, Key) }
