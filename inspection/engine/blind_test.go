package engine

import (
	"fmt"
	"hash/fnv"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"gongkai/inspection/rule"
)

// A passage is a few sentences of an office, with at most one error.
type passage struct {
	kind, genre string
	wrong       string
	errors      []planted
	second      bool // of the half that is measured only
}

// relations are the kinds whose error is between places: a sum that does not fit its
// parts may be said of the sum or of a part, a missing bracket of the one that is
// there. A finding anywhere in the passage is about the error.
var relations = []string{"figures", "growth", "listtwice", "money", "otherunit", "pair", "percent", "period", "punct-pair", "sum", "tableref", "title", "years"}

// A planted error is a stretch of a passage and what should stand there.
type planted struct {
	start, end int // code points
	right      string
}

// laterScores inspects the passages of testdata/later.tsv, by kind.
func laterScores(t *testing.T, e *Engine) (scores map[string]blindScore, kinds []string) {
	t.Helper()
	scores = map[string]blindScore{}
	for _, p := range passages(t, "later.tsv") {
		s, ok := scores[p.kind]
		if !ok {
			kinds = append(kinds, p.kind)
		}
		s.add(p.judge(t, e))
		scores[p.kind] = s
	}
	slices.Sort(kinds)
	return scores, kinds
}

// passages reads a file of testdata. A passage belongs to the first half, which may
// be looked at when rules are made, or to the second, as its first field says (open,
// kept) or by the hash of its text.
func passages(t *testing.T, file string) (all []passage) {
	t.Helper()
	b, err := os.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(b)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		half, fields, _ := strings.Cut(strings.TrimRight(line, "\n"), "\t")
		chosen := half == "open" || half == "kept"
		if !chosen {
			fields = strings.TrimRight(line, "\n")
		}
		f := strings.Split(fields, "\t")
		if len(f) != 3 {
			t.Fatalf("%q: got %d fields, want kind, genre and text", line, len(f))
		}
		h := fnv.New32a()
		h.Write([]byte(f[2]))
		p := passage{kind: f[0], genre: f[1], second: h.Sum32()>>8&1 == 1}
		if chosen {
			p.second = half == "kept"
		}
		text := strings.ReplaceAll(f[2], `\n`, "\n")
		for text != "" {
			before, rest, marked := strings.Cut(text, "{{")
			p.wrong += before
			if !marked {
				break
			}
			body, after, _ := strings.Cut(rest, "}}")
			was, right, ok := strings.Cut(body, "=>")
			if !ok {
				t.Fatalf("%q: a mark without =>", line)
			}
			n := utf8.RuneCountInString(p.wrong)
			p.wrong += was
			p.errors = append(p.errors, planted{n, n + utf8.RuneCountInString(was), right})
			text = after
		}
		if (p.kind == "right") != (len(p.errors) == 0) {
			t.Fatalf("%q: of kind %s with %d errors", line, p.kind, len(p.errors))
		}
		all = append(all, p)
	}
	return all
}

// mended is the passage with a stretch replaced.
func mended(s string, start, end int, by string) string {
	r := []rune(s)
	return string(r[:start]) + by + string(r[end:])
}

// mends tells whether the suggestion of a finding makes one of the errors right.
func (p passage) mends(f rule.Finding) bool {
	if len(f.Suggest) == 0 {
		return false
	}
	by := f.Suggest[0]
	if strings.HasPrefix(by, "（删") {
		by = ""
	}
	got := mended(p.wrong, f.Start, f.End, by)
	all := p.wrong
	for _, e := range slices.Backward(p.errors) {
		if got == mended(p.wrong, e.start, e.end, e.right) {
			return true
		}
		all = mended(all, e.start, e.end, e.right)
	}
	return got == all
}

// A blindScore is how the rules did on one kind of passage in one half.
type blindScore struct{ all, found, right, wrongly int }

func (s *blindScore) add(o blindScore) {
	s.all, s.found, s.right, s.wrongly = s.all+o.all, s.found+o.found, s.right+o.right, s.wrongly+o.wrongly
}

// judge inspects a passage as a text file of January 2026.
func (p passage) judge(t *testing.T, e *Engine) (s blindScore) {
	s.all = 1
	f := &rule.File{Name: "a.txt", Date: "2026-01-15", Texts: []*rule.Text{rule.NewText("document", p.wrong)}}
	for _, x := range e.Inspect(f, Options{}) {
		hit := slices.Contains(relations, p.kind) && strings.Contains(x.Rule, relationRule(p.kind)) || slices.ContainsFunc(p.errors, func(e planted) bool {
			if p.kind == "missing" && x.End == e.start {
				return true // what is missing is missing behind what is underlined
			}
			return x.Start < max(e.end, e.start+1) && max(x.End, x.Start+1) > e.start
		})
		switch {
		case !hit:
			s.wrongly++
			p.tell(t, "wrongly %s %q → %q", x.Rule, x.Text, x.Suggest)
		case p.mends(x):
			s.found, s.right = 1, 1
		default:
			s.found = 1
		}
	}
	if len(p.errors) > 0 && s.found == 0 {
		p.tell(t, "missed")
	}
	return s
}

