package wording

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"gongkai/inspection/rule"
	"gongkai/internal/zh"
)

var (
	//go:embed data/wording.json
	packData []byte
	//go:embed data/phrases.txt
	phraseData string
	//go:embed data/formulas.txt
	formulaData string
)

// A Checker finds words that should not be used. It may be shared.
type Checker struct {
	pack                              *rule.Pack
	institution, term, phrase, leader *rule.Rule
	place, order, post, full          *rule.Rule
	formula, meeting                  *rule.Rule

	lists  []listed
	near   *nearMisses
	places *places

	// words are all of the lists in one pass; sorts say what the word of a number is.
	words  *rule.Words
	sorts  []sort
	cutter func() *zh.Segmenter
}

// sort says which list a word is of, and which of that list.
type sort struct {
	list list
	n    int
	word string
}

type list uint8

const (
	inLists  list = iota // institutions and terms
	inHalves             // halves of phrases
	inParents
	inChildren
	inAbolished
	inMeetings
	inRegions
)

// New returns the family of rules on wording.
func New() *Checker {
	p, err := rule.ParsePack(packData)
	if err != nil {
		panic(err)
	}
	c := &Checker{pack: p, institution: p.Rule("wording.institution"), term: p.Rule("wording.term"), phrase: p.Rule("wording.phrase"), leader: p.Rule("wording.leader"),
		place: p.Rule("wording.place"), order: p.Rule("wording.order"), post: p.Rule("wording.post"), full: p.Rule("wording.fullname"),
		formula: p.Rule("wording.formula"), meeting: p.Rule("wording.meeting"),
		places: newPlaces(), cutter: sync.OnceValue(func() *zh.Segmenter { return zh.NewSegmenter() })}
	c.loadLists()
	var phrases []string
	for _, f := range rows(phraseData) {
		phrases = append(phrases, f[0])
	}
	for _, f := range rows(formulaData) {
		for _, x := range spread(f[0]) {
			phrases = append(phrases, strictly+x)
		}
	}
	c.near = newNearMisses(phrases)
	c.join()
	return c
}

// join makes the one finder of all words.
func (c *Checker) join() {
	var words []string
	add := func(l list, n int, word string) {
		words = append(words, word)
		c.sorts = append(c.sorts, sort{l, n, word})
	}
	for i, l := range c.lists {
		add(inLists, i, l.word)
	}
	for i, h := range c.near.halves {
		add(inHalves, i, h.word)
	}
	parents, children := c.places.names()
	for i, name := range parents {
		add(inParents, i, name)
	}
	for i, name := range children {
		add(inChildren, i, name)
	}
	for i, x := range c.places.gone {
		if utf8.RuneCountInString(x.name) >= 2 {
			add(inAbolished, i, x.name)
		}
	}
	for i, x := range meetingWords {
		add(inMeetings, i, x)
	}
	for i, x := range regionWords {
		add(inRegions, i, x)
	}
	c.words = rule.NewWords(words)
}

// rows reads a list: fields between tabs, lines with # are notes.
func rows(data string) (all [][]string) {
	for line := range strings.Lines(data) {
		if line = strings.TrimRight(line, "\r\n"); line != "" && !strings.HasPrefix(line, "#") {
			all = append(all, strings.Split(line, "\t"))
		}
	}
	return all
}

// Pack is the rules of the family.
func (c *Checker) Pack() *rule.Pack { return c.pack }

// Check reports the words in a text that the lists speak of.
func (c *Checker) Check(f *rule.File, t *rule.Text, report func(rule.Finding)) {
	if f.Foreign || t.Hidden {
		return
	}
	w := &work{c: c, f: f, t: t, s: t.Clean(), report: report}
	s := w.s.S
	near := nears{nearMisses: c.near, s: s}
	seen, stopped := 0, false
	c.words.Each(s, func(n, at int) {
		if seen++; seen%seldom == 0 {
			stopped = f.Stopped()
		}
		if stopped {
			return
		}
		x := &c.sorts[n]
		switch e := at + len(x.word); x.list {
		case inLists:
			w.listed(&c.lists[x.n], at, e)
		case inHalves:
			near.half(x.n, at)
		case inParents:
			w.below(x.word, at, e)
			w.above(x.word, at)
		case inChildren:
			w.above(x.word, at)
		case inAbolished:
			w.abolishedAt(c.places.gone[x.n], at, e)
		case inMeetings:
			w.meetingAt(at, e)
		case inRegions:
			w.regionsAt(x.word, at, e)
		}
	})
	near.each(f.Stopped, func(b, e int, x *half) {
		switch phrase := c.near.texts[x.phrase]; {
		case f.Stopped() || w.explained(b):
		case x.strict:
			if c.apart(s, b, e) && certain(s, b, e, phrase) {
				w.say(c.formula, b, e, phrase, inner.Replace(phrase))
			}
		case c.apart(s, b, e) && !c.meant([]rune(phrase), s[b:e]) && !c.whole(phrase, s[b:e]):
			w.say(c.phrase, b, e, phrase, phrase)
		}
	})
	if f.Stopped() {
		return
	}
	if len(f.Names) > 0 || len(f.Units) > 1 {
		w.sights = w.sighted()
	}
	if len(f.Names) > 0 {
		w.leaders()
		w.roster()
	}
	w.fullName()
}

