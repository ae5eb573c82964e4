package suspect

import (
	"bytes"
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
	for _, n := range []int{0, 10, len(blob) / 2, len(blob) - 9} {
		if _, err := load(blob[:n]); err == nil {
			t.Errorf("the first %d bytes are taken for a model", n)
		}
	}
	var b bytes.Buffer
	if err := Pack(&b, &Counts{Words: []string{"政府"}, Count: []int{3}, Pairs: [][]Pair{nil}}); err != nil {
		t.Fatal(err)
	}
	if _, err := load(b.Bytes()); err == nil {
		t.Errorf("a model without the edge of a clause is taken")
	}
}

func TestWhatIsPackedIsRead(t *testing.T) {
	var b bytes.Buffer
	c := &Counts{Words: []string{Edge, Number, "政府", "信息"}, Count: []int{9, 4, 8, 6}, Pairs: [][]Pair{{{2, 5}}, nil, {{0, 2}, {3, 4}}, nil}}
	if err := Pack(&b, c); err != nil {
		t.Fatal(err)
	}
	m, err := load(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	at := func(i int32) word { return word{i, m.alone[i]} }
	seen, ok := m.follow(at(2), at(3))
	never, not := m.follow(at(3), at(2))
	if !ok || not || seen >= never {
		t.Errorf("政府信息 costs %v (seen %v), 信息政府 %v (seen %v); want the seen pair cheaper", seen, ok, never, not)
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
