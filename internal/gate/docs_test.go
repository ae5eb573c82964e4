package gate

import (
	"go/ast"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// exported returns every exported name of the module as "pkg.Name", every test
// as "TestName" and, for tests of the gate, "gate.TestName"; and the packages.
func exported(t *testing.T) (names, pkgs map[string]bool) {
	names, pkgs = map[string]bool{}, map[string]bool{}
	for _, s := range sources(t) {
		pkg := strings.TrimSuffix(s.file.Name.Name, "_test")
		if pkg == "main" {
			pkg = path.Base(s.pkg)
		}
		pkgs[pkg] = true
		add := func(id *ast.Ident) {
			if id.IsExported() {
				names[pkg+"."+id.Name] = true
			}
		}
		for _, d := range s.file.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if s.test && strings.HasPrefix(d.Name.Name, "Test") {
					names[d.Name.Name] = true
				}
				if d.Recv == nil {
					add(d.Name)
					continue
				}
				on := d.Recv.List[0].Type
				if star, ok := on.(*ast.StarExpr); ok {
					on = star.X
				}
				if id, ok := on.(*ast.Ident); ok && d.Name.IsExported() {
					names[pkg+"."+d.Name.Name] = true // prose says db.Write
					names[pkg+"."+id.Name+"."+d.Name.Name] = true
				}
			case *ast.GenDecl:
				for _, spec := range d.Specs {
					switch spec := spec.(type) {
					case *ast.TypeSpec:
						add(spec.Name)
					case *ast.ValueSpec:
						for _, id := range spec.Names {
							add(id)
						}
					}
				}
			}
		}
	}
	return names, pkgs
}

var (
	codeName = regexp.MustCompile("`([a-z]+\\.[A-Z]\\w*(?:\\.[A-Z]\\w*)?)`")
	testName = regexp.MustCompile("`(?:[a-z]+\\.)?(Test[A-Z]\\w*)`")
	linkTo   = regexp.MustCompile(`\]\(([^)#]+)(#[^)]*)?\)`)
)

// TestDocsNameWhatExists: a page that names code, a test or another page that
// is no more tells a story about a house that is gone.
func TestDocsNameWhatExists(t *testing.T) {
	names, pkgs := exported(t)
	for _, p := range tracked(t) {
		if path.Ext(p) != ".md" || strings.Contains(p, "testdata/") || strings.HasPrefix(p, "console/editor/node_modules") {
			continue
		}
		body := text(t, p)
		for _, m := range codeName.FindAllStringSubmatch(body, -1) {
			pkg, _, _ := strings.Cut(m[1], ".")
			if pkgs[pkg] && !names[m[1]] && !strings.HasPrefix(m[1], "gate.Test") {
				t.Errorf("%s names %s, which does not exist", p, m[1])
			}
		}
		for _, m := range testName.FindAllStringSubmatch(body, -1) {
			if !names[m[1]] {
				t.Errorf("%s names the test %s, which does not exist", p, m[1])
			}
		}
		for _, m := range linkTo.FindAllStringSubmatch(body, -1) {
			if strings.Contains(m[1], "://") || strings.HasPrefix(m[1], "mailto:") {
				continue
			}
			to := filepath.ToSlash(filepath.Join(path.Dir(p), m[1]))
			if !exists(to) {
				t.Errorf("%s leads to %s, which does not exist", p, to)
			}
		}
	}
}
