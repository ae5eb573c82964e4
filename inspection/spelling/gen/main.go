// Command gen counts words and pairs of words in laws and regulations, and in the
// long words of the dictionary, and packs them into ../suspect/data/bigrams.gz.
//
//	go run ./inspection/spelling/gen -out inspection/spelling/suspect/data/bigrams.gz laws.jsonl.gz
//
// The input is one JSON object a line with "title" and "text". Laws, regulations
// and official documents are not protected by copyright (著作权法第五条). One law in
// ten, told by its title so that all its versions go together, is left out: the
// test set; another tenth is left for fitting the weights (see Part).
package main

import (
	"bufio"
	"bytes"
	"cmp"
	"compress/gzip"
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"os"
	"slices"

	"gongkai/inspection/spelling/suspect"
	"gongkai/internal/zh"
)

func main() {
	out := flag.String("out", "bigrams.gz", "file to write")
	least := flag.Int("least", 2, "how often a pair must be seen")
	weights := flag.Bool("fit", false, "fit the weights instead; out is a Go file")
	names := flag.Bool("titles", false, "write the names of the laws instead")
	flag.Parse()
	act := func() error { return count(*out, flag.Arg(0), *least) }
	if *weights {
		act = func() error { return fit(*out, flag.Arg(0)) }
	}
	if *names {
		act = func() error { return titles(*out, flag.Arg(0)) }
	}
	if err := act(); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

// laws calls f with the text of every law of a share.
func laws(in string, share suspect.Share, f func(text string)) error {
	r, err := os.Open(in)
	if err != nil {
		return err
	}
	defer r.Close()
	z, err := gzip.NewReader(r)
	if err != nil {
		return err
	}
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 64<<20)
	for lines.Scan() {
		var law struct{ Title, Text string }
		if err := json.Unmarshal(lines.Bytes(), &law); err != nil {
			return err
		}
		if suspect.Part(law.Title) == share {
			f(law.Text)
		}
	}
	return lines.Err()
}

func count(out, in string, least int) error {
	t := tally{ids: map[string]int32{}, pairs: map[uint64]int{}}
	if err := laws(in, suspect.Train, t.add); err != nil {
		return err
	}
	t.compounds()
	var b bytes.Buffer
	c := t.counts(least)
	if err := suspect.Pack(&b, c); err != nil {
		return err
	}
	n := 0
	for _, p := range c.Pairs {
		n += len(p)
	}
	fmt.Printf("%d words, %d pairs, %d bytes\n", len(c.Words), n, b.Len())
	return os.WriteFile(out, b.Bytes(), 0o644)
}

type tally struct {
	ids   map[string]int32
	words []string
	count []int
	pairs map[uint64]int
	cut   []zh.Token
}

func (t *tally) id(w string) int32 {
	id, ok := t.ids[w]
	if !ok {
		id = int32(len(t.words))
		t.ids[w] = id
		t.words, t.count = append(t.words, w), append(t.count, 0)
	}
	return id
}

func (t *tally) add(s string) {
	t.cut = zh.Default().Cut(t.cut[:0], s)
	last := t.id(suspect.Edge)
	for _, k := range t.cut {
		w := suspect.Edge
		switch k.Kind {
		case zh.Word:
			w = s[k.Start:k.End]
		case zh.Latin:
			w = suspect.Number
		}
		id := t.id(w)
		if w == suspect.Edge && id == last {
			continue
		}
		t.count[id]++
		t.pairs[uint64(last)<<32|uint64(id)]++
		last = id
	}
}

// compounds counts, once more, the words of which longer words of the dictionary
// are made: they stand beside each other in texts that are no laws.
func (t *tally) compounds() {
	words, _ := zh.Dictionary()
	type split struct{ a, b string }
	words.Each(func(w string, _, v int32) bool {
		r := []rune(w)
		if len(r) < 4 || v < zh.CostUnit {
			return true
		}
		best, at := int32(0), split{}
		for i := 2; i <= len(r)-2; i++ {
			a, b := string(r[:i]), string(r[i:])
			x, ok := words.Lookup(a)
			y, too := words.Lookup(b)
			if ok && too && x+y > best {
				best, at = x+y, split{a, b}
			}
		}
		if best > 8*zh.CostUnit {
			n := max(2, int(math.Exp(float64(v)/zh.CostUnit)/8))
			a, b := t.id(at.a), t.id(at.b)
			t.count[a], t.count[b] = t.count[a]+n, t.count[b]+n
			t.pairs[uint64(a)<<32|uint64(b)] += n
		}
		return true
	})
}

// counts orders the words by how common they are, so that the numbers in the
// file are small.
func (t *tally) counts(least int) *suspect.Counts {
	order := make([]int32, len(t.words))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int {
		return cmp.Or(cmp.Compare(t.count[b], t.count[a]), cmp.Compare(t.words[a], t.words[b]))
	})
	c := &suspect.Counts{}
	at := make([]int32, len(order))
	for _, o := range order {
		at[o] = -1
		if t.count[o] >= least && len(t.words[o]) < 100 {
			at[o] = int32(len(c.Words))
			c.Words, c.Count = append(c.Words, t.words[o]), append(c.Count, t.count[o])
		}
	}
	c.Pairs = make([][]suspect.Pair, len(c.Words))
	for k, n := range t.pairs {
		a, b := at[k>>32], at[uint32(k)]
		if n >= least && a >= 0 && b >= 0 {
			c.Pairs[a] = append(c.Pairs[a], suspect.Pair{Next: int(b), Count: n})
		}
	}
	for _, p := range c.Pairs {
		slices.SortFunc(p, func(a, b suspect.Pair) int { return cmp.Compare(a.Next, b.Next) })
	}
	return c
}
