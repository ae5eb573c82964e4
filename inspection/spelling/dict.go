package spelling

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
	"unicode/utf8"

	"gongkai/inspection/rule"
	"gongkai/internal/zh"
)

//go:embed data/words.tsv
var wordData string

//go:embed data/spelling.json
var packData []byte

// A Checker finds wrong words. It may be shared.
type Checker struct {
	pack    *rule.Pack
	wrong   []string
	right   []string
	rules   []*rule.Rule // by pattern: what a match is
	matcher *zh.Matcher
	cutter  func() *zh.Segmenter
}

// New returns the family of rules on spelling.
func New() *Checker {
	p, err := rule.ParsePack(packData)
	if err != nil {
		panic(err)
	}
	dict, variant := p.Rule("typo.dict"), p.Rule("typo.form")
	c := &Checker{pack: p, cutter: sync.OnceValue(func() *zh.Segmenter { return zh.NewSegmenter() })}
	for line := range strings.Lines(wordData) {
		f := strings.Split(strings.TrimSpace(line), "\t")
		if strings.HasPrefix(line, "#") || len(f) < 2 {
			continue
		}
		r := dict
		if len(f) > 2 && f[2] == "form" {
			r = variant
		}
		c.wrong, c.right, c.rules = append(c.wrong, f[0]), append(c.right, f[1]), append(c.rules, r)
	}
	c.matcher = zh.NewMatcher(c.wrong, nil)
	return c
}

// Pack is the rules of the family.
func (c *Checker) Pack() *rule.Pack { return c.pack }

// Check reports the wrong words in a text.
func (c *Checker) Check(f *rule.File, t *rule.Text, report func(rule.Finding)) {
	c.matcher.Each(t.S, func(m zh.Match) bool {
		if c.apart(t.S, m.Start, m.End) {
			x := t.Find(c.rules[m.Pattern], m.Start, m.End)
			x.Suggest = []string{c.right[m.Pattern]}
			x.Message = fmt.Sprintf(x.Message, c.right[m.Pattern])
			report(x)
		}
		return true
	})
}

// around is how many characters beside a match are cut into words to see whether
// one of them reaches into it.
const around = 6

// apart tells whether no word of the text crosses the borders of s[b:e].
func (c *Checker) apart(s string, b, e int) bool {
	from, to := b, e
	for range around {
		r, n := utf8.DecodeLastRuneInString(s[:from])
		if n == 0 || r < 0x2E80 {
			break
		}
		from -= n
	}
	for range around {
		r, n := utf8.DecodeRuneInString(s[to:])
		if n == 0 || r < 0x2E80 {
			break
		}
		to += n
	}
	for _, w := range c.cutter().Cut(nil, s[from:to]) {
		start, end := from+w.Start, from+w.End
		if start < b && end > b || start < e && end > e {
			return false
		}
	}
	return true
}
