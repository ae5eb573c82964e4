package zh

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestAMatcherFindsOverlappingPatterns(t *testing.T) {
	patterns := []string{"中国", "中国人民", "国人", "人民", "", "人民", "AB", "\xff"}
	text := "a中国人民ab"
	for _, c := range []struct {
		name string
		fold func(rune) rune
		want []Match
	}{
		{"as they are", nil, []Match{{0, 1, 7, 1, 3}, {2, 4, 10, 2, 4}, {1, 1, 13, 1, 5}, {3, 7, 13, 3, 5}, {5, 7, 13, 3, 5}}},
		{"folded", FoldRune, []Match{{0, 1, 7, 1, 3}, {2, 4, 10, 2, 4}, {1, 1, 13, 1, 5}, {3, 7, 13, 3, 5}, {5, 7, 13, 3, 5}, {6, 13, 15, 5, 7}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, all(NewMatcher(patterns, c.fold), text)); diff != "" {
				t.Errorf("Each(%q) (-want +got):\n%s", text, diff)
			}
		})
	}
}

func TestAMatcherStopsWhenToldTo(t *testing.T) {
	n := 0
	NewMatcher([]string{"人", "人人"}, nil).Each("人人人人", func(Match) bool { n++; return n < 3 })
	if n != 3 {
		t.Errorf("Each went on for %d matches after being told to stop at 3", n)
	}
}

func TestAMatcherOfNothingFindsNothing(t *testing.T) {
	if m := NewMatcher(nil, nil); m.Any("中国") {
		t.Error("a matcher without patterns found one")
	}
}

func all(m *Matcher, text string) []Match {
	var ms []Match
	m.Each(text, func(x Match) bool { ms = append(ms, x); return true })
	return ms
}

// naive finds the same with strings.Index.
func naive(patterns []string, text string) []Match {
	var ms []Match
	for i, p := range patterns {
		if p == "" || !utf8.ValidString(p) {
			continue
		}
		for from := 0; ; {
			k := strings.Index(text[from:], p)
			if k < 0 {
				break
			}
			start := from + k
			before := utf8.RuneCountInString(text[:start])
			ms = append(ms, Match{i, start, start + len(p), before, before + utf8.RuneCountInString(p)})
			_, n := utf8.DecodeRuneInString(text[start:])
			from = start + n
		}
	}
	return sorted(ms)
}

func sorted(ms []Match) []Match {
	slices.SortFunc(ms, func(a, b Match) int {
		if a.End != b.End {
			return a.End - b.End
		}
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return a.Pattern - b.Pattern
	})
	return ms
}

func TestAMatcherFindsWhatASlowSearchFinds(t *testing.T) {
	few := rapid.StringOfN(rapid.RuneFrom([]rune("政府信息公a𠮷é")), 0, 4, -1)
	rapid.Check(t, func(t *rapid.T) {
		patterns := rapid.SliceOfN(few, 0, 12).Draw(t, "patterns")
		text := rapid.OneOf(rapid.StringOf(rapid.RuneFrom([]rune("政府信息公a𠮷é"))), texts()).Draw(t, "text")
		got := all(NewMatcher(patterns, nil), text)
		if diff := cmp.Diff(naive(patterns, text), got); diff != "" {
			t.Fatalf("Each(%q) of %q (-want +got):\n%s", text, patterns, diff)
		}
	})
}

func FuzzMatch(f *testing.F) {
	f.Add("信息公开", "信息", "政府信息公开条例信息")
	f.Add("\xe4", "é", "\xe4\xbf\xa1é")
	f.Fuzz(func(t *testing.T, a, b, text string) {
		patterns := []string{a, b}
		if diff := cmp.Diff(naive(patterns, text), all(NewMatcher(patterns, nil), text)); diff != "" {
			t.Fatalf("Each(%q) of %q (-want +got):\n%s", text, patterns, diff)
		}
	})
}

func TestMatchingAllocatesNothing(t *testing.T) {
	m := NewMatcher([]string{"信息", "公开"}, FoldRune)
	n := 0
	if a := testing.AllocsPerRun(20, func() { m.Each("政府信息公开条例", func(Match) bool { n++; return true }) }); a > 0 {
		t.Errorf("Each allocates %v times a run, want 0", a)
	}
}

