package emulator

import "sync"

// Stall makes the service stop accepting requests, as a server that is suspended: they wait, uncounted, until resume is
// called, and then arrive all at once. That includes those that their clients abandoned meanwhile. Stalls can overlap:
// the last resume ends them. A server cannot shut down while requests wait.
func (e *Emulator) Stall() (resume func()) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.stalls == 0 {
		e.resumed = make(chan struct{})
	}
	e.stalls++
	return sync.OnceFunc(func() {
		e.mu.Lock()
		defer e.mu.Unlock()
		e.stalls--
		if e.stalls == 0 {
			close(e.resumed)
		}
	})
}

// waitWhileStalled does not look at the request's context: an abandoned request arrives all the same.
func (e *Emulator) waitWhileStalled() {
	e.mu.Lock()
	stalled, resumed := e.stalls > 0, e.resumed
	e.mu.Unlock()
	if stalled {
		<-resumed
	}
}
