package rule

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// thrower throws the same dice every time.
type thrower uint64

func (t *thrower) under(n int) int {
	*t = *t*6364136223846793005 + 1442695040888963407
	return int(uint64(*t) >> 33 % uint64(n))
}

// text throws up to n characters of an alphabet.
func (t *thrower) text(alphabet []string, n int) string {
	var b strings.Builder
	for range t.under(n + 1) {
		b.WriteString(alphabet[t.under(len(alphabet))])
	}
	return b.String()
}

func TestWordsFindWhatComparingEveryWordFindsInAnyText(t *testing.T) {
	dice := thrower(1)
	few := []string{"公", "开", "府", "政", "“", "”", "。", "a", "7", "é", "𠀀", " ", "\n"}
	found := 0
	for range 400 {
		var words []string
		for len(words) < 60 {
			if w := dice.text(few, 9); len(w) >= shortestWord && w[0] > ' ' {
				words = append(words, w)
			}
		}
		w := NewWords(words)
		for range 10 {
			text := dice.text(few, 80)
			var got, want []string
			w.Each(text, func(word, at int) { got = append(got, fmt.Sprint(at, " ", words[word])) })
			for at := range text {
				var here []string
				for _, word := range words {
					if strings.HasPrefix(text[at:], word) {
						here = append(here, word)
					}
				}
				slices.SortStableFunc(here, func(a, b string) int { return len(b) - len(a) })
				for _, word := range here {
					want = append(want, fmt.Sprint(at, " ", word))
				}
			}
			found += len(got)
			if !slices.Equal(got, want) {
				t.Fatalf("Each(%q) of %q\n got %q\nwant %q", text, words, got, want)
			}
		}
	}
	if found < 1000 {
		t.Errorf("%d words found, want enough to tell", found)
	}
}

// slowClean asks of every character whether it is left out.
func slowClean(s string) Clean {
	c := cleaning{s: s}
	for i := 0; i < len(s); {
		_, n := utf8.DecodeRuneInString(s[i:])
		if c.drops(i, n) {
			c.drop(i, n)
		}
		if s[i] == '\n' {
			c.line = i + 1
		}
		i += n
	}
	return c.done()
}

func TestCleaningLooksAtEveryCharacterThatMayBeLeftOut(t *testing.T) {
	dice := thrower(2)
	for _, alphabet := range [][]string{
		{"公", "开", "，", "。", "“", "、", " ", "\n", "*", "\u3000", "\u00a0", "\u200b", "\ufeff", "\u00ad", "—", "＊", "\u3001", "7", "a", "é", "𠀀", "ꙮ", "\t", "\r"},
		{"公", "开", "制", "度", "公", "开", "制", "度", "公", "开", "制", "度", "\u3000", "\n", "。"},
	} {
		dropped := 0
		for range 3000 {
			s := dice.text(alphabet, 120)
			got, want := cleanOf(s), slowClean(s)
			if got.S != want.S || !slices.Equal(got.pieces, want.pieces) {
				t.Fatalf("cleanOf(%q)\n got %q %v\nwant %q %v", s, got.S, got.pieces, want.S, want.pieces)
			}
			if got.S != s {
				dropped++
			}
		}
		if dropped < 300 {
			t.Errorf("%d texts had something to leave out, want enough to tell", dropped)
		}
	}
}

func TestTheLatestYearIsTheGreatestBeforeTheWord(t *testing.T) {
	dice := thrower(3)
	told := 0
	for range 5000 {
		s := dice.text([]string{"20", "19", "2", "1", "0", "9", "年", "年", "的"}, 40)
		want := ""
		for i := range s {
			if i < 4 || !strings.HasPrefix(s[i:], "年") {
				continue
			}
			if y := s[i-4 : i]; strings.Trim(y, "0123456789") == "" && (y[:2] == "20" || y[:2] == "19") && y+"-12-31" > want {
				want = y + "-12-31"
			}
		}
		if got := latestYear(s); got != want {
			t.Fatalf("latestYear(%q) = %q, want %q", s, got, want)
		}
		if want != "" {
			told++
		}
	}
	if told < 500 {
		t.Errorf("%d texts named a year, want enough to tell", told)
	}
}
