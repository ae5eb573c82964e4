package main

import (
	"bufio"
	"bytes"
	"cmp"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"gongkai/inspection/spelling"
	"gongkai/inspection/spelling/suspect"
	"gongkai/internal/zh"
)

// general is a language model of everyday text: the words and pairs of an ARPA
// file, whose numbers are decimal logarithms, and the words of the dictionary.
type general struct {
	ids   map[string]int32
	words []string
	p     []float64 // of each word alone
	bow   []float64 // what is left, after each, for words never seen behind it
	pairs map[uint64]float64
	three [][3]string // words seen one after another
}

// longestWord is how many characters a word may have.
const longestWord = 8

// onlyListed is the part of its share that a word of the dictionary keeps which
// everyday text does not have.
const onlyListed = 0.3

func readGeneral(arpa string) (*general, error) {
	g := &general{ids: map[string]int32{}, pairs: map[uint64]float64{}}
	wrong := map[string]bool{}
	for _, w := range spelling.HandWritten() {
		wrong[w] = true
	}
	f, err := os.Open(arpa)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	part := ""
	for lines.Scan() {
		line := lines.Text()
		if strings.HasPrefix(line, "\\") {
			part = line
			continue
		}
		cols := strings.Split(line, "\t")
		if len(cols) < 2 {
			continue
		}
		p, err := strconv.ParseFloat(cols[0], 64)
		if err != nil {
			return nil, fmt.Errorf("%q: %w", line, err)
		}
		if part == "\\3-grams:" {
			if w := strings.Fields(cols[1]); len(w) == 3 {
				g.three = append(g.three, [3]string(w))
			}
			continue
		}
		if part == "\\2-grams:" {
			first, second, _ := strings.Cut(cols[1], " ")
			a, ok := g.ids[first]
			b, too := g.ids[second]
			if ok && too {
				g.pairs[uint64(a)<<32|uint64(b)] = math.Pow(10, p)
			}
			continue
		}
		if !plain(cols[1]) || wrong[cols[1]] {
			continue
		}
		bow := 0.0
		if len(cols) > 2 {
			if bow, err = strconv.ParseFloat(cols[2], 64); err != nil {
				return nil, fmt.Errorf("%q: %w", line, err)
			}
		}
		g.add(cols[1], math.Pow(10, p), math.Pow(10, bow))
	}
	if err := lines.Err(); err != nil {
		return nil, err
	}
	dict, total := zh.Dictionary()
	dict.Each(func(w string, _, v int32) bool {
		if _, ok := g.ids[w]; !ok && plain(w) && !wrong[w] {
			g.add(w, onlyListed*math.Exp(float64(v-total)/zh.CostUnit), 1)
		}
		return true
	})
	return g, nil
}

func (g *general) add(w string, p, bow float64) {
	g.ids[w] = int32(len(g.words))
	g.words, g.p, g.bow = append(g.words, w), append(g.p, p), append(g.bow, bow)
}

// plain tells whether w is made of the characters that are judged.
func plain(w string) bool {
	for _, r := range w {
		if r < 0x4E00 || r > 0x9FFF {
			return false
		}
	}
	return w != "" && utf8.RuneCountInString(w) <= longestWord
}

// language is the general model alone.
func (g *general) language() *suspect.Language {
	n := len(g.words)
	l := &suspect.Language{Words: g.words, Alone: make([]float32, n), After: make([]float32, n+2), Pairs: make([][]suspect.Pair, n+2)}
	for i, p := range g.p {
		l.Alone[i], l.After[i] = cost(p), cost(g.bow[i])
	}
	for k, p := range g.pairs {
		a, b := k>>32, uint32(k)
		l.Pairs[a] = append(l.Pairs[a], suspect.Pair{Next: int(b), Cost: cost(p)})
	}
	return l
}

func cost(p float64) float32 { return float32(max(0, -math.Log(p))) }

func pack(l *suspect.Language) (words, pairs []byte, err error) {
	var w, p bytes.Buffer
	if err := suspect.Pack(&w, &p, l); err != nil {
		return nil, nil, err
	}
	return w.Bytes(), p.Bytes(), nil
}

const (
	// lawful is the weight of laws among words alone, and after a word that laws use
	// often; half of it after one they use as often as halfway.
	lawful  = 0.25
	halfway = 20
	// discount is taken from every pair's count and given to those never seen.
	discount = 0.75
)

