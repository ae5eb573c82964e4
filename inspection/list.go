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

var orders = map[Order]string{
	Gravest: `CASE severity WHEN 'block' THEN 0 WHEN 'error' THEN 1 WHEN 'suspect' THEN 2 ELSE 3 END, seen_first, id`,
	Newest:  `seen_first DESC, id DESC`,
	Oldest:  `seen_first, id`,
	DueNext: `CASE due WHEN '' THEN 1 ELSE 0 END, due, id`,
	ByTitle: `title, subject, part, begins, id`,
}

// the conditions of a list stand in one text; an empty parameter switches its
// condition off.
const listed = `
	FROM inspection_finding
	WHERE ` + org.InScope + `
	  AND ($2 = '' OR unit = $2)
	  AND ($3 = '' OR $3 LIKE '%|' || state || '|%')
	  AND ($4 = '' OR severity = $4)
	  AND ($5 = '' OR tier = $5)
	  AND ($6 = '' OR rule = $6 OR substr(rule, 1, length($6) + 1) = $6 || '.')
	  AND ($7 = '' OR subject = $7)
	  AND ($8 = '' OR substr(subject, 1, length($8) + 1) = $8 || '/')
	  AND ($9 = '' OR title LIKE $9 ESCAPE '!' OR text LIKE $9 ESCAPE '!' OR message LIKE $9 ESCAPE '!')
	  AND ($10 = '' OR (state = 'confirmed' AND due <> '' AND due < $10))
	  AND ($11 = 'all' OR ($11 = 'draft' AND draft = 1) OR ($11 = '' AND (shown = 1 OR draft = 0)))
	  AND (seen_first >= $12 OR $12 = 0) AND (seen_first < $13 OR $13 = 0)`

func (f Filter) args(day workday.Date) []any {
	states := ""
	for _, s := range f.States {
		states += "|" + string(s)
	}
	if states != "" {
		states += "|"
	}
	late := ""
	if f.Overdue {
		late = day.String()
	}
	from, to := int64(0), int64(0)
	if !f.From.IsZero() {
		from = db.Ms(f.From.Start())
	}
	if !f.To.IsZero() {
		to = db.Ms(f.To.AddDays(1).Start())
	}
	return []any{f.Units.Key(), f.Unit, states, f.Severity, f.Tier, f.Rule, f.Subject, f.Prefix, pattern(f.Words), late, f.Where, from, to}
}

// List returns a page of findings and how many there are in all.
func List(tx *db.Tx, f Filter) (page []Finding, total int, err error) {
	args := f.args(today(tx))
	if total, err = db.Value[int](tx, `SELECT count(*)`+listed, args...); err != nil || total == 0 {
		return nil, total, err
	}
	size := f.Size
	if size <= 0 {
		size = 50
	}
	order, ok := orders[f.Order]
	if !ok {
		order = orders[Gravest]
	}
	page, err = db.All(tx, scanFinding, `SELECT `+findingColumns+listed+` ORDER BY `+order+` LIMIT $14 OFFSET $15`,
		append(args, size, (max(f.Page, 1)-1)*size)...)
	return page, total, err
}

// IDs returns the findings of a filter by name, at most MaxBatch: for an act on all
// that a list shows.
func IDs(tx *db.Tx, f Filter) ([]ID, error) {
	return db.All(tx, func(r db.Row) (id ID, err error) { return id, r.Scan(&id) },
		`SELECT id`+listed+` ORDER BY id LIMIT $14`, append(f.args(today(tx)), MaxBatch)...)
}

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

var sorts = map[Sort]string{
	ByUnit: `unit`, ByRule: `rule`, BySeverity: `severity`, ByState: `state`,
	ByAge: `CASE WHEN seen_first > CAST($14 AS BIGINT) - 604800000 THEN '0' WHEN seen_first > CAST($14 AS BIGINT) - 2592000000 THEN '1'
		WHEN seen_first > CAST($14 AS BIGINT) - 7776000000 THEN '2' ELSE '3' END`,
}

// Counts counts the findings of a filter by what they have in common, the largest
// open number first.
func Counts(tx *db.Tx, f Filter, by Sort) ([]Count, error) {
	if by == ByFamily {
		rules, err := Counts(tx, f, ByRule)
		return families(rules), err
	}
	column, ok := sorts[by]
	if !ok {
		column = sorts[ByUnit]
	}
	args := append(f.args(today(tx)), db.Ms(tx.Now), today(tx).String())
	return db.All(tx, func(r db.Row) (c Count, err error) {
		return c, r.Scan(&c.Key, &c.Total, &c.Open, &c.Blocks, &c.Overdue)
	}, `SELECT k, count(*), sum(open), sum(blocks), sum(late) FROM (
		SELECT `+column+` AS k, CASE WHEN state IN ('found', 'confirmed', 'mended') THEN 1 ELSE 0 END AS open,
			CASE WHEN state IN ('found', 'confirmed', 'mended') AND severity = 'block' THEN 1 ELSE 0 END AS blocks,
			CASE WHEN state = 'confirmed' AND due <> '' AND due < $15 THEN 1 ELSE 0 END AS late, CAST($14 AS BIGINT) AS age `+listed+`) AS c
		GROUP BY k ORDER BY sum(open) DESC, k`, args...)
}

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

// pattern is what LIKE takes for words that occur somewhere.
func pattern(words string) string {
	w := strings.TrimSpace(words)
	if w == "" {
		return ""
	}
	return "%" + strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(w) + "%"
}

// StepsOf is the history of one finding, oldest first.
func StepsOf(tx *db.Tx, id ID) ([]Step, error) {
	steps, err := db.All(tx, scanStep, stepsOfFinding, id)
	if err != nil {
		return nil, err
	}
	return withFindings(tx, steps)
}

// ExceptionFilter says which exceptions a list shows.
type ExceptionFilter struct {
	Units org.Scope
	Open  bool         // only those that hold today
	By    workday.Date // only those that end by this day
	Page  int
	Size  int // 0 means 50
}

const exceptionsListed = `
	FROM inspection_exception
	WHERE ` + org.InScope + `
	  AND ($2 = '' OR (ended = 0 AND until >= $2))
	  AND ($3 = '' OR until <= $3)`

// Exceptions returns a page of exceptions, those that end next first, and how many
// there are in all.
func Exceptions(tx *db.Tx, f ExceptionFilter) (page []Exception, total int, err error) {
	holds := ""
	if f.Open {
		holds = today(tx).String()
	}
	args := []any{f.Units.Key(), holds, f.By.String()}
	if total, err = db.Value[int](tx, `SELECT count(*)`+exceptionsListed, args...); err != nil || total == 0 {
		return nil, total, err
	}
	size := f.Size
	if size <= 0 {
		size = 50
	}
	page, err = db.All(tx, scanException, `SELECT `+exceptionColumns+exceptionsListed+` ORDER BY until, id LIMIT $4 OFFSET $5`,
		append(args, size, (max(f.Page, 1)-1)*size)...)
	return page, total, err
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
			if steps, err := db.All(tx, scanStep, stepsOfFinding, x.ID); err != nil {
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
