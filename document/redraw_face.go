package document

import "encoding/binary"

// The face of the text behind pictures has one letter, which is blank: a stroke
// without breadth from its lower left to its upper right, because programs leave
// out letters that have no extent. How far it reaches below and above the line and
// how wide it is, in thousandths of the size:
const (
	faceBelow = 200
	faceAbove = 800
	faceWide  = 500
)

// blankFace writes it as TrueType: the tables programs ask for, with as little in
// them as the format allows.
func blankFace() []byte {
	word := func(v ...int) (b []byte) {
		for _, x := range v {
			b = binary.BigEndian.AppendUint16(b, uint16(x))
		}
		return b
	}
	const fixed = 0x00010000
	head := binary.BigEndian.AppendUint32(nil, fixed)
	head = binary.BigEndian.AppendUint32(head, fixed)
	head = binary.BigEndian.AppendUint32(head, 0) // the sum over everything, set below
	head = binary.BigEndian.AppendUint32(head, 0x5f0f3cf5)
	head = append(head, word(3, 1000)...)
	head = append(head, make([]byte, 16)...) // made and changed: never
	head = append(head, word(0, -faceBelow, faceWide, faceAbove, 0, 8, 2, 0, 0)...)

	hhea := binary.BigEndian.AppendUint32(nil, fixed)
	hhea = append(hhea, word(faceAbove, -faceBelow, 0, faceWide, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2)...)

	maxp := binary.BigEndian.AppendUint32(nil, fixed)
	maxp = append(maxp, word(2, 3, 1, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0)...)

	// Letter 0 is empty; letter 1 goes there and back again.
	glyf := word(1, 0, -faceBelow, faceWide, faceAbove, 2, 0)
	glyf = append(glyf, 1, 1, 1)
	glyf = append(glyf, word(0, faceWide, -faceWide, -faceBelow, faceBelow+faceAbove, -faceBelow-faceAbove)...)
	glyf = append(glyf, 0)

	// One sub-table that knows one letter, the space.
	cmap := word(0, 1, 3, 1, 0, 12, 4, 32, 0, 4, 4, 1, 0, 0x20, 0xffff, 0, 0x20, 0xffff, 1-0x20, 1, 0, 0)

	post := binary.BigEndian.AppendUint32(nil, 3*fixed)
	post = append(post, make([]byte, 28)...)

	tables := []struct {
		tag  string
		data []byte
	}{
		{"cmap", cmap}, {"glyf", glyf}, {"head", head}, {"hhea", hhea}, {"hmtx", word(faceWide, 0, faceWide, 0)},
		{"loca", word(0, 0, len(glyf)/2)}, {"maxp", maxp}, {"post", post},
	}
	out := binary.BigEndian.AppendUint32(nil, fixed)
	out = append(out, word(len(tables), 128, 3, 16*len(tables)-128)...)
	at, headAt := 12+16*len(tables), 0
	var body []byte
	for _, t := range tables {
		if t.tag == "head" {
			headAt = at + len(body)
		}
		out = append(out, t.tag...)
		for _, v := range []uint32{sumOf(t.data), uint32(at + len(body)), uint32(len(t.data))} {
			out = binary.BigEndian.AppendUint32(out, v)
		}
		body = append(body, t.data...)
		body = append(body, make([]byte, (4-len(t.data)%4)%4)...)
	}
	out = append(out, body...)
	binary.BigEndian.PutUint32(out[headAt+8:], 0xb1b0afba-sumOf(out))
	return out
}

// sumOf is the sum TrueType keeps of its tables.
func sumOf(b []byte) (sum uint32) {
	for i := 0; i < len(b); i += 4 {
		var four [4]byte
		copy(four[:], b[i:])
		sum += binary.BigEndian.Uint32(four[:])
	}
	return sum
}
