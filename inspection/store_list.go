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
	if err != nil {
		return nil, 0, err
	}
	return page, total, asOfToday(tx, page)
}

// IDs returns the findings of a filter by name, at most MaxBatch: for an act on all
// that a list shows.
func IDs(tx *db.Tx, f Filter) ([]ID, error) {
	return db.All(tx, func(r db.Row) (id ID, err error) { return id, r.Scan(&id) },
		`SELECT id`+listed+` ORDER BY id LIMIT $14`, append(f.args(today(tx)), MaxBatch)...)
}

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

// pattern is what LIKE takes for words that occur somewhere.
func pattern(words string) string {
	w := strings.TrimSpace(words)
	if w == "" {
		return ""
	}
	return "%" + strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(w) + "%"
}
