package spelling

import (
	_ "embed"
	"strings"
	"sync"
	"unicode/utf8"

	"gongkai/inspection/spelling/sound"
)

//go:embed data/titles.txt
var titleData string

// republic may stand before the name of a law or not.
const republic = "中华人民共和国"

// titles knows the names of laws, and what is left of each when one character is
// taken away: two names are one slip apart if what is left of them is the same.
type titles struct {
	known map[string]bool
	less  map[string]string // a name without one character → the name; "" if several
}

// shortTitle is the fewest characters of a name in which a slip is recognised.
const shortTitle = 5

// longTitle is the fewest characters of a name in which one is missed.
const longTitle = 8

var lawTitles = sync.OnceValue(func() *titles {
	x := &titles{known: map[string]bool{}, less: map[string]string{}}
	for line := range strings.Lines(titleData) {
		name := strings.TrimSpace(line)
		if name == "" || name[0] == '#' {
			continue
		}
		x.known[name] = true
		if utf8.RuneCountInString(name) < shortTitle {
			continue
		}
		for i := range name {
			_, n := utf8.DecodeRuneInString(name[i:])
			rest := name[:i] + name[i+n:]
			if other, ok := x.less[rest]; ok && other != name {
				x.less[rest] = ""
			} else {
				x.less[rest] = name
			}
		}
	}
	return x
})

// each calls yield for every name between 《 and 》 that is a law's with one
// character dropped, doubled, or exchanged for one that sounds or looks alike.
func (x *titles) each(s string, yield func(b, e int, right string)) {
	for i := 0; ; {
		k := strings.Index(s[i:], "《")
		if k < 0 {
			return
		}
		b := i + k + len("《")
		i = b
		e := strings.Index(s[b:min(len(s), b+200)], "》")
		if e < 0 {
			continue
		}
		name := s[b : b+e]
		bare := strings.TrimPrefix(name, republic)
		if x.known[bare] || elsewhere(s[:b-len("《")]) || strings.ContainsAny(bare, "《\n") || utf8.RuneCountInString(bare) < shortTitle-1 {
			continue
		}
		if right, ok := x.meant(bare); ok {
			yield(b, b+e, strings.TrimSuffix(name, bare)+right)
		}
	}
}

// elsewhere tells whether before ends with the name of a place with laws of its own.
func elsewhere(before string) bool {
	for _, place := range []string{"香港", "香港特别行政区", "澳门", "澳门特别行政区", "台湾", "台湾地区"} {
		if strings.HasSuffix(before, place) {
			return true
		}
	}
	return false
}

func (x *titles) meant(got string) (string, bool) {
	if right := x.less[got]; utf8.RuneCountInString(right) >= longTitle && !strings.HasPrefix(right, got) {
		return right, true // one dropped, not the last: 《居民身份证》 is no law
	}
	last := rune(-1)
	for i, r := range got {
		n := utf8.RuneLen(r)
		if n < 0 {
			return "", false
		}
		rest := got[:i] + got[i+max(n, 1):]
		if r == last && x.known[rest] {
			return rest, true // one doubled
		}
		last = r
		right := x.less[rest]
		if right == "" || len(right) != len(got) || right[:i] != got[:i] {
			continue
		}
		meant, _ := utf8.DecodeRuneInString(right[i:])
		if right[i+n:] == got[i+n:] && meant != r && sound.Alike(r, meant) != sound.None {
			return right, true
		}
	}
	return "", false
}
