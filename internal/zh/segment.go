package zh

import (
	"sync"
	"unicode/utf8"
)

// A Token is a piece of a text: text[Start:End], offsets in bytes.
type Token struct {
	Start, End int
	Kind       Kind
}

// A Segmenter cuts text into words. It may be shared.
type Segmenter struct {
	dict  *dictionary
	own   *Trie // words it was given, with their cost; nil if none
	buffs sync.Pool
}

// Default cuts with the dictionary alone.
var Default = sync.OnceValue(func() *Segmenter { return NewSegmenter() })

// NewSegmenter makes a segmenter that also knows the given words, names of
// places and organs above all. Each comes out as one word wherever the text
// around it does not speak strongly against it.
func NewSegmenter(words ...string) *Segmenter {
	s := &Segmenter{dict: jieba()}
	s.buffs.New = func() any { return new(buffers) }
	if len(words) == 0 {
		return s
	}
	own := make([]string, 0, len(words))
	cost := make([]int32, 0, len(words))
	for _, w := range words {
		w = string(AppendFold(nil, w))
		if c, ok := s.costOf(w); ok {
			own, cost = append(own, w), append(cost, c)
		}
	}
	s.own = NewTrie(own, FoldRune, func(i int) int32 { return cost[i] })
	return s
}

// costOf is just less than the cheapest way to say w in other words. It refuses
// what is no run of words.
func (s *Segmenter) costOf(w string) (int32, bool) {
	total := int32(0)
	for _, t := range s.Cut(nil, w) {
		if t.Kind != Word && t.Kind != Latin {
			return 0, false
		}
		total += s.dict.cost(w[t.Start:t.End])
	}
	return max(total-1, 0), w != ""
}

func (d *dictionary) cost(word string) int32 {
	if v, ok := d.trie.Lookup(word); ok {
		return d.unknown - v
	}
	return d.unknown
}

// maxRun bounds the runes looked at together; only a text without any
// punctuation is that long.
const maxRun = 1 << 13

// buffers are what one cutting needs; they are used again.
type buffers struct {
	code []uint16 // class in the dictionary
	rune []rune
	at   []int32 // byte offset from the start of the run; one more at the end
	stop []bool  // a word may begin or end here: not inside a Latin run
	cost []int32 // of the best path from here to the end
	next []int32 // where the first word of that path ends
}

// Cut appends the tokens of text to dst. They follow each other without gap and
// together are the text. It allocates only when dst has to grow.
func (s *Segmenter) Cut(dst []Token, text string) []Token {
	return s.cut(dst, text, false)
}

// CutSearch is Cut for an index: before each word of three runes or more it also
// gives the words inside it (市场监督管理 is also found by 监督 and by 管理), so
// its tokens overlap.
func (s *Segmenter) CutSearch(dst []Token, text string) []Token {
	return s.cut(dst, text, true)
}

func (s *Segmenter) cut(dst []Token, text string, inner bool) []Token {
	b := s.buffs.Get().(*buffers)
	kinds := kinds()
	b.reset()
	start := 0 // of the run of words being read
	prev := Space
	for i := 0; i < len(text); {
		r, n := rune(text[i]), 1
		if r >= 0x80 {
			r, n = utf8.DecodeRuneInString(text[i:])
		}
		k := Word
		if r < 1<<16 {
			k = kinds[r]
		} else {
			k = slowKind(r)
		}
		if k >= Word {
			if len(b.code) == 0 {
				start, prev = i, Space
			}
			b.code = append(b.code, s.dict.trie.runes.of(r))
			b.rune = append(b.rune, r)
			b.at = append(b.at, int32(i-start))
			b.stop = append(b.stop, k != Latin || prev != Latin)
			prev = k
			i += n
			if len(b.code) == maxRun {
				dst = s.run(dst, b, start, i, inner)
			}
			continue
		}
		if len(b.code) > 0 {
			dst = s.run(dst, b, start, i, inner)
		}
		if last := len(dst) - 1; k == Space && last >= 0 && dst[last].Kind == Space && dst[last].End == i {
			dst[last].End = i + n
		} else {
			dst = append(dst, Token{i, i + n, k})
		}
		i += n
	}
	if len(b.code) > 0 {
		dst = s.run(dst, b, start, len(text), inner)
	}
	s.buffs.Put(b)
	return dst
}

