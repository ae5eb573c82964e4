package site

import (
	"context"
	"sync"
	"time"

	"gongkai/internal/fault"
)

// Memory is a State that ends with the program, for small sites.
type Memory struct {
	mu     sync.Mutex
	visits map[string]Visit
	round  Round
	ended  bool
}

// NewMemory returns an empty Memory.
func NewMemory() *Memory { return &Memory{visits: map[string]Visit{}} }

// Begin goes on with the round that was not ended, or begins the next.
func (m *Memory) Begin(_ context.Context, key string, now time.Time) (Round, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.round.N > 0 && m.round.Key != key {
		return Round{}, fault.Say(fault.Conflict, sayOtherSite, "memory", m.round.Key)
	}
	if m.round.N == 0 || m.ended {
		m.round, m.ended = Round{N: m.round.N + 1, Key: key, Began: now}, false
	}
	return m.round, nil
}

// Get returns the last visit of an address.
func (m *Memory) Get(_ context.Context, url string) (Visit, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	v, ok := m.visits[url]
	return v, ok, nil
}

// Put keeps a visit.
func (m *Memory) Put(_ context.Context, v Visit) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.visits[v.URL] = v
	return nil
}

// End ends the round.
func (m *Memory) End(context.Context, Round) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.ended = true
	return nil
}
