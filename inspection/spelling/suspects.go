package spelling

import (
	"math"
	"strings"
	"sync"

	"gongkai/inspection/rule"
	"gongkai/inspection/spelling/suspect"
	"gongkai/internal/zh"
)

// likely is from which probability a suspicion is shown. What that costs in false
// alarms is measured in testdata/quality.md.
const likely = 0.97

var detector = sync.OnceValue(func() *suspect.Detector { return suspect.New(likely) })

// suspects reports what statistics suspect, unless the text itself speaks for it.
func (c *Checker) suspects(s string, free func(b, e int) bool, say func(r *rule.Rule, b, e int, right string, sure float64)) {
	r, echo := c.pack.Rule("typo.suspect"), c.pack.Rule("typo.echo")
	detector().Find(s, func(x suspect.Suspicion) {
		if x.Echo {
			if free(x.Start, x.End) {
				say(echo, x.Start, x.End, x.Right, x.Probability)
			}
			return
		}
		if free(x.Start, x.End) && !usual(s[max(0, x.Start-wide):min(len(s), x.End+wide)], x.Wrong, x.Right) {
			say(r, x.Start, x.End, x.Right, math.Floor(x.Probability*100)/100)
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
