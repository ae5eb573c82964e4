package suspect

import (
	_ "embed"
	"strings"
)

//go:embed data/protect.txt
var protectData string

// protect holds phrases that are right as they stand, however seldom counted.
var protect = func() (all []string) {
	for line := range strings.Lines(protectData) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			all = append(all, line)
		}
	}
	return all
}()

// Protected tells whether s[b:e] touches a protected phrase.
func Protected(s string, b, e int) bool {
	from, to := max(0, b-24), min(len(s), e+24)
	near := s[from:to]
	for _, p := range protect {
		for i := 0; ; {
			k := strings.Index(near[i:], p)
			if k < 0 {
				break
			}
			i += k
			if from+i < e && from+i+len(p) > b {
				return true
			}
			i += len(p)
		}
	}
	return false
}
