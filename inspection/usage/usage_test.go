package usage

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
)

func counted(texts ...string) *Counts {
	c := New(len(texts))
	for _, s := range texts {
		c.Add(s)
	}
	return c
}

func TestATextCountsAPhraseOnce(t *testing.T) {
	c := counted("一网统管，一网统管，一网统管。", "推进一网统管。", "一网通办。")
	for _, x := range []struct {
		phrase string
		want   int
	}{
		{"一网统", 2}, {"一网统管", 2}, {"进一网统", 1}, {"推进一网统管", 1}, {"一网通办", 1},
		{"统管一", 0},   // a comma stands between
		{"一网", 0},    // no phrase
		{"一网统 管", 0}, // nor that
		{"一网通管", 0},
		{"数字政府", 0},
	} {
		if got := c.Texts(x.phrase); got != x.want {
			t.Errorf("Texts(%q) = %d, want %d", x.phrase, got, x.want)
		}
	}
	if c.Of() != 3 {
		t.Errorf("Of() = %d, want 3", c.Of())
	}
}

func TestManyIsMost(t *testing.T) {
	c := New(40)
	for range 40 {
		c.Add("最多跑一次")
	}
	if got := c.Texts("跑一次"); got != Most {
		t.Errorf("Texts = %d, want %d", got, Most)
	}
}

// Ten thousand texts of their own words each: what none has is seldom said to be in
// one, and what is there is never forgotten.
func TestFewPhrasesAreMistakenForOthers(t *testing.T) {
	c := New(10_000)
	word := func(i, k int) string {
		r := make([]rune, 4)
		for j := range r {
			i = (i*1_103_515 + k*7_919 + j*104_729 + 12_345) & 0x7FFFFFFF
			r[j] = rune(0x4E00 + i%6000)
		}
		return string(r)
	}
	for i := range 10_000 {
		var b strings.Builder
		for k := range 50 {
			b.WriteString(word(i, k) + "，")
		}
		c.Add(b.String())
	}
	for i := range 10_000 {
		if c.Texts(word(i, 7)) == 0 {
			t.Fatalf("Texts(%q) = 0, but a text has it", word(i, 7))
		}
	}
	wrong := 0
	for i := range 10_000 {
		if c.Texts(word(i+1_000_000, 3)) >= 3 {
			wrong++
		}
	}
	if wrong > 20 {
		t.Errorf("%d of 10000 phrases nobody wrote are said to stand in three texts, want at most 20", wrong)
	}
}

func TestCountsComeBackAsTheyWere(t *testing.T) {
	c := counted("示例市明镜区政务公开", "明镜区政务公开", "政务公开")
	var b bytes.Buffer
	n, err := c.WriteTo(&b)
	if err != nil || n != int64(b.Len()) {
		t.Fatalf("WriteTo = %d, %v; wrote %d", n, err, b.Len())
	}
	back, err := Read(bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range []string{"政务公开", "明镜区政", "示例市明", "没有这样"} {
		if got, want := back.Texts(p), c.Texts(p); got != want {
			t.Errorf("Texts(%q) = %d after reading, want %d", p, got, want)
		}
	}
	if back.Of() != 3 {
		t.Errorf("Of() = %d after reading, want 3", back.Of())
	}
}

func TestDamagedCountsAreRefused(t *testing.T) {
	var b bytes.Buffer
	if _, err := counted("政务公开").WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	whole := b.Bytes()
	flipped := bytes.Clone(whole)
	flipped[len(flipped)-6] ^= 1 // in the checksum
	for name, bad := range map[string][]byte{
		"empty": nil, "text": []byte("政务公开"), "cut short": whole[:len(whole)/2], "without its end": whole[:len(whole)-4], "changed": flipped,
	} {
		if _, err := Read(bytes.NewReader(bad)); !errors.Is(err, ErrDamaged) {
			t.Errorf("Read(%s) = %v, want ErrDamaged", name, err)
		}
	}
}

func BenchmarkAdd(b *testing.B) {
	var s strings.Builder
	for i := range 100 {
		fmt.Fprintf(&s, "第%c条政府信息公开工作机构应当在%c日内答复，", rune(0x4E00+i*37), rune(0x5000+i*91))
	}
	text := s.String()
	b.SetBytes(int64(len(text)))
	c := New(100_000)
	for b.Loop() {
		c.Add(text)
	}
}
