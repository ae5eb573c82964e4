package wording

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"gongkai/inspection/rule"
	"gongkai/inspection/rule/ruletest"
)

// thrown is up to n characters, the same every time for one seed.
func thrown(seed *uint64, alphabet []string, n int) string {
	under := func(n int) int {
		*seed = *seed*6364136223846793005 + 1442695040888963407
		return int(*seed >> 33 % uint64(n))
	}
	var b strings.Builder
	for range under(n + 1) {
		b.WriteString(alphabet[under(len(alphabet))])
	}
	return b.String()
}

// Names are looked for at every character, one after the other, as a reader would; the
// one pass over the text has to find the same.
func TestLeadersAreFoundAsByReadingForEachOfThem(t *testing.T) {
	people := []rule.Person{{Name: "王示例", Post: "区长"}, {Name: "李样本", Post: "副区长、书记"}, {Name: "王样", Post: "局长"}, {Name: "丁一", Post: ""}, {Name: "", Post: "主任"}, {Name: "王"}, {Name: "abc", Post: "主任"}}
	alphabet := []string{"王", "示", "例", "利", "是", "李", "样", "本", "丁", "一", "主任", "区长", "副区长", "书记", "局长", "“", "、", "，", " ", "\n", "王示例", "李样本", "王样", "abc", "é", "𠀀"}
	c := New()
	told := 0
	seed := uint64(5)
	for range 10_000 {
		s := thrown(&seed, alphabet, 24)
		w := &work{c: c, f: &rule.File{Names: people}, t: rule.NewText("document", s)}
		w.s = w.t.Clean()
		s = w.s.S
		w.sights = w.sighted()
		var got, want []string
		w.report = func(f rule.Finding) { got = append(got, fmt.Sprint(f.Start, f.End, f.Suggest)) }
		w.leaders()
		for _, p := range people {
			name := []rune(p.Name)
			if len(name) < 2 || strings.Contains(s, "“"+p.Name) {
				continue
			}
			text := []rune(s)
			for i := 0; i+len(name) <= len(text); i++ {
				stands := text[i : i+len(name)]
				off := 0
				for k := range name {
					if stands[k] != name[k] {
						off++
					}
				}
				if stands[0] != name[0] || off != 1 || slices.Contains(stands, '\n') || !han(stands[1]) || !han(stands[len(name)-1]) || named(people, string(stands)) {
					continue
				}
				b := len(string(text[:i]))
				post := beside(s, b, b+len(string(stands)), words(p.Post))
				if post || len(name) > 2 && oneOff(name, stands) {
					from, to := w.s.Origin(b, b+len(string(stands)))
					f := w.t.Find(c.leader, from, to)
					want = append(want, fmt.Sprint(f.Start, f.End, []string{p.Name}))
				}
			}
		}
		if !slices.Equal(got, want) {
			t.Fatalf("leaders in %q\n got %q\nwant %q", s, got, want)
		}
		told += len(got)

		var named []mention
		for who, p := range people {
			for at := 0; utf8.RuneCountInString(p.Name) >= 2; {
				k := strings.Index(s[at:], p.Name)
				if k < 0 {
					break
				}
				named = append(named, mention{who, at + k, at + k + len(p.Name)})
				at += k + len(p.Name)
			}
		}
		// A name that begins like a longer one may stand before or behind it.
		byWho := func(a, b mention) int { return (a.b-b.b)*100 + a.who - b.who }
		all := w.mentions()
		slices.SortFunc(all, byWho)
		slices.SortFunc(named, byWho)
		if !slices.Equal(all, named) {
			t.Fatalf("mentions in %q = %v, want %v", s, all, named)
		}
	}
	if told < 300 {
		t.Errorf("%d wrong names, want enough to tell", told)
	}
}

func TestTheUnitIsNamedInFullWhereverItStands(t *testing.T) {
	units := rule.File{Name: "a.txt", Units: []string{"示例市明镜区人民政府办公室", "明镜区府办", "区府办"}}
	for s, want := range map[string]int{
		"明镜区府办负责解释。": 1, "本办法由区府办解释，区府办另有规定的除外。": 1, "示例市明镜区人民政府办公室（以下称区府办）负责解释。": 0, "区府办": 1, "区府": 0, "": 0,
	} {
		if got := ruletest.InspectIn(New(), units, s); len(got) != want {
			t.Errorf("%q: got %+v, want %d findings", s, got, want)
		}
	}
}
