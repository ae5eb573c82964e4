package spelling

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
	"unicode/utf8"

	"gongkai/inspection/rule"
	"gongkai/inspection/spelling/suspect"
	"gongkai/internal/zh"
)

//go:embed data/spelling.json
var packData []byte

// A Checker finds wrong words. It may be shared.
type Checker struct {
	pack   *rule.Pack
	wrong  []string
	right  []string
	rules  []*rule.Rule // by pattern: what a match is
	list   *list
	cutter func() *zh.Segmenter
}

// New returns the family of rules on spelling.
func New() *Checker {
	p, err := rule.ParsePack(packData)
	if err != nil {
		panic(err)
	}
	classes := map[string]*rule.Rule{"form": p.Rule("typo.form"), confused: p.Rule("typo.suspect")}
	c := &Checker{pack: p, cutter: sync.OnceValue(func() *zh.Segmenter { return zh.NewSegmenter() })}
	eachWord(func(wrong, right, class string) {
		r := classes[class]
		if r == nil {
			r = p.Rule("typo.dict")
		}
		c.wrong, c.right, c.rules = append(c.wrong, wrong), append(c.right, right), append(c.rules, r)
	})
	c.list = newList(c.wrong, c.right)
	return c
}

// confused is the class of words that stand for others of the same sound.
const confused = "confused"

// Pack is the rules of the family.
func (c *Checker) Pack() *rule.Pack { return c.pack }

// Check reports the wrong words in a text.
func (c *Checker) Check(f *rule.File, t *rule.Text, report func(rule.Finding)) {
	clean := t.Clean()
	say := func(r *rule.Rule, b, e int, right string, sure float64) {
		from, to := clean.Origin(b, e)
		if r.Code == "typo.doubled" && strings.Contains(t.S[from:to], "\n") {
			return // a word ends the line and begins the next: cells of a table, items of a list
		}
		x := t.Find(r, from, to)
		x.Suggest, x.Confidence = []string{right}, sure
		x.Message = fmt.Sprintf(x.Message, right)
		report(x)
	}
	known := newStretches(len(clean.S)) // places that are explained
	c.list.each(clean.S, func(m match) {
		r := c.rules[m.word]
		// One slip makes several forms of a phrase wrong: 优化营赏, 营赏环境.
		if !f.Stopped() && !known.touches(c.slip(m)) && c.apart(clean.S, m.start, m.end) && !(r.Tier == rule.B && defends(f.Usage, clean.S, m, c.right[m.word])) {
			say(r, m.start, m.end, c.right[m.word], r.Confidence)
			known.add(m.start, m.end)
		}
	})
	free := func(b, e int) bool { return !f.Stopped() && !known.touches(b, e) }
	idiom := c.pack.Rule("typo.idiom")
	fixedWords().each(clean.S, func(b, e int, right string) {
		if free(b, e) && c.apart(clean.S, b, e) && !suspect.Protected(clean.S, b, e) {
			say(idiom, b, e, right, idiom.Confidence)
			known.add(b, e)
		}
	})
	title := c.pack.Rule("typo.title")
	lawTitles().each(clean.S, func(b, e int, right string) {
		if free(b, e) {
			say(title, b, e, right, title.Confidence)
			known.add(b, e)
		}
	})
	if f.Wants(statistical...) {
		c.suspects(f, clean.S, free, say)
	}
}

// statistical are the rules for which the model of the language is asked, which takes
// most of the time.
var statistical = []string{"typo.suspect", "typo.echo", "typo.doubled", "typo.dropped"}

// slip is where a match differs from what is right, as far as it can be seen from the
// front.
func (c *Checker) slip(m match) (b, e int) {
	wrong, right := c.wrong[m.word], c.right[m.word]
	k := 0
	for k < len(wrong)-1 && k < len(right) && wrong[k] == right[k] {
		k++
	}
	return m.start + k, m.start + k + 1
}

// stretches are places of a text. A text made of nothing but slips has millions, so
// each byte has a bit, once there is one at all.
type stretches struct {
	bits []uint64
	size int
}

func newStretches(size int) *stretches { return &stretches{size: size} }

func (x *stretches) add(b, e int) {
	if x.bits == nil {
		x.bits = make([]uint64, x.size/64+1)
	}
	for i := b; i < e; i++ {
		x.bits[i/64] |= 1 << (i % 64)
	}
}

// touches tells whether a place shares a byte with one of them.
func (x *stretches) touches(b, e int) bool {
	for i := b; x.bits != nil && i < e; i++ {
		if x.bits[i/64]>>(i%64)&1 != 0 {
			return true
		}
	}
	return false
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
