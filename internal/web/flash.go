package web

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strings"
	"time"
)

// FlashCookie is the name of the cookie that carries a message to the next page.
const FlashCookie = "gk_said"

// Flash is a message shown once on the page after an act: 已提交审核.
type Flash struct {
	Kind string // good, note, warn, bad: the status words of the ui
	Say  string
}

// Flashes signs and reads such messages. The message travels in a cookie for a
// minute, so it names things, never people.
type Flashes struct {
	key  []byte
	path string
}

// NewFlashes needs a secret key of the installation and the path the face lives
// at, such as "/console".
func NewFlashes(key []byte, path string) *Flashes { return &Flashes{key, path} }

// Say leaves a message for the next page.
func (f *Flashes) Say(w http.ResponseWriter, r *http.Request, kind, say string) {
	if rs := []rune(say); len(rs) > 300 {
		say = string(rs[:300]) + "…"
	}
	body := base64.RawURLEncoding.EncodeToString([]byte(kind + "|" + say))
	SetCookie(w, r, FlashCookie, body+"."+f.sign(body), f.path, time.Minute)
}

// Take returns the message left for this page, nil if there is none, and
// removes it.
func (f *Flashes) Take(w http.ResponseWriter, r *http.Request) *Flash {
	c, err := r.Cookie(FlashCookie)
	if err != nil {
		return nil
	}
	DropCookie(w, r, FlashCookie, f.path)
	body, mac, ok := strings.Cut(c.Value, ".")
	if !ok || !hmac.Equal([]byte(mac), []byte(f.sign(body))) {
		return nil
	}
	b, err := base64.RawURLEncoding.DecodeString(body)
	if err != nil {
		return nil
	}
	kind, say, ok := strings.Cut(string(b), "|")
	if !ok {
		return nil
	}
	return &Flash{Kind: kind, Say: say}
}

func (f *Flashes) sign(body string) string {
	m := hmac.New(sha256.New, f.key)
	m.Write([]byte("flash:" + body))
	return base64.RawURLEncoding.EncodeToString(m.Sum(nil))
}
