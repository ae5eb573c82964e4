package site

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strconv"
	"time"
)

// An answer is what came of asking for an address.
type answer struct {
	status  int
	header  http.Header
	body    []byte
	cut     bool     // the body is longer than what was read
	final   *url.URL // after redirections that were followed
	moved   *url.URL // where a redirection leads that was not followed
	forever bool     // the redirection is for good
	took    time.Duration
	failure Failure
	why     string
}

func (a *answer) fail(f Failure, why string) *answer { a.failure, a.why = f, why; return a }

// A request is one address to be asked for, with what depends on who asks.
type request struct {
	method string
	url    *url.URL
	header http.Header
	// limit says how much of a body is wanted; below 0 none.
	limit func(h http.Header) int64
	// follow all redirections, also to other hosts, instead of reporting them.
	follow bool
	free   bool // asked without robots.txt: it is robots.txt
	maybe  bool // that it is not there is an answer, too
}

// ask asks until there is an answer that will not change, with pauses between.
// The error is only ever that of a cancelled context.
func (n *network) ask(ctx context.Context, r request) (*answer, error) {
	var a *answer
	for try := 1; ; try++ {
		var err error
		if a, err = n.chain(ctx, r); err != nil {
			return nil, err
		}
		again := n.o.Tries
		switch {
		case a.failure == "" && r.method == http.MethodGet && a.took >= n.o.Slow && try == 1:
			again = 2 // slow once may be the network
		case a.failure == FailTime, a.failure == FailConnect:
		case a.failure == FailStatus && (a.status >= 500 || a.status == http.StatusTooManyRequests || a.status == http.StatusRequestTimeout):
		case a.failure == FailStatus && r.maybe:
			return a, nil
		case a.failure == FailStatus, a.failure == FailHost:
			again = 2
		default:
			return a, nil
		}
		if try >= again {
			return a, nil
		}
		if a.failure == FailConnect && a.why == whyDown {
			return a, nil
		}
		r.method = http.MethodGet // some servers answer HEAD wrongly
		pause := 2 * time.Second << (2 * (try - 1))
		if a.failure == FailStatus && a.status < 500 {
			pause = time.Second
		}
		if s, err := strconv.Atoi(a.header.Get("Retry-After")); err == nil && s > 0 {
			pause = min(time.Duration(s)*time.Second, time.Minute)
		}
		n.host(r.url).rest(n.o.Now().Add(pause), RestRetry)
	}
}

// chain asks once and follows redirections as far as the request wants: all of
// them, or only those that a visitor's cookies end.
func (n *network) chain(ctx context.Context, r request) (*answer, error) {
	var jar *cookiejar.Jar
	begun := n.o.Now()
	at, seen := r.url, map[string]bool{}
	for hop := 0; ; hop++ {
		a, err := n.once(ctx, r, at, jar)
		if err != nil {
			return nil, err
		}
		if hop > 0 {
			a.took = n.o.Now().Sub(begun)
		}
		a.final = at
		switch a.status {
		case http.StatusMovedPermanently, http.StatusPermanentRedirect, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect:
		default:
			if a.failure == "" && a.status >= 400 {
				a.fail(FailStatus, statusWords(a.status))
			}
			return a, nil
		}
		to := addressOf(at, a.header.Get("Location"))
		if to == nil {
			return a.fail(FailAddress, whyAddress), nil
		}
		a.forever = a.status == http.StatusMovedPermanently || a.status == http.StatusPermanentRedirect
		baked := len(a.header.Values("Set-Cookie")) > 0
		key := to.String()
		if baked && jar == nil {
			if jar, err = cookiejar.New(nil); err != nil {
				return nil, fmt.Errorf("cookies: %w", err)
			}
		}
		if baked {
			jar.SetCookies(at, (&http.Response{Header: a.header}).Cookies())
			key += fmt.Sprint(jar.Cookies(to))
		}
		switch {
		case hop >= n.o.Redirects, seen[key], key == at.String():
			return a.fail(FailLoop, whyLoop), nil
		case !r.follow && jar == nil || !r.follow && !n.inside(to):
			a.moved = to
			return a, nil
		}
		seen[key] = true
		at = to
	}
}

// once makes one request when it is its host's turn.
func (n *network) once(ctx context.Context, r request, u *url.URL, jar *cookiejar.Jar) (*answer, error) {
	h := n.host(u)
	if !r.free {
		ok, err := n.allowed(ctx, h, u)
		switch {
		case err != nil:
			return nil, err
		case !ok && h.rules.closed:
			return (&answer{}).fail(FailRobots, whyClosed), nil
		case !ok:
			return (&answer{}).fail(FailRobots, whyRobots), nil
		}
	}
	if err := h.enter(ctx, n); err != nil {
		return nil, err
	}
	defer h.leave(n)
	if h.down() && !n.inside(u) {
		return (&answer{}).fail(FailConnect, whyDown), nil
	}
	limited, cancel := context.WithTimeout(ctx, n.o.Timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(limited, r.method, u.String(), nil)
	if err != nil {
		return (&answer{}).fail(FailAddress, whyAddress), nil
	}
	for k, v := range r.header {
		req.Header[k] = v
	}
	req.Header.Set("User-Agent", n.o.Agent)
	req.Header.Set("Accept-Language", "zh-CN,zh;q=0.9")
	if jar != nil {
		for _, c := range jar.Cookies(u) {
			req.AddCookie(c)
		}
	}
	a := &answer{}
	begun := n.o.Now()
	n.requests.Add(1)
	res, err := n.client.Do(req)
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		n.failed(a, err, whyConnect)
		h.tell(a.failure)
		return a, nil
	}
	defer res.Body.Close()
	h.tell("")
	a.status, a.header = res.StatusCode, res.Header
	if limit := r.limit(res.Header); limit >= 0 && r.method == http.MethodGet {
		a.body, err = io.ReadAll(io.LimitReader(res.Body, limit+1))
		n.bytes.Add(int64(len(a.body)))
		if int64(len(a.body)) > limit {
			a.body, a.cut = a.body[:limit], true
		}
		if err != nil && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil {
			n.failed(a, err, whyBroken)
		}
	}
	a.took = n.o.Now().Sub(begun)
	return a, nil
}

// failed says why there was no answer.
func (n *network) failed(a *answer, err error, otherwise string) {
	var name interface{ Timeout() bool }
	switch {
	case errors.Is(err, errPrivate):
		a.fail(FailPrivate, whyPrivate)
	case unknownHost(err):
		a.fail(FailHost, whyHost)
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &name) && name.Timeout():
		a.fail(FailTime, fmt.Sprintf(whyTime, int(n.o.Timeout.Seconds())))
	case ofTLS(err):
		a.fail(FailConnect, whyTLS)
	default:
		a.fail(FailConnect, otherwise)
	}
}

// statusWords tells a status to people.
func statusWords(s int) string {
	switch {
	case s == http.StatusNotFound, s == http.StatusGone:
		return fmt.Sprintf("%d，网页不存在", s)
	case s == http.StatusUnauthorized, s == http.StatusForbidden:
		return fmt.Sprintf("%d，不允许访问", s)
	case s >= 500:
		return fmt.Sprintf("%d，服务器出错", s)
	}
	return strconv.Itoa(s)
}