// join mixes the general model with counts of laws. If only the edges of clauses
// are wanted, the words of laws are left out: what is known then is everyday text,
// to which every law is new.
func (g *general) join(t *tally, edges bool) *suspect.Language {
	n := len(g.words)
	l := &suspect.Language{Words: g.words, Alone: make([]float32, n), After: make([]float32, n+2), Pairs: make([][]suspect.Pair, n+2)}
	total := 0
	for _, c := range t.count {
		total += c
	}
	law := func(i int) float64 { return float64(t.count[i]) / float64(total) }
	weight := lawful
	if edges {
		weight = 0
	}
	for i := range n {
		l.Alone[i] = cost(weight*law(i) + (1-weight)*g.p[i])
	}
	by := make([][]suspect.Pair, n+2) // the counts of laws; Cost is the count
	for k, c := range t.pairs {
		by[k>>32] = append(by[k>>32], suspect.Pair{Next: int(uint32(k)), Cost: float32(c)})
	}
	everyday := make([][]suspect.Pair, n+2) // Cost is the probability
	for k, p := range g.pairs {
		everyday[k>>32] = append(everyday[k>>32], suspect.Pair{Next: int(uint32(k)), Cost: float32(p)})
	}
	for a := range n + 2 {
		c := float64(t.count[a])
		w, bow := 1.0, 1.0
		if a < n {
			w, bow = weight*c/(c+halfway), g.bow[a]
		}
		left := 1.0 // what laws leave to pairs they do not have
		if c > 0 {
			sum := 0.0
			for _, p := range by[a] {
				sum += float64(p.Cost)
			}
			left = min(1, max(0.5, c-sum+discount*float64(len(by[a])))/c)
		}
		l.After[a] = cost(w*left + (1-w)*bow)
		probable := map[int]float64{}
		for _, p := range by[a] {
			b := p.Next
			switch {
			case b >= n:
				// Everyday text tells nothing of edges and numbers.
				probable[b] = (float64(p.Cost) + halfway*law(b)) / (c + halfway)
			case a >= n || !edges:
				probable[b] = w * (max(0, float64(p.Cost)-discount)/c + left*law(b))
				if a < n {
					probable[b] += (1 - w) * bow * g.p[b]
				}
			}
		}
		for _, p := range everyday[a] {
			b := p.Next
			if have, ok := probable[b]; ok {
				probable[b] = have + (1-w)*(float64(p.Cost)-bow*g.p[b])
			} else {
				probable[b] = w*left*law(b) + (1-w)*float64(p.Cost)
			}
		}
		for b, p := range probable {
			l.Pairs[a] = append(l.Pairs[a], suspect.Pair{Next: b, Cost: cost(p)})
		}
		slices.SortFunc(l.Pairs[a], func(x, y suspect.Pair) int { return cmp.Compare(x.Next, y.Next) })
	}
	return l
}

// everyday is the general model as a model, and what is counted in laws with it.
func everyday(arpa, in string, least int) (*general, *tally, error) {
	g, err := readGeneral(arpa)
	if err != nil {
		return nil, nil, err
	}
	m, err := modelOf(g.language())
	if err != nil {
		return nil, nil, err
	}
	t := newTally(g.ids)
	if err := laws(in, suspect.Train, func(s string) { t.add(m, s) }); err != nil {
		return nil, nil, err
	}
	t.prune(least)
	return g, t, nil
}

func modelOf(l *suspect.Language) (*suspect.Model, error) {
	words, pairs, err := pack(l)
	if err != nil {
		return nil, err
	}
	return suspect.Load(words, pairs)
}

// learn reads everyday language and laws and writes the model.
func learn(dir, arpa, in string, least int) error {
	g, t, err := everyday(arpa, in, least)
	if err != nil {
		return err
	}
	l := g.join(t, false)
	words, pairs, err := pack(l)
	if err != nil {
		return err
	}
	n := 0
	for _, p := range l.Pairs {
		n += len(p)
	}
	fmt.Printf("%d words, %d pairs, %d and %d bytes\n", len(l.Words), n, len(words), len(pairs))
	if err := os.WriteFile(filepath.Join(dir, "words.gz"), words, 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "pairs.gz"), pairs, 0o644)
}

// tally counts words and pairs in laws, as the general model cuts them.
type tally struct {
	ids   map[string]int32
	count []int
	pairs map[uint64]int
}

func newTally(words map[string]int32) *tally {
	return &tally{ids: words, count: make([]int, len(words)+2), pairs: map[uint64]int{}}
}

func (t *tally) add(m *suspect.Model, s string) {
	n := int32(len(t.ids))
	last := int32(-1)
	m.Cut(s, func(w string) {
		id, ok := t.ids[w]
		switch {
		case w == suspect.Edge:
			id = n
		case w == suspect.Number:
			id = n + 1
		case !ok:
			last = -1
			return
		}
		if id >= n && id == last {
			return
		}
		t.count[id]++
		if last >= 0 {
			t.pairs[uint64(last)<<32|uint64(id)]++
		}
		last = id
	})
}

// prune forgets what was seen less often than that.
func (t *tally) prune(least int) {
	for k, n := range t.pairs {
		if n < least {
			delete(t.pairs, k)
		}
	}
}