// relationRule is the family of rules that may tell a kind of relation.
func relationRule(kind string) string {
	switch kind {
	case "pair", "punct-pair":
		return "punct.pair"
	case "listtwice":
		return "grammar.listed"
	case "otherunit", "tableref", "title", "years":
		return "element."
	}
	return "number."
}

// tell logs what became of a passage of the first half; the second stays unseen.
func (p passage) tell(t *testing.T, format string, a ...any) {
	if !p.second {
		t.Logf("%s %q: %s", p.kind, p.wrong, fmt.Sprintf(format, a...))
	}
}

// judged judges all passages of a file, by kind in their order and by half. The
// passages with nothing wrong do not count in the sum of all.
func judged(t *testing.T, file string) (kinds []string, scores map[string]*[2]blindScore, sum [2]blindScore) {
	t.Helper()
	e := Standard()
	scores = map[string]*[2]blindScore{}
	for _, p := range passages(t, file) {
		if scores[p.kind] == nil {
			scores[p.kind] = &[2]blindScore{}
			kinds = append(kinds, p.kind)
		}
		half := 0
		if p.second {
			half = 1
		}
		s := p.judge(t, e)
		scores[p.kind][half].add(s)
		if p.kind == "right" {
			s.all = 0
		}
		sum[half].add(s)
	}
	return kinds, scores, sum
}

// The passages were written before anybody looked at the rules. What is measured on
// them may only become better; testdata/blind.md says how it was, -update writes it.
func TestPassagesNobodyMadeRulesFor(t *testing.T) {
	kinds, scores, sum := judged(t, "blind.tsv")
	var b strings.Builder
	b.WriteString("# Passages nobody made rules for\n\nWritten by `go test ./inspection/engine -run Passages -update`. Rules may be improved on the first half; the second is only measured. " +
		"Right: a suggestion gives exactly the right text. Wrongly: findings of tier A and B where nothing is wrong.\n\n" +
		"| kind | first: found / all | right | wrongly | second: found / all | right | wrongly |\n|---|---|---|---|---|---|---|\n")
	row := func(name string, s [2]blindScore) {
		fmt.Fprintf(&b, "| %s | %d / %d | %d | %d | %d / %d | %d | %d |\n", name, s[0].found, s[0].all, s[0].right, s[0].wrongly, s[1].found, s[1].all, s[1].right, s[1].wrongly)
	}
	slices.Sort(kinds)
	for _, k := range kinds {
		row(k, *scores[k])
	}
	b.WriteString("\nThe same of passages written when the rules were made, to see whether they hold beyond what they were made for: of 73 errors 37 were found at once.\n\n| kind | found / all | right | wrongly |\n|---|---|---|---|\n")
	later, laterKinds := laterScores(t, Standard())
	for _, k := range laterKinds {
		s := later[k]
		fmt.Fprintf(&b, "| %s | %d / %d | %d | %d |\n", k, s.found, s.all, s.right, s.wrongly)
	}
	b.WriteString("\nAll of the first table:\n\n| | first: found / all | right | wrongly | second: found / all | right | wrongly |\n|---|---|---|---|---|---|---|\n")
	row("all", sum)
	if *update {
		golden(t, "testdata/blind.md", b.String())
		return
	}
	was, err := os.ReadFile("testdata/blind.md")
	if err != nil {
		t.Fatal(err)
	}
	var want [2]blindScore
	last := string(was[max(0, strings.LastIndex(string(was), "| all |")):])
	if _, err := fmt.Sscanf(last, "| all | %d / %d | %d | %d | %d / %d | %d | %d |", &want[0].found, &want[0].all, &want[0].right, &want[0].wrongly,
		&want[1].found, &want[1].all, &want[1].right, &want[1].wrongly); err != nil {
		t.Fatalf("testdata/blind.md ends in %q: %v", last, err)
	}
	for i, half := range []string{"first", "second"} {
		if got := sum[i]; got.found < want[i].found || got.wrongly > want[i].wrongly {
			t.Errorf("%s half: %d of %d found and %d raised wrongly, was %d and %d; with -v it says where\n%s", half, got.found, got.all, got.wrongly, want[i].found, want[i].wrongly, b.String())
		}
	}
	t.Log("\n" + b.String())
}
