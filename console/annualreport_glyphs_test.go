package console

import (
	"strings"
	"testing"

	"gongkai/annualreport/form"
	"gongkai/annualreport/paper"
)

func TestCharactersThePDFCannotPrintAreSaidBeforePublishing(t *testing.T) {
	p := &paper.Paper{Report: form.New(form.ByID("2021")), Title: "明镜区民政局2026年政府信息公开工作年度报告"}
	for i := range p.Report.Values {
		p.Report.Values[i] = form.Of(0)
	}
	for n := 1; n <= 6; n++ {
		p.Chapters = append(p.Chapters, paper.Chapter{Number: n, Title: paper.ChapterTitle(n), Paras: []string{"没有。"}})
	}
	b, err := glyphs(p)
	if err != nil || b != nil {
		t.Errorf("a report of usual characters: got %+v, %v, want nothing", b, err)
	}
	p.Chapters[4].Paras = []string{"联系人所在的𪚥村尚未接通网络。"}
	if b, err = glyphs(p); err != nil || b == nil || !strings.Contains(b.Say, "𪚥") {
		t.Errorf("a report with 𪚥: got %+v, %v, want it named", b, err)
	}
}
