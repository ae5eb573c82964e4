package search

import (
	"encoding/json"
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"gongkai/internal/db"
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
		w.add("d.seq IN (" + in(w, f.found) + ")")
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
	match, facet := f.matching(f.expr), "d.facet"
	if match {
		facet = "+d.facet" // the words come first: no index on this side
	}
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
		FROM (SELECT `+facet+` AS facet, count(*) AS n FROM `+f.engine.from(match)+` WHERE `+w.String()+` GROUP BY `+facet+`) g
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

// hits reads and marks the documents of a page.
func (f *finder) hits(seqs []int64) ([]Hit, error) {
	mark := newMarker(f.a.show)
	if len(seqs) == 0 {
		return nil, nil
	}
	w := &where{}
	hits := make(map[int64]Hit, len(seqs))
	err := db.Each(f.tx, func(r db.Row) error {
		var h Hit
		var seq int64
		var unit, title, body, files string
		if err := r.Scan(&seq, &h.ID, &unit, &h.Kind, &h.Column, &h.Theme, &h.Year, &h.Published, &h.Validity,
			&title, &h.DocNo, &h.IndexNo, &h.UnitName, &body, &files); err != nil {
			return err
		}
		var attachments []Attachment
		if err := json.Unmarshal([]byte(files), &attachments); err != nil {
			return fmt.Errorf("read attachments of %s: %w", h.ID, err)
		}
		h.Unit = org.ID(unit)
		h.Title = mark.whole(title)
		h.Snippet, h.Attachment = mark.snippet(body, attachments)
		hits[seq] = h
		return nil
	}, `SELECT d.seq, d.id, x.unit, x.kind, x.column_code, x.theme, x.year, d.published, x.validity,
			t.title, t.doc_no, t.index_no, t.unit_name, t.body, t.attachments
		FROM search_doc d JOIN search_facet x ON x.id = d.facet JOIN search_text t ON t.seq = d.seq
		WHERE d.seq IN (`+in(w, seqs)+`)`, w.args...)
	out := make([]Hit, 0, len(seqs))
	for _, seq := range seqs {
		if h, ok := hits[seq]; ok {
			out = append(out, h)
		}
	}
	return out, err
}
