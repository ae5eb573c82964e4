package document

import (
	"encoding/binary"
	"sort"
)

// properties reads the pages of formatted properties a table points to.
func (w *wordBinary) properties(fib int, paragraphs bool) []wordProps {
	plc := w.part(fib)
	n := (len(plc) - 4) / 8
	var out []wordProps
	for i := range n {
		if w.b.node() != nil {
			return nil
		}
		page := int(binary.LittleEndian.Uint32(plc[4*(n+1)+4*i:])&0x3fffff) * 512
		if page+512 > len(w.main) {
			continue
		}
		out = appendPage(out, w.main[page:page+512], paragraphs)
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].from < out[j].from })
	return out
}

func appendPage(out []wordProps, page []byte, paragraphs bool) []wordProps {
	runs, step := int(page[511]), 1
	if paragraphs {
		step = 13
	}
	if 4*(runs+1)+step*runs > 511 {
		return out
	}
	for i := range runs {
		p := wordProps{from: int(binary.LittleEndian.Uint32(page[4*i:])), to: int(binary.LittleEndian.Uint32(page[4*i+4:]))}
		at := 2 * int(page[4*(runs+1)+step*i])
		if at > 0 && at < 510 {
			n := int(page[at])
			at++
			if paragraphs {
				if n = 2*n - 1; n < 0 {
					n = 2 * int(page[at])
					at++
				}
			}
			if n >= 0 && at+n <= 512 {
				p.sprms = page[at : at+n]
			}
			if paragraphs && len(p.sprms) >= 2 {
				p.style, p.sprms = binary.LittleEndian.Uint16(p.sprms), p.sprms[2:]
			}
		}
		out = append(out, p)
	}
	return out
}

func propsAt(all []wordProps, at int) wordProps {
	i := sort.Search(len(all), func(i int) bool { return all[i].from > at })
	if i > 0 && at < all[i-1].to {
		return all[i-1]
	}
	return wordProps{}
}

// sprm finds the operand of one property, its first byte; ok is false if it is
// not set.
func (p wordProps) sprm(code uint16) (value byte, ok bool) {
	for s := p.sprms; len(s) >= 3; {
		op := binary.LittleEndian.Uint16(s)
		size := 1
		switch op >> 13 {
		case 2, 4, 5:
			size = 2
		case 3:
			size = 4
		case 7:
			size = 3
		case 6:
			size = 1 + int(s[2])
			if op == 0xd608 && len(s) >= 4 {
				size = 1 + int(binary.LittleEndian.Uint16(s[2:]))
			}
		}
		if op == code {
			value, ok = s[2], true
		}
		if 2+size > len(s) {
			break
		}
		s = s[2+size:]
	}
	return value, ok
}

// Properties by their codes in [MS-DOC] 2.6.
const (
	sprmDeleted   = 0x0800
	sprmBold      = 0x0835
	sprmHidden    = 0x083c
	sprmJustify   = 0x2403
	sprmJustify2  = 0x2461
	sprmInTable   = 0x2416
	sprmRowEnd    = 0x2417
	sprmNumbering = 0x460b
	sprmOutline   = 0x2640
)

func (p wordProps) is(code uint16) bool {
	v, ok := p.sprm(code)
	return ok && v&1 == 1
}
