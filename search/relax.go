package search

import (
	"cmp"
	"fmt"
	"slices"

	"gongkai/internal/db"
)

const (
	// common is where a word stops telling documents apart: reading and counting
	// the documents that hold it stops there, with the newest read.
	common = 8000
	// partial is how many of the best partial matches are kept.
	partial = 200
	// share is how much of what the best partial match holds a document has to
	// hold to be kept.
	share = 0.4
)

// relax looks for the best partial matches when nothing holds all that was asked
// for. It keeps what must not occur and all filters, takes phrases and numbers
// for their words, and adds up for each document how much the words tell that it
// holds. It answers false when there is none.
func (f *finder) relax() (bool, error) {
	all, err := f.all()
	if err != nil {
		return false, err
	}
	f.relaxed = true
	told := map[int64]float64{}
	for _, w := range few(append(slices.Clone(f.a.must), f.a.soft...)) {
		seqs, err := f.holding(w)
		if err != nil {
			return false, err
		}
		if len(seqs) == 0 {
			continue
		}
		f.rankWords, f.rankDocs = append(f.rankWords, w), append(f.rankDocs, len(seqs))
		tells := idf(len(seqs), all)
		for _, s := range seqs {
			told[s] += tells
		}
	}
	best := 0.0
	for _, t := range told {
		best = max(best, t)
	}
	for s, t := range told {
		if t >= best*share {
			f.found = append(f.found, s)
		}
	}
	slices.SortFunc(f.found, func(a, b int64) int {
		return cmp.Or(cmp.Compare(told[b], told[a]), cmp.Compare(b, a))
	})
	f.found = f.found[:min(len(f.found), partial)]
	return len(f.found) > 0, nil
}

// holding is the newest documents that hold a word and pass the filters, up to
// common.
func (f *finder) holding(word string) ([]int64, error) {
	e := expr{must: []string{word}, not: f.a.not}
	w := f.conditions(e, false)
	seq := f.engine.seq(true)
	seqs, err := f.seqs(`SELECT `+seq+` FROM `+f.engine.from(true)+` WHERE `+w.String()+` ORDER BY `+seq+` DESC LIMIT `+w.arg(common), w.args...)
	if err != nil {
		return nil, fmt.Errorf("look for a part of what was asked: %w", err)
	}
	return seqs, nil
}

// docs counts the documents that hold a word, up to common.
func (f *finder) docs(word string) (int, error) {
	p := f.engine.match(expr{must: []string{word}})
	n, err := db.Value[int](f.tx, `SELECT count(*) FROM (SELECT 1 FROM `+f.engine.source()+` WHERE `+f.engine.holds("$1")+` LIMIT $2) found`, p, common)
	if err != nil {
		return 0, fmt.Errorf("count documents of a word: %w", err)
	}
	return n, nil
}
