package web

import (
	"net/http"
	"strings"
	"time"
)

type headerLine struct {
	name  string // in canonical form
	value []string
}

const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
	"connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

// securityHeader returns the lines that every answer carries. The slices are
// shared between answers and never changed.
func securityHeader(secure bool) []headerLine {
	h := []headerLine{
		{"Content-Security-Policy", []string{policy}},
		{"X-Content-Type-Options", []string{"nosniff"}},
		{"Referrer-Policy", []string{"same-origin"}},
		{"Cross-Origin-Opener-Policy", []string{"same-origin"}},
		{"Cross-Origin-Resource-Policy", []string{"same-origin"}},
		{"Permissions-Policy", []string{"camera=(), geolocation=(), microphone=(), payment=(), usb=()"}},
	}
	if secure {
		h = append(h, headerLine{"Strict-Transport-Security", []string{"max-age=31536000; includeSubDomains"}})
	}
	return h
}

// SetCookie sets a cookie that scripts cannot read and other sites cannot send
// along with a post. A zero keep means until the browser closes.
func SetCookie(w http.ResponseWriter, r *http.Request, name, value, path string, keep time.Duration) {
	v := visitOf(r)
	http.SetCookie(w, &http.Cookie{
		Name: name, Value: value, Path: path, MaxAge: int(keep / time.Second),
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: v != nil && v.face.Secure,
	})
}

// DropCookie removes a cookie.
func DropCookie(w http.ResponseWriter, r *http.Request, name, path string) {
	v := visitOf(r)
	http.SetCookie(w, &http.Cookie{
		Name: name, Path: path, MaxAge: -1,
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: v != nil && v.face.Secure,
	})
}

// SeeOther answers an act with a redirect to a page of this site (303). Any
// address that is not a path of this site becomes "/".
func SeeOther(w http.ResponseWriter, _ *http.Request, path string) error {
	w.Header().Set("Location", LocalPath(path, "/"))
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusSeeOther)
	return nil
}

// LocalPath returns path if it is a path on this site, otherwise instead. Use it
// for every "back to" that came from a request.
func LocalPath(path, instead string) string {
	if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || strings.HasPrefix(path, "/\\") {
		return instead
	}
	for i := 0; i < len(path); i++ {
		if path[i] < 0x20 || path[i] == 0x7f || path[i] == '\\' {
			return instead
		}
	}
	return path
}

// Server returns an http.Server with time limits that keep slow or silent
// clients from holding connections, yet let a large upload through a thin line.
func Server(addr string, h http.Handler) *http.Server {
	return &http.Server{
		Addr: addr, Handler: h,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       5 * time.Minute,
		WriteTimeout:      10 * time.Minute,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    32 << 10,
	}
}
