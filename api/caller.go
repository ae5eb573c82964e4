package api

import (
	"context"
	"net/http"
	"net/netip"
	"strings"

	"gongkai/identity"
	"gongkai/internal/fault"
	"gongkai/internal/web"
)

// caller is who asks: for whom, and with which token.
type caller struct {
	actor identity.Actor
	token identity.TokenID
}

type callerKey struct{}

func callerOf(r *http.Request) (caller, bool) {
	c, ok := r.Context().Value(callerKey{}).(caller)
	return c, ok
}

// enter finds the caller of a request that shows a token. Cookies are not looked
// at: what a browser sends along by itself opens nothing.
func (a *API) enter(r *http.Request) (*http.Request, error) {
	header := r.Header.Get("Authorization")
	if header == "" {
		return r, nil
	}
	scheme, secret, _ := strings.Cut(header, " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return nil, web.Status(http.StatusUnauthorized, sayNoToken)
	}
	actor, token, err := a.People.ByToken(r.Context(), strings.TrimSpace(secret))
	if fault.KindOf(err) == fault.Forbidden {
		return nil, web.Status(http.StatusUnauthorized, fault.Sentence(err))
	}
	if err != nil {
		return nil, err
	}
	return r.WithContext(context.WithValue(r.Context(), callerKey{}, caller{actor, token})), nil
}

// check is the gate of a route that needs a right.
func check(r *http.Request, right string) error {
	c, ok := callerOf(r)
	if !ok {
		return web.Status(http.StatusUnauthorized, sayNoToken)
	}
	return c.actor.CheckAny(identity.Right(right))
}

// allow says whether a caller may ask once more now. Only tokens that are good
// get here, so there are few.
func (a *API) allow(w http.ResponseWriter, r *http.Request, c caller) error {
	a.mu.Lock()
	l := a.callers[c.token]
	if l == nil {
		l = web.NewLimiter(a.Every, a.Burst)
		a.callers[c.token] = l
	}
	a.mu.Unlock()
	if l.Allow(netip.Addr{}, web.Now(r)) {
		return nil
	}
	w.Header().Set("Retry-After", "1")
	return web.Status(http.StatusTooManyRequests, "")
}
