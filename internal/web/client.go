package web

import (
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// clientAddr reads X-Forwarded-For from the right, as far as the hops are ours.
func clientAddr(r *http.Request, proxies []netip.Prefix) netip.Addr {
	ap, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	addr := ap.Addr().Unmap()
	if !trusted(addr, proxies) {
		return addr
	}
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0; i-- {
		hop, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		addr = hop.Unmap()
		if !trusted(addr, proxies) {
			break
		}
	}
	return addr
}

func trusted(a netip.Addr, proxies []netip.Prefix) bool {
	for _, p := range proxies {
		if p.Contains(a) {
			return true
		}
	}
	return false
}

// Limiter lets each client address act at a given rate. It remembers a bounded
// number of addresses, in memory only.
type Limiter struct {
	every time.Duration
	burst int

	mu   sync.Mutex
	seen map[netip.Addr]*rate.Limiter
	last map[netip.Addr]*rate.Limiter // the generation before, dropped when seen is full
}

// limiterRoom is how many addresses are remembered before the older half goes.
const limiterRoom = 20_000

// NewLimiter allows burst acts at once and then one in every interval.
func NewLimiter(every time.Duration, burst int) *Limiter {
	return &Limiter{every: every, burst: burst, seen: map[netip.Addr]*rate.Limiter{}}
}

// Allow says whether this client may act now. Addresses of one IPv6 /64 count
// as one client.
func (l *Limiter) Allow(client netip.Addr, now time.Time) bool {
	if client.Is6() {
		if p, err := client.WithZone("").Prefix(64); err == nil {
			client = p.Addr()
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	lim := l.seen[client]
	if lim == nil {
		if lim = l.last[client]; lim == nil {
			lim = rate.NewLimiter(rate.Every(l.every), l.burst)
		}
		if len(l.seen) >= limiterRoom {
			l.last, l.seen = l.seen, map[netip.Addr]*rate.Limiter{}
		}
		l.seen[client] = lim
	}
	return lim.AllowN(now, 1)
}
