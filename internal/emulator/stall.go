package emulator

import "sync"

// Stall suspends the service: requests wait, uncounted, until resume is called, and then all arrive at once, even those
// that their clients abandoned meanwhile. Stalls can overlap: the last resume ends them. A server cannot shut down while
// requests wait.
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

// waitWhileStalled ignores the request's context: an abandoned request still arrives.
func (e *Emulator) waitWhileStalled() {
	e.mu.Lock()
	stalled, resumed := e.stalls > 0, e.resumed
	e.mu.Unlock()
	if stalled {
		<-resumed
	}
}
