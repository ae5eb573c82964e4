package search

import (
	"fmt"
	"slices"

	"gongkai/internal/db"
)

// common is where a word stops telling documents apart: counting stops there.
const common = 2000

// relax looks for the best partial match when nothing holds all that was asked
// for. It keeps what must not occur, takes phrases and numbers for their words,
// and asks for any of the rarest words that are in use at all. It answers false
// when there is none.
func (f *finder) relax() (bool, error) {
	type use struct {
		word string
		docs int
	}
	if _, err := f.all(); err != nil {
		return false, err
	}
	var used []use
	for _, w := range few(append(slices.Clone(f.a.must), f.a.soft...)) {
		n, err := f.docs(w)
		if err != nil {
			return false, err
		}
		if n > 0 {
			used = append(used, use{w, n})
		}
	}
	if len(used) == 0 {
		return false, nil
	}
	for _, u := range used {
		f.rankWords, f.rankDocs = append(f.rankWords, u.word), append(f.rankDocs, u.docs)
	}
	slices.SortStableFunc(used, func(a, b use) int { return a.docs - b.docs })
	e := expr{not: f.a.not}
	docs := 0
	for _, u := range used {
		if len(e.any) > 0 && docs+u.docs > common {
			break
		}
		e.any = append(e.any, u.word)
		docs += u.docs
	}
	f.expr, f.relaxed = e, true
	return true, nil
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
