package main

import (
	"context"
	"crypto/tls"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"time"

	"github.com/timpush/terraform-provider-timpush/internal/buildinfo"
	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// Exit codes.
const (
	exitOK     = 0
	exitFailed = 1
	exitUsage  = 2
)

// stopWithin is how long the command waits for open requests when it stops. Tests change it.
var stopWithin = 3 * time.Second

// run is the command: it serves until ctx ends, and returns the exit code.
func run(ctx context.Context, args []string, getenv func(string) string, stdout, stderr io.Writer) int {
	o, err := parse(args, getenv, stderr)
	if errors.Is(err, flag.ErrHelp) {
		return exitOK
	}
	if err != nil {
		_, _ = fmt.Fprintln(stderr, "timpush-emulator:", err)
		return exitUsage
	}
	if o.version {
		_, err = fmt.Fprintln(stdout, "timpush-emulator", buildinfo.Version(version))
	} else {
		err = serve(ctx, o, stdout, stderr)
	}
	if err != nil {
		_, _ = fmt.Fprintln(stderr, "timpush-emulator:", err)
		return exitFailed
	}
	return exitOK
}

// serve prepares everything, and serves until ctx ends. It listens before it changes files, which may belong to another
// emulator that runs at the same address.
func serve(ctx context.Context, o options, stdout, stderr io.Writer) (err error) {
	o.emulator.Seed, err = readSeed(o.seedFile)
	if err != nil {
		return err
	}
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", o.listen)
	if err != nil {
		return fmt.Errorf("cannot listen: %w; choose another address with -listen, or use port 0 to let the system choose a free port", err)
	}
	defer func() { _ = l.Close() }() // for early returns; the server closes it too
	j, err := newJournal(o.journalFile)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, j.close()) }()
	o.emulator.Journal = j.note // even without a file, or the emulator would keep all requests in memory
	logger := log.New(stderr, "timpush-emulator: ", 0)
	o.emulator.DriftSkipped = func(err error) { logger.Println("warning:", err) }
	e, err := emulator.New(o.emulator)
	if err != nil {
		return err
	}
	addr, err := preparePublishedFile("-addr-file", o.addrFile, isAddress)
	if err != nil {
		return err
	}
	defer addr.remove()
	cert, err := preparePublishedFile("-tls-cert-file", o.certFile, isCertificate)
	if err != nil {
		return err
	}
	defer cert.remove()

	server := newServer(e, logger)
	if o.tls {
		c, err := newCertificate(time.Now(), l.Addr())
		if err != nil {
			return err
		}
		if err := cert.publish(certificatePEM(c)); err != nil {
			return err
		}
		server.TLSConfig = &tls.Config{Certificates: []tls.Certificate{c}, MinVersion: tls.VersionTLS12}
	}
	warn(stderr, l.Addr(), o.tls)
	if err := announce(stdout, l.Addr(), o); err != nil {
		return err
	}
	// The file is last, since programs wait for it before they use the emulator.
	if err := addr.publish(reachable(l.Addr()) + "\n"); err != nil {
		return err
	}
	return serveUntil(ctx, server, l)
}

func newServer(h http.Handler, logger *log.Logger) *http.Server {
	return &http.Server{
		Handler:           h,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       30 * time.Second,
		IdleTimeout:       2 * time.Minute,
		ErrorLog:          logger,
	}
}

// warn warns if other machines can reach the emulator.
func warn(stderr io.Writer, a net.Addr, withTLS bool) {
	if loopback(a) {
		return
	}
	how := " over plain HTTP; the provider accepts http only on a loopback address"
	if withTLS {
		how = "; the certificate is valid for this machine's loopback addresses and for the address it listens on"
	}
	_, _ = fmt.Fprintf(stderr, "timpush-emulator: warning: other machines can reach %s%s\n", a, how)
}

// serveUntil serves until ctx ends.
func serveUntil(ctx context.Context, server *http.Server, l net.Listener) error {
	ended := make(chan error, 1)
	go func() {
		if server.TLSConfig != nil {
			ended <- server.ServeTLS(l, "", "") // with the certificate of TLSConfig
			return
		}
		ended <- server.Serve(l)
	}()
	select {
	case err := <-ended:
		return fmt.Errorf("stopped serving: %w", err)
	case <-ctx.Done():
	}
	return stop(ctx, server, ended)
}

// stop waits for open requests, at most stopWithin, and for the end of the server.
func stop(ctx context.Context, server *http.Server, ended <-chan error) error {
	within, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopWithin) // ctx has ended
	defer cancel()
	if err := server.Shutdown(within); err != nil {
		_ = server.Close() // cuts off the remaining requests, which is not an error
	}
	if err := <-ended; !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("stopped serving: %w", err)
	}
	return nil
}
