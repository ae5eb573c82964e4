package writing

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"gongkai/inspection/rule"
)

func TestHanCharactersAreToldAsTheTableTellsThem(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if got, want := han(r), unicode.Is(unicode.Han, r); got != want {
			t.Fatalf("han(%U) = %v, want %v", r, got, want)
		}
		if b := string(r)[0]; r >= 0x4E00 && r <= 0x9FFF && (!hanByte(b) || quiet[b] != 3) {
			t.Fatalf("hanByte of %U = %v, quiet = %d, want true and 3", r, hanByte(b), quiet[b])
		}
		if hanByte(string(r)[0]) && utf8.RuneLen(r) != 3 {
			t.Fatalf("%U begins as Han characters do and has %d bytes", r, utf8.RuneLen(r))
		}
	}
}

func TestASetHasWhatItsWordsHave(t *testing.T) {
	words := []string{"进一步", "切实", "，并对", "a"}
	for s, has := range map[*set]string{setOf(words...): "进一步切实，并对a", begins(words): "进切，a", ends(words): "步实对a"} {
		for r := rune(1); r < 1<<17; r++ {
			if got, want := s.has(r), strings.ContainsRune(has, r); got != want {
				t.Fatalf("has(%q) = %v, want %v", r, got, want)
			}
		}
		if s.has(utf8.RuneError) || s.has(-1) {
			t.Error("a set has what is no character")
		}
	}
}

// thrown is up to n characters, the same every time for one seed.
func thrown(seed *uint64, alphabet []string, n int) string {
	under := func(n int) int {
		*seed = *seed*6364136223846793005 + 1442695040888963407
		return int(*seed >> 33 % uint64(n))
	}
	var b strings.Builder
	for range under(n + 1) {
		b.WriteString(alphabet[under(len(alphabet))])
	}
	return b.String()
}

func TestBlanksBeforeALineAreAllLeftOut(t *testing.T) {
	seed := uint64(11)
	for range 20_000 {
		s := thrown(&seed, []string{" ", "\u3000", "\u00a0", "\t", "#", "*", "、", "，", "第", "é", "\u3001", "\u00a1", "a"}, 8)
		if got, want := s[blanksOf(s):], strings.TrimLeft(s, " 　\t\u00a0#*"); got != want {
			t.Fatalf("behind the blanks of %q stands %q, want %q", s, got, want)
		}
	}
}

func TestEveryMarkOfAPairIsSeenInTheOnePassOverTheMarks(t *testing.T) {
	c := New()
	seed, seen, told := uint64(13), 0, 0
	alphabet := []string{"《", "》", "（", "）", "〔", "〕", "“", "”", "(", ")", "\"", "公开", "，", "。", "、", " ", "\u00a0", "\n", "7", "a", "and", "x", "[", "#", "０", "•", "é", "𠀀", "等"}
	for range 20_000 {
		s := thrown(&seed, alphabet, 30)
		w := &work{c: c, t: rule.NewText("document", s), report: func(rule.Finding) { told++ }, stopped: func() bool { return false }}
		w.punctuation()
		var want []int
		for i, r := range s {
			if strings.ContainsRune("《》（）〔〕“”()\"", r) {
				want = append(want, i)
			}
		}
		if !slices.Equal(w.paired, want) || w.commasSeen != strings.Count(s, "，") {
			t.Fatalf("%q: pairs at %v and %d commas, want %v and %d", s, w.paired, w.commasSeen, want, strings.Count(s, "，"))
		}
		seen += len(want)
	}
	if seen < 50_000 || told < 1000 {
		t.Errorf("%d marks, %d findings, want enough to tell", seen, told)
	}
}
