package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"time"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// Exit codes.
const (
	exitOK     = 0
	exitFailed = 1
	exitUsage  = 2
)

// stopWithin is how long requests under way may take once the command is told to stop.
const stopWithin = 3 * time.Second

// run is the command: it serves until ctx ends, and gives the exit code.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	o, err := parse(args, stderr)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return exitOK
	case err != nil:
		complain(stderr, err)
		return exitUsage
	}
	if err := serve(ctx, o, stdout, stderr); err != nil {
		complain(stderr, err)
		return exitFailed
	}
	return exitOK
}

func complain(stderr io.Writer, err error) {
	_, _ = fmt.Fprintln(stderr, "timpush-emulator:", err)
}

// serve listens, says how to use what it serves, and serves it until ctx ends.
func serve(ctx context.Context, o options, stdout, stderr io.Writer) error {
	seed, err := readSeed(o.seedFile)
	if err != nil {
		return err
	}
	o.emulator.Seed = seed
	e, err := emulator.New(o.emulator)
	if err != nil {
		return err
	}
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", o.listen)
	if err != nil {
		return fmt.Errorf("cannot listen: %w; give another address with -listen, port 0 lets the system choose", err)
	}
	if !loopback(l.Addr()) {
		_, _ = fmt.Fprintf(stderr, "timpush-emulator: warning: %s can be reached from other machines, over plain HTTP; "+
			"the provider takes http only on a loopback address\n", l.Addr())
	}
	if err := announce(stdout, endpoint(l.Addr()), o.emulator); err != nil {
		_ = l.Close()
		return fmt.Errorf("cannot write to standard output: %w", err)
	}

	server := &http.Server{
		Handler:           e,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       30 * time.Second,
		IdleTimeout:       2 * time.Minute,
		ErrorLog:          log.New(stderr, "timpush-emulator: ", 0),
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(l) }()
	select {
	case err := <-ended:
		return fmt.Errorf("stopped serving: %w", err)
	case <-ctx.Done():
	}
	return stop(ctx, server, ended)
}

// stop lets requests under way end, but not for ever, and waits for the server to be gone.
func stop(ctx context.Context, server *http.Server, ended <-chan error) error {
	// The context has ended: as it is, it would allow no time at all.
	within, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopWithin)
	defer cancel()
	if err := server.Shutdown(within); err != nil {
		_ = server.Close() // those that take longer are cut off; that is still a clean stop
	}
	if err := <-ended; !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("stopped serving: %w", err)
	}
	return nil
}
