package acceptance

import (
	"strings"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
	"github.com/timpush/terraform-provider-timpush/internal/test/cli"
)

// The examples of lists find the pushes in their windows.
func TestAccExampleOfList(t *testing.T) {
	t.Parallel()
	cli.Need(t, cli.Lists)
	seed := exampleSeed(nil)
	soon := newYear()
	soon.In, soon.Content = "24h", []byte(strings.Replace(string(soon.Content), "Happy New Year", "Soon", 1))
	seed.ScheduledPushes = map[string]*emulator.ScheduledPush{"1": soon, "1234567890": newYear()}
	w := example(t, "examples/list-resources/timpush_scheduled_push", seededEmulator(t, seed))
	output := w.mustRun(t, "query", "-no-color")
	for block, want := range map[string]string{"list.timpush_scheduled_push.next": "Soon (", "list.timpush_scheduled_push.new_year": "Happy New Year (2038-01-01T01:00:00Z)"} {
		if !strings.Contains(output, block) || !strings.Contains(output, want) {
			t.Errorf("the output has no %q for %s:\n%s", want, block, output)
		}
	}
}
