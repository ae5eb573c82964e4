package console

import (
	"fmt"
	"net/url"
	"strconv"
	"time"

	"gongkai/annualreport"
	"gongkai/annualreport/form"
	"gongkai/identity"
	"gongkai/internal/fault"
	"gongkai/internal/web"
	"gongkai/internal/web/ui"
	"gongkai/org"
	"gongkai/register"
)

// reportRoutes are the pages of the annual report: of a unit's report, of a
// government's year, and of earlier reports read in from files.
func (c *Console) reportRoutes(get, post func(path, right string, h web.Handler) *web.Route) {
	const (
		read   = string(identity.ReportRead)
		fill   = string(identity.ReportFill)
		accept = string(identity.ReportAccept)
	)
	get("/reports", read, c.reports)
	get("/reports/new", accept, c.newRound)
	post("/reports/new", accept, c.openRound)
	get("/reports/years/{unit}/{year}", accept, c.round)
	get("/reports/years/{unit}/{year}/list.csv", accept, c.roundCSV)
	get("/reports/years/{unit}/{year}/dates", accept, c.roundDates)
	post("/reports/years/{unit}/{year}/dates", accept, c.setRoundDates)
	post("/reports/years/{unit}/{year}/units", accept, c.addReportUnit)
	post("/reports/years/{unit}/{year}/remind", accept, c.remindUnits)
	get("/reports/earlier", read, c.earlier)
	post("/reports/earlier", fill, c.readEarlier).Body(uploadBytes).Timeout(2 * time.Minute)
	get("/reports/earlier/read", fill, c.earlierRead)
	post("/reports/earlier/read", fill, c.adoptEarlier)
	get("/reports/earlier/kept/{past}", read, c.earlierOne)

	get("/reports/{id}", read, c.report)
	get("/reports/{id}/cell", read, c.reportCell)
	post("/reports/{id}/correct", fill, c.correctCell)
	post("/reports/{id}/uncorrect", fill, c.uncorrectCell)
	get("/reports/{id}/fill", fill, c.fillPage)
	post("/reports/{id}/fill", fill, c.fillCells)
	get("/reports/{id}/text", read, c.reportText)
	post("/reports/{id}/text", fill, c.writeText).Body(draftBytes)
	post("/reports/{id}/draft", fill, c.draftText)
	post("/reports/{id}/restore", fill, c.restoreText)
	get("/reports/{id}/check", read, c.reportCheck)
	get("/reports/{id}/units", read, c.reportUnits)
	get("/reports/{id}/handle", read, c.reportHandle)
	post("/reports/{id}/explain", fill, c.explainFindings)
	post("/reports/{id}/submit", fill, c.submitReport)
	post("/reports/{id}/recall", fill, c.recallReport)
	post("/reports/{id}/return", accept, c.returnReport)
	post("/reports/{id}/accept", accept, c.acceptReport)
	post("/reports/{id}/excuse", accept, c.excuseReport)
	post("/reports/{id}/call", accept, c.callReport)
	get("/reports/{id}/paper", read, c.reportPaper)
	get("/reports/{id}/preview", read, c.reportPreview)
	get("/reports/{id}/file", read, c.reportFile).Timeout(time.Minute)
	post("/reports/{id}/paper", fill, c.makePaper).Timeout(2 * time.Minute)
	get("/reports/{id}/past", read, c.reportPast)
}

func reportPath(id annualreport.ID) string { return Root + "/reports/" + string(id) }

func cellPath(id annualreport.ID, cell string) string {
	return reportPath(id) + "/cell?c=" + url.QueryEscape(cell)
}

func yearPath(government org.ID, year int) string {
	return Root + "/reports/years/" + string(government) + "/" + strconv.Itoa(year)
}

// bookPath is where the register stands that a fact is counted from, "" for
// facts of another kind.
func bookPath(fact annualreport.FactName, unit org.ID, year int) (path, title string) {
	f, ok := register.FactByName(string(fact))
	if !ok {
		return "", ""
	}
	b := register.ByID(f.Book)
	return Root + "/registers/" + string(b.ID) + "?unit=" + url.QueryEscape(string(unit)) + "&year=" + strconv.Itoa(year), b.Title
}

// reportStates are the looks of the states.
var reportStates = map[annualreport.State]string{
	annualreport.Open: ui.Mute, annualreport.Filling: ui.Note, annualreport.Submitted: ui.Note, annualreport.Returned: ui.Warn,
	annualreport.Accepted: ui.Good, annualreport.Excused: ui.Mute, annualreport.Made: ui.Note, annualreport.InReview: ui.Note, annualreport.Published: ui.Good,
}

func reportState(s annualreport.State) *ui.State {
	return &ui.State{Kind: reportStates[s], Say: s.Name()}
}

// reportTitle names a report for people.
func reportTitle(r annualreport.Report, agency string) string {
	s := fmt.Sprintf("%s%d年度报告", agency, r.Year)
	if r.Kind == annualreport.Consolidated {
		s += "（汇总）"
	}
	return s
}

// dueWords says how far a day is.
func dueWords(days int) string {
	switch {
	case days > 0:
		return fmt.Sprintf("还有%d天", days)
	case days == 0:
		return "今天到期"
	}
	return fmt.Sprintf("逾期%d天", -days)
}

// reportRefused notes in a form what stood in the way of an act, and tells whether
// the page should be shown again.
func reportRefused(f *web.Form, err error) bool {
	switch fault.KindOf(err) {
	case fault.Invalid, fault.Conflict, fault.Forbidden:
		if !f.Take(err) {
			f.Problem("", fault.Sentence(err))
		}
		return true
	}
	return false
}

// valueWords says a value with its unit.
func valueWords(v form.Value, k form.Kind) string {
	switch {
	case v.State == form.Unknown:
		return "未知"
	case v.State == form.Blank:
		return "空白"
	case v.State == form.NotApplicable:
		return "/（不涉及）"
	case k.Money():
		return form.InWan(v.N) + "万元"
	}
	return strconv.FormatInt(v.N, 10)
}
