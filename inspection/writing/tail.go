package writing

import (
	_ "embed"
	"strings"
)

//go:embed data/tails.tsv
var tailData string

// tails are turns of speech that cannot end where a mark stands: 提高政治，, of 政治站位.
// Each is a swap for every mark that may stand behind it.
func tails() (all []swap) {
	for line := range strings.Lines(tailData) {
		f := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
		if len(f) != 2 || strings.HasPrefix(line, "#") {
			continue
		}
		for _, mark := range []string{"，", "。", "；"} {
			all = append(all, swap{"grammar.half", f[0] + mark, f[0] + f[1] + mark})
		}
	}
	return all
}
