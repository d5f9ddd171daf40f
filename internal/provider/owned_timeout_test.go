package provider

import (
	"testing"
	"testing/synctest"
)

// A create that times out after it has written something is a warning, so the next
// apply is an update, with another timeout.
func TestOwnedCreateTimesOut(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		seed, owned := manyAccounts(1000)
		o := newOwner(t, ownedAttributes, seed, values{"requests_per_second": 2})
		text := o.run(o.of(owned, values{"timeouts": map[string]any{"create": "3s"}}))
		checkParts(t, "create", text, "create\nWARNING", "Unable to Write User Attributes", "The write timed out after 3s with ",
			" of 1000 accounts done. Set timeouts.create and, for the next apply, timeouts.update to more than 3s, or write fewer accounts.")
		checkText(t, "next run", o.run(o.of(owned)), "update\n")
	})
}
