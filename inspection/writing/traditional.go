package writing

import (
	"strings"
	"unicode/utf8"

	"gongkai/inspection/traditional"
)

const (
	// stray is up to how many traditional characters of a text are strays; a text
	// with more is one in traditional script, or quotes one.
	stray = 6
	// strayInLine is the same for one paragraph.
	strayInLine = 2
)

// mixed looks for single traditional characters in a simplified text. It only
// suspects, because names of people and places may keep theirs.
func (w *work) mixed() {
	s := w.t.S
	var found []int
	for i := 0; i+3 <= len(s); {
		b := s[i]
		if !hanByte(b) {
			i++
			if b >= 0xE0 && b < 0xF0 {
				i += 2 // and one
			}
			continue
		}
		r := rune(b&0x0F)<<12 | rune(s[i+1]&0x3F)<<6 | rune(s[i+2]&0x3F)
		if traditional.Is(r) {
			if found = append(found, i); len(found) > stray {
				return
			}
		}
		i += 3
	}
	for k, i := range found {
		if lineOf(s, found, k) > strayInLine || quotedName(s, i) {
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		right := string(traditional.Simplified(r))
		w.say("typo.traditional", i, i+n, right, right)
	}
}

// lineOf counts the found places in the paragraph of the k-th.
func lineOf(s string, found []int, k int) int {
	n := 1
	for j := k - 1; j >= 0 && strings.IndexByte(s[found[j]:found[k]], '\n') < 0; j-- {
		n++
	}
	for j := k + 1; j < len(found) && strings.IndexByte(s[found[k]:found[j]], '\n') < 0; j++ {
		n++
	}
	return n
}

// quotedName tells whether a character stands in a title or quotation that names an
// old book or a foreign firm: there it may be meant.
func quotedName(s string, i int) bool {
	before := s[max(0, i-60):i]
	return strings.LastIndex(before, "《") > strings.LastIndex(before, "》") || strings.HasSuffix(before, "“") || strings.HasSuffix(before, "繁体“") || strings.HasSuffix(before, "「")
}
