package demo

import (
	"sync"
	"time"
)

// Clock is a clock that can be moved. While a district is built it shows the
// time of the act at hand; once it is let go it shows the machine's.
type Clock struct {
	mu      sync.Mutex
	at      time.Time
	machine func() time.Time
}

// NewClock returns a clock that shows what machine says until it is moved.
func NewClock(machine func() time.Time) *Clock { return &Clock{machine: machine} }

// Now is the time. It is made for db.Options.Clock.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.at.IsZero() {
		return c.machine()
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

// letGo gives the machine's time back.
func (c *Clock) letGo() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = time.Time{}
}
