package wording

import (
	_ "embed"
	"fmt"
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
	//go:embed data/institutions.tsv
	institutionData string
	//go:embed data/terms.tsv
	termData string
	//go:embed data/phrases.txt
	phraseData string
)

// A Checker finds words that should not be used. It may be shared.
type Checker struct {
	pack                              *rule.Pack
	institution, term, phrase, leader *rule.Rule

	lists   []listed
	matcher *zh.Matcher
	near    *nearMisses
	cutter  func() *zh.Segmenter
}

// A listed word stands in one of the lists.
type listed struct {
	rule     *rule.Rule
	word     string
	use, why string
	since    string
	titles   bool // also wrong inside 《》
}

// New returns the family of rules on wording.
func New() *Checker {
	p, err := rule.ParsePack(packData)
	if err != nil {
		panic(err)
	}
	c := &Checker{pack: p, institution: p.Rule("wording.institution"), term: p.Rule("wording.term"), phrase: p.Rule("wording.phrase"), leader: p.Rule("wording.leader"),
		cutter: sync.OnceValue(func() *zh.Segmenter { return zh.NewSegmenter() })}
	for _, f := range rows(institutionData) {
		c.lists = append(c.lists, listed{rule: c.institution, word: f[0], use: f[1], why: f[3], since: f[2]})
	}
	for _, f := range rows(termData) {
		c.lists = append(c.lists, listed{rule: c.term, word: f[0], use: f[1], why: f[2], titles: len(f) > 3 && f[3] == "title"})
	}
	var words []string
	for _, l := range c.lists {
		words = append(words, l.word)
	}
	c.matcher = zh.NewMatcher(words, nil)
	var phrases []string
	for _, f := range rows(phraseData) {
		phrases = append(phrases, f[0])
	}
	c.near = newNearMisses(phrases)
	return c
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
	s := t.Clean()
	date, dated := f.Date, true
	if date == "" {
		date = latestYear(s.S)
		dated = date != ""
	}
	say := func(r *rule.Rule, b, e int, suggest string, args ...any) {
		from, to := s.Origin(b, e)
		x := t.Find(r, from, to)
		if r == c.institution && !dated {
			x.Tier, x.Severity = rule.C, rule.Hint // the text may be old
		}
		x.Message = fmt.Sprintf(r.Message, args...)
		x.Suggest = []string{suggest}
		report(x)
	}
	end := 0
	c.matcher.Each(s.S, func(m zh.Match) bool {
		l := &c.lists[m.Pattern]
		switch {
		case m.Start < end || !l.titles && quoted(s.S, m.Start) || !c.apart(s.S, m.Start, m.End):
		case l.rule == c.term:
			say(l.rule, m.Start, m.End, l.use, l.use, l.why)
			end = m.End
		case !strings.HasPrefix(s.S[m.End:], "门") && !past(s.S, m.Start, m.End, date, l.since) && !strings.HasSuffix(s.S[:m.Start], "原") && !strings.HasSuffix(s.S[:m.Start], "（原"):
			say(l.rule, m.Start, m.End, l.use, l.word, chineseDay(l.since), l.use)
			end = m.End
		}
		return true
	})
	c.near.each(s.S, func(b, e int, phrase string) {
		if b >= end && c.apart(s.S, b, e) && !c.meant([]rune(phrase), s.S[b:e]) {
			say(c.phrase, b, e, phrase, phrase)
		}
	})
	c.leaders(f, s.S, say)
}

// quoted tells whether the place stands inside 《》: the title of a document keeps
// the words it was given.
func quoted(s string, b int) bool {
	before := s[max(0, b-240):b]
	return strings.LastIndex(before, "《") > strings.LastIndex(before, "》")
}

// past tells whether the sentence speaks of a day before since: a year stands in
// it that is earlier, or the document itself is.
func past(s string, b, e int, date, since string) bool {
	if date != "" && date < since {
		return true
	}
	from := max(0, b-120)
	if k := strings.LastIndexAny(s[from:b], "。\n；"); k >= 0 {
		from += k
	}
	window := s[from:min(len(s), e+60)]
	for i := 0; i+4 < len(window); i++ {
		if (window[i:i+2] == "20" || window[i:i+2] == "19") && strings.Trim(window[i:i+4], "0123456789") == "" &&
			(strings.HasPrefix(window[i+4:], "年") || strings.HasPrefix(window[i+4:], "〕") || strings.HasPrefix(window[i+4:], "]")) {
			return window[i:i+4] < since[:4]
		}
	}
	return false
}

// latestYear returns the end of the latest year a text speaks of, "" if of none.
func latestYear(s string) string {
	best := ""
	for i := 0; ; {
		k := strings.Index(s[i:], "年")
		if k < 0 {
			break
		}
		i += k
		if i >= 4 && (s[i-4:i-2] == "20" || s[i-4:i-2] == "19") && strings.Trim(s[i-4:i], "0123456789") == "" && s[i-4:i] > best {
			best = s[i-4 : i]
		}
		i += len("年")
	}
	if best == "" {
		return ""
	}
	return best + "-12-31"
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
