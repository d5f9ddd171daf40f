package provider

import (
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// The bounds of numbers that the texts of the provider's arguments name are those
// that hold.
func TestDescriptionsNameTheBounds(t *testing.T) {
	t.Parallel()
	p := newProtocol(t, nil, newEmulator(t))
	named := regexp.MustCompile(`whole number from (\d+) to (\d+)`)
	found := 0
	for _, argument := range p.schema.Provider.Block.Attributes {
		bounds := named.FindStringSubmatch(argument.Description)
		if bounds == nil {
			continue
		}
		found++
		least, _ := strconv.Atoi(bounds[1])
		most, _ := strconv.Atoi(bounds[2])
		for value, taken := range map[int]bool{least - 1: false, least: true, most: true, most + 1: false} {
			if text := p.validateProvider(values{argument.Name: value}); (text == "") != taken {
				t.Errorf("%s is from %d to %d, and %d: %s", argument.Name, least, most, value, text)
			}
		}
	}
	if found != 3 {
		t.Errorf("%d arguments have bounds", found)
	}
}

// The durations that the texts name as defaults and limits are those that hold.
func TestDescriptionsNameTheDurations(t *testing.T) {
	t.Parallel()
	p := newProtocol(t, nil, newEmulator(t))
	check := func(text, before string, want time.Duration) {
		_, after, _ := strings.Cut(text, before+"`")
		named, _, _ := strings.Cut(after, "`")
		if got, err := time.ParseDuration(named); err != nil || got != want {
			t.Errorf("%q names %q after %q; it is %s", text, named, before, want)
		}
	}
	found := 0
	for _, schemas := range []map[string]*tfprotov6.Schema{p.schema.DataSourceSchemas, p.schema.EphemeralResourceSchemas} {
		for _, schema := range schemas {
			for _, attribute := range schema.Block.Attributes {
				switch attribute.Name {
				case "timeouts":
					check(attribute.NestedType.Attributes[0].Description, "Defaults to ", defaultTimeout)
				case "validity":
					check(attribute.Description, "Defaults to ", defaultValidity)
					check(attribute.Description, " from ", shortestValidity)
					check(attribute.Description, " to ", longestValidity)
				default:
					continue
				}
				found++
			}
		}
	}
	if found != len(readingKinds)+1 {
		t.Errorf("%d durations have defaults", found)
	}
}
