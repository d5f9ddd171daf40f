// Command bench measures plans with a real CLI against the emulator: with the
// provider, for several numbers of accounts and round-trip times, and with an
// otherwise empty provider (floor/) that makes no requests. It also measures plans
// and applies of a resource, and the size and the startup time of both binaries.
// scripts/bench.sh builds everything, and runs this command.
package main

import (
	"context"
	"fmt"
	"io"
	"log"
	"os"
	"os/signal"
	"runtime"
	"syscall"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("bench: ")
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout)
	stop()
	if err != nil {
		log.Fatal(err)
	}
}

// run measures, prints the tables, and writes the files that the flags name.
func run(ctx context.Context, args []string, stdout io.Writer) error {
	o, err := parse(args)
	if err != nil {
		return err
	}
	folder, err := os.MkdirTemp("", "timpush-bench")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(folder) }()
	b, err := newBench(folder, o)
	if err != nil {
		return err
	}
	r, err := b.measure(ctx, o)
	if err != nil {
		return err
	}
	text := r.text()
	if _, err := io.WriteString(stdout, text); err != nil {
		return err
	}
	if o.text != "" {
		// #nosec G703 -- the user names the file
		if err := os.WriteFile(o.text, []byte(text), 0o600); err != nil {
			return err
		}
	}
	if o.chart != "" {
		return writeChart(o.chart, r.measured, r.reads)
	}
	return nil
}

func (b *bench) measure(ctx context.Context, o options) (r results, err error) {
	version, err := b.version(ctx)
	if err != nil {
		return r, err
	}
	r.measured = fmt.Sprintf("Plans by %s, %d cores, medians of at least %d runs", version, runtime.NumCPU(), o.repetitions)
	if r.starts, err = startups(ctx, o); err != nil {
		return r, err
	}
	if r.reads, err = b.reads(ctx, o.sizes, o.roundTrips); err != nil {
		return r, err
	}
	if r.deliveries, err = b.deliveries(ctx, o.taskCounts); err != nil {
		return r, err
	}
	if r.variants, err = b.variants(ctx, o.variantSizes); err != nil {
		return r, err
	}
	if r.audiences, err = b.audiences(ctx, o.audienceSizes); err != nil {
		return r, err
	}
	if r.calls, err = b.calls(ctx, o.callSizes); err != nil {
		return r, err
	}
	r.resources, err = b.resources(ctx, o.resourceSizes)
	return r, err
}
