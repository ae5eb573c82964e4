package zh

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var update = flag.Bool("update", false, "write the golden files")

func words(text string, ts []Token) string {
	var out []string
	for _, t := range ts {
		out = append(out, text[t.Start:t.End])
	}
	return strings.Join(out, "/")
}

func TestAnOfficialSentenceIsCutAsTheGoldenFileSays(t *testing.T) {
	in, err := os.ReadFile(filepath.Join("testdata", "segment.txt"))
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	s := Default()
	for line := range strings.Lines(string(in)) {
		line = strings.TrimSuffix(line, "\n")
		out.WriteString("cut    " + words(line, s.Cut(nil, line)) + "\n")
		out.WriteString("search " + words(line, s.CutSearch(nil, line)) + "\n")
	}
	golden := filepath.Join("testdata", "segment.golden")
	if *update {
		if err := os.WriteFile(golden, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), out.String()); diff != "" {
		t.Errorf("Cut of testdata/segment.txt (-want +got):\n%s", diff)
	}
}

func TestAWordTheSegmenterWasGivenComesOutWhole(t *testing.T) {
	const text = "示例市明镜区东湖街道办事处和明镜区数据局"
	for _, c := range []struct {
		name  string
		given []string
		want  string
	}{
		{"without own words the dictionary decides", nil, "示例/市/明镜/区/东湖/街道/办事处/和/明镜/区/数据/局"},
		{"a place and an organ", []string{"明镜区", "数据局"}, "示例/市/明镜区/东湖/街道/办事处/和/明镜区/数据局"},
		{"a longer name wins over the shorter", []string{"明镜区", "明镜区数据局"}, "示例/市/明镜区/东湖/街道/办事处/和/明镜区数据局"},
		{"marks and the empty name are no words", []string{"", "明镜·区", "，"}, "示例/市/明镜/区/东湖/街道/办事处/和/明镜/区/数据/局"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := words(text, NewSegmenter(c.given...).Cut(nil, text)); got != c.want {
				t.Errorf("NewSegmenter(%q).Cut(%s) = %s, want %s", c.given, text, got, c.want)
			}
		})
	}
}

func TestAnOwnWordIsFoundInsideAnotherWord(t *testing.T) {
	s := NewSegmenter("明镜区数据局", "明镜区")
	got := words("明镜区数据局", s.CutSearch(nil, "明镜区数据局"))
	if want := "明镜/明镜区/数据/明镜区数据局"; got != want {
		t.Errorf("CutSearch(明镜区数据局) = %s, want %s", got, want)
	}
}

func TestWidthAndCaseDoNotChangeTheCut(t *testing.T) {
	a, b := "Ｂ超室的ｗｉｆｉ", "b超室的WIFI"
	s := Default()
	if x, y := Fold(words(a, s.Cut(nil, a))), Fold(words(b, s.Cut(nil, b))); x != y {
		t.Errorf("Cut differs by width and case: %s, %s", x, y)
	}
}

func TestKindsOfTokens(t *testing.T) {
	text := "B超 12号，GB/T 9704"
	var got []Kind
	for _, tok := range Default().Cut(nil, text) {
		got = append(got, tok.Kind)
	}
	want := []Kind{Word, Space, Latin, Word, Mark, Latin, Mark, Latin, Space, Latin}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("kinds of Cut(%q) (-want +got):\n%s", text, diff)
	}
}

// texts draws what hurts: mixed scripts, broken bytes, zero-width marks.
func texts() *rapid.Generator[string] {
	piece := rapid.OneOf(
		rapid.SampledFrom([]string{"政府信息公开", "中华人民共和国", "卡拉OK", "２０２６年", "〔2026〕5号", "\u200b", "\xff", "\xe4\xb8", "𠮷", "ｅ－mail", "　", "\n", "A", "1", "的"}),
		rapid.StringOf(rapid.RuneFrom([]rune("人民政府信息公开条例市监督管理局研究生命起源AB12，。 "))),
		rapid.String(),
	)
	return rapid.Custom(func(t *rapid.T) string { return strings.Join(rapid.SliceOfN(piece, 0, 8).Draw(t, "pieces"), "") })
}

func TestTheTokensOfATextAreTheText(t *testing.T) {
	s := NewSegmenter("明镜区", "政府信息公开")
	rapid.Check(t, func(t *rapid.T) { checkCut(t, s, texts().Draw(t, "text")) })
}

func FuzzCut(f *testing.F) {
	for _, s := range []string{"", "政府信息公开条例", "\xff\xfe", strings.Repeat("政", 10000), "a\u0300政\U0002F800"} {
		f.Add(s)
	}
	s := Default()
	f.Fuzz(func(t *testing.T, text string) { checkCut(t, s, text) })
}

func checkCut(t interface{ Fatalf(string, ...any) }, s *Segmenter, text string) {
	at := 0
	for _, tok := range s.Cut(nil, text) {
		if tok.Start != at || tok.End <= tok.Start {
			t.Fatalf("Cut(%q): token %v after %d", text, tok, at)
		}
		at = tok.End
	}
	if at != len(text) {
		t.Fatalf("Cut(%q) ends at %d, want %d", text, at, len(text))
	}
	// The search cut holds the plain cut, and inner words lie inside.
	plain := s.Cut(nil, text)
	k := 0
	for _, tok := range s.CutSearch(nil, text) {
		if k < len(plain) && tok == plain[k] {
			k++
		} else if k >= len(plain) || tok.Start < plain[k].Start || tok.End > plain[k].End {
			t.Fatalf("CutSearch(%q): %v lies in no word of the cut", text, tok)
		}
	}
	if k != len(plain) {
		t.Fatalf("CutSearch(%q) lacks %v", text, plain[k])
	}
	Fold(text)
	if c := Clean(text); Clean(c) != c || !utf8.ValidString(c) || strings.ContainsRune(c, 0) {
		t.Fatalf("Clean(%q) = %q is not clean", text, c)
	}
}

// racing is set when the race detector is on.
var racing bool

func TestCuttingAllocatesNothingWhenThereIsRoom(t *testing.T) {
	if racing {
		t.Skip("NOT MEASURED: the race detector makes sync.Pool forget")
	}
	text := strings.Repeat("政府信息公开工作年度报告应当于每年1月31日前公布。", 50)
	s := Default()
	dst := s.CutSearch(nil, text)
	if n := testing.AllocsPerRun(20, func() { dst = s.Cut(dst[:0], text) }); n > 0 {
		t.Errorf("Cut allocates %v times a run, want 0", n)
	}
}
