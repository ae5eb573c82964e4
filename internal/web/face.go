package web

import (
	"crypto/rand"
	"io"
	"log/slog"
	"net/http"
	"net/netip"
	"time"
)

// Face is what one face of the program (portal, console) decides for itself.
// Only Now is required.
type Face struct {
	// Name stands in the log lines of this face.
	Name string
	// Now is the clock.
	Now func() time.Time
	// Log receives one line for each act and each failure of ours. Addresses,
	// query strings and form values never reach it.
	Log *slog.Logger
	// Enter runs before the rights are checked and may put the session into the
	// request's context. It may answer with Elsewhere, for instance when the
	// session is over.
	Enter func(r *http.Request) (*http.Request, error)
	// Check says whether this request may use a route with that right: nil, a
	// fault.Forbidden, or Elsewhere to the sign-in page. It is not called for
	// Public. Without it every right is refused.
	Check func(r *http.Request, right string) error
	// ErrorPage renders the designed page for a failure. When it is nil or fails
	// itself, a plain page is sent.
	ErrorPage func(r *http.Request, p ErrorPage) ([]byte, error)
	// ErrorType is the media type of what ErrorPage gives; "" for HTML.
	ErrorType string
	// Cache keeps finished public pages; nil for none.
	Cache *Cache
	// Variant names what else than the address the page depends on, such as the
	// reader's font size. ok = false means: do not use the cache. It must not
	// allocate. Without it a request with cookies is not served from the cache.
	Variant func(r *http.Request) (variant string, ok bool)
	// Proxies are the networks whose X-Forwarded-For is believed.
	Proxies []netip.Prefix
	// Secure marks cookies Secure and sends HSTS: the public address is https.
	Secure bool
}

func (f *Face) fill() {
	if f.Log == nil {
		f.Log = slog.New(slog.NewTextHandler(io.Discard, nil))
	}
	if f.Variant == nil {
		f.Variant = func(r *http.Request) (string, bool) { return "", len(r.Header["Cookie"]) == 0 }
	}
}

// ErrorPage is what a failure page shows.
type ErrorPage struct {
	Status    int
	Title     string    // what happened: 没有找到这个页面
	Say       string    // the sentence of the failure, or a general one
	Next      string    // what to do now, and what is safe
	Problems  []Problem // per form field, with 400
	RequestID string    // only with 500 and above, to be told on the phone
}

// Problem is what is wrong with one field of a form.
type Problem struct{ Field, Say string }

// visit is what this package knows of a request under way.
type visit struct {
	id     string
	face   *Face
	client netip.Addr
	begun  time.Time
}

type visitKey struct{}

func visitOf(r *http.Request) *visit {
	v, _ := r.Context().Value(visitKey{}).(*visit)
	return v
}

// RequestID returns the number of this request: it stands in the log and on
// failure pages, and says nothing about the person.
func RequestID(r *http.Request) string {
	if v := visitOf(r); v != nil {
		return v.id
	}
	return ""
}

// Now returns the moment the request began, by the face's clock. It is the zero
// time outside a request served by Routes.
func Now(r *http.Request) time.Time {
	if v := visitOf(r); v != nil {
		return v.begun
	}
	return time.Time{}
}

// ClientAddr returns the address of the person's computer, looking through the
// trusted proxies. It is personal data: use it for limits, never for a log.
func ClientAddr(r *http.Request) netip.Addr {
	if v := visitOf(r); v != nil {
		return v.client
	}
	return clientAddr(r, nil)
}

// newRequestID is short enough to be read out on the phone.
func newRequestID() string { return rand.Text()[:12] }
