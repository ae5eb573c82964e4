package inspection

import (
	"slices"
	"strings"
	"testing"
)

func TestAUnitsWordsAreFoundAsIfLookedForOneByOne(t *testing.T) {
	seed := uint64(7)
	under := func(n int) int {
		seed = seed*6364136223846793005 + 1442695040888963407
		return int(seed >> 33 % uint64(n))
	}
	throw := func(n int) string {
		var b strings.Builder
		for range under(n + 1) {
			b.WriteString([]string{"公", "开", "公开", "政", "a", "7", " ", "é", "𠀀", "\n", "。"}[under(11)])
		}
		return b.String()
	}
	found := 0
	for range 500 {
		var words []Word
		for range 20 {
			words = append(words, Word{Word: throw(6)})
		}
		f := newFinder(words)
		for range 10 {
			s := throw(60)
			var want []stood
			for n, w := range words {
				for b := 0; w.Word != ""; {
					i := strings.Index(s[b:], w.Word)
					if i < 0 {
						break
					}
					want = append(want, stood{n, b + i})
					b += i + len(w.Word)
				}
			}
			if got := f.places(s); !slices.Equal(got, want) {
				t.Fatalf("places(%q) of %+v\n got %v\nwant %v", s, words, got, want)
			}
			found += len(want)
		}
	}
	if found < 5000 {
		t.Errorf("%d words found, want enough to tell", found)
	}
}
