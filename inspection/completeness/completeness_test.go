package completeness

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"gongkai/document"
	"gongkai/inspection/rule"
	"gongkai/inspection/rule/ruletest"
)

// example is what the first line of an example may say about the file.
type example struct {
	Kind            string                  `json:"kind"`
	Title           string                  `json:"title"`
	Normative       bool                    `json:"normative"`
	Elements        map[rule.Element]string `json:"elements"`
	Attachments     []string                `json:"attachments"`
	Interpretations []string                `json:"interpretations"`
	Interprets      []string                `json:"interprets"`
	Today           string                  `json:"today"`
	HTML            bool                    `json:"html"`
	Repeat          int                     `json:"repeat"` // the text so many times over
}

// fileOf makes the file an example speaks of; 【】 marks the place that matters.
func fileOf(t *testing.T, s string) (f *rule.File, marked string) {
	t.Helper()
	var x example
	body := s
	if strings.HasPrefix(s, "{") {
		head, rest, _ := strings.Cut(s, "\n")
		if err := json.Unmarshal([]byte(head), &x); err != nil {
			t.Fatalf("example %q: %v", head, err)
		}
		body = rest
	}
	if b, e := strings.Index(body, "【"), strings.Index(body, "】"); b >= 0 && e > b {
		marked = body[b+len("【") : e]
	}
	body = strings.NewReplacer("【", "", "】", "").Replace(body)
	body = strings.Repeat(body, max(1, x.Repeat))
	f = &rule.File{Name: "a.html", Title: x.Title}
	if x.HTML {
		f.Page = PageOf(body)
		body = document.Text(body)
	}
	if x.Kind != "" {
		f.Record = &rule.Record{Kind: x.Kind, Normative: x.Normative, Elements: x.Elements, Attachments: x.Attachments, Interpretations: x.Interpretations, Interprets: x.Interprets, Today: x.Today}
	}
	f.Texts = []*rule.Text{rule.NewText("document", body)}
	return f, marked
}

func check(f *rule.File) (all []rule.Finding) {
	c := New()
	for _, t := range f.Texts {
		c.Check(f, t, func(x rule.Finding) { all = append(all, x) })
	}
	return all
}

func TestTheRulesKeepTheirExamples(t *testing.T) {
	for _, r := range New().Pack().Rules {
		for _, s := range r.Find {
			f, marked := fileOf(t, s)
			var got []rule.Finding
			hit := false
			for _, x := range check(f) {
				got = append(got, x)
				hit = hit || x.Rule == r.Code && (marked == "" || x.Text == marked)
			}
			if !hit {
				t.Errorf("%s in %q: got %+v, want a finding at %q", r.Code, s, got, marked)
			}
		}
		for _, s := range r.Pass {
			f, _ := fileOf(t, s)
			for _, x := range check(f) {
				if x.Rule == r.Code {
					t.Errorf("%s in %q: got %+v, want none", r.Code, s, x)
				}
			}
		}
	}
}

func TestNothingKnownIsNothingMissed(t *testing.T) {
	text := rule.NewText("document", "请按时报送。\n附件：1.申报表\n2.汇总表\n")
	if got := check(&rule.File{Texts: []*rule.Text{text}}); len(got) != 0 {
		t.Errorf("without a record: got %+v, want none", got)
	}
	if got := check(&rule.File{Texts: []*rule.Text{text}, Record: &rule.Record{Kind: "policy", Normative: true}}); len(got) != 0 {
		t.Errorf("with an empty record: got %+v, want none", got)
	}
}

func TestAFileIsJudgedOnceHoweverManyPartsItHas(t *testing.T) {
	f := &rule.File{Record: &rule.Record{Kind: "notice", Elements: map[rule.Element]string{rule.IndexNo: ""}},
		Texts: []*rule.Text{rule.NewText("title", "标题"), rule.NewText("document", "正文。"), rule.NewText("header", "页眉"), rule.NewText("Sheet1", "表")}}
	if got := check(f); len(got) != 1 || got[0].Part != "document" {
		t.Errorf("got %d findings, want 1 in the document: %+v", len(got), got)
	}
	f.Texts = f.Texts[3:]
	if got := check(f); len(got) != 1 || got[0].Part != "Sheet1" {
		t.Errorf("a workbook: got %d findings, want 1 in its first sheet: %+v", len(got), got)
	}
}

func TestWhatCitizensWroteIsJudgedByItsRecordAlone(t *testing.T) {
	f := &rule.File{Foreign: true, Title: "行政处罚决定书", Page: PageOf(`<img src="a.png"><a href="#x">看</a>`), Texts: []*rule.Text{rule.NewText("document", "附件：1.甲\n3.乙\n看")}}
	if got := check(f); len(got) != 0 {
		t.Errorf("got %+v, want none", got)
	}
	f.Record = &rule.Record{Kind: "notice", Elements: map[rule.Element]string{rule.IndexNo: ""}}
	if got := check(f); len(got) != 1 {
		t.Errorf("got %+v, want the missing number alone", got)
	}
}

