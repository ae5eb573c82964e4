package citation

import (
	_ "embed"
	"slices"
	"strings"
	"unicode/utf8"
)

//go:embed data/names.tsv
var nameData string

// names are the titles of all laws and regulations that any list knows, in force or
// not, without 中华人民共和国.
type names struct {
	known map[string]bool
	pairs map[[2]rune][]int // pairs of characters → titles that have them
	all   [][]rune
}

// collect makes the names of a checker from all its lists.
func (c *Checker) collect() *names {
	n := &names{known: map[string]bool{}, pairs: map[[2]rune][]int{}}
	add := func(title string) {
		title = strings.TrimPrefix(title, state)
		if n.known[title] || title == "" {
			return
		}
		n.known[title] = true
		if !lawLike(title) {
			return
		}
		r := []rune(title)
		for i := 1; i < len(r); i++ {
			p := [2]rune{r[i-1], r[i]}
			if list := n.pairs[p]; len(list) == 0 || list[len(list)-1] != len(n.all) {
				n.pairs[p] = append(n.pairs[p], len(n.all))
			}
		}
		n.all = append(n.all, r)
	}
	var titles []string
	for _, data := range []string{articleData, knownData, repealedData, replacedData, versionData, nameData} {
		for _, f := range rows(data) {
			titles = append(titles, f[0])
		}
	}
	for _, x := range c.repealed {
		titles = append(titles, x.successor)
	}
	slices.Sort(titles)
	for _, t := range titles {
		add(t)
	}
	return n
}

// lawLike tells whether a title is that of a law or regulation.
func lawLike(title string) bool {
	return strings.HasSuffix(title, "法") || strings.HasSuffix(title, "条例")
}

// Below these many characters titles are too like each other, with and without 中华人民
// 共和国 before them.
const (
	shortState = 3
	shortBare  = 8
)

// nearest returns the one title that a writer can have meant who wrote another, "" if
// none or several. Without 中华人民共和国 it may be a title of the place, so only
// characters left out or put in, or one exchanged, are a slip.
func (n *names) nearest(bare string, ofState bool) string {
	r := []rune(bare)
	if len(r) < shortState || !ofState && len(r) < shortBare {
		return ""
	}
	shared := map[int]int{}
	for i := 1; i < len(r); i++ {
		for _, t := range n.pairs[[2]rune{r[i-1], r[i]}] {
			shared[t]++
		}
	}
	best, least, several := -1, 3, false
	for t, k := range shared {
		x := n.all[t]
		if k < max(len(r)/2-1, 1) {
			continue
		}
		d := distance(r, x)
		if d == 0 || d*3 > len(r) && !(ofState && d <= 2 && len(x) > len(r) && oneGap(r, x)) || !ofState && !(d == 1 && len(x) == len(r) || oneGap(r, x)) {
			continue
		}
		switch {
		case d < least:
			best, least, several = t, d, false
		case d == least:
			several = true
		}
	}
	if best < 0 || several {
		return ""
	}
	return string(n.all[best])
}

// distance is how many characters have to be left out, put in or exchanged, 3 standing
// for more than two.
func distance(a, b []rune) int {
	if len(a)-len(b) > 2 || len(b)-len(a) > 2 {
		return 3
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j, y := range b {
			cost := diagonal
			if x != y {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(row[j+1]+1, row[j]+1, cost)
		}
	}
	return min(row[len(b)], 3)
}

// oneGap tells whether the longer title is the shorter one with one stretch put in.
func oneGap(a, b []rune) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) == len(b) {
		return false
	}
	head := 0
	for head < len(a) && a[head] == b[head] {
		head++
	}
	tail := 0
	for tail < len(a)-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	return head+tail == len(a)
}

// manyNames is beyond how many titles no list has no document names.
const manyNames = 400

// localWords are in titles of a place's own regulations.
const localWords = "省市县区州盟旗港澳"

// misnamed judges a title that no list has.
func (w *work) misnamed(title string, b, e int) {
	bare, ofState := strings.CutPrefix(title, state)
	if !lawLike(bare) || utf8.RuneCountInString(bare) < shortState || utf8.RuneCountInString(bare) > 40 {
		return
	}
	n := w.c.names()
	if n.known[bare] {
		return
	}
	s := w.s.S
	if !ofState {
		lead := []rune(bare)
		if strings.ContainsAny(string(lead[:min(len(lead), 8)]), localWords) {
			return
		}
		if p, _ := utf8.DecodeLastRuneInString(s[:b]); strings.ContainsRune(localWords+"我本", p) {
			return
		}
	}
	if w.historic(b, e, "2000-01-01") || holdsAny(s[max(0, b-24):b], "起草", "制定", "审议", "立法", "革命") || holdsAny(s[e:min(len(s), e+18)], "草案", "已由", "（草案") {
		return
	}
	right, asked := w.near[title]
	if !asked && len(w.near) < manyNames {
		if w.near == nil {
			w.near = map[string]string{}
		}
		right = n.nearest(bare, ofState)
		w.near[title] = right
	}
	if right != "" {
		if ofState {
			right = state + right
		}
		w.say("cite.name", b, e, "《"+right+"》", right)
	}
}

func holdsAny(s string, all ...string) bool {
	return slices.ContainsFunc(all, func(x string) bool { return strings.Contains(s, x) })
}
