package search

import (
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/internal/zh"
	"gongkai/org"
)

// Results is one page of what was found, and how much there is in all.
type Results struct {
	Hits  []Hit
	Total int // all that match, with all filters
	Page  int
	Size  int
	// Relaxed says that nothing holds all that was asked for, and that these
	// hold the most telling part of it.
	Relaxed bool
	// Facets count what matches by unit, kind, year and validity. Kind, year and
	// validity are each counted without the filter on themselves, so that one
	// can see where else there is something.
	Facets Facets
}

// Pages is the number of pages.
func (r Results) Pages() int { return (r.Total + r.Size - 1) / max(r.Size, 1) }

// Facets are counts of what was found, the largest first, years newest first.
type Facets struct {
	Units      []Count // values are org.IDs
	Kinds      []Count
	Years      []Count
	Validities []Count
}

// Count is how many documents have a value. Documents without one are not
// counted.
type Count struct {
	Value string
	N     int
}

// Hit is one document found. Title and Snippet are HTML with the words that
// were asked for in <mark>; all else in them is escaped.
type Hit struct {
	ID, Kind, Column, Theme, Validity string
	Unit                              org.ID
	UnitName, DocNo, IndexNo          string
	Year                              int
	Published                         string
	Title, Snippet                    template.HTML
	// Attachment is the name of the file the snippet is from, "" for the text.
	Attachment string

	seq int64
}

// ranked is how many of the newest matches are put in order of relevance, and
// rankedTitles how many of the newest whose title matches, wherever they lie.
// Ranking every match of a common word would take long and tell nothing.
const (
	ranked       = 1000
	rankedTitles = 500
)

// Find answers a query. It fails only when the database does; there is no text
// it refuses.
func Find(tx *db.Tx, q Query) (Results, error) {
	q = q.bounded()
	r := Results{Page: q.Page, Size: q.Size}
	a := understand(q.Text)
	if a.nothing || q.Units.Empty() {
		return r, nil
	}
	f := &finder{tx: tx, q: q, a: a, engine: engineOf(tx)}
	f.expr = expr{must: a.must, not: a.not}
	if a.blank {
		return r, f.find(&r)
	}
	done, err := f.engine.begin(tx)
	if err != nil {
		return r, err
	}
	if err := f.find(&r); err != nil {
		return r, err
	}
	return r, done()
}

// find fills in the results.
func (f *finder) find(r *Results) error {
	if err := f.count(r); err != nil {
		return err
	}
	if r.Total == 0 && !f.a.blank && f.unfilteredEmpty(*r) {
		ok, err := f.relax()
		if err != nil || !ok {
			return err
		}
		f.expr = expr{}
		if err := f.count(r); err != nil {
			return err
		}
		r.Relaxed = r.Total > 0
	}
	seqs, err := f.page(r.Total)
	if err != nil {
		return err
	}
	r.Hits, err = f.hits(seqs)
	return err
}

// bounded makes every value of the query one that can be asked for.
func (q Query) bounded() Query {
	if q.Size <= 0 {
		q.Size = defaultSize
	}
	q.Size = min(q.Size, maxSize)
	q.Page = min(max(q.Page, 1), maxPage)
	for _, s := range []*string{&q.Kind, &q.Theme, &q.Validity, &q.Column, &q.From, &q.To} {
		*s = zh.Clean(*s)
	}
	return q
}

// finder is one query on its way.
type finder struct {
	tx      *db.Tx
	q       Query
	a       asked
	engine  engine
	expr    expr
	relaxed bool
	found   []int64 // when relaxed: what is left to choose from, the best first

	rankWords []string // to rank by, if not all that must occur
	rankDocs  []int    // how many documents hold each
	allDocs   int      // how many there are, once counted
}

// where collects conditions and their parameters.
type where struct {
	conds []string
	args  []any
	words string // the parameter that holds the words, for ranking
}

func (w *where) arg(v any) string {
	w.args = append(w.args, v)
	return "$" + strconv.Itoa(len(w.args))
}

func (w *where) add(cond string) { w.conds = append(w.conds, cond) }

func (w *where) String() string {
	if len(w.conds) == 0 {
		return "1 = 1"
	}
	return strings.Join(w.conds, " AND ")
}

