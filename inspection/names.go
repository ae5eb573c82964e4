package inspection

import (
	"regexp"
	"strings"
	"unicode"

	"gongkai/inspection/rule"
	"gongkai/org"
)

// names are what the house itself knows to be written so: its units, their sections
// and the codes of their documents, the places they are called after and lie in, who leads them, and the
// terms that Spell was told. Whatever statistics say of them, they are no slips.
// Names silence suspicions about spelling only: a unit that has been renamed is found
// all the same.
type names struct {
	tree  *org.Tree
	words *rule.Words
	sizes []int // of each word, in bytes
}

// leastName is how many characters a name has that silences anything.
const leastName = 2

// mostNames is how many names are kept; a city with all its villages has some ten
// thousand.
const mostNames = 50_000

func namesOf(tree *org.Tree, terms []string) *names {
	n := &names{tree: tree}
	had := map[string]bool{}
	var words []string
	add := func(least int, all ...string) {
		for _, s := range all {
			if s = strings.TrimSpace(s); han(s) < least || had[s] || len(words) == mostNames {
				continue
			}
			had[s] = true
			words = append(words, s)
			n.sizes = append(n.sizes, len(s))
		}
	}
	for _, u := range tree.All() {
		add(leastName, u.Name, u.Short)
		add(leastName, places(u.Name)...)
		add(leastName, places(u.Short)...)
		add(leastName, hanRun.FindAllString(u.Contact.Address, -1)...)
		add(leastName, places(u.Contact.Address)...)
		add(leastName, u.Contact.Office)
		add(leastName, strings.Split(u.Code, "、")...)
		for _, l := range u.Leaders {
			add(leastName, l.Name)
			add(leastName+2, l.Post)
		}
		for _, s := range u.Sections {
			add(leastName, s.Name)
		}
	}
	for _, t := range terms { // their parts too, but no everyday words
		add(leastName, t)
		add(leastName+2, hanRun.FindAllString(t, -1)...)
	}
	n.words = rule.NewWords(words)
	return n
}

var (
	hanRun = regexp.MustCompile(`\p{Han}+`)
	// placeName is a name that ends in what kind of place it is; a county is 县, a league 盟.
	placeName = regexp.MustCompile(`\p{Han}{2,}?(?:自治[州县旗区]|街道|社区|[省市州盟县区旗乡镇村路街巷])`)
)

// places are the places a name begins with, with and without what kind they are:
// "示例市明镜区人民政府" gives 示例市, 示例, 明镜区, 明镜 and 示例市明镜区.
func places(name string) []string {
	var all []string
	for _, run := range hanRun.FindAllString(name, -1) {
		end := 0
		for _, at := range placeName.FindAllStringIndex(run, -1) {
			if at[0] != end { // no longer places
				break
			}
			one := run[at[0]:at[1]]
			all = append(all, one, kindOfPlace.ReplaceAllString(one, ""))
			if end = at[1]; at[0] > 0 {
				all = append(all, run[:end])
			}
		}
	}
	return all
}

// kindOfPlace is what is left away in speaking of a place. 建设路 is not called 建设.
var kindOfPlace = regexp.MustCompile(`(?:自治[州县旗区]|街道|[省市州盟县区旗乡镇])$`)

// han counts the characters of a word that is made of Chinese characters, signs and
// digits; it is 0 for what begins with fewer than two Chinese characters, which no
// spelling is about.
func han(s string) int {
	n := 0
	for _, r := range s {
		if n < leastName && !unicode.Is(unicode.Han, r) {
			return 0
		}
		n++
	}
	return n
}

// spans are where names stand in the parts that have findings on spelling, in code
// points.
func (n *names) spans(f *rule.File, found []rule.Finding) map[string][][2]int {
	var all map[string][][2]int
	for _, x := range found {
		if n == nil || !strings.HasPrefix(x.Rule, spellingFamily) || all[x.Part] != nil {
			continue
		}
		if all == nil {
			all = map[string][][2]int{}
		}
		all[x.Part] = [][2]int{}
		for _, t := range f.Texts {
			if t.Part != x.Part {
				continue
			}
			n.words.Each(t.S, func(word, at int) {
				all[x.Part] = append(all[x.Part], [2]int{t.Rune(at), t.Rune(at + n.sizes[word])})
			})
		}
	}
	return all
}

// spelled tells whether what a finding on spelling would have changed is part of a
// name.
func spelled(spans map[string][][2]int, x rule.Finding) bool {
	if !strings.HasPrefix(x.Rule, spellingFamily) {
		return false
	}
	from, to := changed(x)
	for _, s := range spans[x.Part] {
		if s[0] <= from && to <= s[1] && (from < to || s[0] < from && from < s[1]) {
			return true
		}
	}
	return false
}

// changed is the stretch of the text that a finding would have changed; it is empty
// where something is only put in.
func changed(x rule.Finding) (from, to int) {
	if len(x.Suggest) == 0 {
		return x.Start, x.End
	}
	was, want := []rune(x.Text), []rune(x.Suggest[0])
	if len(was) != x.End-x.Start {
		return x.Start, x.End
	}
	from, to = x.Start, x.End
	for len(was) > 0 && len(want) > 0 && was[0] == want[0] {
		was, want = was[1:], want[1:]
		from++
	}
	for len(was) > 0 && len(want) > 0 && was[len(was)-1] == want[len(want)-1] {
		was, want = was[:len(was)-1], want[:len(want)-1]
		to--
	}
	return from, to
}
