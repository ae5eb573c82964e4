package search

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"gongkai/internal/db"
	"gongkai/internal/zh"
)

// reread is how many of the best matches of the engine are read again and put
// in their final order here. The engines rank quickly but roughly (PostgreSQL
// does not know that rare words tell more); what people look at is ranked the
// same on both.
const reread = 100

// maxRead bounds the bytes of one field that are read for ranking.
const maxRead = 48 << 10

// The usual constants of BM25.
const (
	k1 = 1.2
	kb = 0.75
)

var weight = [fields]float64{inTitle: 2, inNumber: 2, inBody: 1, inAttachments: 0.5}

// ranker scores texts against what was asked for.
type ranker struct {
	words   []string
	idf     []float64
	latin   []bool
	matcher *zh.Matcher
	asked   string          // all of it, folded
	usual   [fields]float64 // bytes a field has on average, of those that have it
}

// newRanker takes the words, how many documents hold each, and how many there are.
func newRanker(words []string, docs []int, all int, text string) *ranker {
	k := &ranker{words: words, matcher: zh.NewMatcher(words, zh.FoldRune), asked: zh.Fold(text)}
	for i, w := range words {
		k.idf = append(k.idf, idf(docs[i], all))
		first, _ := utf8.DecodeRuneInString(w)
		last, _ := utf8.DecodeLastRuneInString(w)
		k.latin = append(k.latin, zh.KindOf(first) == zh.Latin || zh.KindOf(last) == zh.Latin)
	}
	return k
}

// idf is how much a word tells that so many of all documents hold.
func idf(docs, all int) float64 {
	return math.Log(1 + (max(float64(all-docs), 0)+0.5)/(float64(docs)+0.5))
}

// Counting all documents stops at enough; then there are taken to be many.
const (
	enough = 10_000
	many   = 50_000
)

// all counts the documents there are, roughly, once for a query.
func (f *finder) all() (int, error) {
	if f.allDocs > 0 {
		return f.allDocs, nil
	}
	n, err := db.Value[int](f.tx, `SELECT count(*) FROM (SELECT 1 FROM search_doc LIMIT $1) found`, enough)
	if n == enough {
		n = many
	}
	f.allDocs = n
	return n, err
}

// near is how many bytes lie at most between two words that stand together.
const near = 12

// score is how well a document with these fields matches; the best is highest.
func (k *ranker) score(text [fields]string) float64 {
	tf := make([]float64, len(k.words))
	pair := make([]float64, len(k.words)) // word i standing close behind word i-1
	for f, s := range text {
		one := weight[f] / (1 - kb + kb*float64(len(s))/k.usual[f])
		last, lastEnd := -1, 0
		k.matcher.Each(s, func(x zh.Match) bool {
			if k.latin[x.Pattern] && !wholeLatin(s, x.Start, x.End) {
				return true
			}
			tf[x.Pattern] += one
			if last >= 0 && x.Pattern == last+1 && x.Start >= lastEnd && x.Start-lastEnd <= near {
				pair[x.Pattern] += one
			}
			last, lastEnd = x.Pattern, x.End
			return true
		})
	}
	total := 0.0
	for i := range k.words {
		total += k.idf[i] * tf[i] / (k1 + tf[i])
		if i > 0 {
			total += pairWeight * min(k.idf[i], k.idf[i-1]) * pair[i] / (k1 + pair[i])
		}
	}
	if len(k.words) > 1 && k.asked != "" && strings.Contains(zh.Fold(text[inTitle]), k.asked) {
		total *= 1.25
	}
	return total
}

const pairWeight = 0.2

// rerank reads the best matches again and orders them; the rest stays behind
// them as it was. Of equal ones the newer comes first.
func (f *finder) rerank(found []int64, best int) ([]int64, error) {
	words := f.rankWords
	if len(words) == 0 {
		words = f.expr.must
	}
	docs := f.rankDocs
	if len(docs) != len(words) {
		docs = make([]int, len(words))
		for i, w := range words {
			docs[i] = 1
			if len(words) > 1 {
				n, err := f.docs(w)
				if err != nil {
					return nil, err
				}
				docs[i] = n
			}
		}
	}
	n := min(len(found), best)
	type scored struct {
		seq   int64
		text  [fields]string
		score float64
	}
	all := 1
	if len(words) > 1 {
		var err error
		if all, err = f.all(); err != nil {
			return nil, err
		}
	}
	w := &where{}
	k := newRanker(words, docs, all, f.q.Text)
	top, err := db.All(f.tx, func(r db.Row) (s scored, err error) {
		var title, docNo, indexNo, unit, body, files string
		if err := r.Scan(&s.seq, &title, &docNo, &indexNo, &unit, &body, &files); err != nil {
			return s, err
		}
		s.text = [fields]string{inTitle: title, inNumber: docNo + " " + indexNo + " " + unit, inBody: body}
		if files != "[]" {
			var as []Attachment
			if err := json.Unmarshal([]byte(files), &as); err != nil {
				return s, err
			}
			for _, a := range as {
				s.text[inAttachments] += a.Name + "\n" + a.Text + "\n"
			}
		}
		for f, t := range s.text {
			s.text[f] = t[:min(len(t), maxRead)]
		}
		return s, nil
	}, `SELECT seq, substr(title, 1, 1000), doc_no, index_no, unit_name, substr(body, 1, 20000), attachments FROM search_text WHERE seq IN (`+in(w, found[:n])+`)`, w.args...)
	if err != nil {
		return nil, fmt.Errorf("read the best matches: %w", err)
	}
	for f := range fields {
		sum, n := 0, 0
		for _, s := range top {
			if l := len(s.text[f]); l > 0 {
				sum, n = sum+l, n+1
			}
		}
		k.usual[f] = float64(max(sum, 1)) / float64(max(n, 1))
	}
	for i := range top {
		top[i].score = k.score(top[i].text)
	}
	slices.SortFunc(top, func(a, b scored) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(b.seq, a.seq))
	})
	out := make([]int64, 0, len(found))
	for _, s := range top {
		out = append(out, s.seq)
	}
	return append(out, found[n:]...), nil
}
