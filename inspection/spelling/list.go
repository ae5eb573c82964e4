package spelling

import "strings"

// Words returns the wrong words of the list, for whoever compares how fast other
// programs look for them.
func Words() (all []string) {
	for line := range strings.Lines(wordData) {
		if f := strings.Split(strings.TrimSpace(line), "\t"); !strings.HasPrefix(line, "#") && len(f) > 1 {
			all = append(all, f[0])
		}
	}
	return all
}
