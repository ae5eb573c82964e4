package suspect

import "gongkai/inspection/spelling/sound"

// What a stretch of characters may have been meant to be depends on nothing but its
// characters, and texts say the same again and again: it is looked up once and then
// remembered, as far as there is room.

// A proposal is a word that a stretch may have been meant to be.
type proposal struct {
	word    word
	entry   uint32 // its place in the list of the index
	kind    kind
	like    sound.Likeness
	off     int8 // which character is exchanged or was left out, -1 if several are
	changed uint8
}

const (
	memoBits = 14
	memoRoom = 1 << 17
)

// memory holds what was found for stretches of two to four characters.
type memory struct {
	slots [1 << memoBits]remembered
	room  []proposal
}

type remembered struct {
	key  uint64 // the characters of the stretch, and what was looked for
	from uint32 // where its proposals lie
	n    uint32
}

// others returns the words that a stretch may have been meant to be with characters
// exchanged.
func (d *Detector) others(x *memory, r []rune) []proposal {
	if len(r) > 2 && d.x.hopeless(r) {
		return nil
	}
	return x.recall(r, 0, d.x.others)
}

// lost returns those that have one character more.
func (d *Detector) lost(x *memory, r []rune) []proposal {
	if !d.x.filter.has(keyGap(r)) {
		return nil
	}
	return x.recall(r, forLost, d.x.lost)
}

// forLost stands before the three characters, at most, that one is missing in.
const forLost = 1

// recall returns what is remembered of a stretch, and else what look finds.
func (x *memory) recall(r []rune, before uint64, look func(dst []proposal, r []rune) []proposal) []proposal {
	key := before
	for _, c := range r {
		key = key<<16 | uint64(c)
	}
	m := &x.slots[key*0x9E3779B97F4A7C15>>(64-memoBits)]
	if m.key != key {
		if len(x.room) > memoRoom {
			clear(x.slots[:])
			x.room = x.room[:0]
		}
		from := len(x.room)
		x.room = look(x.room, r)
		*m = remembered{key, uint32(from), uint32(len(x.room) - from)}
	}
	return x.room[m.from : m.from+m.n]
}

// others appends the words that differ from r in one character, which is like that of
// r, and those that sound like r altogether.
func (x *index) others(dst []proposal, r []rune) []proposal {
	from := len(dst)
	add := func(at uint32, e *entry, like sound.Likeness, off, changed int) {
		for _, p := range dst[from:] {
			if p.entry == at && p.like == like {
				return
			}
		}
		k := otherWord
		switch like {
		case sound.Near:
			k = nearWord
		case sound.Look:
			k = lookWord
		}
		dst = append(dst, proposal{e.word, at, k, like, int8(off), uint8(changed)})
	}
	for k, c := range r {
		for _, f := range x.slips[c-firstHan] {
			x.each(keyAt(r, k, f), func(at uint32, e *entry) {
				if like, ok := differs(e, r, k); ok {
					add(at, e, like, k, 1)
				}
			})
		}
	}
	x.each(x.keyAll(r), func(at uint32, e *entry) {
		if many, like := soundsLike(e, r); many > 1 {
			add(at, e, like, -1, many)
		}
	})
	return dst
}

// lost appends the words that have one character more than r.
func (x *index) lost(dst []proposal, r []rune) []proposal {
	from := len(dst)
	x.each(keyGap(r), func(at uint32, e *entry) {
		off := lacks(e, r)
		if off < 0 {
			return
		}
		for _, p := range dst[from:] {
			if p.entry == at {
				return
			}
		}
		dst = append(dst, proposal{e.word, at, lostOne, Missing, int8(off), 0})
	})
	return dst
}
