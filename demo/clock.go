package demo

import (
	"sync"
	"time"
)

// Clock is a clock that is moved from act to act. It stands still in between,
// and begins and ends at the moment the building began.
type Clock struct {
	mu    sync.Mutex
	begun time.Time
	at    time.Time
}

// NewClock returns a clock that shows begun until it is moved.
func NewClock(begun time.Time) *Clock { return &Clock{begun: begun} }

// Now is the time. It is made for db.Options.Clock.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.at.IsZero() {
		return c.begun
	}
	return c.at
}

// to moves the clock forward to t; an earlier time leaves it where it is.
func (c *Clock) to(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if t.After(c.at) {
		c.at = t
	}
}

// letGo goes back to the moment the building began.
func (c *Clock) letGo() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = time.Time{}
}
