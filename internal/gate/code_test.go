package gate

import (
	"go/ast"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The longest file that still reads as a story. Tests list cases and may be
// longer.
const (
	maxLines     = 500
	maxTestLines = 900
)

func TestFilesAreShort(t *testing.T) {
	for _, s := range sources(t) {
		limit := maxLines
		if s.test {
			limit = maxTestLines
		}
		if !s.gen && s.lines > limit {
			t.Errorf("%s has %d lines, more than %d: a story too long for one room", s.path, s.lines, limit)
		}
	}
}

// clocks are the places outside cmd where the machine's clock may be read: the
// default of a database that was opened without one.
var clocks = map[string]string{
	"internal/db": "db.go",
}

func TestTimeNowIsAskedInCmdOnly(t *testing.T) {
	for _, s := range sources(t) {
		r, floor := room(s.pkg)
		if s.test || floor == 11 || r == "cmd/gongkai" || strings.HasSuffix(s.pkg, "test") {
			continue
		}
		s.uses("time", []string{"Now", "Since", "Until"}, func(n ast.Node, name string) {
			if file, ok := clocks[s.pkg]; ok && (file == "" || strings.HasSuffix(s.path, "/"+file)) {
				return
			}
			t.Errorf("%s: time.%s outside cmd: acts read tx.Now, pure code is given the date, jobs and faces a clock", s.at(n), name)
		})
	}
}

// TestPillarsAreGivenTheirContext: an act ends when its caller is gone. What is
// made before there is a caller (New…, Open…) may begin with an empty one.
func TestPillarsAreGivenTheirContext(t *testing.T) {
	pure := []string{
		"document/clean.go",  // reads back our own short HTML, in memory
		"document/reader.go", // the child process, which has no caller but its parent's pipe
	}
	for _, s := range sources(t) {
		_, floor := room(s.pkg)
		if s.test || floor >= 10 || strings.HasSuffix(s.pkg, "test") || slices.Contains(pure, s.path) {
			continue
		}
		var makers []*ast.FuncDecl
		for _, d := range s.file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil && makerName.MatchString(f.Name.Name) {
				makers = append(makers, f)
			}
		}
		s.uses("context", []string{"Background", "TODO"}, func(n ast.Node, name string) {
			for _, f := range makers {
				if f.Pos() <= n.Pos() && n.Pos() < f.End() {
					return
				}
			}
			t.Errorf("%s: context.%s: the caller's context carries the cancellation", s.at(n), name)
		})
	}
}

var makerName = regexp.MustCompile(`^(New|new|Open|open)`)

// dice are the packages that may throw weak dice: nobody gains by guessing them.
var dice = []string{
	"demo",                         // the same district every time
	"internal/jobs",                // the jitter of a pause
	"inspection/spelling/gen",      // which texts a model is fitted on
	"inspection/spelling/planting", // slips planted to be found
}

// TestNoWeakRandomness: what can be guessed becomes a session, the number of a
// case or a salt.
func TestNoWeakRandomness(t *testing.T) {
	for _, s := range sources(t) {
		_, floor := room(s.pkg)
		if s.test || floor == 11 || slices.ContainsFunc(dice, func(d string) bool { return s.pkg == d || strings.HasPrefix(s.pkg, d+"/") }) {
			continue
		}
		for _, path := range []string{"math/rand", "math/rand/v2"} {
			if s.importName(path) != "" {
				t.Errorf("%s imports %s: use crypto/rand", s.path, path)
			}
		}
	}
}

// TestNobodyShowsAnErrorText: the words of an error are for the log. A person
// reads fault.Sentence, made for people.
func TestNobodyShowsAnErrorText(t *testing.T) {
	for _, s := range sources(t) {
		r, _ := room(s.pkg)
		if s.test || strings.HasSuffix(s.pkg, "test") || !slices.Contains([]string{"portal", "console", "api", "internal/web"}, r) {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			if f, ok := call.Fun.(*ast.Ident); ok && f.Name == "panic" {
				return false // at the start of the program, to the operator
			}
			if len(call.Args) != 0 {
				return true
			}
			// csv.Writer has a method of that name, too, so the receiver has to
			// look like an error.
			if sel, ok := call.Fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "Error" && looksLikeError(sel.X) {
				t.Errorf("%s: err.Error() in a face: log the error, show fault.Sentence", s.at(n))
			}
			return true
		})
	}
}

func looksLikeError(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.Ident:
		return strings.HasSuffix(strings.ToLower(e.Name), "err") || e.Name == "e" || e.Name == "cause"
	case *ast.SelectorExpr:
		return looksLikeError(e.Sel)
	case *ast.CallExpr:
		return true
	}
	return false
}

func TestEveryPackageSaysWhatItIsFor(t *testing.T) {
	docs := map[string]*ast.File{}
	paths := map[string]bool{}
	for _, s := range sources(t) {
		if !s.test && !s.gen {
			paths[s.pkg] = true
		}
		if strings.HasSuffix(s.path, "/doc.go") || (s.file.Name.Name == "main" && strings.HasSuffix(s.path, "/main.go") && docs[s.pkg] == nil) {
			docs[s.pkg] = s.file
		}
	}
	for pkg := range paths {
		file := docs[pkg]
		if file == nil {
			t.Errorf("%s has no doc.go", pkg)
			continue
		}
		comment := file.Doc.Text()
		want := "Package " + file.Name.Name + " "
		if file.Name.Name == "main" {
			want = "Command "
		}
		if !strings.HasPrefix(comment, want) {
			t.Errorf("%s: the package comment begins with %q, want %q", pkg, head(comment), want)
		}
		if len(comment) < 150 {
			t.Errorf("%s: the package comment is %d characters: say what it is for, its words, what always holds", pkg, len(comment))
		}
	}
}

func TestNamesSaySomething(t *testing.T) {
	shapeless := []string{"util", "utils", "common", "model", "models", "service", "services", "store", "repository", "helper", "helpers", "misc", "types"}
	for _, p := range tree(t) {
		if slices.Contains(shapeless, p.Name) {
			t.Errorf("%s: %q says nothing about what is inside", p.ImportPath, p.Name)
		}
	}
	for _, s := range sources(t) {
		ast.Inspect(s.file, func(n ast.Node) bool {
			spec, ok := n.(*ast.TypeSpec)
			if !ok || s.test {
				return true
			}
			for _, end := range []string{"Manager", "Helper", "Processor"} {
				if strings.HasSuffix(spec.Name.Name, end) {
					t.Errorf("%s: type %s: name the thing, not that it does something", s.at(n), spec.Name.Name)
				}
			}
			return true
		})
	}
}

func head(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	if r := []rune(line); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return line
}
