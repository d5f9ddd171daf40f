package timpush

import (
	"context"
	"fmt"
	"reflect"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// logBook records log lines.
type logBook struct {
	mu    sync.Mutex
	lines []string
}

func (b *logBook) write(level, message string, fields map[string]any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.lines = append(b.lines, fmt.Sprintf("%s %s %v", level, message, fields)) // fmt sorts map keys
}

func (b *logBook) Debug(_ context.Context, message string, fields map[string]any) {
	b.write("DEBUG", message, fields)
}

func (b *logBook) Info(_ context.Context, message string, fields map[string]any) {
	b.write("INFO", message, fields)
}

// One DEBUG line for each attempt, and nothing else on a short read.
func TestAttemptsAreLogged(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		service := newEmulator(t, emulator.SampleSeed())
		service.Script(
			once(60007),
			emulator.Fault{Times: 1, Effect: emulator.Effect{Status: 502}},
			emulator.Fault{Times: 1, Effect: emulator.Effect{Body: "{"}},
			emulator.Fault{Times: 1, Effect: emulator.Effect{Delay: time.Hour}},
			emulator.Fault{Times: 1, Effect: emulator.Effect{Delay: 250 * time.Millisecond}},
		)
		book := &logBook{}
		config := testConfig(handlerTransport{service})
		config.Logger = book
		if _, err := newTestClient(t, config).GetUserAttributes(t.Context(), []string{"Mary", "xiaoming"}, nil, 0); err != nil {
			t.Fatal(err)
		}
		const call = "DEBUG Called the Push Service map[accounts:2 api:get_attr attempt:"
		want := []string{
			call + "1 batch:1 batches:1 duration_ms:0 error_code:60007 http_status:200]",
			call + "2 batch:1 batches:1 duration_ms:0 http_status:502]",
			call + "3 batch:1 batches:1 duration_ms:0 http_status:200 problem:the response is not JSON: it ends too early]",
			call + "4 batch:1 batches:1 duration_ms:10000 problem:no complete response arrived within 10s]",
			call + "5 batch:1 batches:1 duration_ms:250 error_code:0 http_status:200]",
		}
		if !reflect.DeepEqual(book.lines, want) {
			t.Errorf("got:\n%q\nwant:\n%q", book.lines, want)
		}
	})
}

// A long read logs its progress at most once a second.
func TestProgressIsLogged(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		book := &logBook{}
		p := newProgress(book, reading, 500)
		for range 5 {
			time.Sleep(400 * time.Millisecond)
			p.add(t.Context(), 100)
		}
		want := []string{"INFO Reading accounts map[read:300 total:500]"} // after 1.2 s; at 2 s all is read
		if !reflect.DeepEqual(book.lines, want) || p.count() != 500 {
			t.Errorf("got %q, %d read; want %q", book.lines, p.count(), want)
		}
	})
}
