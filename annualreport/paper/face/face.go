package face

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
	"sort"
	"sync"
)

//go:embed NotoSerifSC.ttf.gz
var packed []byte

// Serif returns the face that comes with the program. It is unpacked once.
var Serif = sync.OnceValues(func() (*Face, error) {
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, fmt.Errorf("unpack the face: %w", err)
	}
	b, err := io.ReadAll(z)
	if err != nil {
		return nil, fmt.Errorf("unpack the face: %w", err)
	}
	return Parse(b)
})

// A Face is a TrueType font. It is never changed and may be shared.
type Face struct {
	tables  map[string][]byte
	em      int      // units of an em
	glyphs  int      // how many
	advance []uint16 // by glyph
	bearing []int16
	offsets []uint32 // into glyf, one more than glyphs
	chars   []span   // by first character
	ascent  int
	descent int
	box     [4]int
}

// A span maps neighbouring characters to neighbouring glyphs.
type span struct {
	first, last rune
	glyph       uint32
}

var errShort = errors.New("the font ends too early")

// Parse reads a TrueType font with outlines (not CFF, not a collection).
func Parse(b []byte) (f *Face, err error) {
	defer func() {
		if r := recover(); r != nil { // an offset that points outside
			f, err = nil, errShort
		}
	}()
	if len(b) < 12 || binary.BigEndian.Uint32(b) != 0x00010000 {
		return nil, errors.New("not a TrueType font")
	}
	f = &Face{tables: map[string][]byte{}}
	for i := range int(u16(b, 4)) {
		e := b[12+16*i:]
		at, n := u32(e, 8), u32(e, 12)
		end := uint64(at) + uint64(n)
		if end > uint64(len(b)) {
			return nil, errShort
		}
		f.tables[string(e[:4])] = b[at:end:end]
	}
	for _, name := range []string{"head", "hhea", "maxp", "hmtx", "loca", "glyf", "cmap"} {
		if f.tables[name] == nil {
			return nil, fmt.Errorf("the font has no table %s", name)
		}
	}
	head, hhea := f.tables["head"], f.tables["hhea"]
	f.em, f.glyphs = int(u16(head, 18)), int(u16(f.tables["maxp"], 4))
	for i := range f.box {
		f.box[i] = int(i16(head, 36+2*i))
	}
	f.ascent, f.descent = int(i16(hhea, 4)), int(i16(hhea, 6))
	f.readAdvances(int(u16(hhea, 34)))
	f.readOffsets(u16(head, 50) == 1)
	return f, f.readCharacters()
}

func u16(b []byte, at int) uint16 { return binary.BigEndian.Uint16(b[at:]) }
func i16(b []byte, at int) int16  { return int16(u16(b, at)) }
func u32(b []byte, at int) uint32 { return binary.BigEndian.Uint32(b[at:]) }

func (f *Face) readAdvances(full int) {
	hmtx := f.tables["hmtx"]
	f.advance, f.bearing = make([]uint16, f.glyphs), make([]int16, f.glyphs)
	for g := range f.glyphs {
		if g < full {
			f.advance[g], f.bearing[g] = u16(hmtx, 4*g), i16(hmtx, 4*g+2)
		} else {
			f.advance[g], f.bearing[g] = u16(hmtx, 4*(full-1)), i16(hmtx, 4*full+2*(g-full))
		}
	}
}

func (f *Face) readOffsets(long bool) {
	loca := f.tables["loca"]
	f.offsets = make([]uint32, f.glyphs+1)
	for g := range f.offsets {
		if long {
			f.offsets[g] = u32(loca, 4*g)
		} else {
			f.offsets[g] = 2 * uint32(u16(loca, 2*g))
		}
	}
}

// readCharacters reads the table of characters, format 12 before format 4.
func (f *Face) readCharacters() error {
	cmap := f.tables["cmap"]
	var four, twelve []byte
	for i := range int(u16(cmap, 2)) {
		sub := cmap[u32(cmap, 4+8*i+4):]
		switch u16(sub, 0) {
		case 4:
			four = sub
		case 12:
			twelve = sub
		}
	}
	switch {
	case twelve != nil:
		for i := range int(u32(twelve, 12)) {
			g := twelve[16+12*i:]
			f.chars = append(f.chars, span{rune(u32(g, 0)), rune(u32(g, 4)), u32(g, 8)})
		}
	case four != nil:
		n := int(u16(four, 6)) / 2
		ends, starts, deltas, ranges := four[14:], four[16+2*n:], four[16+4*n:], four[16+6*n:]
		for i := range n {
			for c := int(u16(starts, 2*i)); c <= int(u16(ends, 2*i)) && c < 0xffff; c++ {
				g := uint16(c)
				if at := int(u16(ranges, 2*i)); at != 0 {
					if g = u16(ranges, 2*i+at+2*(c-int(u16(starts, 2*i)))); g == 0 {
						continue
					}
				}
				f.chars = append(f.chars, span{rune(c), rune(c), uint32(g + u16(deltas, 2*i))})
			}
		}
	default:
		return errors.New("the font has no table of Unicode characters")
	}
	slices.SortFunc(f.chars, func(a, b span) int { return int(a.first - b.first) })
	return nil
}

// Glyph returns the glyph of a character, and whether the face has one.
func (f *Face) Glyph(r rune) (uint16, bool) {
	i := sort.Search(len(f.chars), func(i int) bool { return f.chars[i].last >= r })
	if i == len(f.chars) || f.chars[i].first > r {
		return 0, false
	}
	g := f.chars[i].glyph + uint32(r-f.chars[i].first)
	return uint16(g), g != 0 && g < uint32(f.glyphs)
}

// Width is how far a glyph moves the pen, in thousandths of the size.
func (f *Face) Width(glyph uint16) int { return f.scale(int(f.advance[glyph])) }

// Metrics are the measures a PDF wants, in thousandths of the size.
func (f *Face) Metrics() (ascent, descent int, box [4]int) {
	for i := range f.box {
		box[i] = f.scale(f.box[i])
	}
	return f.scale(f.ascent), f.scale(f.descent), box
}

func (f *Face) scale(n int) int { return (n*2000 + f.em) / (2 * f.em) }