// work is one text being judged.
type work struct {
	c      *Checker
	f      *rule.File
	t      *rule.Text
	s      *rule.Clean
	report func(rule.Finding)

	day   string // see today
	asked bool
	found [][2]int // places of listed words, in order

	sights *sights // of the file's leaders and units
}

// today is the day the text speaks from, "" if unknown.
func (w *work) today() string {
	if !w.asked {
		w.day, w.asked = w.f.Day(w.t), true
	}
	return w.day
}

// say reports bytes b to e of the clean text.
func (w *work) say(r *rule.Rule, b, e int, suggest string, args ...any) {
	w.sayOf(r, false, b, e, suggest, args...)
}

// sayOf is say, and may lower what is found to a hint.
func (w *work) sayOf(r *rule.Rule, hint bool, b, e int, suggest string, args ...any) {
	from, to := w.s.Origin(b, e)
	x := w.t.Find(r, from, to)
	if hint {
		x.Tier, x.Severity = rule.C, rule.Hint
	}
	x.Message = fmt.Sprintf(r.Message, args...)
	x.Suggest = []string{suggest}
	w.report(x)
}

// inner are the quotation marks of what is quoted.
var inner = strings.NewReplacer("“", "‘", "”", "’")

// explained tells whether a listed word covers the place.
func (w *work) explained(b int) bool {
	i, _ := slices.BinarySearchFunc(w.found, b, func(x [2]int, b int) int { return x[1] - b - 1 })
	return i < len(w.found) && w.found[i][0] <= b && b < w.found[i][1]
}

// listed judges a word of the lists at the bytes b to e.
func (w *work) listed(l *listed, b, e int) {
	s := w.s.S
	if n := len(w.found); n > 0 && b < w.found[n-1][1] {
		return
	}
	x, y, ok := l.place(s, b, e)
	if !ok || !l.titles && quoted(s, b) || !w.c.apart(s, b, e) && !(l.inWords && w.c.begins(s, b, e)) {
		return
	}
	r := l.rule
	if r == w.c.term {
		if !l.quoted && !strings.HasPrefix(l.word, "“") && inSpeech(s, b) {
			return
		}
		w.found = append(w.found, [2]int{b, e})
		w.sayOf(r, l.hint, x, y, l.use, l.use, l.why)
		return
	}
	w.found = append(w.found, [2]int{b, e}) // right or not, what it consists of is not judged
	day := w.today()
	if day != "" && day < l.since || rule.Past(s, b, e, l.since) || formerly(s, b, e) || mentionsChange(s, b, e, reforms) {
		return
	}
	w.sayOf(r, l.hint || day == "", x, y, l.use, l.word, chineseDay(l.since), l.use) // without a day the text may be old
}

// quoted tells whether the place stands inside 《》: the title of a document keeps
// the words it was given.
func quoted(s string, b int) bool {
	before := s[max(0, b-240):b]
	return strings.LastIndex(before, "《") > strings.LastIndex(before, "》")
}

func chineseDay(day string) string {
	y, m, d := day[:4], strings.TrimPrefix(day[5:7], "0"), strings.TrimPrefix(day[8:], "0")
	return y + "年" + m + "月" + d + "日"
}

// meant tells whether what looks like a phrase with one character exchanged is
// other words: 高质量开展 is no 高质量发展, because 开展 is a word of another sound.
func (c *Checker) meant(phrase []rune, s string) bool {
	got := []rune(s)
	if len(got) != len(phrase) || oneOff(phrase, got) {
		return false
	}
	for _, w := range c.cutter().Cut(nil, s) {
		if utf8.RuneCountInString(s[w.Start:w.End]) == 1 {
			return false
		}
	}
	return true
}

// whole tells whether a phrase without its last character is words of its own: 应急管理
// of 应急管理局, but not 贯彻执 of 贯彻执行.
func (c *Checker) whole(phrase, s string) bool {
	if !strings.HasPrefix(phrase, s) {
		return false
	}
	all := c.cutter().Cut(nil, s)
	return len(all) == 0 || utf8.RuneCountInString(s[all[len(all)-1].Start:all[len(all)-1].End]) > 1
}

// begins tells whether no word of the text goes on at byte b; one that begins there
// may go on behind e: 弱智 in 弱智儿童.
func (c *Checker) begins(s string, b, e int) bool {
	from := b
	for range 5 {
		if r, n := utf8.DecodeLastRuneInString(s[:from]); unicode.Is(unicode.Han, r) {
			from -= n
		}
	}
	for _, w := range c.cutter().Cut(nil, s[from:min(len(s), e+15)]) {
		if from+w.Start < b && from+w.End > b {
			return false
		}
	}
	return true
}

// apart tells whether no word of the text crosses the borders of s[b:e].
func (c *Checker) apart(s string, b, e int) bool {
	from, to := b, e
	for range 5 {
		if r, n := utf8.DecodeLastRuneInString(s[:from]); unicode.Is(unicode.Han, r) {
			from -= n
		}
		if r, n := utf8.DecodeRuneInString(s[to:]); unicode.Is(unicode.Han, r) {
			to += n
		}
	}
	for _, w := range c.cutter().Cut(nil, s[from:to]) {
		x, y := from+w.Start, from+w.End
		if x < b && y > b || x < e && y > e {
			return false
		}
	}
	return true
}
