package console

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"gongkai/identity"
	"gongkai/internal/fault"
	"gongkai/internal/web"
)

// Rights of routes beside those of identity.
const (
	staff = "staff" // anybody who has signed in
	door  = "door"  // also with a password or second factor still to be set
)

const (
	sessionCookie = "gk_desk"
	backCookie    = "gk_back" // the page somebody wanted when their session was over
)

// session is what Enter found out about a request.
type session struct {
	visit identity.Visit
	why   string // why there is none, for the sign-in page
}

type sessionKey struct{}

func sessionOf(r *http.Request) session {
	s, _ := r.Context().Value(sessionKey{}).(session)
	return s
}

func visitOf(r *http.Request) identity.Visit { return sessionOf(r).visit }

// actorOf is who acts in this request.
func actorOf(r *http.Request) identity.Actor { return sessionOf(r).visit.Actor }

func (c *Console) enter(r *http.Request) (*http.Request, error) {
	if strings.HasPrefix(r.URL.Path, Root+"/assets/") {
		return r, nil
	}
	cookie, err := r.Cookie(sessionCookie)
	if err != nil || cookie.Value == "" {
		return r, nil
	}
	v, err := c.People.Resume(r.Context(), cookie.Value)
	s := session{visit: v}
	switch fault.KindOf(err) {
	case "":
		if err != nil {
			return r, err
		}
		if w, ok := r.Context().Value(writerKey{}).(http.ResponseWriter); ok && v.Token != "" {
			setSession(w, r, v.Token)
		}
	default:
		s.why = fault.Sentence(err)
		s.visit = identity.Visit{}
	}
	return r.WithContext(context.WithValue(r.Context(), sessionKey{}, s)), nil
}

func setSession(w http.ResponseWriter, r *http.Request, token identity.Secret) {
	web.SetCookie(w, r, sessionCookie, token.Reveal(), Root, 0)
}

// check lets a request through to a route with a right, or several of which one
// is enough, separated by "|".
func (c *Console) check(r *http.Request, right string) error {
	v := visitOf(r)
	switch {
	case v.Actor.Person == "":
		return c.signInFirst(r)
	case v.Step != identity.StepNone && right != door:
		return web.Elsewhere(stepPath(v.Step))
	case right == staff, right == door:
		return nil
	}
	rights := strings.Split(right, "|")
	for _, one := range rights {
		if v.Actor.CanAny(identity.Right(one)) {
			return nil
		}
	}
	return v.Actor.CheckAny(identity.Right(rights[0]))
}

// signInFirst sends a reader to the sign-in page; a post is answered with the
// page itself, which carries what was typed.
func (c *Console) signInFirst(r *http.Request) error {
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		if w, ok := r.Context().Value(writerKey{}).(http.ResponseWriter); ok && r.URL.Path != Root {
			web.SetCookie(w, r, backCookie, url.QueryEscape(r.URL.RequestURI()), Root, 10*time.Minute)
		}
		return web.Elsewhere(Root + "/signin")
	}
	say := sessionOf(r).why
	if say == "" {
		say = saySignInFirst
	}
	return web.Status(http.StatusUnauthorized, say)
}

// stepPath is where a person does what comes before anything else.
func stepPath(s identity.Step) string {
	switch s {
	case identity.StepCode:
		return Root + "/signin/code"
	case identity.StepPassword:
		return Root + "/password"
	case identity.StepEnrol:
		return Root + "/code"
	}
	return Root
}

// backPath is the page somebody wanted before they signed in.
func backPath(w http.ResponseWriter, r *http.Request) string {
	cookie, err := r.Cookie(backCookie)
	if err != nil {
		return Root
	}
	web.DropCookie(w, r, backCookie, Root)
	path, err := url.QueryUnescape(cookie.Value)
	if err != nil {
		return Root
	}
	return ownPath(path)
}

// ownPath returns path if it is a page of the console, otherwise its home.
func ownPath(path string) string {
	path = web.LocalPath(path, Root)
	if path != Root && !strings.HasPrefix(path, Root+"/") && !strings.HasPrefix(path, Root+"?") {
		return Root
	}
	return path
}

func clientOf(r *http.Request) identity.Client {
	return identity.ClientOf(web.ClientAddr(r).String(), r.UserAgent())
}
