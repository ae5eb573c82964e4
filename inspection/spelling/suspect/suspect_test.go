package suspect

import (
	"bytes"
	"io"
	"slices"
	"testing"
	"unicode/utf8"
)

func find(least float64, s string) (all []Suspicion) {
	New(least).Find(s, func(f Suspicion) { all = append(all, f) })
	return all
}

func TestAWordOfTheSameSoundIsProposed(t *testing.T) {
	for _, c := range []struct{ text, wrong, right string }{
		{"公布与公众厉益密切相关的重大行政决策", "厉益", "利益"},
		{"进一步加强组织零导，落实工作责任", "零导", "领导"},
		{"应当按照上级要球开展工作", "要球", "要求"},
	} {
		f := find(0.9, c.text)
		if len(f) != 1 || f[0].Wrong != c.wrong || f[0].Right != c.right || c.text[f[0].Start:f[0].End] != c.wrong {
			t.Errorf("Find(%q) = %+v, want %s → %s alone", c.text, f, c.wrong, c.right)
		}
	}
}

func TestRightTextRaisesNothing(t *testing.T) {
	for _, s := range []string{"公布与公众利益密切相关的重大行政决策", "跳出治乱兴衰的历史周期率", "提升法治思维，开展法制审核", "", "的", "2026年", "推进减污降碳协同增效"} {
		if f := find(0.9, s); len(f) != 0 {
			t.Errorf("Find(%q) = %+v, want nothing", s, f)
		}
	}
}

func TestProtectedPhrasesAreLeftAlone(t *testing.T) {
	const s = "跳出历史周期率的答案"
	if !Protected(s, len("跳出历史"), len("跳出历史周期率")) {
		t.Errorf("周期率 is not protected")
	}
	if Protected(s, 0, len("跳出")) {
		t.Errorf("跳出, beside a protected phrase, is protected too")
	}
}

func TestADamagedModelIsRefused(t *testing.T) {
	for _, n := range []int{0, 10, len(pairBlob) / 2, len(pairBlob) - 9} {
		if _, err := Load(wordBlob, pairBlob[:n]); err == nil {
			t.Errorf("the first %d bytes are taken for the pairs of a model", n)
		}
	}
	var words, pairs bytes.Buffer
	if err := Pack(&words, &pairs, small()); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(words.Bytes(), pairBlob); err == nil {
		t.Errorf("the pairs of one model are taken with the words of another")
	}
}

func TestAWordTheLatticeCannotWalkIsRefused(t *testing.T) {
	for _, w := range []string{"中华人民共和国国务院", "Ａ类", "α值"} {
		l := small()
		l.Words[0] = w
		if err := Pack(io.Discard, io.Discard, l); err == nil {
			t.Errorf("a model with the word %s is packed", w)
		}
	}
}

// small is a language of three words.
func small() *Language {
	return &Language{
		Words: []string{"信息", "政府", "公开"}, Alone: []float32{6, 5, 7}, After: []float32{1, 1, 1, 0, 0},
		Pairs: [][]Pair{{{2, 2}}, {{0, 1.5}, {3, 3}}, nil, {{1, 2}}, nil},
	}
}

func TestWhatIsPackedIsRead(t *testing.T) {
	var words, pairs bytes.Buffer
	if err := Pack(&words, &pairs, small()); err != nil {
		t.Fatal(err)
	}
	m, err := Load(words.Bytes(), pairs.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	at := func(w string) word { x, _ := m.find([]rune(w)); return x }
	for _, c := range []struct {
		what string
		a, b word
		cost float32
		seen bool
	}{
		{"政府信息", at("政府"), at("信息"), 1.5, true},
		{"信息政府", at("信息"), at("政府"), 1 + 5, false},
		{"政府 at the end of a clause", at("政府"), m.edge, 3, true},
		{"政府 at the beginning of one", m.edge, at("政府"), 2, true},
		{"公开 after a number", m.number, at("公开"), 7, false},
	} {
		if cost, seen := m.follow(c.a, c.b); seen != c.seen || cost < c.cost-0.05 || cost > c.cost+0.05 {
			t.Errorf("%s: got %v (seen %v), want %v (%v)", c.what, cost, seen, c.cost, c.seen)
		}
	}
	var got []string
	m.Cut("政府信息公开，2026年", func(w string) { got = append(got, w) })
	if want := []string{Edge, "政府", "信息", "公开", Edge}; !slices.Equal(got, want) {
		t.Errorf("Cut gives %q, want %q", got, want)
	}
}

func TestADamagedForestIsRefused(t *testing.T) {
	leaf := Node{Limit: 1}
	good := &Forest{Trees: [][]Node{{{Sign: 2, Limit: 3, Low: 1, High: 2}, leaf, leaf}}}
	if f, err := readForest(good.Bytes()); err != nil || f.Sum(&[Signs]float32{}) != 1 {
		t.Errorf("a good forest is not read back: %v, %v", f, err)
	}
	for what, n := range map[string]Node{"a circle": {Low: 1, High: 0}, "a node that does not exist": {Low: 1, High: 9}, "a sign that does not exist": {Sign: Signs, Low: 1, High: 2}} {
		bad := &Forest{Trees: [][]Node{{n, leaf, leaf}}}
		if _, err := readForest(bad.Bytes()); err == nil {
			t.Errorf("%s is taken", what)
		}
	}
	for i := range good.Bytes() {
		if _, err := readForest(good.Bytes()[:i]); err == nil {
			t.Errorf("the first %d bytes are taken", i)
		}
	}
}

func TestALawIsUsedForOneThing(t *testing.T) {
	if a, b := Part("档案法"), Part("档案法"); a != b {
		t.Errorf("Part is %d and %d for one title", a, b)
	}
}

func FuzzFind(f *testing.F) {
	for _, s := range []string{"公众厉益密切", "\xff厉益", "厉", "一丁丂七丄丅丆万丈三", "A厉益9"} {
		f.Add(s)
	}
	d := New(0.5)
	f.Fuzz(func(t *testing.T, s string) {
		last := 0
		d.Find(s, func(x Suspicion) {
			if x.Start < last || x.End > len(s) || x.Start >= x.End || s[x.Start:x.End] != x.Wrong || !utf8.ValidString(x.Right) {
				t.Fatalf("%q: %+v after %d", s, x, last)
			}
			last = x.End
		})
	})
}

// What is left out because it cannot be cheap enough depends on it.
func TestNoWordIsCheaperThanItsLeast(t *testing.T) {
	m, x := shared()
	for i := range x.words {
		if w := x.words[i].word; w.least != m.costs[w.id].least || w.least > w.cost {
			t.Fatalf("%s: the index has %v as the least, the model %v", string(x.words[i].runes[:x.words[i].n]), w.least, m.costs[w.id].least)
		}
	}
	word := map[uint32]int{}
	for b := range m.costs {
		word[mark(int32(b))] = b
	}
	end := uint32(len(m.pairs.slots))
	for a := len(m.costs) - 1; a >= 0; a-- {
		r := m.costs[a].next
		if r.from == 0 {
			continue
		}
		for _, s := range m.pairs.slots[r.from:end] {
			if s == 0 {
				continue
			}
			b, ok := word[s>>8]
			if !ok || ofByte(byte(s)) < m.costs[b].least {
				t.Fatalf("word %d costs %v behind %d, less than its least, %v", b, ofByte(byte(s)), a, m.costs[b].least)
			}
			if m.pairs.get(r, s>>8) != byte(s) {
				t.Fatalf("the pair of %d and %d is not found", a, b)
			}
		}
		end = r.from
	}
}
