package annualreport

import (
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
