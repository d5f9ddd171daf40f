package emulator

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"
)

// TestStalledService: all requests, even abandoned ones, arrive at the end of the stall.
func TestStalledService(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		e := newTest(t, func(o *Options) { o.Now = nil })
		ctx, abandon := context.WithCancel(t.Context())
		target := pathPrefix + "add_tag?" + validQuery(t).Encode()
		resume := e.Stall()
		codes := make(chan int, 5)
		for range 5 {
			go func() {
				r := httptest.NewRequestWithContext(ctx, http.MethodPost, target, bytes.NewReader([]byte(addTag)))
				w := httptest.NewRecorder()
				e.ServeHTTP(w, r)
				codes <- *read(t, w).ErrorCode
			}()
			time.Sleep(2 * time.Second) //nolint:forbidigo // synctest: virtual time
		}
		abandon()
		time.Sleep(15 * time.Second) //nolint:forbidigo // synctest: virtual time
		synctest.Wait()
		if peak := e.PeakRate(); peak != 0 || len(e.Journal()) != 0 || len(codes) != 0 {
			t.Errorf("during the stall: peak %d, journal %v", peak, e.Journal())
		}

		resume()
		resumed := time.Now()
		synctest.Wait()
		if e.PeakRate() != 5 || len(e.Journal()) != 5 {
			t.Errorf("after the stall: peak %d, %d requests in the journal, want 5 and 5", e.PeakRate(), len(e.Journal()))
		}
		for i, entry := range e.Journal() {
			if !entry.At.Equal(resumed) || !entry.Executed || <-codes != 0 {
				t.Errorf("request %d: %+v, want it executed at %v", i, entry, resumed)
			}
		}
		resume() // a second call does nothing
		expect(t, e, tagsOf("xiaohua", `["new"]`))
	})
}

// TestStallsOverlap: the last resume ends overlapping stalls; a later stall is a new one.
func TestStallsOverlap(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		e := newTest(t, func(o *Options) { o.Now = nil })
		first, second := e.Stall(), e.Stall()
		for range 2 {
			go postTo(t, e, "get_attr_name", "{}")
			synctest.Wait()
			first()
			first()
			synctest.Wait()
			if n := len(e.Journal()); n != 0 {
				t.Errorf("%d requests arrived before the last resume", n)
			}
		}
		second()
		synctest.Wait()
		if n := len(e.Journal()); n != 2 {
			t.Errorf("%d requests arrived, want 2", n)
		}
		third := e.Stall()
		go postTo(t, e, "get_attr_name", "{}")
		synctest.Wait()
		if n := len(e.Journal()); n != 2 {
			t.Errorf("%d requests arrived in another stall", n)
		}
		third()
	})
}

// TestStalledServer: a request that its client abandoned still arrives, with its body, after the stall of a real server.
func TestStalledServer(t *testing.T) {
	t.Parallel()
	arrived := make(chan Entry, 1)
	e := newTest(t, func(o *Options) { o.Journal = func(entry Entry) { arrived <- entry } })
	waiting := make(chan struct{})
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		close(waiting)
		e.ServeHTTP(w, r)
	}))
	defer s.Close()
	resume := e.Stall()
	defer resume() // otherwise closing the server would block
	ctx, abandon := context.WithCancel(t.Context())
	go func() {
		<-waiting
		abandon()
	}()
	if _, _, err := sendTo(ctx, t, s, "add_tag", addTag); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want context.Canceled", err)
	}
	resume()
	if entry := <-arrived; !entry.Executed || entry.API != "add_tag" {
		t.Errorf("%+v, want it executed", entry)
	}
}
