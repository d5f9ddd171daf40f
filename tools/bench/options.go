package main

import (
	"errors"
	"flag"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// options are the command line.
type options struct {
	cli, provider, floor string // absolute, since the CLI runs in folders of its own
	repetitions          int
	sizes                []int
	roundTrips           []time.Duration
	passing              []int
	starts               int
	text, chart          string // "" means not to write it
}

// parse reads the command line. The flag package, with ExitOnError, ends the program where that cannot be.
func parse(args []string) (options, error) {
	o := options{
		sizes:      []int{1, 100, 10_000, 100_000},
		roundTrips: []time.Duration{0, 50 * time.Millisecond, 300 * time.Millisecond},
		passing:    []int{10_000, 20_000},
	}
	f := flag.NewFlagSet("bench", flag.ExitOnError)
	f.Func("cli", "`path` of terraform or tofu", absolute(&o.cli))
	f.Func("provider", "`folder` of the provider's binary", absolute(&o.provider))
	f.Func("floor", "`folder` of the empty provider's binary", absolute(&o.floor))
	f.IntVar(&o.repetitions, "repetitions", 3, "least `number` of plans of each kind, of which the median is taken")
	f.Func("sizes", "`numbers` of accounts to read, '' for none (default 1,100,10000,100000)", list(&o.sizes, strconv.Atoi))
	f.Func("round-trips", "`durations` between request and answer (default 0s,50ms,300ms)", list(&o.roundTrips, time.ParseDuration))
	f.Func("passing", "`numbers` of accounts to pass in several ways, '' for none (default 10000,20000)", list(&o.passing, strconv.Atoi))
	f.IntVar(&o.starts, "starts", 100, "`number` of starts of each provider")
	f.StringVar(&o.text, "text", "", "`file` to write the tables to")
	f.StringVar(&o.chart, "chart", "", "`file` to write the chart to, as SVG")
	if err := f.Parse(args); err != nil {
		return options{}, err
	}
	switch {
	case o.cli == "" || o.provider == "" || o.floor == "":
		return options{}, errors.New("-cli, -provider and -floor are needed: scripts/bench.sh gives them")
	case o.repetitions < 1:
		return options{}, fmt.Errorf("-repetitions is %d: give 1 or more", o.repetitions)
	case o.starts < 0:
		return options{}, fmt.Errorf("-starts is %d: give 0 or more", o.starts)
	case o.chart != "" && len(o.sizes) == 0:
		return options{}, errors.New("-chart shows reads: give -sizes as well")
	}
	return o, nil
}

// absolute takes a path.
func absolute(into *string) func(string) error {
	return func(value string) (err error) {
		*into, err = filepath.Abs(value)
		return err
	}
}

// list takes values with commas between them, or none.
func list[T any](into *[]T, parse func(string) (T, error)) func(string) error {
	return func(text string) error {
		*into = nil
		if text == "" {
			return nil
		}
		for word := range strings.SplitSeq(text, ",") {
			value, err := parse(word)
			if err != nil {
				return err
			}
			*into = append(*into, value)
		}
		return nil
	}
}
