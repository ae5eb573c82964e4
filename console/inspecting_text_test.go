package console

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"gongkai/inspection"
	"gongkai/inspection/engine"
	"gongkai/inspection/rule"
)

// TestATextIsLaidOutAsFilesAre checks the text and the places the rules get to see.
func TestATextIsLaidOutAsFilesAre(t *testing.T) {
	w := &written{Title: "公示", Summary: "概述", Notes: []string{"图一", "", "表一"}, Blocks: []writtenBlock{
		{Text: "各镇："},
		{Text: "姓名", Cell: []int{1, 0, 0}}, {Text: "电话", Cell: []int{1, 0, 1}},
		{Text: "𠮷某", Cell: []int{1, 1, 0}}, {Text: "甲", Cell: []int{1, 1, 27}}, {Text: "乙", Cell: []int{1, 1, 27}},
		{Text: "完"},
	}}
	f := w.file("1")
	if got, want := f.Texts[0].S, "各镇：\n姓名\t电话\n𠮷某\t甲\n乙\n完"; got != want {
		t.Errorf("file().Texts[0].S = %q, want %q", got, want)
	}
	want := []rule.Place{{Start: 4, End: 6, Cell: "表1!A1"}, {Start: 7, End: 9, Cell: "表1!B1"}, {Start: 10, End: 12, Cell: "表1!A2"}, {Start: 13, End: 16, Cell: "表1!AB2"}}
	if d := cmp.Diff(want, f.Texts[0].Places); d != "" {
		t.Errorf("file().Texts[0].Places (-want +got):\n%s", d)
	}
	if len(f.Texts) == 4 && (f.Texts[2].Part != inspection.PartSummary || f.Texts[2].S != "概述" || f.Texts[3].Part != inspection.PartCaptions || f.Texts[3].S != "图一\n\n表一") {
		t.Errorf("file().Texts[2:] = %q and %q, want the summary and the notes", f.Texts[2].S, f.Texts[3].S)
	}
	if f.Title != "公示" || len(f.Texts) != 4 || f.Texts[1].Part != inspection.PartTitle {
		t.Errorf("file() has title %q and %d texts, want the title as a text of its own", f.Title, len(f.Texts))
	}
}

// TestAFindingIsPutWhereAScriptCounts turns code points of the whole text into
// UTF-16 units of a block.
func TestAFindingIsPutWhereAScriptCounts(t *testing.T) {
	w := &written{Title: "𠮷日公示", Summary: "公示\n名单", Notes: []string{"", "𠮷任然", "名单"}, Blocks: []writtenBlock{{Text: "第一段。"}, {Text: "𠮷𠮷任然😀在"}, {Text: ""}, {Text: "末段"}}}
	w.file("1")
	for _, c := range []struct {
		name string
		f    rule.Finding
		want writtenPlace
		ok   bool
	}{
		{"behind characters of two units", rule.Finding{Part: "document", Start: 7, End: 9}, writtenPlace{in: inText, n: 1, start: 4, end: 6}, true},
		{"with one in it", rule.Finding{Part: "document", Start: 8, End: 10}, writtenPlace{in: inText, n: 1, start: 5, end: 8}, true},
		{"over the end of a block", rule.Finding{Part: "document", Start: 10, End: 14}, writtenPlace{in: inText, n: 1, start: 8, end: 9, cut: true}, true},
		{"in the last block", rule.Finding{Part: "document", Start: 13, End: 15}, writtenPlace{in: inText, n: 3, start: 0, end: 2}, true},
		{"in the title", rule.Finding{Part: inspection.PartTitle, Start: 1, End: 2}, writtenPlace{in: inTitle, start: 2, end: 3}, true},
		{"in the summary", rule.Finding{Part: inspection.PartSummary, Start: 3, End: 5}, writtenPlace{in: inSummary, start: 3, end: 5}, true},
		{"in a note", rule.Finding{Part: inspection.PartCaptions, Start: 2, End: 4}, writtenPlace{in: inNotes, n: 1, start: 2, end: 4}, true},
		{"over the end of a note", rule.Finding{Part: inspection.PartCaptions, Start: 3, End: 6}, writtenPlace{in: inNotes, n: 1, start: 3, end: 4, cut: true}, true},
		{"in the last note", rule.Finding{Part: inspection.PartCaptions, Start: 5, End: 7}, writtenPlace{in: inNotes, n: 2, start: 0, end: 2}, true},
		{"between blocks", rule.Finding{Part: "document", Start: 4, End: 5}, writtenPlace{in: inText, n: 0, start: 4, end: 4, cut: true}, true},
	} {
		got, ok := w.place(c.f)
		if got != c.want || ok != c.ok {
			t.Errorf("%s: place(%d–%d) = %+v, %v, want %+v, %v", c.name, c.f.Start, c.f.End, got, ok, c.want, c.ok)
		}
	}
	if _, ok := (&written{}).place(rule.Finding{Part: "document"}); ok {
		t.Error("place() found a place in a text without blocks")
	}
}

