package portal_test

import (
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"

	"gongkai/annualreport/form"
	"gongkai/annualreport/paper"
	"gongkai/internal/browser"
	"gongkai/internal/db/dbtest"
	"gongkai/internal/web/webtest"
	"gongkai/publication"
	"gongkai/review"
	"gongkai/workday"
)

// yearly is a report on a year whose figures grow with n.
func yearly(year int, n int64) *paper.Paper {
	r := form.New(form.ForYear(year))
	r.Agency, r.Year = "明镜区教育局", year
	for i, c := range r.Form.Cells {
		r.Values[i] = form.Of(0)
		if c.Table == "table2" {
			r.Values[i] = form.Of(17 * n)
			if c.Kind.Money() {
				r.Values[i] = form.Of(27153 * n * form.PerYuan)
			}
		}
	}
	for id, v := range map[string]int64{"new": 5 * n, "carried": 1, "granted": 2 * n, "partial": n, "deny5": n, "unable1": n, "total": 5 * n, "forward": 1} {
		for _, col := range []string{"自然人", "总计"} {
			r.Set("table3."+id+"."+col, form.Of(v))
		}
	}
	r.Set("table4.reconsideration.维持", form.Of(n/2))
	r.Set("table4.reconsideration.总计", form.Of(n/2))
	p := &paper.Paper{Report: r, Title: fmt.Sprintf("明镜区教育局%d年政府信息公开工作年度报告", year),
		Intro: []string{"根据《中华人民共和国政府信息公开条例》第五十条规定，编制本报告。本报告所列数据的统计期限为全年。"},
		Chapters: []paper.Chapter{{Number: 1, Paras: []string{
			"（一）主动公开。全年主动公开政府信息386条，及时公开义务教育招生入学、校外培训机构管理等群众关心的信息。",
			fmt.Sprintf("（二）依申请公开。全年新收政府信息公开申请%d件，上年结转1件，办结%d件，结转下年度继续办理1件。", 5*n, 5*n),
			"（三）政府信息管理。严格公开前审查，清理行政规范性文件并动态更新。", "（四）政府信息公开平台建设。完善栏目检索、查阅、下载功能。", "（五）监督保障。组织业务培训2次，参训46人次。"}},
			{Number: 5, Paras: []string{"存在的主要问题：政策解读形式不够丰富。", "改进情况：加大图文解读比重，开展答复文书评查。"}},
			{Number: 6, Paras: []string{"依据《政府信息公开信息处理费管理办法》，本年度发出收费通知0件，收取信息处理费0元。"}}},
		Signed: "明镜区教育局", Made: fmt.Sprintf("%d年1月20日", year+1)}
	cell, _ := r.Form.Index("table3.deny5.总计")
	p.Fixes = []paper.Fix{{Cell: cell, Computed: form.Of(n + 1), Printed: form.Of(n), Reason: "一件申请的办理结果登记有误，已核对原件"}}
	return p
}

// announce publishes a report as the pillar does: the page and all formats.
func (v *district) announce(p *paper.Paper, more ...publication.File) publication.ItemID {
	v.Helper()
	docx, err := p.DOCX()
	v.must(err)
	pdf, _, err := p.PDF()
	v.must(err)
	xlsx, err := p.XLSX()
	v.must(err)
	files := append(more, v.keep(p.Title+".json", "json", p.JSON()), v.keep(p.Title+".docx", "docx", docx), v.keep(p.Title+".pdf", "pdf", pdf),
		v.keep(p.Title+".xlsx", "xlsx", xlsx), v.keep(p.Title+".csv", "txt", p.CSV()))
	return v.publish(publication.Content{Title: p.Title, Kind: publication.Report, Column: publication.ReportColumn, Theme: "11", Issuer: "明镜区教育局",
		Made: workday.New(p.Report.Year+1, 1, 20), Openness: review.Openness{Attribute: review.Open}, Body: p.HTML(), Files: files})
}

