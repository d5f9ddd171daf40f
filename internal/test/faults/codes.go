package faults

import (
	"fmt"
	"slices"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// retried are the codes after which a request is retried, as the service advises
// (34348). They are stated here once more, so that a slip in the client's table
// fails a test: a code that is retried by mistake delays every error, and one
// that is not fails plans for nothing. All other codes are final, so that those
// which mean nothing but that are listed by the client alone.
var retried = map[Outcome][]int64{
	Transient: {60004, 60005, 60007, 60008, 60011, 60014, 60018, 60019, 70169, 70202, 70500, 91000},
	Resigned:  {70001},
}

// unlisted are codes that no table for these calls has: they pass through.
var unlisted = []int64{-1, 1, 12345, 70002, 90992, 90994, 90995} // the last three are of chat calls only (34348)

// refusals are requests that the service refuses: with the codes that the client
// knows, those that are stated here, and unlisted ones.
func refusals(codes []int64) []Fault {
	outcomes := map[int64]Outcome{}
	for outcome, codes := range retried {
		for _, code := range codes {
			outcomes[code] = outcome
		}
	}
	numbers := slices.Sorted(slices.Values(slices.Concat(codes, unlisted, retried[Transient], retried[Resigned])))
	var all []Fault
	for _, code := range slices.Compact(numbers) {
		all = append(all, Fault{
			Name:    fmt.Sprintf("code %d", code),
			Effect:  emulator.Effect{Code: int(code), EchoSignature: true},
			Outcome: outcomes[code], // Final if it is none of them
			Says:    fmt.Sprintf("error code %d", code),
		})
	}
	return all
}
