package inspection

import (
	"strings"

	"gongkai/internal/db"
	"gongkai/org"
	"gongkai/workday"
)

var orders = map[Order]string{
	Gravest: `CASE severity WHEN 'block' THEN 0 WHEN 'error' THEN 1 WHEN 'suspect' THEN 2 ELSE 3 END, seen_first, id`,
	Newest:  `seen_first DESC, id DESC`,
	Oldest:  `seen_first, id`,
	DueNext: `CASE due WHEN '' THEN 1 ELSE 0 END, due, id`,
	ByTitle: `subject, part, begins, id`,
}

// the conditions of a list stand in one text; an empty parameter switches its
// condition off. All that they, the orders and the counts ask stands in the index
// inspection_finding_look, so that the long rows are read of one page only; words alone
// are looked for in the rows, once.
const listed = `
	FROM inspection_finding
	WHERE ` + org.InScope + `
	  AND ($2 = '' OR unit = $2)
	  AND state IN ($3, $14, $15, $16, $17, $18, $19)
	  AND ($4 = '' OR severity = $4)
	  AND ($5 = '' OR tier = $5)
	  AND ($6 = '' OR rule = $6 OR substr(rule, 1, length($6) + 1) = $6 || '.')
	  AND ($7 = '' OR subject = $7)
	  AND ($8 = '' OR substr(subject, 1, length($8) + 1) = $8 || '/')
	  AND ($9 = '' OR id IN (SELECT id FROM inspection_finding WHERE title LIKE $9 ESCAPE '!' OR text LIKE $9 ESCAPE '!' OR message LIKE $9 ESCAPE '!'))
	  AND ($10 = '' OR (state = 'confirmed' AND due <> '' AND due < $10))
	  AND ($11 = 'all' OR ($11 = 'draft' AND draft = 1) OR ($11 = '' AND (shown = 1 OR draft = 0)))
	  AND (seen_first >= $12 OR $12 = 0) AND (seen_first < $13 OR $13 = 0)`