func TestAttachmentsArePairedHoweverTheyAreWritten(t *testing.T) {
	const text = "请认真执行。\n\n　　附件：1.明镜区政务公开工作要点任务分解表\n　　　　　2.政务公开工作联络员名单\n\n明镜区人民政府办公室\n2026年1月5日\n"
	for _, files := range [][]string{
		{"附件1：明镜区政务公开工作要点任务分解表.xlsx", "附件2：政务公开工作联络员名单.docx"},
		{"附件1.xlsx", "附件2.docx"},
		{"明镜区政务公开工作要点任务分解表（定稿）.xlsx", "政务公开联络员名单.docx"},
		{"附件.zip"},
		{"P0202601.pdf", "P0202602.pdf"},
	} {
		f := &rule.File{Record: &rule.Record{Kind: "notice", Attachments: files}, Texts: []*rule.Text{rule.NewText("document", text)}}
		if got := check(f); len(got) != 0 {
			t.Errorf("with %v: got %+v, want none", files, got)
		}
	}
	f := &rule.File{Record: &rule.Record{Kind: "notice", Attachments: []string{}}, Texts: []*rule.Text{rule.NewText("document", text)}}
	if got := check(f); len(got) != 2 || got[0].Text != "1.明镜区政务公开工作要点任务分解表" {
		t.Errorf("with nothing attached: got %+v, want both", got)
	}
}

func TestAFaultOfTheWholePageIsOneFinding(t *testing.T) {
	const table = "<table><tr><td>项目</td><td>金额</td></tr><tr><td>收入</td><td>12</td></tr></table>"
	for _, c := range []struct {
		html, rule   string
		found, count int
	}{
		{strings.Repeat(table, 3), "element.table-head", 1, 3},
		{strings.Repeat("<p><img src=\"a.png\">图</p>", habit), "element.alt", 1, habit},
		{strings.Repeat("<p><img src=\"a.png\">图</p>", habit-1), "element.alt", habit - 1, 0},
	} {
		f := &rule.File{Page: PageOf(c.html), Texts: []*rule.Text{rule.NewText("document", document.Text(c.html))}}
		var got []rule.Finding
		for _, x := range check(f) {
			if x.Rule == c.rule {
				got = append(got, x)
			}
		}
		if len(got) != c.found || got[0].Count != c.count {
			t.Errorf("%s: got %+v, want %d findings, count %d", c.rule, got, c.found, c.count)
		}
	}
}

func TestCleanTextsAreSilent(t *testing.T) {
	c := New()
	n, chars := 0, 0
	ruletest.Clean(t, ruletest.Every(), func(s string) {
		chars += utf8.RuneCountInString(s)
		for _, f := range ruletest.Inspect(c, s) {
			n++
			t.Logf("%s %q: %s", f.Rule, f.Text, f.Message)
		}
	})
	if n > chars/1_000_000 {
		t.Errorf("%d findings in %d characters, want at most one in a million", n, chars)
	}
}

func FuzzPageOf(f *testing.F) {
	for _, s := range []string{"<a href=#x>", "<table><tr><td>1<table>", "<img alt=IMG_1.jpg>", "附件：1.甲\n附件2", "<p hidden><a href=''></a>"} {
		f.Add(s, "附件：1."+s)
	}
	f.Fuzz(func(t *testing.T, page, text string) {
		n := utf8.RuneCountInString(text)
		x := &rule.File{Page: PageOf(page), Record: &rule.Record{Attachments: []string{page}}, Texts: []*rule.Text{rule.NewText("document", text)}}
		for _, r := range check(x) {
			if r.Start < 0 || r.End > n || r.Start > r.End {
				t.Fatalf("%q: %s from %d to %d of %d", text, r.Rule, r.Start, r.End, n)
			}
		}
	})
}

// What a hostile text costs grows with its length, not with its square.
func TestHostileTextsCostWhatTheirLengthCosts(t *testing.T) {
	took := func(n int) time.Duration {
		s := strings.Repeat("见附件1 附件：甲", n)
		page := strings.Repeat("<figure><table><tr><td>a<td>b<tr><td>c<td>d</table></figure><a href=#x><img>", n/10)
		begin := time.Now()
		check(&rule.File{Title: "行政处罚决定书", Page: PageOf(page), Record: &rule.Record{Attachments: []string{"甲.docx"}}, Texts: []*rule.Text{rule.NewText("document", s)}})
		return time.Since(begin)
	}
	took(2000)
	small, large := took(4000), took(64000)
	if large > 160*small+time.Second {
		t.Errorf("sixteen times the length took %v instead of %v", large, small)
	}
}
