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
	ofAccounts bool // the request lists accounts
	halved     bool // a request whose content is rejected is sent again in halves
	once       bool // a request that may have been executed is not sent again
	faults     func() []Fault
}

func register(api string, r responses) responses {
	commands[api] = r
	return r
}

// APIs returns the names of the registered API commands, sorted.
func APIs() []string { return slices.Sorted(maps.Keys(commands)) }

// Match returns a match for the requests of an API command, and for the account if
// the command lists accounts.
func Match(api, account string) emulator.Match {
	if !commands[api].ofAccounts {
		return emulator.Match{API: api}
	}
	return emulator.Match{API: api, Account: account}
}

func containsKey(fault Fault) bool { return strings.Contains(fault.Effect.Body, Key) }

// unlessExecuted returns the fault of a request that is not sent again if it may have
// been executed.
func unlessExecuted(fault Fault) Fault {
	if fault.Network == nil && !slices.Contains(refused, int64(fault.Effect.Code)) && fault.Outcome != Harmless {
		fault.Outcome = Final
	}
	return fault
}
