package console_test

import (
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"gongkai/annualreport"
	"gongkai/annualreport/form"
	"gongkai/identity"
	"gongkai/internal/browser"
	"gongkai/internal/db"
)

// TestReportsInABrowser opens the pages of the annual report on a desk and on a
// phone and has each checked for accessibility.
func TestReportsInABrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED in the short run: not tried in a browser; the full run does")
	}
	b := browser.Start(t)
	w := sqlite(t)
	w.clock.Set(time.Date(2026, 3, 2, 9, 30, 0, 0, time.FixedZone("", 8*3600)))
	own, whole, past, damaged := w.furnishReports()
	path := "/console/reports/" + string(own)
	cell := path + "/cell?c="
	// On a desk the story of the whole program looks at those marked told.
	pages := []struct {
		login, name, path string
		told              bool
	}{
		{"publisher", "reports", "/console/reports", true},
		{"publisher", "home-report", "/console", true},
		{"publisher", "report", path, true},
		{"publisher", "report-last", path + "?last=1", false},
		{"publisher", "report-cell", cell + url.QueryEscape("table3.new.自然人"), true},
		{"publisher", "report-cell-sum", cell + url.QueryEscape("table3.total.总计"), true},
		{"publisher", "report-cell-fixed", cell + url.QueryEscape("table3.granted.商业企业"), false},
		{"publisher", "report-cell-unknown", cell + url.QueryEscape("table2.行政许可.decisions"), false},
		{"publisher", "report-fill", path + "/fill", true},
		{"publisher", "report-text", path + "/text", true},
		{"publisher", "report-check", path + "/check", true},
		{"publisher", "report-handle", path + "/handle", true},
		{"publisher", "report-paper", path + "/paper", true},
		{"publisher", "report-preview", path + "/preview", true},
		{"publisher", "report-past", path + "/past", true},
		{"publisher", "report-earlier", "/console/reports/earlier", false},
		{"publisher", "report-earlier-one", "/console/reports/earlier/kept/" + past, false},
		{"publisher", "report-read", damaged, false},
		{"elsewhere", "report-empty", "/console/reports/" + string(w.reportOf(town, annualreport.Own).ID), false},
		{"supervisor", "reports-office", "/console/reports", true},
		{"supervisor", "round-new", "/console/reports/new", false},
		{"supervisor", "round", "/console/reports/years/mj/2025", true},
		{"supervisor", "round-dates", "/console/reports/years/mj/2025/dates", false},
		{"supervisor", "report-whole", "/console/reports/" + string(whole), true},
		{"supervisor", "report-units", "/console/reports/" + string(whole) + "/units", true},
		{"supervisor", "report-judge", "/console/reports/" + string(w.reportOf(gov, annualreport.Own).ID) + "/handle", true},
		{"auditor", "reports-others", "/console/reports", false},
	}
	for _, view := range []browser.View{browser.Desktop, browser.Phone} {
		people := map[string]*browser.Page{}
		for _, p := range pages {
			if p.told && !view.Touch {
				continue
			}
			person := people[p.login]
			if person == nil {
				person = b.Page(t, w.server.URL, view)
				people[p.login] = person
				person.Open("/console/signin").Fill("用户名", p.login).Fill("口令", password).Click("登录").See("工作")
			}
			person.Open(p.path).Check("console-" + p.name + "-" + view.Name)
		}
	}
}

// furnishReports makes a year in which something is wrong: the school's report
// lacks figures, has corrections and breaks rules, the government's is handed in.
func (w *world) furnishReports() (own, whole annualreport.ID, past, damaged string) {
	w.Helper()
	ctx, by := context.Background(), w.actor("publisher")
	w.openYear()
	own, whole = w.reportOf(school, annualreport.Own).ID, w.reportOf(gov, annualreport.Consolidated).ID
	w.keepYear(by, school, 60, "permit", "penalty")

	// Last year's report is this year's with another number.
	reader := w.as("publisher")
	reader.get("/console/reports/" + string(own) + "/file?format=csv")
	v, err := w.reports.ReadIn(ctx, by, school, annualreport.Own, "2024年年报.csv", strings.NewReader(strings.ReplaceAll(reader.body, "2025", "2024")))
	w.must(err)
	past, err = w.reports.Adopt(ctx, by, school, annualreport.Own, v.File.Digest, v.Name, 0, "")
	w.must(err)

	fix := func(cell string, n int64, why string) {
		w.Helper()
		w.must(w.reports.Correct(ctx, by, own, []annualreport.Correction{{Cell: cell, Value: form.Of(n)}}, why))
	}
	fix("table3.granted.商业企业", 21, "一件答复后当事人撤回，按实际办理结果更正")
	fix("table2.行政处罚.decisions", 3, "根据行政执法平台2025年度统计表填写")
	_, err = w.reports.Draft(ctx, by, own, 0)
	w.must(err)

	// The government's own report is handed in.
	writer, _, err := w.people.Create(ctx, identity.System("test"), "govwriter", identity.Details{Name: "何办", Unit: gov})
	w.must(err)
	w.must(w.people.Activate(ctx, identity.System("test"), writer))
	w.must(w.people.Grant(ctx, identity.System("test"), writer, identity.Publisher, gov))
	w.ids["govwriter"] = writer
	w.keepYear(w.actor("govwriter"), gov, 5)
	id := w.reportOf(gov, annualreport.Own).ID
	var s *annualreport.Sheet
	w.read(func(tx *db.Tx) (err error) { s, err = w.reports.Sheet(tx, w.actor("govwriter"), id); return err })
	w.must(w.reports.Submit(ctx, w.actor("govwriter"), id, s.Digest))

	// A file of the year before lost some of its lines.
	lines := strings.SplitAfter(strings.ReplaceAll(reader.body, "2025", "2023"), "\n")
	v, err = w.reports.ReadIn(ctx, by, school, annualreport.Own, "2023年年报.csv", strings.NewReader(strings.Join(append(lines[:60:60], lines[75:]...), "")))
	w.must(err)
	q := url.Values{"unit": {string(school)}, "kind": {"own"}, "file": {string(v.File.Digest)}, "name": {v.Name}}
	return own, whole, past, "/console/reports/earlier/read?" + q.Encode()
}
