package web

import (
	"errors"
	"fmt"
	"html"
	"net/http"
	"strings"

	"gongkai/internal/fault"
)

var (
	errPanic       = errors.New("handler panicked")
	errCrossOrigin = Status(http.StatusForbidden, sayCrossOrigin)
)

// statusError is a failure that is known by its HTTP status and is none of the
// five kinds of fault: 410, 413, 429, 503.
type statusError struct {
	status int
	say    string
}

func (e *statusError) Error() string { return fmt.Sprintf("status %d", e.status) }

// Status makes an error that is answered with this status. The sentence may be
// empty: then the page says what the status generally means.
func Status(status int, say string) error { return &statusError{status, say} }

// Gone makes the error for a page that existed and was withdrawn (410).
func Gone(say string) error { return Status(http.StatusGone, say) }

type elsewhere struct{ path string }

func (e *elsewhere) Error() string { return "answer lies at another page" }

// Elsewhere makes an error that is answered with a redirect to a path of this
// site, for Enter and Check to send a person to sign in.
func Elsewhere(path string) error { return &elsewhere{path} }

// StatusOf returns the HTTP status an error is answered with, 200 for nil.
func StatusOf(err error) int {
	if err == nil {
		return http.StatusOK
	}
	var se *statusError
	var mb *http.MaxBytesError
	switch {
	case errors.As(err, &se):
		return se.status
	case errors.As(err, &mb):
		return http.StatusRequestEntityTooLarge
	}
	switch fault.KindOf(err) {
	case fault.NotFound:
		return http.StatusNotFound
	case fault.Invalid:
		return http.StatusBadRequest
	case fault.Forbidden:
		return http.StatusForbidden
	case fault.Conflict, fault.TooLate:
		return http.StatusConflict
	}
	return http.StatusInternalServerError
}

// errorPage says an error in the words of a page. Only sentences made for
// people get in: never err.Error().
func errorPage(err error) ErrorPage {
	status := StatusOf(err)
	words, ok := failureWords[status]
	if !ok {
		words = failureWords[http.StatusInternalServerError]
		if status < 500 {
			words = failureWords[http.StatusBadRequest]
		}
	}
	p := ErrorPage{Status: status, Title: words.title, Say: words.say, Next: words.next}
	if fault.KindOf(err) == fault.TooLate {
		p.Title = titleTooLate
	}
	say := fault.Sentence(err)
	var se *statusError
	if errors.As(err, &se) {
		say = se.say
	}
	if say != "" {
		p.Say = say
	}
	for _, f := range fault.Fields(err) {
		p.Problems = append(p.Problems, Problem{f.Field, f.Say})
	}
	return p
}

// plainErrorPage is the page of last resort: no template, no style, no script.
func plainErrorPage(p ErrorPage) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>%s</title>", html.EscapeString(p.Title))
	fmt.Fprintf(&b, "<main><h1>%s</h1><p>%s</p>", html.EscapeString(p.Title), html.EscapeString(p.Say))
	for _, f := range p.Problems {
		fmt.Fprintf(&b, "<p>%s</p>", html.EscapeString(f.Say))
	}
	fmt.Fprintf(&b, "<p>%s</p>", html.EscapeString(p.Next))
	if p.RequestID != "" {
		fmt.Fprintf(&b, "<p>%s%s</p>", sayRequestID, html.EscapeString(p.RequestID))
	}
	b.WriteString("</main></html>")
	return []byte(b.String())
}
