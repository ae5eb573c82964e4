package planting

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"gongkai/inspection/spelling/sound"
	"gongkai/internal/zh"
)

// A Kind is how an error came about.
type Kind int

// The kinds.
const (
	Word    Kind = iota // another word of the same sound
	Char                // another character of the same sound
	Near                // a character of a sound that is mixed up with it
	Look                // a character written alike
	Single              // a word of one character for another of the same sound
	Dropped             // a character left out
	Doubled             // a character typed twice
	Kinds
)

func (k Kind) String() string {
	return [...]string{"homophone word", "homophone character", "similar sound", "lookalike", "single character", "dropped character", "doubled character"}[k]
}

// An Error is one that was planted.
type Error struct {
	Start, End int // bytes in the spoiled text
	Kind       Kind
	Meant      string
}

type stock struct {
	words map[string][]string // by sound
	cost  map[rune]int32      // value of single characters
	near  map[sound.Syllable][]rune
}

var stocked = sync.OnceValue(func() *stock {
	s := &stock{words: map[string][]string{}, cost: map[rune]int32{}, near: map[sound.Syllable][]rune{}}
	t, _ := zh.Dictionary()
	t.Each(func(w string, _, v int32) bool {
		n := utf8.RuneCountInString(w)
		r, _ := utf8.DecodeRuneInString(w)
		if n == 1 && v > 64*6 && r >= 0x4E00 && r <= 0x9FFF {
			s.cost[r] = v
			for _, m := range sound.Of(r)[:min(1, len(sound.Of(r)))] {
				s.near[m.Fold()] = append(s.near[m.Fold()], r)
			}
		}
		if n == 2 && v > 64*4 {
			s.words[said(w)] = append(s.words[said(w)], w)
		}
		return true
	})
	for _, all := range s.words {
		slices.Sort(all)
	}
	for _, all := range s.near {
		slices.Sort(all)
	}
	return s
})

func said(w string) string {
	var b []rune
	for _, r := range w {
		b = append(b, rune(sound.Main(r))+1)
	}
	return string(b)
}

// Plant returns s with about one error in so many characters.
func Plant(s string, rng *rand.Rand, every int) (string, []Error) {
	t := stocked()
	out := []byte(s)
	var errors []Error
	free := 0 // bytes before it are done
	for _, k := range zh.Default().Cut(nil, s) {
		w := s[k.Start:k.End]
		n := utf8.RuneCountInString(w)
		if k.Kind != zh.Word || n > 4 || k.Start < free || rng.IntN(every) >= n*2 {
			continue
		}
		if n == 1 && rng.IntN(3) > 0 {
			continue
		}
		wrong, kind, ok := t.spoil(w, rng)
		if !ok || len(wrong) != len(w) || wrong == w {
			continue
		}
		if n == 1 {
			kind = Single
		}
		copy(out[k.Start:k.End], wrong)
		errors = append(errors, Error{k.Start, k.End, kind, w})
		free = k.End + 12 // errors stand apart
	}
	return string(out), errors
}

func (t *stock) spoil(w string, rng *rand.Rand) (string, Kind, bool) {
	dice := rng.IntN(100)
	if strings.Contains(particles, w) {
		return "", 0, false
	}
	if dice < 30 {
		if all := t.words[said(w)]; len(all) > 1 {
			return all[rng.IntN(len(all))], Word, true
		}
	}
	r := []rune(w)
	i := rng.IntN(len(r))
	kind := Char
	switch {
	case dice >= 92:
		kind = Look
	case dice >= 82:
		kind = Near
	}
	var all []rune
	if kind == Look {
		all = sound.Lookalikes(r[i])
	} else {
		for _, c := range t.near[sound.Main(r[i]).Fold()] {
			if (sound.Main(c) == sound.Main(r[i])) == (kind == Char) {
				all = append(all, c)
			}
		}
	}
	// The commoner a character, the higher it stands among those an input method
	// offers; half of the slips are among the first.
	weigh := func(c rune) int32 { return max(1, t.cost[c]-zh.CostUnit*4) }
	if dice%2 == 0 {
		weigh = func(c rune) int32 { return max(1, int32(math.Exp(float64(t.cost[c])/zh.CostUnit/2))) }
	}
	sum := int32(0)
	for _, c := range all {
		sum += weigh(c)
	}
	if sum == 0 {
		return "", 0, false
	}
	at := rng.Int32N(sum)
	for _, c := range all {
		if at -= weigh(c); at < 0 {
			r[i] = c
			break
		}
	}
	return string(r), kind, true
}

// particles are mixed up on purpose by many; nobody calls that an error.
const particles = "的地得"
