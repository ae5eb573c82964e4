package coordination

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"gongkai/org"
)

// Suggestion is a unit whose name stands in a text, so that the text may touch
// its matters. Whether it does is for people to say.
type Suggestion struct {
	Unit  org.ID
	Name  string // as it is written there first
	Count int    // how often it is named
	Where string // the words around the first place
}

// around is how many characters of context a suggestion shows on each side.
const around = 14

// Suggest finds the units of the tree that texts name, by full or usual name,
// the most often named first. A name inside a longer one is not a hit: the town
// in the name of its school board is not named. The unit itself, closed units
// and the government all units of the tree belong to are left out: what concerns
// every unit's superior is reported to it and not discussed with it.
func Suggest(tree *org.Tree, self org.ID, texts ...string) []Suggestion {
	type name struct {
		text string
		unit org.ID
	}
	var names []name
	root := tree.Root(self).ID
	for _, u := range tree.All() {
		for _, n := range []string{u.Name, u.Short} {
			if utf8.RuneCountInString(n) >= 3 {
				names = append(names, name{n, u.ID})
			}
		}
	}
	// The longest first, so that what it covers is taken before a shorter name
	// inside it is looked for.
	slices.SortStableFunc(names, func(a, b name) int { return cmp.Compare(len(b.text), len(a.text)) })
	found := map[org.ID]*Suggestion{}
	var order []org.ID
	for _, text := range texts {
		taken := make([]bool, len(text))
		for _, n := range names {
			for from := 0; ; {
				i := strings.Index(text[from:], n.text)
				if i < 0 {
					break
				}
				start := from + i
				end := start + len(n.text)
				from = end
				if taken[start] || taken[end-1] {
					continue
				}
				for j := start; j < end; j++ {
					taken[j] = true
				}
				u, err := tree.Get(n.unit)
				if err != nil || !u.Active || u.ID == self || u.ID == root {
					continue
				}
				s := found[u.ID]
				if s == nil {
					s = &Suggestion{Unit: u.ID, Name: n.text, Where: excerpt(text, start, end)}
					found[u.ID], order = s, append(order, u.ID)
				}
				s.Count++
			}
		}
	}
	out := make([]Suggestion, len(order))
	for i, id := range order {
		out[i] = *found[id]
	}
	slices.SortStableFunc(out, func(a, b Suggestion) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Unit, b.Unit))
	})
	return out
}

// excerpt is the words around a place, on one line.
func excerpt(text string, start, end int) string {
	before, after := []rune(text[:start]), []rune(text[end:])
	head, tail := "", ""
	if len(before) > around {
		before, head = before[len(before)-around:], "…"
	}
	if len(after) > around {
		after, tail = after[:around], "…"
	}
	return head + strings.Join(strings.Fields(string(before)+text[start:end]+string(after)), " ") + tail
}
