package attributenames

import (
	"maps"
	"strings"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
)

// Where an app has a name twice, each index keeps it, so that one of the two can be
// managed.
func TestCompareNameThatIsThereTwice(t *testing.T) {
	t.Parallel()
	level := slot{"level", kit.UserID.Value}
	app := slots{3: level, 5: level}
	for _, index := range app.indexes() {
		if write, problems := compare(slots{index: level}, nil, app); len(write) > 0 || problems.HasError() {
			t.Errorf("index %d: %v, %v", index, write, problems)
		}
	}
	write, problems := compare(slots{4: level}, nil, app)
	if len(problems) != 1 || problems[0].Summary() != "Name Has Another Index" || !maps.Equal(write, slots{}) {
		t.Errorf("index 4: %v, %v", write, problems)
	}
}

// Only a plan without a state can be one that replaces a resource.
func TestCompareOfReplacement(t *testing.T) {
	t.Parallel()
	planned, app := slots{3: {"level", kit.UserID.Value}}, slots{3: {"rank", kit.UserID.Value}}
	for _, test := range []struct {
		owned      slots
		count      int
		isReplaced bool
	}{{nil, 1, true}, {slots{}, 1, false}, {slots{3: {"rank", kit.UserID.Value}}, 0, false}} {
		_, problems := compare(planned, test.owned, app)
		if len(problems) != test.count {
			t.Errorf("owned %v: %v", test.owned, problems)
		}
		for _, problem := range problems {
			if strings.Contains(problem.Detail(), replacedFix) != test.isReplaced {
				t.Errorf("owned %v: %s", test.owned, problem.Detail())
			}
		}
	}
}
