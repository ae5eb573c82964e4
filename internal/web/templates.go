package web

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"maps"
	"net/http"
	"path"
	"reflect"
	"slices"
	"strings"
	"text/template/parse"
)

// Entry is the name of the template a page begins with. The shared templates
// of a face may define it, a page may define its own.
const Entry = "page"

// TemplateConfig says where the templates of a face are and which struct each
// page shows.
type TemplateConfig struct {
	// Funcs are all functions, usually Funcs(assets) merged with ui.Funcs().
	Funcs template.FuncMap
	// Shared are file systems whose *.tmpl files every page sees: the components
	// of ui first, then the face's own.
	Shared []fs.FS
	// Pages holds the pages, one *.tmpl file each, in any folder. The page is
	// called by its file's name without folder and ending.
	Pages fs.FS
	// More holds pages that come from elsewhere, such as ui.StyleGuidePages().
	More []fs.FS
	// Types gives each page a value of the struct it shows: {"home": homePage{}}.
	// A page without a struct, or a struct without a page, is an error.
	Types map[string]any
}

// Templates is a parsed set of pages.
type Templates struct {
	pages map[string]*pageTemplate
	funcs template.FuncMap
}

type pageTemplate struct {
	set   *template.Template
	trees map[string]*parse.Tree // as written, before the escaper changes them
	shows reflect.Type
}

// ParseTemplates reads all templates. It fails on a syntax error, on a page
// without its struct and on HTML the escaper cannot understand.
func ParseTemplates(c TemplateConfig) (*Templates, error) {
	base := template.New("").Funcs(c.Funcs).Option("missingkey=error")
	for _, shared := range c.Shared {
		if err := parseAll(base, shared); err != nil {
			return nil, err
		}
	}
	ts := &Templates{pages: map[string]*pageTemplate{}, funcs: c.Funcs}
	add := func(name, text string) error {
		if ts.pages[name] != nil {
			return fmt.Errorf("template %s stands twice", name)
		}
		shows, ok := c.Types[name]
		if !ok {
			return fmt.Errorf("template %s has no struct in Types", name)
		}
		set, err := base.Clone()
		if err != nil {
			return fmt.Errorf("template %s: %w", name, err)
		}
		if _, err := set.New(name).Parse(text); err != nil {
			return fmt.Errorf("parse template: %w", err)
		}
		if set.Lookup(Entry) == nil {
			return fmt.Errorf("template %s: neither it nor the shared ones define %q", name, Entry)
		}
		p := &pageTemplate{set: set, trees: map[string]*parse.Tree{}, shows: reflect.TypeOf(shows)}
		for _, t := range set.Templates() {
			if t.Tree != nil {
				p.trees[t.Name()] = t.Tree.Copy()
			}
		}
		// The escaper runs at the first execution: run it now, so that a page it
		// refuses stops the program's start and not a reader.
		var escape *template.Error
		if err := set.ExecuteTemplate(io.Discard, Entry, nil); errors.As(err, &escape) {
			return fmt.Errorf("template %s: %w", name, err)
		}
		ts.pages[name] = p
		return nil
	}
	for _, pages := range append([]fs.FS{c.Pages}, c.More...) {
		if err := eachTemplate(pages, add); err != nil {
			return nil, err
		}
	}
	for name := range c.Types {
		if ts.pages[name] == nil {
			return nil, fmt.Errorf("struct for page %s has no template", name)
		}
	}
	return ts, nil
}

func parseAll(set *template.Template, files fs.FS) error {
	return eachTemplate(files, func(name, text string) error {
		if _, err := set.New(name + ".tmpl").Parse(text); err != nil {
			return fmt.Errorf("parse template: %w", err)
		}
		return nil
	})
}

func eachTemplate(files fs.FS, do func(name, text string) error) error {
	if files == nil {
		return nil
	}
	return fs.WalkDir(files, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(p) != ".tmpl" {
			return err
		}
		text, err := fs.ReadFile(files, p)
		if err != nil {
			return fmt.Errorf("read template: %w", err)
		}
		return do(strings.TrimSuffix(path.Base(p), ".tmpl"), string(text))
	})
}

// Names returns the names of all pages, sorted.
func (ts *Templates) Names() []string { return slices.Sorted(maps.Keys(ts.pages)) }

// Bytes renders a page. The value must be of the struct registered for it.
func (ts *Templates) Bytes(name string, page any) ([]byte, error) {
	p := ts.pages[name]
	if p == nil {
		return nil, fmt.Errorf("no page is called %q", name)
	}
	if got := reflect.TypeOf(page); got != p.shows {
		return nil, fmt.Errorf("page %s shows %v, got %v", name, p.shows, got)
	}
	var b bytes.Buffer
	if err := p.set.ExecuteTemplate(&b, Entry, page); err != nil {
		return nil, fmt.Errorf("render %s: %w", name, err)
	}
	return b.Bytes(), nil
}

// Render renders a page and sends it. Nothing is written when rendering fails.
func (ts *Templates) Render(w http.ResponseWriter, r *http.Request, status int, name string, page any) error {
	b, err := ts.Bytes(name, page)
	if err != nil {
		return err
	}
	return Write(w, r, status, "text/html; charset=utf-8", b)
}

// Show is Render with status 200.
func (ts *Templates) Show(w http.ResponseWriter, r *http.Request, name string, page any) error {
	return ts.Render(w, r, http.StatusOK, name, page)
}
