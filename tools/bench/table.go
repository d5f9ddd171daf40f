package main

import (
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// english writes 100,000 for 100000.
var english = message.NewPrinter(language.English)

// tables is all that was measured, as text.
func tables(measured string, reads []read, passings []passing) string {
	var text strings.Builder
	text.WriteString(measured + ".\n\n")

	table := tabwriter.NewWriter(&text, 0, 0, 2, ' ', tabwriter.AlignRight)
	// Writing to a strings.Builder cannot fail.
	_, _ = fmt.Fprint(table, "accounts\trequests\tround trip\tempty provider s\tpace s\tfloor s\tprovider s\tratio\t\n")
	for _, r := range reads {
		_, _ = english.Fprintf(table, "%d\t%d\t%d ms\t%s\t%s\t%s\t%s\t%.2f\t\n", r.accounts, r.requests, r.roundTrip.Milliseconds(),
			seconds(r.empty), seconds(r.pace()), seconds(r.floor()), seconds(r.provider), r.ratio())
	}
	_ = table.Flush()

	text.WriteString("\nHow accounts are passed (with 0 requests: to the empty provider)\n\n")
	_, _ = fmt.Fprint(table, "accounts\trequests\tseconds\tratio\t  passed as\n")
	for _, p := range passings {
		_, _ = english.Fprintf(table, "%d\t%d\t%s\t%.2f\t  %s\n", p.accounts, p.requests, seconds(p.took), p.ratio, p.how)
	}
	_ = table.Flush()
	return text.String()
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.2f", d.Seconds()) }
