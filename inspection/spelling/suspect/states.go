package suspect

import (
	"errors"
	"slices"

	"gongkai/internal/zh"
)

// states is the dictionary as the lattice walks it: a step reads one number. Its words
// are of Chinese characters.
type states struct {
	class []uint16 // by character from firstHan: its number, 0 if it is in no word
	cells []state
}

// A state says where those after it lie (less their classes, and lifted above zero),
// which one it comes after, and the number of the word that ends in it, plus one.
type state uint64

const (
	stateBits = 21
	lift      = 1 << 16
	nowhere   = 1<<stateBits - 1
	// mostDepth is how many characters a word may have.
	mostDepth = 8
)

func newState(base, parent, number int32) state {
	return state(base)<<(64-stateBits) | state(parent)<<(64-2*stateBits) | state(number+1)
}

// next is where the state after s by a character of a class would be.
func (s state) next(class uint16) uint32 { return uint32(s>>(64-stateBits)) + uint32(class) - lift }

func (s state) parent() uint32 { return uint32(s>>(64-2*stateBits)) & nowhere }

// number is that of the word that ends in the state, -1 if none does.
func (s state) number() int32 { return int32(s&(1<<(64-2*stateBits)-1)) - 1 }

// newStates lays out the states of a dictionary whose words have these numbers.
func newStates(words *zh.Trie, numbers []int32) (states, error) {
	x := states{class: make([]uint16, lastHan-firstHan+1), cells: make([]state, words.States())}
	if len(x.cells) >= nowhere-lift-1<<16 {
		return x, errors.New("too many words")
	}
	for i := range x.class {
		x.class[i] = words.Class(rune(firstHan + i))
	}
	for i := range x.cells {
		base, parent := words.Cell(int32(i))
		number := int32(-1)
		if i < len(numbers) {
			number = numbers[i]
		}
		if base += lift; base < 0 {
			base = nowhere
		}
		if parent < 0 {
			parent, number = nowhere, -1
		}
		x.cells[i] = newState(base, parent, number)
		if number >= 0 && !short(words, int32(i)) {
			return x, errors.New("a word is too long")
		}
	}
	return x, nil
}

// short tells whether no more than mostDepth characters lead to a state.
func short(words *zh.Trie, s int32) bool {
	for range mostDepth {
		if _, s = words.Cell(s); s == words.Root() {
			return true
		}
	}
	return false
}

// find returns the number of a word, -1 if it is none.
func (x *states) find(w []rune) int32 {
	at, s := uint32(0), x.cells[0]
	for _, r := range w {
		if !isHan(r) {
			return -1
		}
		class := x.class[r-firstHan]
		next := s.next(class)
		if class == 0 || uint64(next) >= uint64(len(x.cells)) || x.cells[next].parent() != at {
			return -1
		}
		at, s = next, x.cells[next]
	}
	return s.number()
}

// each calls yield with the number and the characters of every word, which are its to
// keep until it returns.
func (x *states) each(yield func(number int32, w []rune)) {
	of := make([]rune, 1<<16) // by class
	for i, class := range x.class {
		if of[class] == 0 {
			of[class] = rune(firstHan + i)
		}
	}
	var w []rune
	for i, s := range x.cells {
		number := s.number()
		if number < 0 {
			continue
		}
		w = w[:0]
		for at := uint32(i); at != 0; {
			parent := s.parent()
			s = x.cells[parent]
			w = append(w, of[at-s.next(0)])
			at = parent
		}
		slices.Reverse(w)
		yield(number, w)
	}
}

// spelt are the words that a run of characters is spelt of.
type spelt struct {
	lengths [maxRun]uint8            // by place: which lengths of words begin there, a bit for each
	numbers [maxRun][mostDepth]int32 // and the numbers of those words

	class [maxRun + mostDepth]uint16 // of the characters, and none behind the last
	live  [maxRun]start
	cells [maxRun]state
}

// A start is a place from which words may go on, and the state to try next.
type start struct {
	place    uint32
	at, from uint32
}

// spell finds every word in a run of at most maxRun characters. It goes on from all
// places by one character at a time, so that what is read for one does not wait for
// what was read for another.
func (x *states) spell(run []rune, w *spelt) {
	cells, classes := x.cells, x.class
	live, root := 0, cells[0]
	for i, r := range run {
		class := classes[r-firstHan]
		w.class[i&(maxRun-1)], w.lengths[i&(maxRun-1)] = class, 0
		next := root.next(class)
		if class != 0 && uint64(next) < uint64(len(cells)) {
			w.live[live&(maxRun-1)] = start{uint32(i), next, 0}
			live++
		}
	}
	*(*[mostDepth]uint16)(w.class[len(run):]) = [mostDepth]uint16{}
	for depth := uint32(0); live > 0 && depth < mostDepth; depth++ {
		starts := w.live[:live]
		read := w.cells[:len(starts)]
		for k := range starts {
			read[k] = cells[starts[k].at]
		}
		live = 0
		for k, s := range starts {
			cell := read[k]
			if cell.parent() != s.from {
				continue
			}
			place := s.place & (maxRun - 1)
			number := cell.number()
			w.numbers[place][depth&(mostDepth-1)] = number
			w.lengths[place] |= uint8(uint32(^number) >> 31 << depth)
			class := w.class[place+depth+1]
			next := cell.next(class)
			if class != 0 && uint64(next) < uint64(len(cells)) {
				starts[live] = start{place, next, s.at}
				live++
			}
		}
	}
}
