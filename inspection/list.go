package inspection

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"gongkai/identity"
	"gongkai/inspection/rule"
	"gongkai/internal/db"
	"gongkai/org"
	"gongkai/workday"
)

// Filter says which findings a list shows. Zero fields do not filter, but for
// Where: a list shows what the public sees unless it asks for drafts.
type Filter struct {
	Units    org.Scope
	Unit     org.ID // exactly this unit
	States   []State
	Severity rule.Severity
	Tier     rule.Tier
	Rule     string // a rule, or a family: "typo"
	Subject  string // exactly this subject
	Prefix   string // subjects of this kind: "item", "site"
	Words    string // occur in the title or in what was found
	Overdue  bool   // the unit is late with it
	Where    Where
	From, To workday.Date // first seen, inclusive
	Order    Order
	Page     int // from 1
	Size     int // 0 means 50
}

// Where is in which texts findings are asked for.
type Where string

// The places.
const (
	InPublic Where = ""      // what the public sees, and what was there
	InDrafts Where = "draft" // what is being written
	Anywhere Where = "all"
)

// Order is how a list is sorted. Every order ends in the ID.
type Order string

// The orders.
const (
	Gravest Order = ""       // by severity, then by age
	Newest  Order = "newest" // first seen last
	Oldest  Order = "oldest"
	DueNext Order = "due"   // by deadline, those without one last
	ByTitle Order = "title" // by subject and place, as for working through a text
)

// A Count is how many findings have something in common.
type Count struct {
	Key     string // the unit, rule, severity or state
	Total   int
	Open    int // somebody still has to move
	Blocks  int // of the open ones, those that must not stand
	Overdue int
}

// Sort is what findings are counted by.
type Sort string

// The sorts.
const (
	ByUnit     Sort = "unit"
	ByRule     Sort = "rule"
	ByFamily   Sort = "family"
	BySeverity Sort = "severity"
	ByState    Sort = "state"
	ByAge      Sort = "age" // of open ones: "0" up to a week, "1" up to a month, "2" up to a quarter, "3" older
)

// families adds up what was counted by rule.
func families(rules []Count) []Count {
	var all []Count
	for _, r := range rules {
		name, _, _ := strings.Cut(r.Key, ".")
		i := slices.IndexFunc(all, func(c Count) bool { return c.Key == name })
		if i < 0 {
			i = len(all)
			all = append(all, Count{Key: name})
		}
		all[i].Total += r.Total
		all[i].Open += r.Open
		all[i].Blocks += r.Blocks
		all[i].Overdue += r.Overdue
	}
	slices.SortFunc(all, func(a, b Count) int { return cmp.Or(cmp.Compare(b.Open, a.Open), cmp.Compare(a.Key, b.Key)) })
	return all
}

// ExceptionFilter says which exceptions a list shows.
type ExceptionFilter struct {
	Units org.Scope
	Open  bool         // only those that hold today
	By    workday.Date // only those that end by this day
	Page  int
	Size  int // 0 means 50
}

// A Row is a finding as it is exported.
type Row struct {
	Finding
	UnitName string
	RuleName string
	Late     int         // working days since it was due; 0 unless it is late
	By       identity.ID // who moved it last, "system:…" for the machine, "" if nobody did
	At       time.Time
	Note     string
}

// Export calls yield for every finding of a filter, in its order, without holding
// them all. The filter's page is not asked.
func (is *Inspections) Export(tx *db.Tx, f Filter, yield func(Row) error) error {
	tree, err := org.Load(tx)
	if err != nil {
		return err
	}
	day := today(tx)
	f.Size = 500
	for f.Page = 1; ; f.Page++ {
		page, total, err := List(tx, f)
		if err != nil {
			return err
		}
		for _, x := range page {
			r := Row{Finding: x, UnitName: tree.Name(x.Unit), RuleName: is.RuleName(x.Rule)}
			if x.Overdue(day) {
				r.Late, _ = workday.National().Between(x.Due, day)
			}
			if steps, err := stepsOfFinding(tx, x.ID); err != nil {
				return err
			} else if n := len(steps); n > 0 {
				r.By, r.At, r.Note = steps[n-1].By, steps[n-1].At, steps[n-1].Note
			}
			if err := yield(r); err != nil {
				return err
			}
		}
		if f.Page*f.Size >= total {
			return nil
		}
	}
}

// RuleName is the name of a rule for people, or its code when the engine has no such
// rule, as for what a crawler found.
func (is *Inspections) RuleName(code string) string {
	for _, r := range is.engine().rules {
		if r.Code == code {
			return r.Name
		}
	}
	return code
}
