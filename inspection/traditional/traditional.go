package traditional

import (
	_ "embed"
	"strings"
)

//go:embed data/traditional.txt
var data string

// simplified are the characters with their simplified form; bits tells quickly which
// characters of the basic plane they are.
var simplified, bits = func() (map[rune]rune, *[1 << 10]uint64) {
	all, bits := map[rune]rune{}, new([1 << 10]uint64)
	for line := range strings.Lines(data) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		r := []rune(strings.TrimSpace(line))
		for i := 0; i+1 < len(r); i += 2 {
			all[r[i]] = r[i+1]
			bits[r[i]>>6] |= 1 << (r[i] & 63)
		}
	}
	return all, bits
}()

// Is tells whether a character is traditional.
func Is(r rune) bool {
	return uint32(r) < 1<<16 && bits[r>>6]&(1<<(r&63)) != 0
}

// Simplified is the simplified form of a traditional character; other characters are
// their own.
func Simplified(r rune) rune {
	if s, ok := simplified[r]; ok {
		return s
	}
	return r
}
