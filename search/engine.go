package search

import (
	"fmt"
	"strconv"
	"strings"

	"gongkai/internal/db"
)

// engine is what differs between the databases: how words are laid down and how
// they are asked for. Everything else is one SQL text.
type engine interface {
	put(tx *db.Tx, seq int64, a analysis) error
	remove(tx *db.Tx, seq int64) error
	// sums tells for each document what words the engine holds, and sum what it
	// has to hold for an analysis.
	sums(tx *db.Tx) (map[int64]sum, error)
	sum(a analysis) sum

	// begin prepares the transaction for asking; done undoes that.
	begin(tx *db.Tx) (done func() error, err error)
	// match is the question in the engine's own language.
	match(e expr) string
	// from is the tables to read: search_doc as d, and what match needs.
	from(match bool) string
	// source is where match alone can be counted.
	source() string
	// seq is the column to sort by.
	seq(match bool) string
	// holds is the condition that parameter p matches.
	holds(p string) string
	// lacks is the condition that parameter p does not match.
	lacks(p string) string
	// within is the function that says where a text holds another.
	within() string
	// score is how badly parameter p matches, the best lowest, as an expression
	// over what inner selects: inner is found out for every match, score only for
	// those that are kept.
	score(p string) (inner, score string)
}

// expr is which words to ask for: all of must, at least one of any (if there
// are some), none of not. With title, must and any have to stand in the title.
// No word holds a quote, a space or a backslash.
type expr struct {
	must, any, not []string
	title          bool
}

func engineOf(tx *db.Tx) engine {
	if tx.Engine() == db.Postgres {
		return tsvector{}
	}
	return fts5{}
}

// fts5 is SQLite's index. It holds no text of its own.
type fts5 struct{}

func (fts5) put(tx *db.Tx, seq int64, a analysis) error {
	_, err := tx.Exec(`INSERT INTO search_fts (rowid, title, number, body, attachments) VALUES ($1, $2, $3, $4, $5)`,
		seq, strings.Join(a[inTitle], " "), strings.Join(a[inNumber], " "), strings.Join(a[inBody], " "), strings.Join(a[inAttachments], " "))
	return err
}

func (fts5) remove(tx *db.Tx, seq int64) error {
	_, err := tx.Exec(`DELETE FROM search_fts WHERE rowid = $1`, seq)
	return err
}

func (fts5) begin(*db.Tx) (func() error, error) { return func() error { return nil }, nil }

func (fts5) match(e expr) string {
	var b strings.Builder
	join := func(words []string, op string) {
		b.WriteByte('(')
		for i, w := range words {
			if i > 0 {
				b.WriteString(op)
			}
			b.WriteByte('"')
			b.WriteString(w)
			b.WriteByte('"')
		}
		b.WriteByte(')')
	}
	if e.title {
		b.WriteString("{title} : ")
	}
	b.WriteByte('(')
	if len(e.must) > 0 {
		join(e.must, " AND ")
		if len(e.any) > 0 {
			b.WriteString(" AND ")
		}
	}
	if len(e.any) > 0 {
		join(e.any, " OR ")
	}
	b.WriteByte(')')
	if len(e.not) > 0 {
		b.WriteString(" NOT ")
		join(e.not, " OR ")
	}
	return b.String()
}

func (fts5) from(match bool) string {
	if match {
		return "search_fts JOIN search_doc d ON d.seq = search_fts.rowid"
	}
	return "search_doc d"
}

func (fts5) source() string { return "search_fts" }

func (fts5) seq(match bool) string {
	if match {
		return "search_fts.rowid"
	}
	return "d.seq"
}

func (fts5) holds(p string) string { return "search_fts MATCH " + p }

func (fts5) lacks(p string) string {
	return "d.seq NOT IN (SELECT rowid FROM search_fts WHERE search_fts MATCH " + p + ")"
}

func (fts5) within() string { return "instr" }

