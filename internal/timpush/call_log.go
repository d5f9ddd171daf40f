package timpush

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"sync"
	"time"
)

// Logger receives the client's log. Fields never contain a secret.
type Logger interface {
	Debug(ctx context.Context, message string, fields map[string]any)
	Info(ctx context.Context, message string, fields map[string]any)
}

// noLogger drops everything.
type noLogger struct{}

func (noLogger) Debug(context.Context, string, map[string]any) {}
func (noLogger) Info(context.Context, string, map[string]any)  {}

// logAttempt logs one attempt of a request, at DEBUG.
func (c *Client) logAttempt(ctx context.Context, r request, attempt int, started time.Time, err error) {
	fields := map[string]any{
		"api":         r.command.name,
		"attempt":     attempt,
		"duration_ms": time.Since(started).Milliseconds(),
	}
	maps.Copy(fields, r.fields)
	var failed failure
	switch {
	case err == nil:
		fields["http_status"], fields["error_code"] = http.StatusOK, 0
	case errors.As(err, &failed):
		failed.logTo(fields)
	default: // the operation ended
		fields["problem"] = err.Error()
	}
	c.logger.Debug(ctx, "Called the Push Service", fields)
}

// work names what an operation does, and to which items, in log lines and errors.
// Operations without items have none.
type work struct{ doing, done, items string }

var (
	reading      = work{"Reading accounts", "read", "accounts"}
	writing      = work{"Writing accounts", "written", "accounts"}
	readingTasks = work{"Reading tasks", "read", "tasks"}
	pushing      = work{"Pushing to accounts", "pushed to", "accounts"}
)

// progress logs how far an operation is, at INFO, at most once a second.
type progress struct {
	logger Logger
	work   work
	total  int

	mu       sync.Mutex
	done     int
	reported time.Time
}

func newProgress(logger Logger, work work, total int) *progress {
	return &progress{logger: logger, work: work, total: total, reported: time.Now()}
}

// add counts items that are done.
func (p *progress) add(ctx context.Context, items int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done += items
	if now := time.Now(); now.Sub(p.reported) >= time.Second && p.done < p.total {
		p.reported = now
		p.logger.Info(ctx, p.work.doing, map[string]any{p.work.done: p.done, "total": p.total})
	}
}

// count returns how many items are done.
func (p *progress) count() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.done
}
