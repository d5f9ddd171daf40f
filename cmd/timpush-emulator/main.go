// Command timpush-emulator runs an emulator of the TIMPush service on a local address, for demos and offline tests. It
// prints environment variables that make the provider use it, and stops on SIGINT, SIGTERM or SIGHUP.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

// version is set by release builds, with -ldflags "-X main.version=1.2.3".
var version = "dev"

func main() {
	signals := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) { // nohup ignores it
		signals = append(signals, syscall.SIGHUP)
	}
	ctx, stop := signal.NotifyContext(context.Background(), signals...)
	context.AfterFunc(ctx, stop)                                    // a second signal ends the process at once
	os.Exit(run(ctx, os.Args[1:], os.Getenv, os.Stdout, os.Stderr)) //nolint:forbidigo // this is main
}
