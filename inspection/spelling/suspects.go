package spelling

import (
	"math"
	"strings"
	"sync"
	"unicode/utf8"

	"gongkai/inspection/rule"
	"gongkai/inspection/spelling/suspect"
	"gongkai/internal/zh"
)

// From which probability a suspicion is shown, and from which if the site writes what
// is proposed. What that costs in false alarms is measured in testdata/quality.md.
var (
	exchanged = threshold{0.971, 0.92}
	gap       = threshold{0.98, 0.95} // a character left out or typed twice
	lone      = threshold{0.99, 0.97} // and one character left of a word: many words are shortened so
)

type threshold struct{ likely, heard float64 }

var detector = sync.OnceValue(func() *suspect.Detector { return suspect.New(exchanged.likely) })

// suspects reports what statistics suspect in the clean form of a text, unless the text
// itself or the site speaks for it.
func (c *Checker) suspects(f *rule.File, s string, free func(b, e int) bool, say func(r *rule.Rule, b, e int, right string, sure float64)) {
	site, least := f.Usage, exchanged.likely
	if site != nil && site.Of() < fewestTexts {
		site = nil
	}
	if site != nil {
		least = exchanged.heard
	}
	detector().FindFrom(s, least, f.Stopped, func(x suspect.Suspicion) {
		if !free(x.Start, x.End) || named(s, x.Start, x.End, x.Right) {
			return
		}
		code, from, limit := "typo.suspect", x.Start, exchanged
		switch {
		case x.Echo:
			say(c.pack.Rule("typo.echo"), x.Start, x.End, x.Right, x.Probability)
			return
		case x.Like == suspect.Twice:
			code, limit = "typo.doubled", gap
		case x.Lone():
			code, limit = "typo.dropped", lone
			// Whether the text has the one character elsewhere says nothing: it is asked
			// for with the one before it.
			_, n := utf8.DecodeLastRuneInString(s[:from])
			from -= n
		case x.Gap():
			code, limit = "typo.dropped", gap
		}
		least := limit.likely
		if site != nil {
			switch hear(site, s, &x) {
			case defended:
				return
			case accused:
				least = limit.heard
			}
		}
		if x.Probability < least {
			return
		}
		before := s[from:x.Start]
		if !usual(s[max(0, from-wide):min(len(s), x.End+wide)], before+x.Wrong, before+x.Right) {
			say(c.pack.Rule(code), x.Start, x.End, x.Right, math.Floor(x.Probability*100)/100)
		}
	})
}

// wide is how many bytes to each side are asked for how the text writes a form.
const wide = 100_000

// usual tells whether a form is one the text uses on purpose: it stands there more
// than once, and is a word or not clearly outnumbered by what it should be.
func usual(s, form, right string) bool {
	n := strings.Count(s, form)
	if n < 2 {
		return false
	}
	words, _ := zh.Dictionary()
	_, word := words.Lookup(form)
	return word || strings.Count(s, right) < 3*n
}
