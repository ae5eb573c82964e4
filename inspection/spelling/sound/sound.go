package sound

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/mozillazg/go-pinyin"
)

// A Syllable is one reading without its tone. 0 is none.
type Syllable uint16

// Likeness says why one character is taken for another.
type Likeness uint8

// The kinds of likeness, the closest first.
const (
	None Likeness = iota
	Same          // the same syllable
	Near          // a syllable that is mixed up with it
	Look          // written alike
)

//go:embed data/lookalike.txt
var lookalikes string

//go:embed data/readings.txt
var readings string

const firstHan, lastHan = 0x4E00, 0x9FFF

type tables struct {
	main  [1 << 16]Syllable
	said  []Syllable // all readings of all characters, one behind the other
	from  [lastHan - firstHan + 2]uint32
	folds []Syllable // by syllable
	look  map[rune][]rune
	by    map[Syllable][]rune
}

var all = sync.OnceValue(load)

func load() *tables {
	t := &tables{look: map[rune][]rune{}, folds: []Syllable{0}, by: map[Syllable][]rune{}}
	spelt := []string{""}
	names, folds := map[string]Syllable{}, map[string]Syllable{}
	number := func(s string) Syllable {
		n, ok := names[s]
		if !ok {
			n = Syllable(len(t.folds))
			spelt = append(spelt, s)
			names[s] = n
			f, ok := folds[fold(s)]
			if !ok {
				f = Syllable(len(folds) + 1)
				folds[fold(s)] = f
			}
			t.folds = append(t.folds, f)
		}
		return n
	}
	common := map[rune][]string{}
	for line := range strings.Lines(readings) {
		if f := strings.Fields(line); len(f) > 1 && line[0] != '#' {
			r, _ := utf8.DecodeRuneInString(f[0])
			common[r] = f[1:]
		}
	}
	for code := firstHan; code <= lastHan; code++ {
		t.from[code-firstHan+1] = uint32(len(t.said))
		said, ok := pinyin.PinyinDict[code]
		if !ok {
			continue
		}
		var own []Syllable
		var rare []string
		for s := range strings.SplitSeq(said, ",") {
			s = toneless(s)
			if c := common[rune(code)]; c != nil && !slices.Contains(c, s) {
				rare = append(rare, s)
				continue
			}
			if n := number(s); !slices.Contains(own, n) {
				own = append(own, n)
			}
		}
		if len(own) == 0 {
			own = append(own, number(rare[0])) // the two sources spell it differently
		}
		if c := common[rune(code)]; c != nil {
			slices.SortStableFunc(own, func(a, b Syllable) int { return slices.Index(c, spelt[a]) - slices.Index(c, spelt[b]) })
		}
		t.main[code] = own[0]
		t.by[own[0]] = append(t.by[own[0]], rune(code))
		t.said = append(t.said, own...)
		t.from[code-firstHan+1] = uint32(len(t.said))
	}
	for line := range strings.Lines(lookalikes) {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		group := []rune(line)
		for _, a := range group {
			for _, b := range group {
				if a != b && !slices.Contains(t.look[a], b) {
					t.look[a] = append(t.look[a], b)
				}
			}
		}
	}
	return t
}

var tones = strings.NewReplacer("ā", "a", "á", "a", "ǎ", "a", "à", "a", "ē", "e", "é", "e", "ě", "e", "è", "e", "ế", "e", "ề", "e", "ê̄", "e", "ê̌", "e", "ê", "e",
	"ī", "i", "í", "i", "ǐ", "i", "ì", "i", "ō", "o", "ó", "o", "ǒ", "o", "ò", "o", "ū", "u", "ú", "u", "ǔ", "u", "ù", "u",
	"ǖ", "v", "ǘ", "v", "ǚ", "v", "ǜ", "v", "ü", "v", "ń", "n", "ň", "n", "ǹ", "n", "ḿ", "m")

func toneless(s string) string { return tones.Replace(s) }

var initials = [][2]string{{"zh", "z"}, {"ch", "c"}, {"sh", "s"}, {"n", "l"}}

func fold(s string) string {
	for _, x := range initials {
		if rest, ok := strings.CutPrefix(s, x[0]); ok {
			s = x[1] + rest
			break
		}
	}
	if rest, ok := strings.CutPrefix(s, "fu"); ok {
		s = "hu" + rest
	}
	for _, end := range []string{"ing", "eng", "ang"} {
		if rest, ok := strings.CutSuffix(s, end); ok {
			return rest + end[:2]
		}
	}
	return s
}

// Main is the commonest reading of a character, 0 if it has none.
func Main(r rune) Syllable {
	if uint32(r) < 1<<16 {
		return all().main[r]
	}
	return 0
}

// Of returns every reading of a character, the commonest first.
func Of(r rune) []Syllable { return all().readings(r) }

func (t *tables) readings(r rune) []Syllable {
	if r < firstHan || r > lastHan {
		return nil
	}
	return t.said[t.from[r-firstHan]:t.from[r-firstHan+1]]
}

// Fold is the class of syllables that are mixed up with this one.
func (s Syllable) Fold() Syllable { return all().folds[s] }

// Lookalikes returns the characters written like r.
func Lookalikes(r rune) []rune { return all().look[r] }

// Homophones returns the characters whose commonest reading is s.
func Homophones(s Syllable) []rune { return all().by[s] }

// Alike tells why a may be taken for b.
func Alike(a, b rune) Likeness {
	t := all()
	near := None
	for _, x := range t.readings(a) {
		for _, y := range t.readings(b) {
			if x == y {
				return Same
			}
			if t.folds[x] == t.folds[y] {
				near = Near
			}
		}
	}
	if near == None && slices.Contains(Lookalikes(a), b) {
		return Look
	}
	return near
}

// Table returns the fold of the commonest reading by code point of the basic
// plane; it is for inner loops.
func Table() *[1 << 16]Syllable {
	return folded()
}

var folded = sync.OnceValue(func() *[1 << 16]Syllable {
	t := all()
	var out [1 << 16]Syllable
	for i, s := range t.main {
		out[i] = t.folds[s]
	}
	return &out
})
