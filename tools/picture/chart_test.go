package main

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
)

// A chart is XML that names the platforms of a plan. A plan without them has no chart.
func TestChart(t *testing.T) {
	t.Parallel()
	const plan = `{"planned_values":{"outputs":{"platforms":{"value":{"apns":{"sent":10,"delivered":7,"total":11},"fcm":{"sent":5,"delivered":null}}}}}}`
	var svg strings.Builder
	if err := runChart(strings.NewReader(plan), &svg, "a title"); err != nil {
		t.Fatal(err)
	}
	for decoder := xml.NewDecoder(strings.NewReader(svg.String())); ; {
		if _, err := decoder.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatalf("%v:\n%s", err, svg.String())
		}
	}
	for _, part := range []string{">apns<", ">fcm<", ">sent<", ">delivered<", ">a title<"} {
		if !strings.Contains(svg.String(), part) {
			t.Errorf("the chart has no %q:\n%s", part, svg.String())
		}
	}
	for _, plan := range []string{"", "{}", `{"planned_values":{"outputs":{"platforms":{"value":{}}}}}`} {
		if err := runChart(strings.NewReader(plan), io.Discard, ""); err == nil {
			t.Errorf("%q: no error", plan)
		}
	}
}