func TestATrieAnswersEveryWordAndNoOther(t *testing.T) {
	word := rapid.OneOf(rapid.StringOfN(rapid.RuneFrom([]rune("政府信息公开条例")), 1, 4, -1), rapid.StringN(1, 6, -1))
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(word, 0, 60).Draw(t, "words")
		want := map[string]int32{}
		for i, w := range words {
			want[w] = int32(i)
		}
		trie := NewTrie(words, nil, func(i int) int32 { return int32(i) })
		for w, v := range want {
			if got, ok := trie.Lookup(w); !ok || got != v {
				t.Fatalf("Lookup(%q) = %d, %v, want %d", w, got, ok, v)
			}
		}
		for _, w := range rapid.SliceOfN(word, 0, 20).Draw(t, "others") {
			_, is := want[w]
			if _, ok := trie.Lookup(w); ok != is {
				t.Fatalf("Lookup(%q) found: %v, want %v", w, ok, is)
			}
		}
	})
}

// benchPatterns are 50,000 different patterns of two to five runes.
func benchPatterns() []string {
	runes := []rune("的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指")
	seen := map[string]bool{}
	var ps []string
	for x := uint32(1); len(ps) < 50000; {
		var p []rune
		x = x*1664525 + 1013904223
		for range 2 + int(x>>16)%4 {
			x = x*1664525 + 1013904223
			p = append(p, runes[int(x>>8)%len(runes)])
		}
		if !seen[string(p)] {
			seen[string(p)] = true
			ps = append(ps, string(p))
		}
	}
	return ps
}

func benchText() string {
	return strings.Repeat("各地区、各部门要加强政府信息公开工作，根据《中华人民共和国政府信息公开条例》的规定，及时、准确地公开行政机关在履行行政管理职能过程中制作或者获取的信息，并于每年1月31日前公布上一年度的年度报告。", 500)
}

// BenchmarkMatch sets the matcher beside the naive search; the naive one looks
// for 500 of the 50,000 patterns and would take a hundred times longer for all.
func BenchmarkMatch(b *testing.B) {
	ps, text := benchPatterns(), benchText()
	b.Run("matcher 50000 patterns", func(b *testing.B) {
		m := NewMatcher(ps, nil)
		b.SetBytes(int64(len(text)))
		n := 0
		for b.Loop() {
			m.Each(text, func(Match) bool { n++; return true })
		}
		b.ReportMetric(float64(n)/float64(b.N), "matches/op")
	})
	b.Run("strings.Index 500 patterns", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			for _, p := range ps[:500] {
				_ = strings.Count(text, p)
			}
		}
	})
}

func BenchmarkBuildMatcher(b *testing.B) {
	ps := benchPatterns()
	for _, n := range []int{5, len(ps)} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				NewMatcher(ps[:n], FoldRune)
			}
		})
	}
}

// BenchmarkSegment sets the segmenter beside the simplest one there is, longest
// match forward over a map of the same words.
func BenchmarkSegment(b *testing.B) {
	text := benchText()
	s := Default()
	var ts []Token
	for name, cut := range map[string]func([]Token, string) []Token{"cut": s.Cut, "search": s.CutSearch} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				ts = cut(ts[:0], text)
			}
		})
	}
	known := map[string]bool{}
	for _, t := range ts {
		known[text[t.Start:t.End]] = true
	}
	b.Run("longest match in a map", func(b *testing.B) {
		runes := []rune(text)
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			for i := 0; i < len(runes); {
				j := min(i+6, len(runes))
				for j > i+1 && !known[string(runes[i:j])] {
					j--
				}
				i = j
			}
		}
	})
}

func BenchmarkLoadDictionary(b *testing.B) {
	for b.Loop() {
		if _, err := readDictionary(dictBlob); err != nil {
			b.Fatal(err)
		}
	}
}

func TestADamagedDictionaryIsRefused(t *testing.T) {
	for _, cut := range []int{0, 10, len(dictBlob) / 2, len(dictBlob) - 9} {
		if _, err := readDictionary(dictBlob[:cut]); err == nil {
			t.Errorf("readDictionary of the first %d bytes was taken", cut)
		}
	}
}

func ExampleMatcher() {
	m := NewMatcher([]string{"任然", "布署"}, nil)
	m.Each("我们任然要布署工作", func(x Match) bool { fmt.Println(x.Pattern, x.RuneStart, x.RuneEnd); return true })
	// Output:
	// 0 2 4
	// 1 5 7
}

func TestEveryWordOfTheDictionaryIsGiven(t *testing.T) {
	words, _ := Dictionary()
	n := 0
	words.Each(func(w string, s, v int32) bool {
		n++
		if got, ok := words.Lookup(w); !ok || got != v {
			t.Errorf("Lookup(%q) = %d %v, Each says %d", w, got, ok, v)
			return false
		}
		return true
	})
	if n < 340_000 {
		t.Errorf("%d words, want the whole dictionary", n)
	}
}
