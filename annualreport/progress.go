package annualreport

import (
	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/org"
	"gongkai/workday"
)

// A Progress is how far a round has come.
type Progress struct {
	Round   Round
	Counts  map[State]int // own reports by state
	Units   []UnitProgress
	Whole   UnitProgress // the consolidated report
	Late    int
	Broken  int // units with hard findings
	Changed int // units whose records have changed since they handed in
}

// UnitProgress is how far one unit has come.
type UnitProgress struct {
	Report  Report
	Name    string
	Days    int // until it is due; negative when it is late
	Late    bool
	Unknown int // cells nobody recorded
	Broken  int // hard findings
	Bare    int // of them without an explanation
	Fixes   int // corrections in force
	Changed int // cells that have changed since it was handed in
}

// Progress shows a round at a glance to the office. It fails with Forbidden
// without identity.ReportAccept in the government and NotFound for no such round.
func (rs *Reports) Progress(tx *db.Tx, by identity.Actor, government org.ID, year int) (*Progress, error) {
	if err := by.Check(identity.ReportAccept, government); err != nil {
		return nil, err
	}
	d, err := rs.deskOf(tx, government, year)
	if err != nil {
		return nil, err
	}
	if err := rs.count(tx, d, org.Under(government)); err != nil {
		return nil, err
	}
	p := &Progress{Round: d.round, Counts: map[State]int{}}
	today := workday.Today(tx.Now)
	for _, r := range d.reports {
		s, err := judgedOf(tx, d, r)
		if err != nil {
			return nil, err
		}
		u := UnitProgress{Report: r, Name: s.Agency, Days: today.DaysUntil(r.Due), Late: r.Late(today), Unknown: len(s.Unknown()),
			Changed: len(s.Changed())}
		for _, f := range s.Findings {
			// That the year is not over, or prose not written yet, breaks no rule.
			if !f.Hard() || f.Rule == "year.open" || f.Rule == "prose.suggestion" {
				continue
			}
			u.Broken++
			if f.Explanation == nil {
				u.Bare++
			}
		}
		for _, f := range s.Figures {
			if f.Fix != nil {
				u.Fixes++
			}
		}
		if r.Kind == Consolidated {
			p.Whole = u
			continue
		}
		p.Units = append(p.Units, u)
		p.Counts[r.State]++
		if u.Late {
			p.Late++
		}
		if u.Broken > 0 {
			p.Broken++
		}
		if u.Changed > 0 {
			p.Changed++
		}
	}
	return p, nil
}
