package api

import (
	_ "embed"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/netip"
	"runtime"
	"sync"
	"time"

	"gongkai/document"
	"gongkai/identity"
	"gongkai/inspection"
	"gongkai/inspection/engine"
	"gongkai/internal/db"
	"gongkai/internal/web"
)

// Root is where the interface begins.
const Root = "/api/v1"

// Deps is what the interface works with.
type Deps struct {
	DB     *db.DB
	People *identity.People
	Engine func() *engine.Engine // loads it at the first need
	Reader *document.Reader
	// Inspections looks into a text as the caller's unit has its rules: with its
	// leaders and words, without what it has switched off or excepted. nil is the
	// engine alone.
	Inspections *inspection.Inspections

	Log     *slog.Logger
	Now     func() time.Time
	Secure  bool
	Proxies []netip.Prefix

	// Burst is how many times one caller may ask at once, and Every how long one
	// more takes; zero for fifty, and ten a second.
	Every time.Duration
	Burst int
	// Longest is how long one inspection may take, Patience how long a request waits
	// for its turn; zero for a minute and ten seconds.
	Longest, Patience time.Duration
}

// The bounds of one request.
const (
	maxFile  = 20 << 20 // bytes of a file
	maxText  = 5 << 20  // bytes of a text sent as such
	maxTitle = 10 << 10 // and of a title beside it
)

// API is the face for programs: an http.Handler.
type API struct {
	Deps
	routes *web.Routes
	turns  chan struct{} // one for each inspection under way

	mu      sync.Mutex
	callers map[identity.TokenID]*web.Limiter
}

//go:embed openapi.json
var openAPI []byte

// New puts the interface together.
func New(d Deps) *API {
	if d.Log == nil {
		d.Log = slog.New(slog.DiscardHandler)
	}
	if d.Burst == 0 {
		d.Every, d.Burst = 100*time.Millisecond, 50
	}
	if d.Longest == 0 {
		d.Longest = time.Minute
	}
	if d.Patience == 0 {
		d.Patience = 10 * time.Second
	}
	a := &API{Deps: d, turns: make(chan struct{}, runtime.GOMAXPROCS(0)), callers: map[identity.TokenID]*web.Limiter{}}
	a.routes = web.New(web.Face{
		Name: "api", Now: d.Now, Log: d.Log, Proxies: d.Proxies, Secure: d.Secure,
		Enter: a.enter, Check: check, ErrorPage: refusal, ErrorType: "application/json; charset=utf-8",
	})
	a.addRoutes()
	return a
}

func (a *API) addRoutes() {
	inspect := string(identity.InspectionRead)
	public := web.NewLimiter(50*time.Millisecond, 100) // of one address
	a.routes.Get(Root+"/openapi.json", web.Public, a.openAPI)
	a.routes.Post(Root+"/inspect", inspect, a.inspect).Body(maxFile + 1<<20).Timeout(a.Longest)
	a.routes.Get(Root+"/inspect/rules", web.Public, a.rules).Limit(public)
	a.routes.Get(Root+"/inspect/kinds", web.Public, a.kinds).Limit(public)
	a.routes.Get(Root+"/items", web.Public, a.items).Limit(public)
	a.routes.Get(Root+"/items/{id}", web.Public, a.item).Limit(public)
}

// Table is the routes, for tests and documentation.
func (a *API) Table() []web.Route { return a.routes.Table() }

// ServeHTTP answers a request.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a.routes.ServeHTTP(&challenge{ResponseWriter: w}, r)
}

// challenge tells a caller without a token how to show one, as RFC 9110 asks of
// every 401.
type challenge struct{ http.ResponseWriter }

// WriteHeader begins the answer.
func (c *challenge) WriteHeader(status int) {
	if status == http.StatusUnauthorized {
		c.Header().Set("Www-Authenticate", `Bearer realm="gongkai"`)
	}
	c.ResponseWriter.WriteHeader(status)
}

// Unwrap lets http.ResponseController reach the connection.
func (c *challenge) Unwrap() http.ResponseWriter { return c.ResponseWriter }

// refusal is the answer to a request that failed.
func refusal(r *http.Request, p web.ErrorPage) ([]byte, error) {
	code, ok := codes[p.Status]
	if !ok {
		code = "failed"
	}
	say := p.Say
	if s, ok := general[p.Status]; ok {
		say = s
	}
	if p.Status == http.StatusInternalServerError {
		say = sayBroken + p.RequestID
	}
	if p.Status == http.StatusNotFound && r.Pattern == "" {
		say = sayNoRoute
	}
	type problem struct {
		Code    string `json:"code"`
		Message string `json:"message"`
	}
	b, err := json.Marshal(struct {
		Error problem `json:"error"`
	}{problem{code, say}})
	return append(b, '\n'), err
}

func (a *API) openAPI(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Cache-Control", "public, max-age=300")
	return web.Write(w, r, http.StatusOK, "application/json; charset=utf-8", openAPI)
}
