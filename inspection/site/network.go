package site

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// A network is the way out: one client for all hosts, a lane for each.
type network struct {
	o        Options
	client   *http.Client
	requests atomic.Int64
	bytes    atomic.Int64

	mu    sync.Mutex
	hosts map[string]*host
	site  map[string]bool         // hosts of the site, by hostKey
	certs map[string]*certificate // by name of the host

	resting func(pause time.Duration, why Rest, until time.Time) // told before long rests

	starts map[string]bool // hosts one starts at, by hostKey
	hidden map[string]bool // hosts that were at a private address when first contacted
}

var errPrivate = errors.New("a private address")

func newNetwork(o Options) *network {
	n := &network{o: o, hosts: map[string]*host{}, site: map[string]bool{}, certs: map[string]*certificate{}, starts: map[string]bool{}, hidden: map[string]bool{}}
	n.client = &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			DialContext:            n.dial,
			DialTLSContext:         n.dialTLS,
			MaxConnsPerHost:        1,
			MaxIdleConnsPerHost:    1,
			MaxIdleConns:           32,
			IdleConnTimeout:        30 * time.Second,
			MaxResponseHeaderBytes: 256 << 10,
		},
	}
	return n
}

func (n *network) close() { n.client.CloseIdleConnections() }

// add makes the host of an address one of the site's.
func (n *network) add(u *url.URL) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.site[hostKey(u)] = true
}

// inside tells whether an address is of the site.
func (n *network) inside(u *url.URL) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.site[hostKey(u)]
}

// ours tells whether a host is one of the site's.
func (n *network) ours(h *host) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.site[h.name]
}

// dial connects, but not to private addresses: neither by name nor by a name that
// resolves to one now and did not before.
func (n *network) dial(ctx context.Context, netw, address string) (net.Conn, error) {
	key := dialKey(address)
	if n.o.dial != nil {
		address = n.o.dial(address)
	}
	d := net.Dialer{Timeout: 15 * time.Second, Control: func(_, at string, _ syscall.RawConn) error {
		ap, err := netip.ParseAddrPort(at)
		if err != nil || n.o.dial == nil && !n.admit(key, ap.Addr()) {
			return errPrivate
		}
		return nil
	}}
	return d.DialContext(ctx, netw, address)
}

// admit says whether a host may be contacted at an address: at any public one; at a
// private one only if somebody who may named the host to start at and it was private
// from the beginning.
func (n *network) admit(key string, at netip.Addr) bool {
	hidden := private(at)
	n.mu.Lock()
	defer n.mu.Unlock()
	if _, known := n.hidden[key]; !known {
		n.hidden[key] = hidden
	}
	return !hidden || n.o.Inside && n.starts[key] && n.hidden[key]
}

// dialTLS connects and looks at the certificate. One that does not hold is a
// finding, and the site is read all the same, as its visitors do; nothing secret is
// sent. Old protocols are spoken for the same reason.
func (n *network) dialTLS(ctx context.Context, netw, address string) (net.Conn, error) {
	raw, err := n.dial(ctx, netw, address)
	if err != nil {
		return nil, err
	}
	name, _, err := net.SplitHostPort(address)
	if err != nil {
		name = address
	}
	ctx, cancel := context.WithTimeout(ctx, 15*time.Second)
	defer cancel()
	c := tls.Client(raw, &tls.Config{ServerName: name, InsecureSkipVerify: true, MinVersion: tls.VersionTLS10,
		VerifyConnection: func(s tls.ConnectionState) error { n.certificate(name, s); return nil }})
	if err := c.HandshakeContext(ctx); err != nil {
		raw.Close()
		return nil, err
	}
	return c, nil
}

// A host is the lane to one server: one request at a time, a pause after each.
type host struct {
	name  string
	lane  chan struct{} // holds one token
	delay time.Duration

	mu       sync.Mutex
	next     time.Time // not before
	why      Rest      // why not
	failures int       // connections that failed in a row

	asking sync.Mutex // for robots.txt
	rules  *robots
}

