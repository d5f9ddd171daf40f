// Package faults lists what can go wrong between a client and the service, and
// the expected outcome of each fault. Only tests use it: those of the client, the
// provider and the built binary.
package faults

import (
	"slices"
	"sync"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// Outcome is how a client handles a fault.
type Outcome int

// The outcomes. In none of them does a client return an incomplete result.
const (
	Final            Outcome = iota // an error after one attempt, however many retries are allowed
	Transient                       // retried: the complete result if the fault ends in time, or else an error after the last retry
	SignatureRenewed                // retried once, with a new UserSig
	Harmless                        // the complete result, in which accounts missing from the response are errors
	Halved                          // of a write: the accounts are sent again in halves, and only those that still have the fault fail, with the error text
)

// Fault is one thing that goes wrong.
type Fault struct {
	Name      string
	Effect    emulator.Effect // the fault of the service
	Network   error           // or the fault of the network, before the request reaches the service
	Outcome   Outcome
	Refused   bool   // the fault proves that the request was not executed
	ErrorText string // text that the client's error contains

	// Large responses have megabytes, which take seconds under the race detector. Only
	// tests of what reads any response need them: those of one command in the client,
	// and those of the built binary.
	Large bool
}

// NeedsConnection reports whether only a real connection can have the fault.
func (f Fault) NeedsConnection() bool {
	e := f.Effect
	return e.Drop || e.Delay > 0 || e.Stall || e.Truncate || e.Endless
}

// Key is the app's key in the tests that use the faults. Some responses contain
// it.
const Key = "canarykey0123456789abcdef0123456789abcdef0123456789abcdef01234567"

// common are the faults of all commands, except for error codes. They are built
// once, because several tests of a package use them and some are large.
var common = sync.OnceValue(func() []Fault {
	return slices.Concat(statuses(), network(), bodies(), wrongTypes(envelopeFields))
})

// Of returns the faults of an API command: those of all commands, and those of
// its own responses. codes are the error codes that the client knows.
func Of(api string, codes []int64) []Fault { return Share(api, codes, 0, 1, 1) }

// Share returns one share of the faults of all commands, number share of so many
// shares, counted from 0, and one of the faults of an API command's own responses, of
// ownShares, none if 0. Tests of what has the code for requests in common need no more.
func Share(api string, codes []int64, share, shares, ownShares int) []Fault {
	responses, found := commands[api]
	if !found {
		panic("faults: none are registered for " + api + "; register them in internal/test/faults/" + api + ".go")
	}
	var shared []Fault
	for n, fault := range slices.Concat(rejections(codes, responses), common()) {
		if n%shares != share%shares {
			continue
		}
		if fault.Outcome == Harmless && fault.Effect.Code == 0 && responses.lacking != "" {
			fault.Outcome, fault.ErrorText = Final, responses.lacking
		}
		shared = append(shared, fault)
	}
	if ownShares > 0 {
		for n, fault := range responses.faults() {
			if n%ownShares == share%ownShares {
				shared = append(shared, fault)
			}
		}
	}
	if responses.once {
		for i, fault := range shared {
			shared[i].Outcome = onceOutcome(fault)
		}
	}
	return shared
}

// onceOutcome is the outcome of a fault if the request must not run twice: it is sent
// again only if the fault proves that it was not executed, and never with a new
// UserSig.
func onceOutcome(fault Fault) Outcome {
	if fault.Outcome == Transient && !fault.Refused || fault.Outcome == SignatureRenewed {
		return Final
	}
	return fault.Outcome
}

// HarmlessWithKey returns the harmless faults of an API command whose responses
// contain the key.
func HarmlessWithKey(api string) []Fault {
	return slices.DeleteFunc(Of(api, nil), func(fault Fault) bool {
		return fault.Outcome != Harmless || !containsKey(fault)
	})
}
