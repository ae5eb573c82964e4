package engine

import (
	"context"
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gongkai/document"
	"gongkai/inspection/privacy"
	"gongkai/inspection/privacy/planting"
	"gongkai/inspection/rule"
	"gongkai/inspection/unseen"
)

// plantLimits keep the compiled PDF engine between runs of the tests.
func plantLimits() document.Limits {
	return document.Limits{CacheDir: filepath.Join(os.TempDir(), "gongkai-pdf-cache")}
}

// searched is what the families on personal data find in a file.
func searched(t *testing.T, name string, data []byte) []rule.Finding {
	t.Helper()
	f, _, err := Open(context.Background(), document.NewPlainReader(plantLimits()), name, data)
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return nil
	}
	return New(privacy.New(), unseen.New()).Inspect(f, Options{})
}

// bare is a value as planted: half-width, without gaps.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		case r == 'Ｘ' || r == 'x' || r == 'ｘ':
			return 'X'
		case r >= '0' && r <= '9' || r >= 'A' && r <= 'Z':
			return r
		}
		return -1
	}, s)
}

// numbers are the rules that point to a number.
var numbers = []string{"privacy.id", "privacy.id-typo", "privacy.id15", "privacy.disabled", "privacy.mobile", "privacy.mobile-bare", "privacy.bank", "privacy.passport", "privacy.permit", "privacy.float"}

// A score is what was found of what was planted.
type score struct {
	checked, checkedFound int // numbers with a check digit
	other, otherFound     int // telephones, passports
	wrong                 []string
}

func (s *score) add(o score) {
	s.checked, s.checkedFound, s.other, s.otherFound = s.checked+o.checked, s.checkedFound+o.checkedFound, s.other+o.other, s.otherFound+o.otherFound
	s.wrong = append(s.wrong, o.wrong...)
}

func (s score) String() string {
	out := "–"
	if s.checked > 0 {
		out = fmt.Sprintf("%d/%d", s.checkedFound, s.checked)
	}
	if s.other > 0 {
		out += fmt.Sprintf(" + %d/%d", s.otherFound, s.other)
	}
	if len(s.wrong) > 0 {
		out += fmt.Sprintf("，误报 %d", len(s.wrong))
	}
	return out
}

// scored compares findings with what was planted.
func scored(plants []planting.Plant, findings []rule.Finding) score {
	found, wanted := map[string]bool{}, map[string]bool{}
	for _, p := range plants {
		wanted[p.Value] = p.Personal
	}
	var s score
	for _, f := range findings {
		if !slices.Contains(numbers, f.Rule) {
			continue
		}
		v := bare(f.Text)
		found[v] = true
		if !wanted[v] {
			s.wrong = append(s.wrong, f.Rule+" "+f.Text)
		}
	}
	for _, p := range plants {
		switch {
		case !p.Personal:
		case p.Checked:
			s.checked++
			if found[p.Value] {
				s.checkedFound++
			}
		default:
			s.other++
			if found[p.Value] {
				s.otherFound++
			}
		}
	}
	return s
}

// Planted records in all kinds of documents and in every corner of a file where
// people leave them are found; office telephones and credit codes are not raised.
// testdata/planted.md says how many; -update writes it.
func TestPlantedRecordsAreFoundWhereverTheyAre(t *testing.T) {
	var table strings.Builder
	var all score
	say := func(format string, a ...any) { fmt.Fprintf(&table, format, a...) }
	say("# Planted personal data\n\nWritten by `go test ./inspection/engine -run Planted -update`. Found / planted: numbers with check digits first, then telephones and passports. All people are invented.\n\n")
	say("## Kinds of documents\n\n| 文件 | 文本 | 网页 | Word | 表格 | PDF | 演示文稿 | RTF | ODT | ODS |\n|---|---|---|---|---|---|---|---|---|---|\n")
	src := planting.NewSource(2026)
	for _, p := range planting.Papers(src) {
		say("| %s |", p.Name)
		pdf := p               // and slides
		if len(p.Rows) > 400 { // the same page again and again
			pdf.Rows = p.Rows[:400]
		}
		for _, f := range []struct {
			name string
			data func() []byte
		}{{"a.txt", p.Text}, {"a.html", p.HTML}, {"a.docx", p.Word}, {"a.xlsx", p.Sheet}, {"a.pdf", pdf.PDF}, {"a.pptx", pdf.Presentation}, {"a.rtf", p.RichText}, {"a.odt", p.OpenText}, {"a.ods", p.OpenSheet}} {
			plants := p.Plants
			if (f.name == "a.pdf" || f.name == "a.pptx") && len(pdf.Rows) < len(p.Rows) {
				plants = printed(p.Plants, pdf)
			}
			s := scored(plants, searched(t, f.name, f.data()))
			if s.checkedFound < s.checked || s.otherFound < s.other || len(s.wrong) > 0 {
				t.Errorf("%s as %s: %s; wrong %.5q", p.Name, f.name, s, s.wrong[:min(len(s.wrong), 5)])
			}
			say(" %s |", s)
			all.add(s)
		}
		say("\n")
	}
	say("\n## Places in a file\n\n| 位置 | 看得见 | 结果 |\n|---|---|---|\n")
	for _, p := range planting.Places() {
		data := p.Make(src)
		s := scored(src.Taken(), searched(t, p.File, data))
		if len(s.wrong) > 0 || p.Seen && (s.checkedFound < s.checked || s.otherFound < s.other) {
			t.Errorf("%s: %s; wrong %q", p.Name, s, s.wrong)
		} else if s.checkedFound < s.checked {
			t.Logf("%s: %s", p.Name, s)
		}
		say("| %s | %s | %s |\n", p.Name, map[bool]string{true: "是", false: "否"}[p.Seen], s)
		all.add(s)
	}
	recall := float64(all.checkedFound) / float64(all.checked)
	say("\nAll: %d of %d numbers with check digits (%.2f %%), %d of %d others, %d raised wrongly.\n", all.checkedFound, all.checked, recall*100, all.otherFound, all.other, len(all.wrong))
	if recall < 0.995 {
		t.Errorf("%.2f %% of the numbers with check digits are found, want 99.5 %%", recall*100)
	}
	golden(t, "testdata/planted.md", table.String())
}

