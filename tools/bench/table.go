package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// english formats 100000 as 100,000.
var english = message.NewPrinter(language.English)

// results are all measurements. What was not measured is nil.
type results struct {
	measured   string // how and where
	reads      []read
	audiences  []variantResult
	calls      []call
	deliveries []read
	resources  []stepResult
	variants   []variantResult
	starts     []startup
}

// text returns the tables.
func (r results) text() string {
	text := r.measured + ".\n"
	if len(r.reads) > 0 {
		text += "\n" + readsTable("accounts", r.reads)
	}
	if len(r.audiences) > 0 {
		text += fmt.Sprintf("\nAudience of a push (round trip %d ms)\n\n", audienceRoundTrip.Milliseconds()) + variantsTable(r.audiences)
	}
	if len(r.calls) > 0 {
		text += "\nThe function audience, called by the console on accounts in the state, in pairs (empty provider: the function answers at once)\n\n" + callsTable(r.calls)
	}
	if len(r.deliveries) > 0 {
		text += "\nDelivery of pushes by task (at most one request per second)\n\n" + readsTable("tasks", r.deliveries)
	}
	if len(r.resources) > 0 {
		text += fmt.Sprintf("\nA timpush_user_attributes resource with two attributes for each account (round trip %d ms)\n\n", resourceRoundTrip.Milliseconds()) +
			stepsTable(r.resources) + growth(r.resources)
	}
	if len(r.variants) > 0 {
		text += "\nWays to pass accounts (0 requests: with the empty provider)\n\n" + variantsTable(r.variants)
	}
	if len(r.starts) > 0 {
		text += "\nRelease binaries: size, and time from process start to schema\n\n" + startsTable(r.starts)
	}
	return text
}

// readsTable returns the rows of reads of accounts or tasks.
func readsTable(of string, reads []read) string {
	return table(of+"\trequests\tround trip\tempty provider s\tpace s\tfloor s\tprovider s\tratio\t  data source", func(w io.Writer) {
		for _, r := range reads {
			_, _ = english.Fprintf(w, "%d\t%d\t%d ms\t%s\t%s\t%s\t%s\t%.2f\t  %s\n", r.count, r.requests, r.roundTrip.Milliseconds(),
				seconds(r.empty), seconds(r.pace()), seconds(r.floor()), seconds(r.provider), r.ratio(), r.kind)
		}
	})
}

func stepsTable(steps []stepResult) string {
	return table("accounts\trequests\tempty provider s\tprovider s\tratio\t  step", func(w io.Writer) {
		for _, s := range steps {
			_, _ = english.Fprintf(w, "%d\t%d\t%s\t%s\t%.2f\t  %s\n", s.accounts, s.requests, seconds(s.empty), seconds(s.provider), s.ratio(), s.step)
		}
	})
}

func variantsTable(variants []variantResult) string {
	return table("accounts\trequests\tseconds\tratio\t  configuration", func(w io.Writer) {
		for _, v := range variants {
			_, _ = english.Fprintf(w, "%d\t%d\t%s\t%.2f\t  %s\n", v.accounts, v.requests, seconds(v.took), v.ratio, v.name)
		}
	})
}

func callsTable(calls []call) string {
	return table("accounts\tpairs\tempty provider s\tdifference s\tquartiles s\t  function", func(w io.Writer) {
		for _, c := range calls {
			_, _ = english.Fprintf(w, "%d\t%d\t%s\t%s\t%s, %s\t  %s\n", c.accounts, len(c.differences), seconds(c.empty), seconds(c.quartile(2)), seconds(c.quartile(1)), seconds(c.quartile(3)), "provider::timpush::audience")
		}
	})
}

func startsTable(starts []startup) string {
	return table("size MB\tschema kB\tstarts\tmedian ms\tmin ms\t  binary", func(w io.Writer) {
		for _, s := range starts {
			_, _ = fmt.Fprintf(w, "%.2f\t%.1f\t%d\t%.1f\t%.1f\t  %s\n", float64(s.size)/1e6, float64(s.schema)/1e3,
				s.starts, milliseconds(s.median), milliseconds(s.minimum), s.provider)
		}
	})
}

// table aligns rows under a header. Writing to a strings.Builder cannot fail.
func table(header string, rows func(io.Writer)) string {
	var text strings.Builder
	w := tabwriter.NewWriter(&text, 0, 0, 2, ' ', tabwriter.AlignRight)
	_, _ = fmt.Fprintln(w, header)
	rows(w)
	_ = w.Flush()
	return text.String()
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.2f", d.Seconds()) }

func milliseconds(d time.Duration) float64 { return d.Seconds() * 1e3 }
