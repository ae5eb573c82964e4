package wording

import (
	"slices"
	"strings"
	"unicode/utf8"

	"gongkai/inspection/rule"
)

// mention is a leader of the roster named in the text.
type mention struct {
	who  int // place in the roster
	b, e int
}

// manyMentions is beyond what any document has; such a text is a register.
const manyMentions = 2000

// roster judges how the leaders of the unit stand in the text: in which order they
// are listed and with which posts.
func (w *work) roster() {
	all := w.mentions()
	if len(all) == 0 || len(all) > manyMentions {
		return
	}
	for i, m := range all {
		w.post(m)
		if i > 0 {
			w.order(all[i-1], m)
		}
	}
}

// mentions lists where leaders are named, in the order of the text.
func (w *work) mentions() (all []mention) {
	s := w.s.S
	for who, p := range w.f.Names {
		if utf8.RuneCountInString(p.Name) < 2 {
			continue
		}
		end := 0 // of the mention before
		w.sights.of(p.Name, func(at int) bool {
			if at >= end && strings.HasPrefix(s[at:], p.Name) {
				end = at + len(p.Name)
				all = append(all, mention{who, at, end})
			}
			return len(all) <= manyMentions
		})
		if len(all) > manyMentions {
			return all
		}
	}
	slices.SortFunc(all, func(a, b mention) int { return a.b - b.b })
	return all
}

// order judges two leaders listed one right after the other: 甲、乙 or 区长甲、
// 副区长乙. Whom the roster names first comes first.
func (w *work) order(a, b mention) {
	if b.who >= a.who || a.e > b.b {
		return
	}
	gap := w.s.S[a.e:b.b]
	mark, rest := "", ""
	for _, m := range []string{"、", "和", "，", "与", "及"} {
		if r, ok := strings.CutPrefix(gap, m); ok {
			mark, rest = m, r
		}
	}
	if mark == "" || rest != "" && !w.isPost(rest, b.who) || rest == "" && mark == "，" {
		return
	}
	first, second := w.f.Names[a.who], w.f.Names[b.who]
	w.say(w.c.order, b.b, b.e, second.Name+"、"+first.Name, second.Name, first.Name)
}

// isPost tells whether words are the post of a leader, or part of it.
func (w *work) isPost(words string, who int) bool {
	if utf8.RuneCountInString(words) > 24 {
		return false
	}
	for _, x := range strings.FieldsFunc(words, func(r rune) bool { return strings.ContainsRune("、，, ", r) }) {
		if rank(x) == "" && !strings.Contains(w.f.Names[who].Post, x) {
			return false
		}
	}
	return true
}

// ranks are the words posts end in, the longer before those they end in.
var ranks = []string{"副书记", "副省长", "副市长", "副州长", "副区长", "副县长", "副旗长", "副镇长", "副乡长", "副厅长", "副局长", "副处长", "副科长", "副部长", "副主任", "副主席", "副秘书长", "副会长", "副院长", "副校长", "副所长",
	"书记", "省长", "市长", "州长", "区长", "县长", "旗长", "镇长", "乡长", "厅长", "局长", "处长", "科长", "部长", "主任", "主席", "秘书长", "会长", "院长", "校长", "所长"}

// rank is the word a post ends in, "" if it is none.
func rank(post string) string {
	for _, r := range ranks {
		if strings.HasSuffix(post, r) {
			return r
		}
	}
	return ""
}

// held are the ranks a leader has.
func held(p rule.Person) (all []string) {
	for _, x := range strings.FieldsFunc(p.Post, func(r rune) bool { return strings.ContainsRune("、，,； 兼", r) }) {
		if r := rank(x); r != "" {
			all = append(all, r)
		}
	}
	return all
}

// post judges the post right before a name: one that somebody else of the roster
// has and he has not is wrong.
func (w *work) post(m mention) {
	s := w.s.S
	before := s[max(0, m.b-36):m.b]
	for len(before) > 0 && !utf8.RuneStart(before[0]) {
		before = before[1:]
	}
	r := rank(before)
	p := w.f.Names[m.who]
	has := held(p)
	if r == "" || len(has) == 0 || slices.Contains(has, r) {
		return
	}
	others := false
	for _, q := range w.f.Names {
		others = others || slices.Contains(held(q), r)
	}
	lead := strings.TrimSuffix(before, r)
	if !others || !w.ours(lead) || w.earlier(m) {
		return
	}
	b := m.b - len(r)
	w.say(w.c.post, b, m.e, p.Post+p.Name, p.Name, p.Post)
}

// earlier tells whether the sentence around a mention speaks of an earlier year than
// the text does: then the post may have been right.
func (w *work) earlier(m mention) bool {
	day := w.today()
	if day == "" {
		day = "9999-12-31" // any year is one of the past
	}
	return rule.Past(w.s.S, m.b, m.e, day)
}

// ours tells whether the words before a rank leave it one of the unit: nothing, a
// mark, the unit's own name, or the committee of the same place.
func (w *work) ours(lead string) bool {
	last, n := utf8.DecodeLastRuneInString(lead)
	if n == 0 || !han(last) || strings.ContainsRune("由请和与及经向同", last) {
		return true
	}
	for _, x := range append([]string{"区委", "县委", "市委", "党委", "党组", "我局", "我区", "我县", "我市", "本局"}, w.f.Units...) {
		if strings.HasSuffix(lead, x) {
			return true
		}
	}
	return false
}

// fullName hints that a text calls the unit by its short name and never in full.
func (w *work) fullName() {
	if len(w.f.Units) < 2 || w.f.Units[0] == "" || w.sights.first(w.f.Units[0]) >= 0 {
		return
	}
	for _, short := range w.f.Units[1:] {
		if utf8.RuneCountInString(short) < 3 || strings.HasPrefix(w.f.Units[0], short) {
			continue
		}
		if k := w.sights.first(short); k >= 0 && w.c.apart(w.s.S, k, k+len(short)) {
			w.say(w.c.full, k, k+len(short), w.f.Units[0], w.f.Units[0])
			return
		}
	}
}