// What is hidden is told even where it holds nothing personal, and where a photo
// was taken is told wherever the photo lies.
func TestTracesAreToldWhereverTheyLie(t *testing.T) {
	photo := string(planting.Photo("办公楼", true))
	word := planting.Word{Body: `<w:p><w:r><w:t>公示</w:t></w:r></w:p>`, More: map[string]string{"word/media/image1.jpg": photo}}
	book := planting.NewBook("名单")
	book.Text("名单", "A1", "乡镇")
	if _, err := book.NewSheet("底稿"); err != nil {
		t.Fatal(err)
	}
	book.Text("底稿", "B2", "测算过程")
	if err := book.SetSheetVisible("底稿", false, true); err != nil {
		t.Fatal(err)
	}
	book.Entry("xl/media/image1.png", string(planting.PNGPhoto("", true)))
	pdf := &planting.PDF{Objects: []string{planting.Stream("/Type /XObject /Subtype /Image /Width 8 /Height 8 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode", photo)}}
	pdf.Page()
	pdf.Text(60, 700, 12, 0, "公示")
	pdf.Text(60, 600, 12, 0, "内部测算")
	pdf.Draw("0 g 50 590 200 30 re f")
	shape := func(s string) string {
		return `<p:sp><p:txBody><a:p><a:r><a:t>` + s + `</a:t></a:r></a:p></p:txBody></p:sp>`
	}
	deck := planting.Deck{Slides: []planting.Slide{{Shapes: shape("公示")}, {Shapes: shape("测算"), Attrs: `show="0"`}, {Shapes: shape("再算"), Attrs: `show="0"`}}, More: map[string]string{"ppt/media/image1.jpg": photo}}
	for _, tt := range []struct {
		name string
		data []byte
		want []string // rule and a word of its message
	}{
		{"a.pptx", deck.Bytes(), []string{"unseen.hidden 隐藏的幻灯片，第一处在 第2张幻灯片，共2处", "unseen.place image1.jpg"}},
		{"a.rtf", []byte(planting.RichHead + planting.Rich("公示") + `{\v ` + planting.Rich("测算") + `}{\*\annotation a}\par}`), []string{"unseen.hidden 看不见", "unseen.comment 批注"}},
		{"a.odt", planting.Open{Kind: "text", Body: `<text:p>公示</text:p><text:section text:display="none"><text:p>测算</text:p></text:section>`, More: map[string]string{"Pictures/image1.jpg": photo}}.Bytes(), []string{"unseen.hidden 看不见", "unseen.place image1.jpg"}},
		{"a.jpg", []byte(photo), []string{"unseen.place 拍摄位置"}},
		{"a.png", planting.PNGPhoto("", true), []string{"unseen.place 拍摄位置"}},
		{"a.docx", word.Bytes(), []string{"unseen.place image1.jpg"}},
		{"a.xlsx", book.Bytes(), []string{"unseen.hidden 底稿", "unseen.place image1.png"}},
		{"a.html", []byte(`<html><body><p>公示</p><p style="display:none">测算</p><img src="data:image/jpeg;base64,` + base64.StdEncoding.EncodeToString([]byte(photo)) + `">`), []string{"unseen.hidden 看不见", "unseen.place 拍摄位置"}},
		{"a.pdf", pdf.Bytes(), []string{"unseen.hidden 第1页", "unseen.place 拍摄位置"}},
	} {
		found := searched(t, tt.name, tt.data)
		for _, w := range tt.want {
			code, word, _ := strings.Cut(w, " ")
			if !slices.ContainsFunc(found, func(f rule.Finding) bool { return f.Rule == code && strings.Contains(f.Message, word) }) {
				t.Errorf("%s: no %s that says %q; found %+v", tt.name, code, word, found)
			}
		}
	}
}

// A number on a slide is told with the slide and the cell people see it in.
func TestAFindingOnASlideNamesTheSlide(t *testing.T) {
	src := planting.NewSource(7)
	for _, p := range planting.Papers(src)[:1] {
		found := searched(t, "a.pptx", p.Presentation())
		i := slices.IndexFunc(found, func(f rule.Finding) bool { return f.Rule == "privacy.id" })
		if i < 0 || found[i].Part != "第2张幻灯片" || !strings.HasPrefix(found[i].Cell, "表1!") {
			t.Errorf("findings = %+v, want the first identity number in a cell of slide 2", found[:min(len(found), 3)])
		}
	}
}

// printed are the plants that stand in a shortened paper.
func printed(plants []planting.Plant, p planting.Paper) (kept []planting.Plant) {
	text := string(p.Text())
	for _, x := range plants {
		if strings.Contains(text, x.Value) {
			kept = append(kept, x)
		}
	}
	return kept
}

func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s is not what was measured; look at it and run with -update\ngot\n%s", path, got)
	}
}
