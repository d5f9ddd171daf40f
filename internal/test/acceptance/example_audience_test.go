package acceptance

import (
	"strings"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// The example's checks name the accounts that a push misses, with the reasons. If a
// campaign reaches nobody, the plan fails.
func TestAccExampleAudience(t *testing.T) {
	t.Parallel()
	const folder = "examples/data-sources/timpush_push_audience"
	for name, test := range map[string]struct {
		xiaoming emulator.Account
		fails    bool
		want     []string
	}{
		"some are missed": {
			emulator.Account{Attributes: map[string]string{"city": "ShenZhen"}, Tags: []string{"GoldMember"}},
			false,
			[]string{
				`Missed: {"xiaohua":"city is not set"}. Not read: {}.`,
				"city_opening misses Mary: the account does not exist in the app.",
				"city_opening misses xiaohua: city is not set.",
				"renewal misses Mary: the account does not exist in the app.",
				`renewal misses xiaohua: has none of the tags "GoldMember", "PlatinumMember".`,
			},
		},
		"all are missed": {
			emulator.Account{Attributes: map[string]string{"city": "BeiJing"}, Tags: []string{"GoldMember", "Unsubscribed"}},
			true,
			[]string{"The campaign city_opening reaches nobody.", "The campaign renewal reaches nobody."},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			seed := emulator.Seed{Accounts: map[string]emulator.Account{"xiaoming": test.xiaoming, "xiaohua": {}}}
			output, err := example(t, folder, seededEmulator(t, seed)).run(t, "plan", "-no-color")
			if (err != nil) != test.fails {
				t.Errorf("%v:\n%s", err, output)
			}
			for _, want := range test.want {
				if !strings.Contains(flat(output), want) {
					t.Errorf("the plan does not contain %q:\n%s", want, output)
				}
			}
		})
	}
}
