package message

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// Each documented field is known, and no other one. Their defaults are those of the page
// (77715).
func TestKnownFields(t *testing.T) {
	t.Parallel()
	known, defaults := map[string]bool{}, map[string]string{}
	var walk func(prefix string, fields timpush.Fields)
	walk = func(prefix string, fields timpush.Fields) {
		for name, field := range fields {
			known[prefix+name] = true
			if field.Default != "" {
				defaults[prefix+name] = field.Default
			}
			walk(prefix+name+".", field.Fields)
		}
	}
	walk("", KnownFields)
	if got, want := slices.Sorted(maps.Keys(known)), slices.Sorted(maps.Keys(documented)); !slices.Equal(got, want) {
		t.Errorf("known are\n%s\nwant\n%s", strings.Join(got, " "), strings.Join(want, " "))
	}
	want := map[string]string{
		"PushFlag": "0", "AndroidInfo.PushStyle": "0", "AndroidInfo.VIVOClassification": "1", "AndroidInfo.VIVONotifyType": "4",
		"ApnsInfo.BadgeMode": "1", "ApnsInfo.MutableContent": "0",
	}
	if !maps.Equal(defaults, want) {
		t.Errorf("the defaults are %v, want %v", defaults, want)
	}
}
