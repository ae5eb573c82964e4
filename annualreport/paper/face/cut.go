package face

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"
)

// Flags of composite glyphs.
const (
	argsAreWords    = 0x0001
	haveScale       = 0x0008
	more            = 0x0020
	haveTwoScales   = 0x0040
	haveMatrix      = 0x0080
	haveInstruction = 0x0100
)

// Cut makes a font of the glyphs given: the first becomes number 0, which is
// what is drawn for an unknown character, and so on. Glyphs they are composed of
// follow. The font has no table of characters unless chars is given, which maps
// characters to the new numbers. Hinting goes.
func (f *Face) Cut(glyphs []uint16, chars map[rune]uint16) ([]byte, error) {
	glyphs = slices.Clone(glyphs)
	number := map[uint16]uint16{}
	for i, g := range glyphs {
		if _, twice := number[g]; !twice {
			number[g] = uint16(i)
		}
	}
	var glyf []byte
	loca := []byte{0, 0, 0, 0}
	for i := 0; i < len(glyphs); i++ { // grows while composites are met
		outline, err := f.outline(glyphs[i], func(part uint16) uint16 {
			n, ok := number[part]
			if !ok {
				n = uint16(len(glyphs))
				number[part] = n
				glyphs = append(glyphs, part)
			}
			return n
		})
		if err != nil {
			return nil, err
		}
		glyf = append(glyf, outline...)
		for len(glyf)%4 != 0 {
			glyf = append(glyf, 0)
		}
		loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
	}
	var hmtx []byte
	for _, g := range glyphs {
		hmtx = binary.BigEndian.AppendUint16(hmtx, f.advance[g])
		hmtx = binary.BigEndian.AppendUint16(hmtx, uint16(f.bearing[g]))
	}
	head, hhea, maxp := bytes.Clone(f.tables["head"]), bytes.Clone(f.tables["hhea"]), bytes.Clone(f.tables["maxp"])
	binary.BigEndian.PutUint32(head[8:], 0)                    // checksum, set below
	binary.BigEndian.PutUint16(head[50:], 1)                   // long offsets
	binary.BigEndian.PutUint16(hhea[34:], uint16(len(glyphs))) // all with their own width
	binary.BigEndian.PutUint16(maxp[4:], uint16(len(glyphs)))
	if len(maxp) >= 32 {
		binary.BigEndian.PutUint16(maxp[26:], 0) // no instructions
	}
	tables := map[string][]byte{"head": head, "hhea": hhea, "maxp": maxp, "hmtx": hmtx, "loca": loca, "glyf": glyf}
	if chars != nil {
		tables["cmap"] = characters(chars)
		for _, name := range []string{"OS/2", "name", "post"} {
			if t := f.tables[name]; t != nil && name != "post" {
				tables[name] = t
			}
		}
		tables["post"] = append([]byte{0, 3, 0, 0}, make([]byte, 28)...) // no names of glyphs
	}
	return assemble(tables), nil
}

// outline is a glyph without its instructions, the numbers of its parts as
// renumber gives them.
func (f *Face) outline(glyph uint16, renumber func(uint16) uint16) (out []byte, err error) {
	defer func() {
		if recover() != nil {
			out, err = nil, fmt.Errorf("glyph %d: %w", glyph, errShort)
		}
	}()
	g := f.tables["glyf"][f.offsets[glyph]:f.offsets[glyph+1]]
	if len(g) == 0 {
		return nil, nil
	}
	contours := int(i16(g, 0))
	if contours >= 0 {
		at := 10 + 2*contours
		n := int(u16(g, at))
		out = append(bytes.Clone(g[:at]), 0, 0)
		return append(out, g[at+2+n:]...), nil
	}
	out = bytes.Clone(g[:10])
	for at := 10; ; {
		flags := u16(g, at)
		size := 6
		if flags&argsAreWords != 0 {
			size = 8
		}
		switch {
		case flags&haveScale != 0:
			size += 2
		case flags&haveTwoScales != 0:
			size += 4
		case flags&haveMatrix != 0:
			size += 8
		}
		part := bytes.Clone(g[at : at+size])
		binary.BigEndian.PutUint16(part, flags&^haveInstruction)
		binary.BigEndian.PutUint16(part[2:], renumber(u16(g, at+2)))
		out = append(out, part...)
		if at += size; flags&more == 0 {
			return out, nil
		}
	}
}

// characters is a table of characters in format 12.
func characters(chars map[rune]uint16) []byte {
	var all []rune
	for r := range chars {
		all = append(all, r)
	}
	slices.Sort(all)
	var spans []span
	for _, r := range all {
		g := uint32(chars[r])
		if n := len(spans); n > 0 && spans[n-1].last+1 == r && spans[n-1].glyph+uint32(r-spans[n-1].first) == g {
			spans[n-1].last = r
		} else {
			spans = append(spans, span{r, r, g})
		}
	}
	b := []byte{0, 0, 0, 1, 0, 3, 0, 10, 0, 0, 0, 12} // one table, for Windows, all of Unicode
	b = append(b, 0, 12, 0, 0)
	b = binary.BigEndian.AppendUint32(b, uint32(16+12*len(spans)))
	b = binary.BigEndian.AppendUint32(b, 0)
	b = binary.BigEndian.AppendUint32(b, uint32(len(spans)))
	for _, s := range spans {
		b = binary.BigEndian.AppendUint32(b, uint32(s.first))
		b = binary.BigEndian.AppendUint32(b, uint32(s.last))
		b = binary.BigEndian.AppendUint32(b, s.glyph)
	}
	return b
}

// assemble writes the tables as a font file with its checksums.
func assemble(tables map[string][]byte) []byte {
	var names []string
	for name := range tables {
		names = append(names, name)
	}
	slices.Sort(names)
	power, log := 1, 0
	for power*2 <= len(names) {
		power, log = power*2, log+1
	}
	b := binary.BigEndian.AppendUint32(nil, 0x00010000)
	for _, n := range []int{len(names), power * 16, log, (len(names) - power) * 16} {
		b = binary.BigEndian.AppendUint16(b, uint16(n))
	}
	at := 12 + 16*len(names)
	head := 0
	for _, name := range names {
		t := tables[name]
		b = append(b, name...)
		b = binary.BigEndian.AppendUint32(b, checksum(t))
		b = binary.BigEndian.AppendUint32(b, uint32(at))
		b = binary.BigEndian.AppendUint32(b, uint32(len(t)))
		if name == "head" {
			head = at
		}
		at += (len(t) + 3) &^ 3
	}
	for _, name := range names {
		b = append(b, tables[name]...)
		for len(b)%4 != 0 {
			b = append(b, 0)
		}
	}
	binary.BigEndian.PutUint32(b[head+8:], 0xB1B0AFBA-checksum(b))
	return b
}

func checksum(b []byte) uint32 {
	var sum uint32
	for len(b) >= 4 {
		sum += binary.BigEndian.Uint32(b)
		b = b[4:]
	}
	if len(b) > 0 {
		var last [4]byte
		copy(last[:], b)
		sum += binary.BigEndian.Uint32(last[:])
	}
	return sum
}
