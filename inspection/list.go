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

// A Tally is how many findings there are by several things at once.
type Tally struct {
	sorts []Sort
	lines []tallyLine
}

// tallyLine is the count of one combination; keys are in the order of the sorts.
type tallyLine struct {
	keys []string
	Count
}

// By adds a tally up by one of the things it was counted by, or by family where it was
// counted by rule, the largest open number first; keep says of each combination
// whether it counts, nil that all do. What the tally was not counted by is "" to keep.
func (t Tally) By(by Sort, keep func(key func(Sort) string) bool) []Count {
	at := map[string]int{}
	var all []Count
	for _, l := range t.lines {
		key := func(s Sort) string { return t.key(l, s) }
		if keep != nil && !keep(key) {
			continue
		}
		k := key(by)
		i, ok := at[k]
		if !ok {
			i = len(all)
			at[k] = i
			all = append(all, Count{Key: k})
		}
		all[i].Total += l.Total
		all[i].Open += l.Open
		all[i].Blocks += l.Blocks
		all[i].Overdue += l.Overdue
	}
	slices.SortFunc(all, func(a, b Count) int { return cmp.Or(cmp.Compare(b.Open, a.Open), cmp.Compare(a.Key, b.Key)) })
	return all
}

func (t Tally) key(l tallyLine, by Sort) string {
	if i := slices.Index(t.sorts, by); i >= 0 && (by != ByFamily) {
		return l.keys[i]
	}
	if i := max(slices.Index(t.sorts, ByRule), slices.Index(t.sorts, ByFamily)); by == ByFamily && i >= 0 {
		family, _, _ := strings.Cut(l.keys[i], ".")
		return family
	}
	return ""
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
	last, err := lastStepsOf(tx, f)
	if err != nil {
		return err
	}
	holding, err := holdingOn(tx, today(tx))
	if err != nil {
		return err
	}
	names := map[string]string{}
	for _, r := range is.engine().rules {
		names[r.Code] = r.Name
	}
	day, calendar := today(tx), workday.National()
	return eachOf(tx, f, func(x Finding) error {
		if x.State == Excepted && !holding[x.Exception] {
			x.State = Found
		}
		r := last[x.ID]
		r.Finding, r.UnitName, r.RuleName = x, tree.Name(x.Unit), cmp.Or(names[x.Rule], x.Rule)
		if x.Overdue(day) {
			r.Late, _ = calendar.Between(x.Due, day)
		}
		return yield(r)
	})
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
