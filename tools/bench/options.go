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

// options are the flags.
type options struct {
	cli, provider, floor string // absolute paths, because the CLI runs in other folders
	repetitions          int
	sizes                []int
	roundTrips           []time.Duration
	audienceSizes        []int
	callSizes            []int
	taskCounts           []int
	variantSizes         []int
	resourceSizes        []int
	starts               int
	text, chart          string // "" means not to write it
}

// parse parses the command line. Because of flag.ExitOnError, invalid flags end the program.
func parse(args []string) (options, error) {
	o := options{
		sizes:         []int{1, 100, 10_000, 100_000},
		roundTrips:    []time.Duration{0, 50 * time.Millisecond, 300 * time.Millisecond},
		audienceSizes: []int{10_000, 100_000},
		callSizes:     []int{10_000, 100_000},
		taskCounts:    []int{7, 100},
		variantSizes:  []int{10_000, 20_000},
		resourceSizes: []int{100, 1000, fewAccounts, manyAccounts},
	}
	f := flag.NewFlagSet("bench", flag.ExitOnError)
	f.Func("cli", "`path` of terraform or tofu", absolute(&o.cli))
	f.Func("provider", "`folder` of the provider's binary", absolute(&o.provider))
	f.Func("floor", "`folder` of the empty provider's binary", absolute(&o.floor))
	f.IntVar(&o.repetitions, "repetitions", 3, "minimum `number` of plans for each median")
	f.Func("sizes", "comma-separated `numbers` of accounts to read, '' for none (default 1,100,10000,100000)", list(&o.sizes, strconv.Atoi))
	f.Func("round-trips", "comma-separated `durations` from request to response (default 0s,50ms,300ms)", list(&o.roundTrips, time.ParseDuration))
	f.Func("audience", "comma-separated `numbers` of accounts for determining an audience, '' for none (default 10000,100000)", list(&o.audienceSizes, strconv.Atoi))
	f.Func("calls", "comma-separated `numbers` of accounts to call the function audience with, '' for none (default 10000,100000)", list(&o.callSizes, strconv.Atoi))
	f.Func("tasks", "comma-separated `numbers` of tasks to read statistics and losses of, '' for none (default 7,100)", list(&o.taskCounts, strconv.Atoi))
	f.Func("resources", "comma-separated `numbers` of accounts to manage, '' for none (default 100,1000,2000,10000)", list(&o.resourceSizes, strconv.Atoi))
	f.Func("passing", "comma-separated `numbers` of accounts for comparing ways to pass them, '' for none (default 10000,20000)", list(&o.variantSizes, strconv.Atoi))
	f.IntVar(&o.starts, "starts", 100, "`number` of starts of each provider")
	f.StringVar(&o.text, "text", "", "`file` to write the tables to")
	f.StringVar(&o.chart, "chart", "", "`file` to write the chart to, as SVG")
	if err := f.Parse(args); err != nil {
		return options{}, err
	}
	switch {
	case o.cli == "" || o.provider == "" || o.floor == "":
		return options{}, errors.New("-cli, -provider and -floor are required: use scripts/bench.sh, which sets them")
	case o.repetitions < 1:
		return options{}, fmt.Errorf("-repetitions is %d; it must be at least 1", o.repetitions)
	case o.starts < 0:
		return options{}, fmt.Errorf("-starts is %d; it must be at least 0", o.starts)
	case o.chart != "" && len(o.sizes) == 0:
		return options{}, errors.New("-chart needs at least one number in -sizes")
	}
	return o, nil
}

// absolute returns a parser of a flag that is a path.
func absolute(into *string) func(string) error {
	return func(value string) (err error) {
		*into, err = filepath.Abs(value)
		return err
	}
}

// list returns a parser of a flag that is a comma-separated list, which may be empty.
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