// conditions are the words and the filters of the query. The counted filters
// (kind, year, validity) are left out for counting. Parameters are numbered on
// behind args.
func (f *finder) conditions(e expr, counted bool, args ...any) *where {
	w := &where{args: args}
	if f.matching(e) {
		w.words = w.arg(f.engine.match(e))
		w.add(f.engine.holds(w.words))
	} else if len(e.not) > 0 {
		w.add(f.engine.lacks(w.arg(f.engine.match(expr{any: e.not}))))
	}
	if len(f.found) > 0 {
		w.add("d.seq IN (" + list(f.found) + ")")
	}
	q := f.q
	var facets []string
	if key := q.Units.Key(); key != org.Everything().Key() {
		facets = append(facets, strings.Replace(org.InScope, "$1", w.arg(key), 1))
	}
	if q.Theme != "" {
		facets = append(facets, "theme = "+w.arg(q.Theme))
	}
	if q.Column != "" {
		p, under := w.arg(q.Column), w.arg(likeEscape(q.Column)+"/%")
		facets = append(facets, `(column_code = `+p+` OR column_code LIKE `+under+` ESCAPE '\')`)
	}
	if counted && q.Kind != "" {
		facets = append(facets, "kind = "+w.arg(q.Kind))
	}
	if counted && q.Year != 0 {
		facets = append(facets, "year = "+w.arg(q.Year))
	}
	if counted && q.Validity != "" {
		facets = append(facets, "validity = "+w.arg(q.Validity))
	}
	if len(facets) > 0 {
		column := "d.facet"
		if f.matching(e) {
			column = "+d.facet" // the words come first: no index on this side
		}
		w.add(column + " IN (SELECT id FROM search_facet WHERE " + strings.Join(facets, " AND ") + ")")
	}
	if q.From != "" {
		w.add("d.published >= " + w.arg(q.From))
	}
	if q.To != "" {
		w.add("d.published <> '' AND d.published <= " + w.arg(q.To))
	}
	if !f.relaxed {
		for _, p := range f.a.phrases {
			w.add(f.phrase(w.arg(p)) + " > 0")
		}
	}
	for _, p := range f.a.nots {
		w.add(f.phrase(w.arg(p)) + " = 0")
	}
	return w
}

// phrase is where in its text a document holds parameter p letter by letter, 0 if
// nowhere. As a scalar it is asked only of documents that pass all else.
func (f *finder) phrase(p string) string {
	return "(SELECT " + f.engine.within() + "(t.folded, " + p + ") FROM search_text t WHERE t.seq = d.seq)"
}

func (f *finder) matching(e expr) bool { return len(e.must)+len(e.any) > 0 }

var likeEscape = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace

// count fills in the total and the facets.
func (f *finder) count(r *Results) error {
	w := f.conditions(f.expr, false)
	units, kinds, years, validities := map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}
	r.Total = 0
	q := f.q
	err := db.Each(f.tx, func(row db.Row) error {
		var unit, kind, validity string
		var year, n int
		if err := row.Scan(&unit, &kind, &year, &validity, &n); err != nil {
			return err
		}
		k, y, v := q.Kind == "" || q.Kind == kind, q.Year == 0 || q.Year == year, q.Validity == "" || q.Validity == validity
		if y && v {
			kinds[kind] += n
		}
		if k && v && year != 0 {
			years[strconv.Itoa(year)] += n
		}
		if k && y {
			validities[validity] += n
		}
		if k && y && v {
			units[unit] += n
			r.Total += n
		}
		return nil
	}, `SELECT x.unit, x.kind, x.year, x.validity, g.n
		FROM (SELECT d.facet AS facet, count(*) AS n FROM `+f.engine.from(f.matching(f.expr))+` WHERE `+w.String()+` GROUP BY d.facet) g
		JOIN search_facet x ON x.id = g.facet`, w.args...)
	if err != nil {
		return fmt.Errorf("count what was found: %w", err)
	}
	r.Facets = Facets{counts(units), counts(kinds), counts(years), counts(validities)}
	slices.SortFunc(r.Facets.Years, func(a, b Count) int { return strings.Compare(b.Value, a.Value) })
	return nil
}

func counts(m map[string]int) []Count {
	var cs []Count
	for v, n := range m {
		if v != "" {
			cs = append(cs, Count{v, n})
		}
	}
	slices.SortFunc(cs, func(a, b Count) int {
		if a.N != b.N {
			return b.N - a.N
		}
		return strings.Compare(a.Value, b.Value)
	})
	return cs
}

// unfilteredEmpty tells that it is the words that find nothing, not the counted
// filters: then other words may help.
func (f *finder) unfilteredEmpty(r Results) bool {
	return len(r.Facets.Kinds)+len(r.Facets.Years)+len(r.Facets.Validities)+len(r.Facets.Units) == 0
}

// page answers the documents of the page asked for, in order.
func (f *finder) page(total int) ([]int64, error) {
	offset, size := (f.q.Page-1)*f.q.Size, f.q.Size
	if offset >= total {
		return nil, nil
	}
	switch {
	case f.relaxed && f.q.Sort != Oldest && f.q.Sort != Newest:
		return f.byPart(offset, size)
	case f.q.Sort == Oldest:
		return f.byDate("ASC", nil, offset, size)
	case f.q.Sort == Newest || !f.matching(f.expr):
		return f.byDate("DESC", nil, offset, size)
	case f.a.only:
		return f.byNumber(offset, size)
	}
	return f.byRelevance(total, offset, size)
}

