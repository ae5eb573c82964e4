package rule_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"gongkai/inspection/rule"
)

// FuzzParsePack reads packs of any kind: what is taken has everything a rule needs.
func FuzzParsePack(f *testing.F) {
	for _, s := range []string{
		`{"pack":"a","version":"2026.11","date":"2026-11-22","owner":"甲","rules":[{"code":"a.b","tier":"A","severity":"block","name":"名","message":"说","source":"据","find":["甲"],"pass":["乙"]}]}`,
		`{"rules":[{"code":"a.b","tier":"B","severity":"block"}]}`, `{"rules":[{"code":"."}]}`, `{"unknown":1}`, `[`, "\xff",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := rule.ParsePack(b)
		if err != nil {
			if err.Error() == "" || p != nil {
				t.Fatalf("ParsePack(%q) = %v, %v", b, p, err)
			}
			return
		}
		for _, r := range p.Rules {
			if !strings.Contains(r.Code, ".") || r.Name == "" || r.Message == "" || r.Source == "" || len(r.Find) == 0 || len(r.Pass) == 0 || p.Rule(r.Code) == nil {
				t.Fatalf("ParsePack(%q) takes %+v", b, r)
			}
		}
	})
}

// FuzzText cuts texts of any kind: offsets lie in the text, and the clean form leads
// back to where its characters came from.
func FuzzText(f *testing.F) {
	for _, s := range []string{"姓名\t身份证号\n王示例\t1\n", "| a | b |\n|---|---|\n| 1 | 2 |", "公开\n 工作", "\xff\xfe甲", strings.Repeat("甲a", 600), "a \u200b\u00a0　b\r\n\r\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		x := rule.NewText("document", s)
		n := utf8.RuneCountInString(s)
		if got := x.Rune(len(s)); utf8.ValidString(s) && got != n {
			t.Fatalf("Rune(end) of %q = %d, want %d", s, got, n)
		}
		if !utf8.ValidString(s) {
			return // readers give UTF-8
		}
		c := x.Clean()
		for i := range c.S {
			_, size := utf8.DecodeRuneInString(c.S[i:])
			from, to := c.Origin(i, i+size)
			if from < 0 || to > len(s) || from >= to {
				t.Fatalf("Origin(%d, %d) of %q = %d, %d", i, i+size, c.S, from, to)
			}
		}
		for _, col := range x.Columns() {
			for _, cell := range col.Cells {
				if cell[0] < 0 || cell[1] > len(s) || cell[0] > cell[1] {
					t.Fatalf("a cell of %q from %d to %d", s, cell[0], cell[1])
				}
			}
		}
		for i := range min(len(s), 50) {
			x.Head(i)
		}
	})
}
