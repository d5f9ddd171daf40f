// Package faults is the matrix of all that can go wrong between a client and the
// service, with what a client must make of it. Tests of client, provider and
// built binary walk it; nothing that ships uses it.
package faults

import (
	"slices"
	"sync"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// Outcome is what a client makes of a fault.
type Outcome int

// The outcomes. None of them is a part of the accounts presented as the result.
const (
	Final     Outcome = iota // an error at once, however many retries are allowed
	Transient                // retried: the complete result once the fault is over, else an error when the retries end
	Resigned                 // retried once, with a new UserSig
	Harmless                 // the complete result, in which accounts without an answer are errors
)

// Fault is one thing that goes wrong.
type Fault struct {
	Name    string
	Effect  emulator.Effect // what the service does
	Network error           // or what the network does, before anything reaches the service
	Outcome Outcome
	Says    string // stands in the client's error
}

// Key is the app's key in the tests that walk the matrix, where some answers
// repeat it.
const Key = "canarykey0123456789abcdef0123456789abcdef0123456789abcdef01234567"

// common is what can happen to every request beside the service's codes. Some of
// it is large, and several tests of a package walk it.
var common = sync.OnceValue(func() []Fault {
	return slices.Concat(statuses(), network(), bodies(), wrongTypes(envelopeFields))
})

// Of returns the matrix of an API command: what can happen to every request, and
// to the responses of this one. The codes are those that the client knows.
func Of(api string, codes []int64) []Fault {
	responses, found := commands[api]
	if !found {
		panic("faults: there are none of " + api + "; register them in internal/test/faults/" + api + ".go")
	}
	return slices.Concat(refusals(codes), common(), responses.faults())
}

// TellKey returns the faults of an API command whose responses repeat the key, and
// are read all the same.
func TellKey(api string) []Fault {
	return slices.DeleteFunc(Of(api, nil), func(fault Fault) bool {
		return fault.Outcome != Harmless || !repeatsKey(fault)
	})
}
