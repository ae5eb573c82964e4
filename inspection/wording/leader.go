package wording

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/mozillazg/go-pinyin"

	"gongkai/inspection/rule"
)

var args = func() pinyin.Args {
	a := pinyin.NewArgs()
	a.Heteronym = true
	return a
}()

// readings returns how a character can be read, without tones.
func readings(r rune) []string { return pinyin.SinglePinyin(r, args) }

// leaders looks for the names of the roster with one character wrong, the
// costliest slip there is. A name of the same sound is taken for one everywhere;
// of another sound only where the leader's post stands beside it.
func (w *work) leaders() {
	for _, p := range w.f.Names {
		if utf8.RuneCountInString(p.Name) >= 2 && !w.inQuotes(p.Name) {
			w.like(p)
		}
	}
}

// inQuotes tells whether a name stands right behind an opening quotation mark: what is
// called after a leader is spelled as he is.
func (w *work) inQuotes(name string) (found bool) {
	w.sights.of(name, func(at int) bool {
		found = strings.HasPrefix(w.s.S[at:], name) && strings.HasSuffix(w.s.S[:at], "“")
		return !found
	})
	return found
}

func (w *work) like(p rule.Person) {
	s, name, posts := w.s.S, []rune(p.Name), words(p.Post)
	family := string(name[0])
	w.sights.of(p.Name, func(b int) bool {
		if !strings.HasPrefix(s[b:], family) {
			return true
		}
		got, n := s[b:], 0 // what stands there, as long as the name
		off := 0
		for i, r := range got {
			if n == len(name) || r == '\n' || r == utf8.RuneError {
				got = got[:i]
				break
			}
			if r != name[n] {
				off++
			}
			if n++; off > 1 {
				return true // most of what begins so
			}
		}
		if n < len(name) || off != 1 {
			return true
		}
		wrong := []rune(got)
		if !han(wrong[n-1]) || !han(wrong[1]) || named(w.f.Names, got) {
			return true
		}
		e := b + len(got)
		if post := beside(s, b, e, posts); post || n > 2 && oneOff(name, wrong) {
			w.say(w.c.leader, b, e, p.Name, p.Name)
		}
		return true
	})
}

func named(all []rule.Person, name string) bool {
	for _, p := range all {
		if p.Name == name {
			return true
		}
	}
	return false
}

// words are what a post is called by: 副书记、区长 is called 副书记, 区长, and both.
func words(post string) (all []string) {
	for _, word := range append(strings.FieldsFunc(post, func(r rune) bool { return strings.ContainsRune("、，, ；", r) }), post) {
		if utf8.RuneCountInString(word) >= 2 {
			all = append(all, word)
		}
	}
	return all
}

// beside tells whether one of the words of a post stands right before or behind a name.
func beside(s string, b, e int, posts []string) bool {
	if len(posts) == 0 {
		return false
	}
	before, behind := strings.TrimRight(s[:b], " ："), strings.TrimLeft(s[e:], " ")
	return slices.ContainsFunc(posts, func(word string) bool {
		return strings.HasSuffix(before, word) || strings.HasPrefix(behind, word)
	})
}
