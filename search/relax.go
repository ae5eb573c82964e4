package search

import (
	"cmp"
	"fmt"
	"maps"
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
	words, left, err := f.wordsInUse(all)
	if err != nil {
		return false, err
	}
	told := map[int64]float64{}
	best := 0.0
	for _, w := range words {
		// Once a document that holds only this and the commoner words could not
		// be kept any more, it is enough to look at those already there.
		known := len(told) > 0 && len(told) <= 4*partial && left < share*best
		seqs, err := f.holding(w.word, known, told)
		if err != nil {
			return false, err
		}
		for _, s := range seqs {
			told[s] += w.tells
			best = max(best, told[s])
		}
		left -= w.tells
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

type wordInUse struct {
	word  string
	tells float64
}

// wordsInUse is the words asked for that some document holds, the rarest first,
// and how much they tell in all.
func (f *finder) wordsInUse(all int) (words []wordInUse, total float64, err error) {
	for _, w := range few(append(slices.Clone(f.a.must), f.a.soft...)) {
		n, err := f.docs(w)
		if err != nil {
			return nil, 0, err
		}
		if n == 0 {
			continue
		}
		f.rankWords, f.rankDocs = append(f.rankWords, w), append(f.rankDocs, n)
		words = append(words, wordInUse{w, idf(n, all)})
		total += idf(n, all)
	}
	slices.SortStableFunc(words, func(a, b wordInUse) int { return cmp.Compare(b.tells, a.tells) })
	return words, total, nil
}

// holding is the newest documents that hold a word and pass the filters, up to
// common; with known, only those of told.
func (f *finder) holding(word string, known bool, told map[int64]float64) ([]int64, error) {
	e := expr{must: []string{word}, not: f.a.not}
	w := f.conditions(e, false)
	if known {
		w.add("d.seq IN (" + in(w, slices.Sorted(maps.Keys(told))) + ")")
	}
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