// score is bm25 with the weights of the fields. It comes as the rows come, the
// newest first, so it is not found out for more than are kept.
func (fts5) score(string) (inner, score string) {
	return "bm25(search_fts, 8.0, 8.0, 1.0, 0.5) AS badness", "badness"
}

// tsvector is PostgreSQL's. The words are handed over as a literal, so that no
// text-search configuration of the server has a say.
type tsvector struct{}

const (
	maxPosition  = 16_383 // of a tsvector
	maxPositions = 24     // kept for a word in one field; more say nothing new

	// titleMark stands before a word that stands in the title. Asking for 'word':A
	// would make PostgreSQL look at every document that holds the word anywhere.
	titleMark = "@"
)

func (tsvector) put(tx *db.Tx, seq int64, a analysis) error {
	_, err := tx.Exec(`UPDATE search_doc SET vec = $1::text::tsvector WHERE seq = $2`, vector(a), seq)
	return err
}

// vector writes the words with their places and weights: 'word':1A,7C.
func vector(a analysis) string {
	type places struct {
		list  []byte
		count [fields]int
	}
	var order []string
	at := map[string]*places{}
	pos := 0
	for f, words := range a {
		for _, w := range words {
			pos++
			p := at[w]
			if p == nil {
				p = &places{}
				at[w] = p
				order = append(order, w)
			}
			if p.count[f]++; p.count[f] > maxPositions {
				continue
			}
			if len(p.list) > 0 {
				p.list = append(p.list, ',')
			}
			p.list = strconv.AppendInt(p.list, int64(min(pos, maxPosition-fields+f)), 10)
			p.list = append(p.list, "ABCD"[f])
		}
	}
	var b strings.Builder
	for _, w := range order {
		fmt.Fprintf(&b, "'%s':%s ", w, at[w].list)
		if at[w].count[inTitle] > 0 {
			fmt.Fprintf(&b, "'%s%s' ", titleMark, w)
		}
	}
	return b.String()
}

func (tsvector) remove(*db.Tx, int64) error { return nil } // it goes with the row

// begin forbids reading the table from end to end: the planner does not see that
// each tsvector would have to be fetched from elsewhere, and takes that for the
// quicker way for words of middling frequency (measured: 130 ms instead of 2).
func (tsvector) begin(tx *db.Tx) (func() error, error) {
	_, err := tx.Exec(`SET LOCAL enable_seqscan = off`)
	return func() error {
		_, err := tx.Exec(`SET LOCAL enable_seqscan TO DEFAULT`)
		return err
	}, err
}

func (tsvector) match(e expr) string {
	title := ""
	if e.title {
		title = titleMark
	}
	var all []string
	quote := func(w string) string { return "'" + title + w + "'" }
	for _, w := range e.must {
		all = append(all, quote(w))
	}
	if len(e.any) > 0 {
		any := make([]string, len(e.any))
		for i, w := range e.any {
			any[i] = quote(w)
		}
		all = append(all, "("+strings.Join(any, "|")+")")
	}
	title = ""
	for _, w := range e.not {
		all = append(all, "!"+quote(w))
	}
	return strings.Join(all, "&")
}

func (tsvector) from(bool) string { return "search_doc d" }

func (tsvector) source() string { return "search_doc d" }

// seq is written so that the primary key cannot serve the order: walking along it
// and looking at every tsvector is slow for all but the commonest words.
func (tsvector) seq(match bool) string {
	if match {
		return "d.seq + 0"
	}
	return "d.seq"
}

func (tsvector) holds(p string) string { return "d.vec @@ " + p + "::text::tsquery" }

func (tsvector) lacks(p string) string { return "NOT (d.vec @@ " + p + "::text::tsquery)" }

func (tsvector) within() string { return "strpos" }

// score is PostgreSQL's own; its last parameter takes the length into account.
func (tsvector) score(p string) (inner, score string) {
	return "d.vec AS vec", "-ts_rank('{0.05, 0.1, 1.0, 1.0}', vec, " + p + "::text::tsquery, 1)"
}
