package wording

import (
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
func (c *Checker) leaders(f *rule.File, s string, say func(*rule.Rule, int, int, string, ...any)) {
	for _, p := range f.Names {
		name := []rune(p.Name)
		if len(name) < 2 || strings.Contains(s, "“"+p.Name) {
			continue
		}
		c.like(s, name, p, f.Names, say)
	}
}

func (c *Checker) like(s string, name []rune, p rule.Person, all []rule.Person, say func(*rule.Rule, int, int, string, ...any)) {
	for i, family := 0, string(name[0]); ; {
		k := strings.Index(s[i:], family)
		if k < 0 {
			return
		}
		b := i + k
		i = b + len(family)
		got := ahead(s, b, len(name))
		if len(got) < len(name) {
			continue
		}
		e := b + len(string(got))
		if string(got) == string(name) || named(all, string(got)) {
			continue
		}
		off := 0
		for j := range name {
			if name[j] != got[j] {
				off++
			}
		}
		if off != 1 || !han(got[len(got)-1]) || !han(got[1]) {
			continue
		}
		sound := oneOff(name, got)
		post := beside(s, b, e, p.Post)
		if sound && (len(name) > 2 || post) || post {
			say(c.leader, b, e, p.Name, p.Name)
		}
	}
}

func named(all []rule.Person, name string) bool {
	for _, p := range all {
		if p.Name == name {
			return true
		}
	}
	return false
}

// beside tells whether a post stands right before or behind a name.
func beside(s string, b, e int, post string) bool {
	if post == "" {
		return false
	}
	for _, word := range append(strings.FieldsFunc(post, func(r rune) bool { return strings.ContainsRune("、，, ；", r) }), post) {
		if utf8.RuneCountInString(word) >= 2 && (strings.HasSuffix(strings.TrimRight(s[:b], " ："), word) || strings.HasPrefix(strings.TrimLeft(s[e:], " "), word)) {
			return true
		}
	}
	return false
}
