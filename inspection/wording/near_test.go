package wording

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"gongkai/inspection/rule/ruletest"
	"gongkai/inspection/spelling/sound"
)

// Every half of every phrase is compared at every place, without looking first
// whether it may be worth it; the quick way has to find the same.
func TestTheQuickSearchForNearMissesFindsWhatComparingEverywhereFinds(t *testing.T) {
	c := New()
	byWord := map[string][]int{}
	var lengths []int
	for i, h := range c.near.halves {
		byWord[h.word] = append(byWord[h.word], i)
		if !slices.Contains(lengths, len(h.word)) {
			lengths = append(lengths, len(h.word))
		}
	}
	slices.Sort(lengths)
	slices.Reverse(lengths)
	total := 0
	compare := func(s string) {
		quick, slow := nears{nearMisses: c.near, s: s}, nears{nearMisses: c.near, s: s}
		c.words.Each(s, func(n, at int) {
			if x := c.sorts[n]; x.list == inHalves {
				quick.half(x.n, at)
			}
		})
		for at := range s {
			for _, n := range lengths {
				if at+n <= len(s) {
					for _, half := range byWord[s[at:at+n]] {
						slow.compare(half, at)
					}
				}
			}
		}
		if !slices.Equal(quick.found, slow.found) || !slices.Equal(quick.right, slow.right) {
			t.Fatalf("in %q\n quick: %v and %d right\n slow: %v and %d right", s, quick.found, len(quick.right), slow.found, len(slow.right))
		}
		total += len(slow.found)
	}
	// Each phrase with each of its characters dropped, doubled and exchanged, between
	// others, in one text that ends in a line of other words.
	var b strings.Builder
	for k, p := range c.near.phrases {
		for i := range p {
			other := '的'
			if same := sound.Homophones(sound.Main(p[i])); len(same) > 0 {
				other = same[(k+i)%len(same)]
			}
			b.WriteString(string(p) + string(p[:i]) + string(p[i+1:]) + "，" + string(p[:i+1]) + string(p[i:]) + "的" + string(p[:i]) + string(other) + string(p[i+1:]) + "。" + string(p[:i]) + "\n")
		}
	}
	b.WriteString("以上各项。")
	compare(b.String())
	if slips := utf8.RuneCountInString(b.String()) / 100; total < slips {
		t.Errorf("%d near misses among planted ones, want at least %d", total, slips)
	}
	ruletest.Clean(t, 40*ruletest.Every(), func(s string) { compare(s + "\n以上各项。") })
}