// TestActsAreNoWords keeps what a rule tells people to do out of their text.
func TestActsAreNoWords(t *testing.T) {
	for _, c := range []struct {
		suggest string
		words   []string
		advice  string
	}{
		{"仍然", []string{"仍然"}, ""},
		{"（四）", []string{"（四）"}, ""},
		{"（", []string{"（"}, ""},
		{"（删）", []string{""}, ""},
		{"（删空格）", []string{""}, ""},
		{"（删去本列）", nil, "删去本列"},
		{"（补充内容，或者写明“无”）", nil, "补充内容，或者写明“无”"},
		{"（核对日期）", nil, "核对日期"},
	} {
		words, advice := fixes(rule.Finding{Suggest: []string{c.suggest}})
		if !cmp.Equal(words, c.words) || advice != c.advice {
			t.Errorf("fixes(%q) = %q, %q, want %q, %q", c.suggest, words, advice, c.words, c.advice)
		}
	}
}

// FuzzWritten has whatever is posted laid out and every finding in it placed: inside
// its block, or nowhere.
func FuzzWritten(f *testing.F) {
	f.Add(`{"title":"通知","blocks":[{"text":"𠮷甲"},{"text":"乙","cell":[1,0,0]},{"text":"","cell":[1,0,0]},{"text":"丙","cell":[1,2,700]}]}`)
	f.Add(`{"summary":"\ud842甲","notes":["","𠮷","甲\n乙"],"blocks":[]}`)
	f.Add(`{"blocks":[{"text":"\ud842"},{"text":"a\u0000b\n","cell":[9,9,9]}],"part":true}`)
	f.Fuzz(func(t *testing.T, posted string) {
		w, err := readWritten(&http.Request{Body: io.NopCloser(strings.NewReader(posted))})
		if err != nil {
			return
		}
		for _, text := range w.file("1").Texts {
			text.Columns()
			n := utf8.RuneCountInString(text.S)
			for at := 0; at <= n && at < 500; at++ {
				p, ok := w.place(rule.Finding{Part: text.Part, Start: at, End: at + 3})
				if !ok {
					continue
				}
				var s string
				switch p.in {
				case inText:
					s = w.Blocks[p.n].Text
				case inNotes:
					s = w.Notes[p.n]
				case inTitle:
					s = w.Title
				case inSummary:
					s = w.Summary
				}
				if size := len(utf16.Encode([]rune(s))); p.start < 0 || p.start > p.end || p.end > size {
					t.Fatalf("place(%s, %d) = %+v in %d units", text.Part, at, p, size)
				}
			}
		}
	})
}

// longText is a text of many pages, each of some 3,000 characters, no two
// paragraphs alike.
func longText(pages int) *written {
	w := &written{Title: "关于进一步做好义务教育学校招生入学工作的通知", Kind: "notice"}
	for p := range pages {
		for i := range 20 {
			w.Blocks = append(w.Blocks, writtenBlock{Text: fmt.Sprintf("（%d）各镇人民政府、街道办事处应当在%d月%d日前将辖区内适龄儿童入学登记情况报送区教育局，由区教育局会同公安、人力资源社会保障、"+
				"住房城乡建设等部门在%d个工作日内完成核对。核对中发现材料不齐全的，应当一次性告知需要补正的全部内容；逾期没有补正的，按照第%d批次统筹安排，不得以任何理由拒绝接收符合条件的儿童入学。", p*20+i+1, i%12+1, p%28+1, i+3, p+2)})
		}
	}
	return w
}

// BenchmarkLook measures what looking into a text costs the server: one page of
// 3,000 characters, the part the editor sends around a change in a long text, and a
// text of a hundred pages.
func BenchmarkLook(b *testing.B) {
	e := engine.Standard()
	look := func(text *written) {
		lookOf(text, e.Inspect(text.file("1"), engine.Options{}), func(code string) string { return code })
	}
	look(longText(1)) // the models load once
	for _, size := range []struct {
		name  string
		pages int
		part  bool
	}{{"page", 1, false}, {"part", 2, true}, {"100 pages", 100, false}} {
		b.Run(size.name, func(b *testing.B) {
			text := longText(size.pages)
			text.Part = size.part
			n := 0
			for _, block := range text.Blocks {
				n += utf8.RuneCountInString(block.Text)
			}
			for b.Loop() {
				look(text)
			}
			b.ReportMetric(float64(n), "characters")
		})
	}
}
