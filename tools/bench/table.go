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

// english writes 100,000 for 100000.
var english = message.NewPrinter(language.English)

// tables is all that was measured, as text.
func tables(measured string, reads []read, passings []passing, starts []startUp) string {
	text := measured + ".\n"
	if len(reads) > 0 {
		text += "\n" + readsTable(reads)
	}
	if len(passings) > 0 {
		text += "\nHow accounts are passed (with 0 requests: to the empty provider)\n\n" + passingsTable(passings)
	}
	if len(starts) > 0 {
		text += "\nThe binaries, built as for a release, and the time from their start to their schema\n\n" + startsTable(starts)
	}
	return text
}

func readsTable(reads []read) string {
	return table("accounts\trequests\tround trip\tempty provider s\tpace s\tfloor s\tprovider s\tratio\t", func(w io.Writer) {
		for _, r := range reads {
			_, _ = english.Fprintf(w, "%d\t%d\t%d ms\t%s\t%s\t%s\t%s\t%.2f\t\n", r.accounts, r.requests, r.roundTrip.Milliseconds(),
				seconds(r.empty), seconds(r.pace()), seconds(r.floor()), seconds(r.provider), r.ratio())
		}
	})
}

func passingsTable(passings []passing) string {
	return table("accounts\trequests\tseconds\tratio\t  passed as", func(w io.Writer) {
		for _, p := range passings {
			_, _ = english.Fprintf(w, "%d\t%d\t%s\t%.2f\t  %s\n", p.accounts, p.requests, seconds(p.took), p.ratio, p.how)
		}
	})
}

func startsTable(starts []startUp) string {
	return table("size MB\tschema kB\tstarts\tmedian ms\tleast ms\t  started", func(w io.Writer) {
		for _, s := range starts {
			_, _ = fmt.Fprintf(w, "%.2f\t%.1f\t%d\t%.1f\t%.1f\t  %s\n", float64(s.size)/1e6, float64(s.schema)/1e3,
				s.starts, milliseconds(s.median), milliseconds(s.least), s.provider)
		}
	})
}

// table sets rows under a head. Writing to a strings.Builder cannot fail.
func table(head string, rows func(io.Writer)) string {
	var text strings.Builder
	w := tabwriter.NewWriter(&text, 0, 0, 2, ' ', tabwriter.AlignRight)
	_, _ = fmt.Fprintln(w, head)
	rows(w)
	_ = w.Flush()
	return text.String()
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.2f", d.Seconds()) }

func milliseconds(d time.Duration) float64 { return d.Seconds() * 1e3 }
