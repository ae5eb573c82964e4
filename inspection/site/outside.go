package site

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
)

// check asks whether an external address answers.
func (c *crawl) check(ctx context.Context, n int32) (*looked, error) {
	c.mu.Lock()
	at := c.nodes[n].url
	c.mu.Unlock()
	v, ok, err := c.state.Get(ctx, at)
	if err != nil {
		return nil, err
	}
	if ok && v.Round == c.round.N {
		return &looked{Visit: v, reused: true, kept: true}, nil
	}
	u, err := url.Parse(at)
	if err != nil {
		return nil, fmt.Errorf("an address that was one before: %w", err)
	}
	a, err := c.net.ask(ctx, request{method: http.MethodHead, url: u, header: http.Header{}, follow: true, limit: func(http.Header) int64 { return -1 }})
	if err != nil {
		return nil, err
	}
	l := &looked{Visit: Visit{URL: at, Round: c.round.N, Rules: c.o.Rules, Status: a.status, Failure: a.failure, Why: a.why, Kind: kindOther}}
	switch a.status {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusTooManyRequests, 999, http.StatusMethodNotAllowed, http.StatusPreconditionFailed:
		l.Failure, l.Why = FailDenied, whyDenied
	}
	if a.final != nil && !government(a.final.Hostname()) {
		l.Moved = a.final.String()
	}
	return l, nil
}
