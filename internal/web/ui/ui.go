package ui

import (
	"embed"
	"html/template"
	"io/fs"
	"maps"
	"net/http"
	"strings"
	"time"

	"gongkai/internal/web"
)

//go:embed css/*.css script/*.js component/*.tmpl styleguide/*
var files embed.FS

// AddTo puts the design system's static files into a face's assets: ui.css,
// ui.js. The shells link to them.
func AddTo(a *web.Assets) error {
	if err := a.Bundle("ui.css", files, "css/*.css"); err != nil {
		return err
	}
	return a.Bundle("ui.js", files, "script/*.js")
}

// Components returns the component templates, the first of a face's shared ones.
func Components() fs.FS {
	sub, err := fs.Sub(files, "component")
	if err != nil {
		panic(err) // the folder is embedded
	}
	return sub
}

// Funcs returns all functions for a face's templates: those of web.Funcs, bound
// to its assets, and those of the components.
func Funcs(a *web.Assets) template.FuncMap {
	m := web.Funcs(a)
	maps.Copy(m, template.FuncMap{
		"icon": Icon, "tag": Tag,
		"field": NewField, "hint": withHint, "why": withWhy, "optional": optional, "typed": typed, "rows": rows,
		"choices": choices, "narrow": narrow, "accept": accept, "many": many, "autofill": autofill, "value": value,
		"link":     func(text, url string) Link { return Link{Text: text, URL: url} },
		"fact":     func(name, say string) Fact { return Fact{Name: name, Say: say} },
		"progress": func(done, all int, say string) Progress { return Progress{done, all, say} },
	})
	return m
}

// LookCookie is the cookie that remembers how a reader wants pages to look. It
// says nothing else about the reader.
const LookCookie = "gk_look"

// Look is how a reader wants pages to look.
type Look string

const (
	Usual  Look = ""       // 18 px
	Large  Look = "large"  // 21 px
	Larger Look = "larger" // 24 px
	Elder  Look = "elder"  // 长者模式: large type, plainer pages, the same functions
)

// LookOf reads the reader's wish from the cookie. It does not allocate.
func LookOf(r *http.Request) Look {
	for _, line := range r.Header["Cookie"] {
		i := strings.Index(line, LookCookie+"=")
		if i < 0 {
			continue
		}
		v := line[i+len(LookCookie)+1:]
		if j := strings.IndexByte(v, ';'); j >= 0 {
			v = v[:j]
		}
		switch Look(v) {
		case Large:
			return Large
		case Larger:
			return Larger
		case Elder:
			return Elder
		}
	}
	return Usual
}

// Variant is the web.Face.Variant of a face whose public pages depend on the
// reader's look and on nothing else. A waiting flash message keeps a request
// away from the cache.
func Variant(r *http.Request) (string, bool) {
	for _, line := range r.Header["Cookie"] {
		if strings.Contains(line, web.FlashCookie+"=") {
			return "", false
		}
	}
	return string(LookOf(r)), true
}

// SetLook is the handler of the look buttons, to be mounted as a public POST
// at the address the shell is given (Head.LookURL). It returns to the page the
// reader came from.
func SetLook(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	switch look := Look(f.Text("look")); look {
	case Large, Larger, Elder:
		web.SetCookie(w, r, LookCookie, string(look), "/", 365*24*time.Hour)
	default:
		web.DropCookie(w, r, LookCookie, "/")
	}
	return web.SeeOther(w, r, f.Text("back"))
}
