package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"time"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// Limits of the service (60564).
const (
	accountsPerRequest = 100
	requestsPerSecond  = 100
)

// The emulated app.
const (
	sdkAppID = 1400000000
	key      = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
)

// served is an emulated service in this process.
type served struct {
	*emulator.Emulator
	server *httptest.Server
}

// serve starts a service that responds after a round trip.
func serve(seed emulator.Seed, roundTrip time.Duration) (*served, error) {
	service, err := emulator.New(emulator.Options{SDKAppID: sdkAppID, Key: key, Seed: seed})
	if err != nil {
		return nil, err
	}
	return &served{service, httptest.NewServer(delayed(service, roundTrip))}, nil
}

func (s *served) close() { s.server.Close() }

// variables returns the environment variables that make the provider use the service.
func (s *served) variables() []string {
	return []string{fmt.Sprintf("TIMPUSH_SDK_APP_ID=%d", sdkAppID), "TIMPUSH_ENDPOINT=" + s.server.URL, "TIMPUSH_SECRET_KEY=" + key}
}

// checkRate returns an error if the provider exceeded the service's limit.
func (s *served) checkRate() error {
	if peak := s.PeakRate(); peak > requestsPerSecond {
		return fmt.Errorf("the service counted %d requests in one second; the limit is %d", peak, requestsPerSecond)
	}
	return nil
}

// planProvider measures a plan that reads a number of accounts or tasks with the provider. Each plan has a service of its
// own, so that requests of earlier plans do not count.
func (b *bench) planProvider(ctx context.Context, workspace string, count int, seed emulator.Seed, roundTrip time.Duration) (took time.Duration, requests int, err error) {
	service, err := serve(seed, roundTrip)
	if err != nil {
		return 0, 0, err
	}
	defer service.close()
	took, err = b.plan(ctx, b.provider, workspace, count, service.variables()...)
	if err != nil {
		return 0, 0, err
	}
	return took, len(service.Journal()), service.checkRate()
}

// delayed adds a round trip to a service: half before the request arrives, half
// after it. A response is complete when ServeHTTP returns.
func delayed(service http.Handler, roundTrip time.Duration) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		wait(r.Context(), roundTrip/2)
		service.ServeHTTP(w, r)
		wait(r.Context(), roundTrip/2)
	})
}

// wait waits for d, or until the client closes the connection.
func wait(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}
