package gate

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"sync"
	"testing"
)

const module = "gongkai"

// A listed is one package as go list sees it.
type listed struct {
	ImportPath   string
	Name         string
	Dir          string
	GoFiles      []string
	Imports      []string
	TestImports  []string
	XTestImports []string
}

// rel is the package's path below the module, "" for none of ours.
func rel(importPath string) string {
	if importPath == module {
		return "."
	}
	if p, ok := strings.CutPrefix(importPath, module+"/"); ok {
		return p
	}
	return ""
}

// root is the folder that holds go.mod.
var root = sync.OnceValue(func() string {
	dir, err := os.Getwd()
	if err != nil {
		panic(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		dir = filepath.Dir(dir)
	}
})

var packages = sync.OnceValues(func() ([]listed, error) {
	cmd := exec.Command("go", "list", "-e", "-json=ImportPath,Name,Dir,GoFiles,Imports,TestImports,XTestImports", "./...")
	cmd.Dir = root()
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	var all []listed
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := d.Decode(&p); err == io.EOF {
			return all, nil
		} else if err != nil {
			return nil, fmt.Errorf("go list: %w", err)
		}
		if !strings.Contains(p.ImportPath, "/node_modules/") {
			all = append(all, p)
		}
	}
})

func tree(t *testing.T) []listed {
	t.Helper()
	all, err := packages()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// tracked returns the paths of all files that are or would be in Git, below the
// root, sorted.
func tracked(t *testing.T) []string {
	t.Helper()
	cmd := exec.Command("git", "ls-files", "-co", "--exclude-standard", "-z")
	cmd.Dir = root()
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("git ls-files: %v", err)
	}
	var paths []string
	for _, p := range strings.Split(strings.TrimRight(string(out), "\x00"), "\x00") {
		if info, err := os.Lstat(filepath.Join(root(), p)); err == nil && info.Mode().IsRegular() {
			paths = append(paths, p)
		}
	}
	sort.Strings(paths)
	return paths
}

// text returns the content of a file, or "" for one that is not text.
func text(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(root(), path))
	if os.IsNotExist(err) {
		return "" // somebody is just moving it
	}
	if err != nil {
		t.Fatal(err)
	}
	if bytes.IndexByte(b[:min(len(b), 8000)], 0) >= 0 {
		return ""
	}
	return string(b)
}

// A source is one parsed Go file.
type source struct {
	path  string // below the root
	pkg   string // the package's path below the module
	test  bool
	gen   bool // "Code generated … DO NOT EDIT."
	lines int
	set   *token.FileSet
	file  *ast.File
}

func (s source) at(n ast.Node) string {
	return fmt.Sprintf("%s:%d", s.path, s.set.Position(n.Pos()).Line)
}

var (
	parsed   []source
	parseAll sync.Once
)

// sources returns every Go file of the module, test data aside.
func sources(t *testing.T) []source {
	t.Helper()
	parseAll.Do(func() {
		for _, path := range tracked(t) {
			if !strings.HasSuffix(path, ".go") || strings.Contains(path, "testdata/") || strings.Contains(path, "node_modules/") {
				continue
			}
			code := text(t, path)
			set := token.NewFileSet()
			file, err := parser.ParseFile(set, path, code, parser.ParseComments)
			if err != nil {
				t.Errorf("%v", err)
				continue
			}
			parsed = append(parsed, source{
				path: path, pkg: filepath.ToSlash(filepath.Dir(path)), test: strings.HasSuffix(path, "_test.go"),
				gen: ast.IsGenerated(file), lines: strings.Count(code, "\n"), set: set, file: file,
			})
		}
	})
	return parsed
}

// literals calls f with every string of a file, constants joined by + as one.
func (s source) literals(f func(n ast.Node, v string)) {
	ast.Inspect(s.file, func(n ast.Node) bool {
		if _, ok := n.(*ast.ImportSpec); ok {
			return false
		}
		e, ok := n.(ast.Expr)
		if !ok {
			return true
		}
		v, whole := constant(e)
		if v == "" || !whole {
			return true
		}
		f(n, v)
		return false
	})
}

// constant joins a sum of string literals; names in it stand as a blank.
func constant(e ast.Expr) (v string, whole bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		if e.Kind != token.STRING {
			return "", false
		}
		v, err := strconv.Unquote(e.Value)
		return v, err == nil
	case *ast.BinaryExpr:
		if e.Op != token.ADD {
			return "", false
		}
		x, okX := constant(e.X)
		y, okY := constant(e.Y)
		if !okX && !okY {
			return "", false
		}
		if !okX {
			x = named(e.X)
		}
		if !okY {
			y = named(e.Y)
		}
		return x + y, true
	case *ast.ParenExpr:
		return constant(e.X)
	}
	return "", false
}

// named gives the name of a constant that is spliced into a text, «org.InScope».
func named(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return "«" + e.Name + "»"
	case *ast.SelectorExpr:
		if x, ok := e.X.(*ast.Ident); ok {
			return "«" + x.Name + "." + e.Sel.Name + "»"
		}
	case *ast.CallExpr:
		return named(e.Fun)
	}
	return "«…»"
}

// importName returns the name under which a file imports a path, "" if it does
// not.
func (s source) importName(path string) string {
	for _, im := range s.file.Imports {
		if v, _ := strconv.Unquote(im.Path.Value); v == path {
			if im.Name != nil {
				return im.Name.Name
			}
			return v[strings.LastIndex(v, "/")+1:]
		}
	}
	return ""
}

// uses calls f for each use of pkg.name for the names given.
func (s source) uses(path string, names []string, f func(n ast.Node, name string)) {
	pkg := s.importName(path)
	if pkg == "" {
		return
	}
	ast.Inspect(s.file, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if x, ok := sel.X.(*ast.Ident); ok && x.Name == pkg && x.Obj == nil {
			for _, name := range names {
				if sel.Sel.Name == name {
					f(n, name)
				}
			}
		}
		return true
	})
}

// exists tells whether there is a file or folder at a path below the root.
func exists(p string) bool {
	_, err := os.Stat(filepath.Join(root(), filepath.FromSlash(p)))
	return err == nil
}
