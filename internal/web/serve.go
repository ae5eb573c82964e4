package web

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"runtime/debug"
	"time"
)

// ServeHTTP answers a request: from the page cache if it can, otherwise through
// the table, with every protection of this package around the handler.
func (rs *Routes) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if rs.face.Cache != nil && rs.serveKept(w, r) {
		return
	}
	v := &visit{id: newRequestID(), face: &rs.face, begun: rs.face.Now(), client: clientAddr(r, rs.face.Proxies)}
	r = r.WithContext(context.WithValue(r.Context(), visitKey{}, v))
	tw := &tracked{ResponseWriter: w}
	for _, h := range rs.header {
		w.Header()[h.name] = h.value
	}
	defer rs.recover(tw, r)

	if err := rs.cross.Check(r); err != nil {
		rs.fail(tw, r, errCrossOrigin)
		return
	}
	if _, pattern := rs.mux.Handler(r); pattern == "" {
		rs.unmatched(tw, r)
		return
	}
	rs.mux.ServeHTTP(tw, r)
}

// unmatched answers a request that has no route: 404, or 405 when the same path
// is served with another method.
func (rs *Routes) unmatched(w *tracked, r *http.Request) {
	probe := &discard{header: http.Header{}}
	h, _ := rs.mux.Handler(r)
	h.ServeHTTP(probe, r)
	if probe.status == http.StatusMethodNotAllowed {
		w.Header()["Allow"] = probe.header["Allow"]
		rs.fail(w, r, Status(http.StatusMethodNotAllowed, ""))
		return
	}
	rs.fail(w, r, Status(http.StatusNotFound, ""))
}

// serve runs one matched route.
func (rs *Routes) serve(rt *Route, w http.ResponseWriter, r *http.Request) {
	tw, ok := w.(*tracked)
	if !ok {
		tw = &tracked{ResponseWriter: w}
	}
	ctx, cancel := context.WithTimeout(r.Context(), rt.timeout)
	defer cancel()
	r = r.WithContext(ctx)
	if r.Body != nil {
		r.Body = http.MaxBytesReader(tw.ResponseWriter, r.Body, rt.body)
	}
	err := rs.answer(rt, tw, r)
	if err != nil {
		rs.fail(tw, r, err)
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		rs.log(slog.LevelInfo, "act", rt, tw, r)
	} else if rs.face.Log.Enabled(r.Context(), slog.LevelDebug) {
		rs.log(slog.LevelDebug, "page", rt, tw, r)
	}
}

func (rs *Routes) answer(rt *Route, w *tracked, r *http.Request) (err error) {
	if rt.limit != nil && !rt.limit.Allow(ClientAddr(r), Now(r)) {
		w.Header().Set("Retry-After", "60")
		return Status(http.StatusTooManyRequests, "")
	}
	if rs.face.Enter != nil {
		if r, err = rs.face.Enter(r); err != nil {
			return err
		}
	}
	if rt.Right != Public {
		if rs.face.Check == nil {
			return Status(http.StatusForbidden, "")
		}
		if err := rs.face.Check(r, rt.Right); err != nil {
			return err
		}
	}
	if rt.cached && rs.face.Cache != nil {
		return rs.keep(rt, w, r)
	}
	return rt.handler(w, r)
}

// fail turns an error into its status and page and logs what is our own fault.
func (rs *Routes) fail(w *tracked, r *http.Request, err error) {
	var to *elsewhere
	if errors.As(err, &to) {
		_ = SeeOther(w, r, to.path)
		return
	}
	page := errorPage(err)
	v := visitOf(r)
	if page.Status >= 500 {
		page.RequestID = v.id
		if errors.Is(err, context.Canceled) && r.Context().Err() != nil {
			return // the reader has left; there is nobody to tell and nothing broke
		}
		rs.face.Log.LogAttrs(r.Context(), slog.LevelError, "failed",
			slog.String("face", rs.face.Name), slog.String("request", v.id),
			slog.String("route", r.Pattern), slog.Int("status", page.Status), slog.Any("err", err))
	}
	if w.status != 0 {
		return // too late for a page: the log line is all we can leave
	}
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	h.Del("Etag")
	h.Del("Content-Disposition")
	kind := "text/html; charset=utf-8"
	var body []byte
	if rs.face.ErrorPage != nil {
		var perr error
		if body, perr = rs.face.ErrorPage(r, page); perr != nil {
			rs.face.Log.LogAttrs(r.Context(), slog.LevelError, "failure page failed",
				slog.String("face", rs.face.Name), slog.String("request", v.id), slog.Any("err", perr))
			body = nil
		}
	}
	switch {
	case body == nil:
		body = plainErrorPage(page)
	case rs.face.ErrorType != "":
		kind = rs.face.ErrorType
	}
	_ = Write(w, r, page.Status, kind, body)
}

func (rs *Routes) recover(w *tracked, r *http.Request) {
	p := recover()
	if p == nil {
		return
	}
	if p == http.ErrAbortHandler {
		panic(p)
	}
	rs.face.Log.LogAttrs(r.Context(), slog.LevelError, "panic",
		slog.String("face", rs.face.Name), slog.String("request", RequestID(r)),
		slog.String("route", r.Pattern), slog.Any("panic", p), slog.String("stack", string(debug.Stack())))
	if w.status != 0 {
		panic(http.ErrAbortHandler) // half an answer must not look like a whole one
	}
	rs.fail(w, r, errPanic)
}

func (rs *Routes) log(level slog.Level, msg string, rt *Route, w *tracked, r *http.Request) {
	v := visitOf(r)
	rs.face.Log.LogAttrs(r.Context(), level, msg,
		slog.String("face", rs.face.Name), slog.String("request", v.id),
		slog.String("method", r.Method), slog.String("route", rt.Pattern),
		slog.Int("status", w.status), slog.Duration("took", rs.face.Now().Sub(v.begun).Round(time.Microsecond)))
}

// tracked remembers whether and with which status an answer has begun.
type tracked struct {
	http.ResponseWriter
	status int
}

// Unwrap lets http.ResponseController reach the connection.
func (t *tracked) Unwrap() http.ResponseWriter { return t.ResponseWriter }

// WriteHeader begins the answer.
func (t *tracked) WriteHeader(status int) {
	if t.status == 0 && status >= 200 {
		t.status = status
	}
	t.ResponseWriter.WriteHeader(status)
}

func (t *tracked) Write(b []byte) (int, error) {
	if t.status == 0 {
		t.status = http.StatusOK
	}
	return t.ResponseWriter.Write(b)
}

// discard is an answer nobody reads.
type discard struct {
	header http.Header
	status int
}

func (d *discard) Header() http.Header         { return d.header }
func (d *discard) Write(b []byte) (int, error) { return len(b), nil }
func (d *discard) WriteHeader(status int)      { d.status = status }