func (f Filter) args(day workday.Date) []any {
	of := f.States
	if len(of) == 0 {
		of = States()
	}
	var states [7]any // as many as there are; the last stands for what is left
	for i := range states {
		states[i] = of[min(i, len(of)-1)]
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
	return append([]any{f.Units.Key(), f.Unit, states[0], f.Severity, f.Tier, f.Rule, f.Subject, f.Prefix, pattern(f.Words), late, f.Where, from, to}, states[1:]...)
}

// List returns a page of findings and how many there are in all.
func List(tx *db.Tx, f Filter) (page []Finding, total int, err error) {
	if total, err = db.Value[int](tx, `SELECT count(*)`+listed, f.args(today(tx))...); err != nil || total == 0 {
		return nil, total, err
	}
	page, err = Page(tx, f)
	return page, total, err
}

// Page is List for those who know already how many there are.
func Page(tx *db.Tx, f Filter) ([]Finding, error) {
	size := f.Size
	if size <= 0 {
		size = 50
	}
	order := orderOf(f.Order)
	page, err := db.All(tx, scanFinding, `SELECT `+findingColumns+` FROM inspection_finding WHERE id IN (
		SELECT id`+listed+` ORDER BY `+order+` LIMIT $20 OFFSET $21) ORDER BY `+order,
		append(f.args(today(tx)), size, (max(f.Page, 1)-1)*size)...)
	if err != nil {
		return nil, err
	}
	return page, asOfToday(tx, page)
}

// orderOf is an order as the database sorts by it.
func orderOf(o Order) string {
	if s, ok := orders[o]; ok {
		return s
	}
	return orders[Gravest]
}

// lastMoves asks for the steps of the findings of a list, the last of each at the end.
const lastMoves = `
	SELECT m.finding, s.person, s.at, s.note
	FROM inspection_step s JOIN inspection_step_finding m ON m.step = s.id
	WHERE m.finding IN (SELECT id` + listed + `)
	ORDER BY s.at, CASE s.act WHEN 'lapse' THEN 0 ELSE 1 END, s.id`

// lastStepsOf returns who moved each finding of a filter last, when, and what was said.
func lastStepsOf(tx *db.Tx, f Filter) (map[ID]Row, error) {
	all := map[ID]Row{}
	return all, db.Each(tx, func(r db.Row) error {
		var (
			id ID
			at int64
			x  Row
		)
		if err := r.Scan(&id, &x.By, &at, &x.Note); err != nil {
			return err
		}
		x.At = db.Time(at)
		all[id] = x
		return nil
	}, lastMoves, f.args(today(tx))...)
}

// eachOf calls yield for every finding of a filter, in its order.
func eachOf(tx *db.Tx, f Filter, yield func(Finding) error) error {
	return db.Each(tx, func(r db.Row) error {
		x, err := scanFinding(r)
		if err != nil {
			return err
		}
		return yield(x)
	}, `SELECT `+findingColumns+listed+` ORDER BY `+orderOf(f.Order), f.args(today(tx))...)
}

// IDs returns the findings of a filter by name, at most MaxBatch: for an act on all
// that a list shows.
func IDs(tx *db.Tx, f Filter) ([]ID, error) {
	return db.All(tx, func(r db.Row) (id ID, err error) { return id, r.Scan(&id) },
		`SELECT id`+listed+` ORDER BY id LIMIT $20`, append(f.args(today(tx)), MaxBatch)...)
}

// what is counted by; the empty string keeps SQLite from reading all rows in the order
// of another index.
var sorts = map[Sort]string{
	ByUnit: `unit || ''`, ByRule: `rule || ''`, BySeverity: `severity || ''`, ByState: `state || ''`,
	ByAge: `CASE WHEN seen_first > CAST($20 AS BIGINT) - 604800000 THEN '0' WHEN seen_first > CAST($20 AS BIGINT) - 2592000000 THEN '1'
		WHEN seen_first > CAST($20 AS BIGINT) - 7776000000 THEN '2' ELSE '3' END`,
}

// Counts counts the findings of a filter by what they have in common, the largest
// open number first.
func Counts(tx *db.Tx, f Filter, by Sort) ([]Count, error) {
	t, err := CountAll(tx, f, by)
	return t.By(by, nil), err
}

// CountAll counts the findings of a filter by several things at once, looking at them
// once only.
func CountAll(tx *db.Tx, f Filter, by ...Sort) (Tally, error) {
	t := Tally{sorts: by}
	var columns []string
	for _, s := range by {
		column, ok := sorts[s]
		if s == ByFamily {
			column, ok = sorts[ByRule], true
		}
		if !ok {
			column = sorts[ByUnit]
		}
		columns = append(columns, column)
	}
	args := append(f.args(today(tx)), db.Ms(tx.Now), today(tx).String())
	var err error
	t.lines, err = db.All(tx, func(r db.Row) (l tallyLine, err error) {
		var key string
		err = r.Scan(&key, &l.Total, &l.Open, &l.Blocks, &l.Overdue)
		l.keys = strings.Split(key, "|")
		return l, err
	}, `SELECT k, count(*), sum(open), sum(blocks), sum(late) FROM (
		SELECT `+strings.Join(columns, ` || '|' || `)+` AS k, CASE WHEN state IN ('found', 'confirmed', 'mended') THEN 1 ELSE 0 END AS open,
			CASE WHEN state IN ('found', 'confirmed', 'mended') AND severity = 'block' THEN 1 ELSE 0 END AS blocks,
			CASE WHEN state = 'confirmed' AND due <> '' AND due < $21 THEN 1 ELSE 0 END AS late, CAST($20 AS BIGINT) AS age `+listed+`) AS c
		GROUP BY k ORDER BY k`, args...)
	return t, err
}

// pattern is what LIKE takes for words that occur somewhere.
func pattern(words string) string {
	w := strings.TrimSpace(words)
	if w == "" {
		return ""
	}
	return "%" + strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(w) + "%"
}
