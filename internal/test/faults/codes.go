package faults

import (
	"fmt"
	"slices"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// retried are the codes after which a request is retried, as the service
// recommends (34348). They duplicate the client's table on purpose, so that a
// mistake in either fails a test. All other codes are final.
var retried = map[Outcome][]int64{
	Transient:        {60004, 60005, 60007, 60008, 60011, 60014, 60018, 60019, 70169, 70202, 70500, 90024, 90051, 90105, 91000},
	SignatureRenewed: {70001},
}

// doubtful are listed codes after which the request may have been executed all the
// same: the service may have failed later. They duplicate the client's table too.
var doubtful = []int64{60004, 60005, 60008, 60013, 60014, 70169, 70202, 70500, 90105, 91000}

// unlisted are codes that no table lists for these calls. They are reported as is.
var unlisted = []int64{-1, 1, 12345, 70002, 90992, 90994, 90995} // the last three are for chat calls only (34348)

// ofContent are the codes for an attribute or tag in a request. They duplicate
// the client's list on purpose too.
var ofContent = []int64{90020, 90032, 90033, 90034, 90035}

// rejections are responses with an error code: the codes that the client knows,
// those in retried, and unlisted ones.
func rejections(codes []int64, command responses) []Fault {
	outcomes := map[int64]Outcome{}
	for _, code := range command.success {
		outcomes[code] = Harmless
	}
	if command.halved {
		for _, code := range ofContent {
			outcomes[code] = Halved
		}
	}
	for outcome, codes := range retried {
		for _, code := range codes {
			outcomes[code] = outcome
		}
	}
	numbers := slices.Sorted(slices.Values(slices.Concat(codes, unlisted, ofContent, retried[Transient], retried[SignatureRenewed])))
	var all []Fault
	for _, code := range slices.Compact(numbers) {
		all = append(all, Fault{
			Name:      fmt.Sprintf("code %d", code),
			Effect:    emulator.Effect{Code: int(code), EchoSignature: true},
			Outcome:   outcomes[code], // Final, the zero value, if none
			Refused:   !slices.Contains(doubtful, code) && !slices.Contains(unlisted, code),
			ErrorText: fmt.Sprintf("error code %d", code),
		})
	}
	return all
}
