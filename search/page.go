package search

import (
	"fmt"
	"slices"
	"strings"

	"gongkai/internal/db"
)

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
		inner, score := f.engine.score(w.words)
		q := `SELECT seq, ` + score + ` AS score FROM (SELECT ` + seq + ` AS seq, ` + inner + ` FROM ` + f.engine.from(true) + ` WHERE ` + w.String() +
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
		if found, err = f.rerank(found, reread); err != nil {
			return nil, err
		}
	}
	out := slices.Clone(found[min(offset, len(found)):min(offset+size, len(found))])
	if len(out) == size || len(all) >= total {
		return out, nil
	}
	rest, err := f.byDate("DESC", func(w *where) { w.add("d.seq NOT IN (" + in(w, found) + ")") },
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
	if found, err = f.rerank(found, partial); err != nil {
		return nil, err
	}
	return found[min(offset, len(found)):min(offset+size, len(found))], nil
}

// in is the parameters of an IN with the numbers. Their number is filled up to a
// power of two with the last one, so that there are few different texts for the
// database to prepare.
func in(w *where, seqs []int64) string {
	if len(seqs) == 0 {
		return "NULL"
	}
	ps := make([]string, 0, 2*len(seqs))
	for _, s := range seqs {
		ps = append(ps, w.arg(s))
	}
	for len(ps)&(len(ps)-1) != 0 {
		ps = append(ps, w.arg(seqs[len(seqs)-1]))
	}
	return strings.Join(ps, ",")
}
