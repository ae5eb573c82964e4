package jobs

import "sync"

// The bell wakes the queues of this process when an act that added a job is
// committed, so that a job that is due now starts now and not at the next look.
// It may ring for nothing; a queue then looks once and sleeps on.
var bell struct {
	mu     sync.Mutex
	queues map[chan struct{}]bool
}

func ring() {
	bell.mu.Lock()
	defer bell.mu.Unlock()
	for c := range bell.queues {
		select {
		case c <- struct{}{}:
		default: // it is awake already
		}
	}
}

// listen returns a channel that receives when the bell rings, and how to stop.
func listen() (<-chan struct{}, func()) {
	c := make(chan struct{}, 1)
	bell.mu.Lock()
	defer bell.mu.Unlock()
	if bell.queues == nil {
		bell.queues = map[chan struct{}]bool{}
	}
	bell.queues[c] = true
	return c, func() {
		bell.mu.Lock()
		defer bell.mu.Unlock()
		delete(bell.queues, c)
	}
}