// byDate lists matches in the order of publication; extra adds conditions.
func (f *finder) byDate(direction string, extra func(*where), offset, size int) ([]int64, error) {
	match := f.matching(f.expr)
	w := f.conditions(f.expr, true)
	if extra != nil {
		extra(w)
	}
	seq := f.engine.seq(match)
	return f.seqs(`SELECT `+seq+` FROM `+f.engine.from(match)+` WHERE `+w.String()+
		` ORDER BY `+seq+` `+direction+` LIMIT `+w.arg(size)+` OFFSET `+w.arg(offset), w.args...)
}

// byNumber puts the document that bears the number before those that cite it.
func (f *finder) byNumber(offset, size int) ([]int64, error) {
	w := f.conditions(f.expr, true)
	return f.seqs(`SELECT d.seq FROM `+f.engine.from(true)+` WHERE `+w.String()+
		` ORDER BY CASE WHEN d.number_key = `+w.arg(f.a.number)+` THEN 0 ELSE 1 END, d.seq DESC LIMIT `+w.arg(size)+` OFFSET `+w.arg(offset), w.args...)
}

func (f *finder) seqs(query string, args ...any) ([]int64, error) {
	return db.All(f.tx, func(r db.Row) (seq int64, err error) { return seq, r.Scan(&seq) }, query, args...)
}

// byRelevance ranks the newest matches and the newest title matches; what lies
// beyond them follows by date.
func (f *finder) byRelevance(total, offset, size int) ([]int64, error) {
	var args []any
	sub := func(e expr, limit int) string {
		w := f.conditions(e, true, args...)
		seq := f.engine.seq(true)
		q := `SELECT * FROM (SELECT ` + seq + ` AS seq, ` + f.engine.score(w.words) + ` AS score FROM ` + f.engine.from(true) + ` WHERE ` + w.String() +
			` ORDER BY ` + seq + ` DESC LIMIT ` + w.arg(limit) + `) newest`
		args = w.args
		return q
	}
	set := sub(f.expr, ranked)
	if total > ranked {
		titles := f.expr
		titles.title = true
		set += ` UNION ALL ` + sub(titles, rankedTitles)
	}
	type scored struct {
		seq   int64
		score float64
	}
	all, err := db.All(f.tx, func(r db.Row) (s scored, err error) { return s, r.Scan(&s.seq, &s.score) },
		`SELECT seq, min(score) FROM (`+set+`) found GROUP BY seq ORDER BY 2, seq DESC`, args...)
	if err != nil {
		return nil, fmt.Errorf("rank what was found: %w", err)
	}
	found := make([]int64, len(all))
	for i, s := range all {
		found[i] = s.seq
	}
	if offset < reread {
		if found, err = f.rerank(found); err != nil {
			return nil, err
		}
	}
	out := slices.Clone(found[min(offset, len(found)):min(offset+size, len(found))])
	if len(out) == size || len(all) >= total {
		return out, nil
	}
	rest, err := f.byDate("DESC", func(w *where) { w.add("d.seq NOT IN (" + list(found) + ")") },
		max(0, offset-len(all)), size-len(out))
	return append(out, rest...), err
}

// byPart ranks the partial matches.
func (f *finder) byPart(offset, size int) ([]int64, error) {
	passing, err := f.byDate("DESC", nil, 0, partial)
	if err != nil {
		return nil, err
	}
	passes := map[int64]bool{}
	for _, s := range passing {
		passes[s] = true
	}
	found := slices.DeleteFunc(slices.Clone(f.found), func(s int64) bool { return !passes[s] })
	if found, err = f.rerank(found); err != nil {
		return nil, err
	}
	return found[min(offset, len(found)):min(offset+size, len(found))], nil
}

// list writes numbers for an IN of a query.
func list(seqs []int64) string {
	var b []byte
	for i, s := range seqs {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendInt(b, s, 10)
	}
	return string(b)
}

// hits reads and marks the documents of a page.
func (f *finder) hits(seqs []int64) ([]Hit, error) {
	mark := newMarker(f.a.show)
	hits := make([]Hit, 0, len(seqs))
	for _, seq := range seqs {
		var title, body, files string
		h, err := db.One(f.tx, func(r db.Row) (h Hit, err error) {
			var unit string
			err = r.Scan(&h.ID, &unit, &h.Kind, &h.Column, &h.Theme, &h.Year, &h.Published, &h.Validity,
				&title, &h.DocNo, &h.IndexNo, &h.UnitName, &body, &files)
			h.Unit, h.seq = org.ID(unit), seq
			return h, err
		}, `SELECT d.id, x.unit, x.kind, x.column_code, x.theme, x.year, d.published, x.validity,
				t.title, t.doc_no, t.index_no, t.unit_name, t.body, t.attachments
			FROM search_doc d JOIN search_facet x ON x.id = d.facet JOIN search_text t ON t.seq = d.seq WHERE d.seq = $1`, seq)
		if errors.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		var attachments []Attachment
		if err := json.Unmarshal([]byte(files), &attachments); err != nil {
			return nil, fmt.Errorf("read attachments of %s: %w", h.ID, err)
		}
		h.Title = mark.whole(title)
		h.Snippet, h.Attachment = mark.snippet(body, attachments)
		hits = append(hits, h)
	}
	return hits, nil
}
