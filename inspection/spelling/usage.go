package spelling

import (
	"unicode/utf8"

	"gongkai/inspection/rule"
	"gongkai/inspection/spelling/suspect"
)

// The texts of a site say what is usual there, on either side: a phrase that many of
// them have is no slip, and one that none has where many have what is proposed is more
// likely to be one.

// A hearing is what the site says of a suspicion.
type hearing int

const (
	unheard  hearing = iota // it says nothing
	defended                // the site writes so
	accused                 // the site writes what is proposed
)

const (
	// manyTexts is from how many texts a phrase is usage, the text itself among them
	// if it is published.
	manyTexts = 3
	// fewestTexts is how many texts make a site; fewer say nothing.
	fewestTexts = 50
)

// hear asks how the site writes s[x.Start:x.End] and what is proposed for it.
func hear(site rule.Usage, s string, x *suspect.Suspicion) hearing {
	before, _ := utf8.DecodeLastRuneInString(s[:x.Start])
	behind, _ := utf8.DecodeRuneInString(s[x.End:])
	typed, meant := standing(site, before, x.Wrong, behind), standing(site, before, x.Right, behind)
	switch {
	case typed >= manyTexts && meant < 4*typed:
		return defended
	case meant >= manyTexts && typed <= 1:
		return accused
	}
	return unheard
}

// defends tells whether the site writes what is only suspected to be wrong.
func defends(site rule.Usage, s string, m match, right string) bool {
	return site != nil && site.Of() >= fewestTexts && hear(site, s, &suspect.Suspicion{Start: m.start, End: m.end, Wrong: s[m.start:m.end], Right: right}) == defended
}

// standing returns in how many texts a stretch stands beside its neighbours.
func standing(site rule.Usage, before rune, stretch string, behind rune) int {
	if han(before) {
		stretch = string(before) + stretch
	}
	if han(behind) {
		stretch += string(behind)
	}
	return site.Texts(stretch)
}

func han(r rune) bool { return r >= 0x4E00 && r <= 0x9FFF }
