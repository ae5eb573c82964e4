package completeness

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"gongkai/document"
	"gongkai/inspection/rule"
)

var (
	//go:embed data/completeness.json
	packData []byte
	//go:embed data/elements.json
	elementData []byte
	//go:embed data/statements.json
	statementData []byte
)

// A Checker finds what is missing. It may be shared.
type Checker struct {
	pack       *rule.Pack
	elements   []needed
	statements []owed
}

// needed is an element and the kinds of information that need it.
type needed struct {
	Element   rule.Element `json:"element"`
	Rule      string       `json:"rule"`
	Kinds     []string     `json:"kinds"`     // empty for all
	Except    []string     `json:"except"`    // kinds that do not
	Normative bool         `json:"normative"` // only normative documents
	Said      []string     `json:"said"`      // words of the text that make up for it
}

// New returns the family of rules on completeness.
func New() *Checker {
	p, err := rule.ParsePack(packData)
	if err != nil {
		panic(err)
	}
	c := &Checker{pack: p}
	if err := json.Unmarshal(elementData, &c.elements); err != nil {
		panic(err)
	}
	if err := json.Unmarshal(statementData, &c.statements); err != nil {
		panic(err)
	}
	for _, n := range c.elements {
		p.Rule(n.Rule)
	}
	for _, o := range c.statements {
		p.Rule(o.Rule)
	}
	return c
}

// Pack is the rules of the family.
func (c *Checker) Pack() *rule.Pack { return c.pack }

// Check reports what is missing in a file, when it is given the file's main text.
func (c *Checker) Check(f *rule.File, t *rule.Text, report func(rule.Finding)) {
	if main(f) != t {
		return
	}
	w := &work{c: c, f: f, t: t, report: report}
	if f.Record != nil {
		w.elementsOf(f.Record)
		w.interpretation(f.Record)
	}
	if f.Foreign {
		return
	}
	w.attachments()
	w.statements()
	if f.Page != nil {
		w.page(f.Page)
	}
}

// main is the text that stands for the file: the document, or else the first part
// that is seen; nil if nothing is.
func main(f *rule.File) *rule.Text {
	var first *rule.Text
	for _, t := range f.Texts {
		switch {
		case t.Hidden:
		case t.Part == document.PartDocument:
			return t
		case first == nil:
			first = t
		}
	}
	return first
}

// work is one file being judged.
type work struct {
	c      *Checker
	f      *rule.File
	t      *rule.Text
	report func(rule.Finding)
}

// find makes a finding at the bytes b to e, its message filled in.
func (w *work) find(code string, b, e int, args ...any) rule.Finding {
	r := w.c.pack.Rule(code)
	x := w.t.Find(r, b, e)
	if len(args) > 0 {
		x.Message = fmt.Sprintf(r.Message, args...)
	}
	return x
}

func (w *work) say(code string, b, e int, args ...any) {
	w.report(w.find(code, b, e, args...))
}

// titleAt is where the title stands in the text; what is missing has no place of
// its own.
func (w *work) titleAt() (b, e int) {
	if title := strings.TrimSpace(w.f.Title); title != "" {
		if k := strings.Index(w.t.S, title); k >= 0 {
			return k, k + len(title)
		}
	}
	return 0, 0
}

// repeals tells whether a document only ends others: it has nothing to interpret.
func repeals(title string) bool {
	for _, s := range []string{"关于废止", "关于宣布废止", "关于宣布失效", "关于公布废止", "关于公布失效"} {
		if strings.Contains(title, s) {
			return !strings.Contains(title, "修改") && !strings.Contains(title, "修订")
		}
	}
	return false
}

// elementsOf looks for elements that are kept and empty.
func (w *work) elementsOf(r *rule.Record) {
	for _, n := range w.c.elements {
		switch {
		case !r.Lacks(n.Element),
			len(n.Kinds) > 0 && !slices.Contains(n.Kinds, r.Kind),
			slices.Contains(n.Except, r.Kind),
			n.Normative && !r.Normative,
			holdsAny(w.t.Clean().S, n.Said):
			continue
		}
		b, e := w.titleAt()
		w.say(n.Rule, b, e)
	}
}

// interpretation looks for documents without the interpretation they are owed, and
// for interpretations of nothing.
func (w *work) interpretation(r *rule.Record) {
	b, e := w.titleAt()
	if r.Kind == "interpretation" && r.Interprets != nil && len(r.Interprets) == 0 {
		w.say("element.interprets", b, e)
	}
	if !r.Normative || r.Interpretations == nil || len(r.Interpretations) > 0 || repeals(w.f.Title) {
		return
	}
	x := w.find("element.interpretation", b, e)
	switch public := r.Elements[rule.Published]; {
	case public == "":
		// It is still being written; the interpretation goes out together with it.
		x.Tier, x.Severity = rule.C, rule.Hint
		x.Message = "解读材料应当与文件同步组织、同步审签、同步公开，请一并准备"
	case r.Today == "" || !longPast(public, r.Today):
		return
	}
	w.report(x)
}
