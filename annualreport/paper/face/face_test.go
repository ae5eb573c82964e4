package face

import (
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

func serif(t testing.TB) *Face {
	t.Helper()
	f, err := Serif()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestTheFaceHasAllCharactersOfTheNationalStandard(t *testing.T) {
	f := serif(t)
	decode := simplifiedchinese.GBK.NewDecoder()
	n := 0
	for high := byte(0xb0); high <= 0xf7; high++ {
		for low := byte(0xa1); low <= 0xfe; low++ {
			s, err := decode.Bytes([]byte{high, low})
			if err != nil || len(s) != 3 || high == 0xd7 && low > 0xf9 {
				continue // five places of the standard are empty
			}
			n++
			r := []rune(string(s))[0]
			if _, ok := f.Glyph(r); !ok {
				t.Errorf("Glyph(%c) finds nothing", r)
			}
		}
	}
	if n != 6763 {
		t.Errorf("checked %d characters, the standard has 6763", n)
	}
	for _, r := range "0123456789，。、；：？！“”‘’（）《》〈〉〔〕【】—…·％‰℃①⑳ⅠⅫ□■〓/＊*-−＋×÷≤≥￥㈠\U0002B4EF" {
		if _, ok := f.Glyph(r); !ok {
			t.Errorf("Glyph(%c) finds nothing", r)
		}
	}
	if _, ok := f.Glyph('\U0010FFFF'); ok {
		t.Error("Glyph finds a glyph where there is no character")
	}
}

func TestHanCharactersAndTheirMarksAreAnEmWide(t *testing.T) {
	f := serif(t)
	for _, r := range "政府信息公开，。（）《》、：" {
		if g, ok := f.Glyph(r); !ok || f.Width(g) != 1000 {
			t.Errorf("Width(%c) = %d, want 1000", r, f.Width(g))
		}
	}
}

func TestACutKeepsOutlinesAndWidths(t *testing.T) {
	f := serif(t)
	chars := map[rune]uint16{}
	glyphs := []uint16{0}
	for _, r := range "示例市明镜区2026年é①Å" {
		g, ok := f.Glyph(r)
		if !ok {
			t.Fatalf("Glyph(%c) finds nothing", r)
		}
		if _, have := chars[r]; !have {
			chars[r] = uint16(len(glyphs))
			glyphs = append(glyphs, g)
		}
	}
	b, err := f.Cut(glyphs, chars)
	if err != nil {
		t.Fatal(err)
	}
	small, err := Parse(b)
	if err != nil {
		t.Fatalf("Parse(Cut): %v", err)
	}
	if sum := checksum(b); sum != 0xB1B0AFBA {
		t.Errorf("checksum of the file = %#x, want 0xB1B0AFBA", sum)
	}
	for r, want := range chars {
		g, ok := small.Glyph(r)
		if !ok || g != want {
			t.Errorf("Glyph(%c) = %d, %v, want %d", r, g, ok, want)
		}
		if small.Width(g) != f.Width(glyphs[want]) {
			t.Errorf("Width(%c) = %d, want %d", r, small.Width(g), f.Width(glyphs[want]))
		}
		if r != '①' && small.offsets[g] == small.offsets[g+1] {
			t.Errorf("%c has no outline", r)
		}
	}
	if len(b) > 40_000 {
		t.Errorf("the cut has %d bytes", len(b))
	}
}

func TestWhatIsNoFontIsRefused(t *testing.T) {
	f := serif(t)
	whole, err := f.Cut([]uint16{0, 1, 2}, map[rune]uint16{'a': 1})
	if err != nil {
		t.Fatal(err)
	}
	for n := range len(whole) { // cut short anywhere it is refused, not a crash
		if _, err := Parse(whole[:n]); err == nil && n < len(whole)-3 {
			t.Errorf("Parse of the first %d of %d bytes succeeds", n, len(whole))
		}
	}
	if _, err := Parse([]byte("OTTO and then some more text")); err == nil {
		t.Error("Parse of a CFF font succeeds")
	}
}

func FuzzParse(f *testing.F) {
	face := serif(f)
	b, err := face.Cut([]uint16{0, 1, 2}, map[rune]uint16{'a': 1})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Fuzz(func(t *testing.T, b []byte) {
		face, err := Parse(b)
		if err != nil {
			return
		}
		g, _ := face.Glyph('a')
		if _, err := face.Cut([]uint16{0, g}, nil); err != nil {
			return
		}
	})
}
