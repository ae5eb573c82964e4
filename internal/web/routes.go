package web

import (
	"net/http"
	"slices"
	"time"
)

// Public is the right of a route that anybody may use.
const Public = ""

// DefaultBody is how many bytes a request may send unless its route says
// otherwise with Route.Body.
const DefaultBody = 1 << 20

// DefaultTimeout is how long a handler may work unless its route says
// otherwise with Route.Timeout.
const DefaultTimeout = 30 * time.Second

// Handler answers one request. An error it returns becomes a status and a
// designed page; it must not have written anything by then.
type Handler func(w http.ResponseWriter, r *http.Request) error

// Route is one line of a face's table: what is asked, which right it needs
// (Public for none) and who answers.
type Route struct {
	Method  string // GET (which answers HEAD too), POST, …
	Pattern string // a ServeMux path pattern without the method
	Right   string // opaque to this package; the face's Check knows it

	handler Handler
	body    int64
	timeout time.Duration
	cached  bool
	limit   *Limiter
}

// Body raises or lowers the number of bytes a request may send.
func (rt *Route) Body(n int64) *Route { rt.body = n; return rt }

// Timeout sets how long the handler may work; its context ends then.
func (rt *Route) Timeout(d time.Duration) *Route { rt.timeout = d; return rt }

// Cached lets the face's page cache keep the answer. Only for public GET pages
// that look the same to everybody with the same address and variant.
func (rt *Route) Cached() *Route { rt.cached = true; return rt }

// IsCached says whether answers of this route may be kept by the page cache.
func (rt Route) IsCached() bool { return rt.cached }

// Limit puts the route under a rate limit per client address.
func (rt *Route) Limit(l *Limiter) *Route { rt.limit = l; return rt }

// Routes is a face's table of routes and the http.Handler that serves it.
// All routes are added before the first request.
type Routes struct {
	face   Face
	mux    *http.ServeMux
	table  []*Route
	cross  *http.CrossOriginProtection
	header []headerLine
}

// New makes an empty table for a face. It panics when the face has no clock:
// that is a mistake of the program, not of its input.
func New(f Face) *Routes {
	if f.Now == nil {
		panic("web: a face needs its clock")
	}
	f.fill()
	return &Routes{
		face:   f,
		mux:    http.NewServeMux(),
		cross:  http.NewCrossOriginProtection(),
		header: securityHeader(f.Secure),
	}
}

// Get adds a page. HEAD is answered too.
func (rs *Routes) Get(pattern, right string, h Handler) *Route {
	return rs.Add(http.MethodGet, pattern, right, h)
}

// Post adds an act. It should answer with SeeOther.
func (rs *Routes) Post(pattern, right string, h Handler) *Route {
	return rs.Add(http.MethodPost, pattern, right, h)
}

// Add adds a route. It panics on a pattern that is malformed or overlaps
// another one, as ServeMux does.
func (rs *Routes) Add(method, pattern, right string, h Handler) *Route {
	rt := &Route{Method: method, Pattern: pattern, Right: right, handler: h, body: DefaultBody, timeout: DefaultTimeout}
	rs.table = append(rs.table, rt)
	rs.mux.HandleFunc(method+" "+pattern, func(w http.ResponseWriter, r *http.Request) { rs.serve(rt, w, r) })
	return rt
}

// Assets adds the public route of a face's static files.
func (rs *Routes) Assets(a *Assets) *Route {
	return rs.Get(a.prefix+"{name...}", Public, a.serve)
}

// Table returns all routes in the order they were added, for tests that walk
// every route with every role and for documentation.
func (rs *Routes) Table() []Route {
	out := make([]Route, len(rs.table))
	for i, rt := range rs.table {
		out[i] = *rt
	}
	return out
}

// Rights returns each right that some route needs, once, sorted.
func (rs *Routes) Rights() []string {
	var out []string
	for _, rt := range rs.table {
		if rt.Right != Public {
			out = append(out, rt.Right)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
