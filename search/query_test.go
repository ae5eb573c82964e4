package search

import (
	"html"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"gongkai/internal/zh"
)

func TestAQuestionIsUnderstood(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       asked
	}{
		{"nothing", " \u200b\n", asked{blank: true}},
		{"only what says nothing", "的 和", asked{nothing: true}},
		{"asking words go when others are left", "如何申请低保", asked{must: []string{"申请", "低保"}}},
		{"and stay when none are", "如何", asked{must: []string{"如何"}}},
		{"a phrase and a word", "“信息公开” 指南", asked{must: []string{"信息", "公开", "指南"}, phrases: []string{"信息公开"}}},
		{"a word that must not occur", "预算 -决算", asked{must: []string{"预算"}, not: []string{"决算"}}},
		{"words together that must not occur", "预算 －部门决算", asked{must: []string{"预算"}, nots: []string{"部门决算"}}},
		{"a phrase that must not occur", `预算 -"部门 决算"`, asked{must: []string{"预算"}, nots: []string{"部门决算"}}},
		{"a hyphen by itself is nothing", "预算 - 决算", asked{must: []string{"预算", "决算"}}},
		{"a hyphen inside is no sign", "GB-2312", asked{must: []string{"gb", "2312"}}},
		{"a mark without its partner", `预算 "决算`, asked{must: []string{"预算", "决算"}}},
		{"a number", "明政发〔2026〕5号", asked{must: []string{"文号明政发y2026n5"}, number: "文号明政发y2026n5", only: true}},
		{"a number among words", "明政发〔2026〕5号 解读", asked{must: []string{"文号明政发y2026n5", "解读"}, number: "文号明政发y2026n5"}},
		{"a date", "2026年1月5日 公告", asked{must: []string{"日期20260105", "公告"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := understand(c.text)
			got.soft, got.show = nil, nil
			if diff := cmp.Diff(c.want, got, cmp.AllowUnexported(asked{})); diff != "" {
				t.Errorf("understand(%q) (-want +got):\n%s", c.text, diff)
			}
		})
	}
}

// FuzzUnderstand holds what both engines rely on when they write words between
// quotation marks, and that marking only adds marks.
func FuzzUnderstand(f *testing.F) {
	for _, s := range []string{"", `"`, "-", `-"a`, "明政发〔2026〕5号", "2026-01-05", "a\x00'b\\c", "“”", "\xff\"", strings.Repeat("预算 ", 300), "ﬀ İ 𠮷"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		a := understand(text)
		for _, words := range [][]string{a.must, a.not, a.soft} {
			if len(words) > maxTerms {
				t.Fatalf("understand(%q) asks for %d words", text, len(words))
			}
			for _, w := range words {
				if w == "" || !utf8.ValidString(w) || !zh.WordRunes(w) || strings.ContainsAny(w, `"'\ `+"\x00") {
					t.Fatalf("understand(%q) asks for the word %q", text, w)
				}
			}
		}
		for _, p := range append(a.phrases, a.nots...) {
			if p == "" || !utf8.ValidString(p) || strings.ContainsAny(p, "\x00\n") {
				t.Fatalf("understand(%q) asks for the phrase %q", text, p)
			}
		}
		clean := zh.Clean(text)
		marked := string(newMarker(a.show).whole(clean))
		bare := strings.NewReplacer("<mark>", "", "</mark>", "").Replace(marked)
		if strings.Count(marked, "<mark>") != strings.Count(marked, "</mark>") || strings.ContainsAny(bare, `<>"`) {
			t.Fatalf("whole(%q) = %q", clean, marked)
		}
		if got, want := squeeze(html.UnescapeString(bare)), squeeze(clean); got != want {
			t.Fatalf("whole(%q) changes the text to %q", clean, got)
		}
		newMarker(a.show).snippet(clean, []Attachment{{Name: "a", Text: clean + clean}})
	})
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }

func TestAVectorIsReadBackAsItWasWritten(t *testing.T) {
	a := analyse(Doc{Title: "政府信息公开", DocNo: "明政发〔2026〕5号", Body: strings.Repeat("信息公开条例。", 40), Attachments: []Attachment{{Name: "表.xlsx", Text: "信息 2026年1月5日"}}})
	written := vector(a)
	if vectorSum(written) != vectorSum(strings.ReplaceAll(written, "D", "")) {
		t.Errorf("the weight D, which PostgreSQL leaves out, counts: %s", written)
	}
	for _, want := range []string{"'政府':1A", "'@信息' ", "'文号明政发y2026n5':", "'日期20260105':"} {
		if !strings.Contains(written, want) {
			t.Errorf("vector = %s, want it to hold %s", written, want)
		}
	}
	if n := strings.Count(written[strings.Index(written, "'条例'"):], "C"); n < maxPositions {
		t.Errorf("vector keeps %d places of 条例, want at least %d", n, maxPositions)
	}
}

func TestASnippetShowsWhereMostOfTheWordsStand(t *testing.T) {
	far := strings.Repeat("无关的内容。", 100)
	for _, c := range []struct {
		name, body string
		files      []Attachment
		want, file string
	}{
		{"the beginning when nothing is found", "第一句。第二句。", nil, "第一句。第二句。", ""},
		{"both words rather than the first one", "预算。" + far + "预算与决算公开。" + far, nil, "…<mark>预算</mark>与<mark>决算</mark>公开。无关", ""},
		{"the text when a file holds as much", "预算。", []Attachment{{"a.docx", "预算预算"}}, "<mark>预算</mark>。", ""},
		{"the file when it holds more", "预算。", []Attachment{{"a.docx", "别的。预算和决算"}}, "…<mark>预算</mark>和<mark>决算</mark>", "a.docx"},
		{"white space as one space", "预算\n\n \t表", nil, "<mark>预算</mark> 表", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, file := newMarker([]string{"预算", "决算"}).snippet(c.body, c.files)
			if !strings.HasPrefix(string(got), c.want) || file != c.file {
				t.Errorf("snippet = %s of %q, want %s of %q", got, file, c.want, c.file)
			}
		})
	}
}
