package faults

import (
	"fmt"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// codes are the service's refusals. Which are repeated is what the service
// advises (34348).
func codes() []Fault {
	var all []Fault
	for outcome, numbers := range map[Outcome][]int{
		Passing: {
			60004, 60005, 60007, 60008, 60011, 60014, 60018, 60019, 70169, 70202, 70500, 91000,
		},
		Renewed: {70001},
		Final: {
			60002, 60003, 60006, 60009, 60010, 60012, 60013, 60015, 60016, 60017, 60020, 60021, 60025, 60026, 60027, 60028,
			70003, 70009, 70013, 70014, 70016, 70020, 70050, 70051, 70107, 70346, 70398, 70399, 70402, 70403,
			90001, 90009, 90018, 90033, 90035, 90045,
			-1, 1, 12345, 70002, // not in the table: they pass through
			90992, 90994, 90995, // of chat calls only (34348): the same
		},
	} {
		for _, number := range numbers {
			all = append(all, Fault{
				Name:    fmt.Sprintf("code %d", number),
				Effect:  emulator.Effect{Code: number, EchoSignature: true},
				Outcome: outcome,
				Says:    fmt.Sprintf("error code %d", number),
			})
		}
	}
	return all
}
