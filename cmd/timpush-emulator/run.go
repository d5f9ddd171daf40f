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

// serve prepares everything, and serves it until ctx ends. Files are touched when the address is its own: those that are
// there already may be another emulator's, which serves at that address.
func serve(ctx context.Context, o options, stdout, stderr io.Writer) (err error) {
	o.emulator.Seed, err = readSeed(o.seedFile)
	if err != nil {
		return err
	}
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", o.listen)
	if err != nil {
		return fmt.Errorf("cannot listen: %w; give another address with -listen, port 0 lets the system choose", err)
	}
	defer func() { _ = l.Close() }() // serving closes it, but it may not come to that
	j, err := newJournal(o.journalFile)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, j.close()) }()
	o.emulator.Journal = j.note // also where nobody wants it, or else the emulator would keep all requests
	e, err := emulator.New(o.emulator)
	if err != nil {
		return err
	}
	addr, err := prepareNotice("-addr-file", o.addrFile, isAddress)
	if err != nil {
		return err
	}
	defer addr.remove()
	cert, err := prepareNotice("-tls-cert-file", o.certFile, isCertificate)
	if err != nil {
		return err
	}
	defer cert.remove()

	server := newServer(e, stderr)
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
	// The last sign that it is ready: who waits for it finds everything else said.
	if err := addr.publish(reachable(l.Addr()) + "\n"); err != nil {
		return err
	}
	return serveUntil(ctx, server, l)
}

func newServer(h http.Handler, stderr io.Writer) *http.Server {
	return &http.Server{
		Handler:           h,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       30 * time.Second,
		IdleTimeout:       2 * time.Minute,
		ErrorLog:          log.New(stderr, "timpush-emulator: ", 0),
	}
}

// warn tells that others can reach what is served, where they can.
func warn(stderr io.Writer, a net.Addr, withTLS bool) {
	if loopback(a) {
		return
	}
	how := ", over plain HTTP; the provider takes http only on a loopback address"
	if withTLS {
		how = "; the certificate is for this machine's loopback addresses and the one that it listens on"
	}
	_, _ = fmt.Fprintf(stderr, "timpush-emulator: warning: %s can be reached from other machines%s\n", a, how)
}

// serveUntil serves until ctx ends.
func serveUntil(ctx context.Context, server *http.Server, l net.Listener) error {
	ended := make(chan error, 1)
	go func() {
		if server.TLSConfig != nil {
			ended <- server.ServeTLS(l, "", "") // with the certificate of the configuration
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
