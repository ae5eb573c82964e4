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

// From which probability a suspicion is shown. What that costs in false alarms is
// measured in testdata/quality.md.
const (
	likely     = 0.971
	likelyGap  = 0.98 // a character left out or typed twice
	likelyLone = 0.99 // and one character left of a word: many words are shortened so
)

var detector = sync.OnceValue(func() *suspect.Detector { return suspect.New(likely) })

// suspects reports what statistics suspect, unless the text itself speaks for it.
func (c *Checker) suspects(s string, stopped func() bool, free func(b, e int) bool, say func(r *rule.Rule, b, e int, right string, sure float64)) {
	detector().FindUntil(s, stopped, func(x suspect.Suspicion) {
		if !free(x.Start, x.End) || named(s, x.Start, x.End, x.Right) {
			return
		}
		code, from := "typo.suspect", x.Start
		switch {
		case x.Echo:
			say(c.pack.Rule("typo.echo"), x.Start, x.End, x.Right, x.Probability)
			return
		case x.Lone():
			code = "typo.dropped"
			if x.Probability < likelyLone {
				return
			}
			// Whether the text has the one character elsewhere says nothing: it is asked
			// for with the one before it.
			_, n := utf8.DecodeLastRuneInString(s[:from])
			from -= n
		case x.Gap():
			code = "typo.dropped"
			if x.Like == suspect.Twice {
				code = "typo.doubled"
			}
			if x.Probability < likelyGap {
				return
			}
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
