package faults

import (
	"maps"
	"slices"
	"strings"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// commands are the responses of the API commands, as the file of each registers
// them.
var commands = map[string]responses{}

// responses are the responses to an API command.
type responses struct {
	ofAccounts bool // the command asks for accounts
	faults     func() []Fault
}

func register(api string, r responses) responses {
	commands[api] = r
	return r
}

// APIs returns the API commands that have a matrix, sorted.
func APIs() []string { return slices.Sorted(maps.Keys(commands)) }

// Match returns a match of the requests of an API command: by an account, if the
// command asks for accounts.
func Match(api, account string) emulator.Match {
	if !commands[api].ofAccounts {
		return emulator.Match{API: api}
	}
	return emulator.Match{API: api, Account: account}
}

func repeatsKey(fault Fault) bool { return strings.Contains(fault.Effect.Body, Key) }