const tooManyFailures = 3

func (n *network) host(u *url.URL) *host {
	n.mu.Lock()
	defer n.mu.Unlock()
	key := hostKey(u)
	h := n.hosts[key]
	if h == nil {
		h = &host{name: key, lane: make(chan struct{}, 1), delay: n.o.Delay}
		n.hosts[key] = h
	}
	return h
}

// enter waits for the lane and for the pause after the last request.
func (h *host) enter(ctx context.Context, n *network) error {
	select {
	case h.lane <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	h.mu.Lock()
	next, why := h.next, h.why
	h.mu.Unlock()
	pause := next.Sub(n.o.Now())
	if pause >= longRest && n.ours(h) {
		n.resting(h.pause(), why, next)
	}
	if pause > 0 {
		if err := n.o.Wait(ctx, pause); err != nil {
			<-h.lane
			return err
		}
	}
	return nil
}

func (h *host) leave(n *network) {
	h.rest(n.o.Now().Add(h.pause()), RestPause)
	<-h.lane
}

// pause is how long the host is left alone after a request.
func (h *host) pause() time.Duration {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.delay
}

// rest lets nobody through before the time.
func (h *host) rest(until time.Time, why Rest) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if until.After(h.next) {
		h.next, h.why = until, why
	}
}

// longRest is what somebody who watches wants to be told of.
const longRest = 2 * time.Second

// tell counts failures in a row.
func (h *host) tell(f Failure) {
	h.mu.Lock()
	defer h.mu.Unlock()
	switch f {
	case FailTime, FailConnect, FailHost:
		h.failures++
	default:
		h.failures = 0
	}
}

func (h *host) down() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.failures >= tooManyFailures
}

// allowed asks robots.txt, reading it first if need be.
func (n *network) allowed(ctx context.Context, h *host, u *url.URL) (bool, error) {
	h.asking.Lock()
	defer h.asking.Unlock()
	if h.rules == nil {
		at := &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/robots.txt"}
		a, err := n.ask(ctx, request{method: http.MethodGet, url: at, follow: true, free: true, maybe: true, limit: func(http.Header) int64 { return 512 << 10 }})
		if err != nil {
			return false, err
		}
		switch {
		case a.failure == "":
			h.rules = parseRobots(string(a.body))
		case a.failure == FailStatus && a.status < 500, a.status == 0:
			h.rules = &robots{} // no rules; or no host, and the address itself will say so
		default:
			h.rules = &robots{closed: true} // RFC 9309: a site in trouble is left alone
		}
		h.mu.Lock()
		h.delay = max(h.delay, min(h.rules.delay, 30*time.Second))
		h.mu.Unlock()
	}
	return h.rules.allow(u), nil
}

func unknownHost(err error) bool {
	d, ok := errors.AsType[*net.DNSError](err)
	return ok && d.IsNotFound
}

func ofTLS(err error) bool {
	if _, ok := errors.AsType[tls.RecordHeaderError](err); ok {
		return true
	}
	if _, ok := errors.AsType[tls.AlertError](err); ok {
		return true
	}
	return strings.Contains(err.Error(), "tls: ")
}

// A certificate is how a host of the site proves who it is.
type certificate struct {
	until   time.Time
	problem error
	version uint16
}

// certificate notes what a host shows.
func (n *network) certificate(name string, c tls.ConnectionState) {
	if len(c.PeerCertificates) == 0 {
		return
	}
	leaf := c.PeerCertificates[0]
	between := x509.NewCertPool()
	for _, x := range c.PeerCertificates[1:] {
		between.AddCert(x)
	}
	_, err := leaf.Verify(x509.VerifyOptions{DNSName: name, Roots: n.o.Roots, Intermediates: between, CurrentTime: n.o.Now()})
	n.mu.Lock()
	defer n.mu.Unlock()
	n.certs[name] = &certificate{leaf.NotAfter, err, c.Version}
}
