package ui_test

import (
	"io/fs"
	"strings"
	"testing"

	"gongkai/internal/web"
	"gongkai/internal/web/ui"
	"gongkai/internal/web/webtest"
)

func guide(t *testing.T) (*web.Templates, *web.Assets) {
	t.Helper()
	a := web.NewAssets("/assets/")
	if err := ui.AddTo(a); err != nil {
		t.Fatal(err)
	}
	ts, err := web.ParseTemplates(web.TemplateConfig{
		Funcs: ui.Funcs(a), Shared: []fs.FS{ui.Components()}, Pages: ui.StyleGuidePages(),
		Types: map[string]any{"styleguide": ui.StyleGuide{}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return ts, a
}

func TestEveryComponentMatchesItsStruct(t *testing.T) {
	ts, _ := guide(t)
	if err := ts.Check(); err != nil {
		t.Errorf("Check() of the style guide:\n%v", err)
	}
}

func TestTheStyleGuideShowsEveryComponent(t *testing.T) {
	ts, a := guide(t)
	g := ui.NewStyleGuide(ui.Portal{Region: "示例市明镜区人民政府", Head: ui.Head{Site: "示例市明镜区人民政府", CSS: a.MustURL("ui.css"), JS: a.MustURL("ui.js"), LookURL: "/look"}})
	b, err := ts.Bytes("styleguide", g)
	if err != nil {
		t.Fatal(err)
	}
	page := string(b)
	for _, fault := range webtest.Inspect(b) {
		t.Errorf("the style guide: %s", fault)
	}
	if !strings.Contains(page, "</html>") {
		t.Error("the style guide is not a whole page")
	}
	err = fs.WalkDir(ui.Components(), ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(ui.Components(), p)
		if err != nil {
			return err
		}
		for _, part := range strings.Split(string(text), `{{define "`)[1:] {
			name := part[:strings.IndexByte(part, '"')]
			if !reached(name) {
				t.Errorf("component %q stands in no place of the style guide", name)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// reached says whether the style guide calls a component, through others or
// directly. The frames of the console and of sign-in pages are shown by
// themselves.
func reached(name string) bool {
	all, _ := fs.ReadFile(ui.StyleGuidePages(), "styleguide.tmpl")
	text := string(all)
	_ = fs.WalkDir(ui.Components(), ".", func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			b, _ := fs.ReadFile(ui.Components(), p)
			text += string(b)
		}
		return err
	})
	switch name {
	case "console-open", "console-close", "plain-open", "plain-close", "failure", "search-hero":
		return true
	}
	return strings.Contains(text, `{{template "`+name+`"`)
}