func (b *buffers) reset() {
	b.code, b.rune, b.at, b.stop = b.code[:0], b.rune[:0], b.at[:0], b.stop[:0]
}

// run cuts the runes in b, which are text[start:end], and empties b.
func (s *Segmenter) run(dst []Token, b *buffers, start, end int, inner bool) []Token {
	n := len(b.code)
	b.at = append(b.at, int32(end-start))
	b.stop = append(b.stop, true)
	if cap(b.cost) <= n {
		b.cost, b.next = make([]int32, n+n/2+64), make([]int32, n+n/2+64)
	}
	s.viterbi(b, n)
	for i := 0; i < n; {
		j := int(b.next[i])
		if inner && j-i > 2 {
			dst = s.inside(dst, b, start, i, j)
		}
		kind := Word
		if kindOf(b.rune[i]) == Latin && b.latin(i, j) {
			kind = Latin
		}
		dst = append(dst, Token{start + int(b.at[i]), start + int(b.at[j]), kind})
		i = j
	}
	b.reset()
	return dst
}

func (b *buffers) latin(i, j int) bool {
	for i++; i < j; i++ {
		if b.stop[i] {
			return false
		}
	}
	return true
}

// viterbi finds, from the end backwards, the cheapest way to cut the run. Of
// equally cheap ones it takes the one with the longer word.
func (s *Segmenter) viterbi(b *buffers, n int) {
	cells, value := s.dict.trie.cells, s.dict.trie.value
	code, stop := b.code[:n], b.stop[:n+1]
	cost, next := b.cost[:n+1], b.next[:n+1]
	cost[n] = 0
	end := n // of the unknown piece that begins at i: one rune, or the Latin run
	for i := n - 1; i >= 0; i-- {
		if !stop[i] {
			continue
		}
		for end = i + 1; !stop[end]; end++ {
		}
		best, to := s.dict.unknown+cost[end], end
		st := root
		for j := i; j < n; j++ {
			c := code[j]
			if c == 0 {
				break
			}
			t := cells[st].base + int32(c)
			if uint32(t) >= uint32(len(cells)) || cells[t].check != st {
				break
			}
			st = t
			if v := value[t]; v >= 0 && stop[j+1] {
				if c := s.dict.unknown - v + cost[j+1]; c <= best {
					best, to = c, j+1
				}
			}
		}
		if s.own != nil {
			best, to = s.ownWords(b, i, n, best, to)
		}
		cost[i], next[i] = best, int32(to)
	}
}

func (s *Segmenter) ownWords(b *buffers, i, n int, best int32, to int) (int32, int) {
	st, ok := root, true
	for j := i; j < n; j++ {
		if st, ok = s.own.Step(st, b.rune[j]); !ok {
			break
		}
		if v := s.own.value[st]; v >= 0 && b.stop[j+1] {
			if c := v + b.cost[j+1]; c <= best {
				best, to = c, j+1
			}
		}
	}
	return best, to
}

// inside gives the words of two runes or more that lie in runes i to j.
func (s *Segmenter) inside(dst []Token, b *buffers, start, i, j int) []Token {
	for from := i; from < j-1; from++ {
		if !b.stop[from] {
			continue
		}
		st, own := root, root
		ok, okOwn := true, s.own != nil
		for k := from; k < j && (ok || okOwn); k++ {
			word := false
			if ok {
				if st, ok = s.dict.trie.step(st, b.code[k]); ok {
					word = s.dict.trie.value[st] >= 0
				}
			}
			if okOwn {
				if own, okOwn = s.own.Step(own, b.rune[k]); okOwn {
					word = word || s.own.value[own] >= 0
				}
			}
			if word && k > from && b.stop[k+1] && (from > i || k+1 < j) {
				dst = append(dst, Token{start + int(b.at[from]), start + int(b.at[k+1]), Word})
			}
		}
	}
	return dst
}
