package timpush

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"
)

// Logger takes what the client tells of its work. Fields never hold a secret.
type Logger interface {
	Debug(ctx context.Context, message string, fields map[string]any)
	Info(ctx context.Context, message string, fields map[string]any)
}

// noLogger drops everything.
type noLogger struct{}

func (noLogger) Debug(context.Context, string, map[string]any) {}
func (noLogger) Info(context.Context, string, map[string]any)  {}

// logAttempt tells of one attempt of a request, at DEBUG.
func (c *Client) logAttempt(ctx context.Context, api string, batch batch, attempt int, started time.Time, err error) {
	fields := map[string]any{
		"api":         api,
		"batch":       batch.number,
		"batches":     batch.total,
		"attempt":     attempt,
		"duration_ms": time.Since(started).Milliseconds(),
	}
	if len(batch.accounts) > 0 {
		fields["accounts"] = len(batch.accounts)
	}
	var failed failure
	switch {
	case err == nil:
		fields["http_status"], fields["error_code"] = http.StatusOK, 0
	case errors.As(err, &failed):
		failed.logTo(fields)
	default: // the read was ended
		fields["problem"] = err.Error()
	}
	c.logger.Debug(ctx, "Called the Push Service", fields)
}

// progress tells how far a read is, at INFO, at most once a second.
type progress struct {
	logger Logger
	total  int

	mu   sync.Mutex
	read int
	told time.Time
}

func newProgress(logger Logger, total int) *progress {
	return &progress{logger: logger, total: total, told: time.Now()}
}

// add counts accounts that were read.
func (p *progress) add(ctx context.Context, accounts int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.read += accounts
	if now := time.Now(); now.Sub(p.told) >= time.Second && p.read < p.total {
		p.told = now
		p.logger.Info(ctx, "Reading accounts", map[string]any{"read": p.read, "total": p.total})
	}
}

// count returns how many accounts were read.
func (p *progress) count() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.read
}
