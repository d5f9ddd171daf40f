package provider

import (
	"regexp"
	"strconv"
	"testing"
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