func TestAReportWithItsFiguresIsShownWithDownloadsAndCharts(t *testing.T) {
	each(t, func(v *district) {
		for y := int64(2020); y <= 2023; y++ {
			v.announce(yearly(int(y), y-2016))
		}
		other := v.keep("说明.txt", "txt", []byte("补充说明"))
		id := v.announce(yearly(2025, 12), other)
		page := v.page("/info/" + string(id))
		v.has("the page", page, "doc-report", "下载本报告", "Word 文档", "PDF 文档", "Excel 表格", "CSV 数据", "JSON 数据", "有1处数据经人工更正",
			`<th rowspan="8" scope="rowgroup">（三）不予公开</th>`, "本年度申请办理结果", "近五年申请办理情况", "近五年行政复议、行政诉讼情况", "chart-svg", "用表格查看数据", "说明.txt")
		if n := strings.Count(page, ".docx"); n != 1 {
			t := strings.Count(page, `download`)
			v.Errorf("the Word document is named %d times (%d downloads), want once, under the title", n, t)
		}
		if words, docs := strings.Index(page, "Word 文档"), strings.Index(page, "JSON 数据"); words > docs {
			v.Errorf("the formats are not in the order people look for them")
		}
		for _, want := range []string{"<th scope=\"row\">2021</th><td class=\"num\">25</td>", "<th scope=\"row\">2024</th><td class=\"num\">—</td>", "<th scope=\"row\">2025</th><td class=\"num\">60</td>"} {
			v.has("the table of the trend", page, want)
		}
		v.lacks("the table of the trend", page, "<th scope=\"row\">2020</th>")
		for _, wrong := range webtest.Inspect([]byte(page)) {
			v.Errorf("the page: %s", wrong)
		}
	})
}

func TestAReportWithoutItsFiguresIsShownAsItIs(t *testing.T) {
	each(t, func(v *district) {
		foreign := v.keep("数据.json", "json", []byte(`{"rows":[1,2,3]}`))
		broken := v.keep("坏的.json", "json", []byte(`{"form":"2021","table3":`))
		id := v.publish(publication.Content{Title: "明镜区教育局2025年政府信息公开工作年度报告", Kind: publication.Report, Column: publication.ReportColumn,
			Made: workday.New(2026, 1, 20), Openness: review.Openness{Attribute: review.Open}, Body: "<p>总体情况。</p>", Files: []publication.File{foreign, broken}})
		page := v.page("/info/" + string(id))
		v.has("the page", page, "总体情况。", "数据.json", "坏的.json")
		v.lacks("the page", page, "下载本报告", "图示", "doc-report")
	})
}

func TestAReportPageInABrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED in the short run: not tried in a browser; the full run does")
	}
	b := browser.Start(t)
	v := newDistrict(t, dbtest.SQLite(t, publication.Schema))
	for y := int64(2021); y <= 2024; y++ {
		v.announce(yearly(int(y), y-2016))
	}
	id := v.announce(yearly(2025, 12))
	server := httptest.NewServer(v.portal)
	t.Cleanup(server.Close)
	for _, view := range []browser.View{browser.Desktop, browser.Phone} {
		p := b.Page(t, server.URL, view).Open("/info/" + string(id))
		p.See("下载本报告", "本年度申请办理结果").Check("report-" + view.Name)
		p.OnPaper(func() {
			p.See("三、收到和处理政府信息公开申请情况").SeeNot("下载本报告").Picture("report-paper-" + view.Name)
		})
	}
}

func TestThePreviewOfAReportHasItsChartsToo(t *testing.T) {
	each(t, func(v *district) {
		v.announce(yearly(2024, 7))
		p := yearly(2025, 12)
		content := publication.Content{Title: p.Title, Kind: publication.Report, Column: publication.ReportColumn, Issuer: "明镜区教育局", Made: workday.New(2026, 1, 20),
			Openness: review.Openness{Attribute: review.Open}, Body: p.HTML(), Files: []publication.File{v.keep(p.Title+".json", "json", p.JSON())}}
		row := publication.Row{Unit: "mj-jyj", Title: content.Title, Kind: content.Kind, Column: content.Column}
		w := newRecorder()
		if err := v.portal.Preview(w, newRequest("/console/preview"), v.unit("mj-jyj"), row, content); err != nil {
			v.Fatal(err)
		}
		v.has("the preview", w.Body.String(), "预览", "下载本报告", "近五年申请办理情况", "<th scope=\"row\">2024</th><td class=\"num\">35</td>")
	})
}
