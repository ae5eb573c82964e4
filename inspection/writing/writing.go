package writing

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
	"unicode/utf8"

	"gongkai/inspection/rule"
	"gongkai/internal/zh"
)

//go:embed data/writing.json
var data []byte

// A Checker finds slips of the pen. It may be shared.
type Checker struct {
	pack   *rule.Pack
	rules  map[string]*rule.Rule
	cutter func() *zh.Segmenter
}

// New returns the family of rules on writing.
func New() *Checker {
	p, err := rule.ParsePack(data)
	if err != nil {
		panic(err)
	}
	c := &Checker{pack: p, rules: map[string]*rule.Rule{}, cutter: sync.OnceValue(func() *zh.Segmenter { return zh.NewSegmenter() })}
	for i := range p.Rules {
		c.rules[p.Rules[i].Code] = &p.Rules[i]
	}
	return c
}

// Pack is the rules of the family.
func (c *Checker) Pack() *rule.Pack { return c.pack }

// Check reports the slips in a text. What nobody sees printed (properties, comments)
// and what somebody else wrote has no style to judge.
func (c *Checker) Check(f *rule.File, t *rule.Text, report func(rule.Finding)) {
	if t.Hidden || f.Foreign {
		return
	}
	w := &work{c: c, t: t, file: f, report: report, stopped: f.Stopped}
	for _, look := range []func(){w.punctuation, w.mixed, func() { w.clean = t.Clean() }, w.numbers, w.blanks, w.sentences, w.headings, w.genre, w.zeros, w.columnSums, w.whole, func() { w.footerYear(w.t.S) }} {
		if f.Stopped() {
			return
		}
		look()
	}
}

// work is one text being judged.
type work struct {
	c      *Checker
	t      *rule.Text
	file   *rule.File
	clean  *rule.Clean
	report func(rule.Finding)
	// stopped tells whether nobody waits any more; what takes long asks it.
	stopped func() bool

	doubles map[string]bool // marks reported behind another
	stack   []opened        // see pairsIn
	paired  []int           // where marks stand that come in pairs

	commasSeen       int                     // full-width ones of the text
	told             map[string]bool         // residues reported
	crossed          bool                    // the text has ×, X or x
	wideZero         bool                    // it has Ｏ or ０
	fill             int                     // see toFill; 0 before it was asked
	swapped          int                     // the word swapped last ends here, in the clean text
	clause, sentence said                    // see mark
	marks            []mark                  // see marks
	dates            []yearAt                // years named, see yearsIn
	captions         map[string]map[int]bool // of tables and pictures, by 表 and 图
	cited            map[string]bool         // whose references were told
	years            []int                   // see yearsNamed; nil before it was asked
}

// say reports bytes b to e of the original.
func (w *work) say(code string, b, e int, suggest string, args ...any) {
	if code == "punct.quote" && w.aroundField(b, e) {
		return
	}
	r := w.c.rules[code]
	f := w.t.Find(r, b, e)
	if strings.Contains(r.Message, "%") {
		f.Message = fmt.Sprintf(r.Message, args...)
	}
	f.Suggest = []string{suggest}
	w.report(f)
}

// aroundField tells whether a straight quotation mark begins or ends a field of a table
// with commas, where it belongs to the file and not to the text.
func (w *work) aroundField(b, e int) bool {
	s := w.t.S
	return len(w.t.Places) > 0 && s[b:e] == `"` &&
		(b == 0 || strings.IndexByte(",\n\r", s[b-1]) >= 0 || strings.HasSuffix(s[:b], "\ufeff") || e == len(s) || strings.IndexByte(",\n\r", s[e]) >= 0)
}

// sayClean reports bytes b to e of the clean text.
func (w *work) sayClean(code string, b, e int, suggest string, args ...any) {
	from, to := w.clean.Origin(b, e)
	w.say(code, from, to, suggest, args...)
}

func before(s string, i int) rune {
	r, _ := utf8.DecodeLastRuneInString(s[:i])
	return r
}

func after(s string, i int) rune {
	r, _ := utf8.DecodeRuneInString(s[i:])
	return r
}
