package suspect

// table holds the costs of the pairs that were seen: every first word has a small
// open table of its own, so that what is asked about one word lies together. A slot
// keeps the mark of the second word above the cost; 0 is empty. The marks of a table
// rise, so that a look that fails ends early, too; an empty slot ends each table.
type table struct{ slots []uint32 }

// region is where the table of a word lies.
type region struct {
	from uint32
	size uint32 // slots over which its marks spread, above the byte of what after returns
}

// after is what is added to a word never seen behind the one of the region.
func (r region) after() float32 { return ofByte(byte(r.size)) }

// mostWords is how many words marks can tell apart.
const mostWords = 1 << 24

// mark is another number for a word: marks of neighbours are far apart. That of what is
// no word is nobody's.
func mark(b int32) uint32 { return uint32(b) * 0x9E3779 & (mostWords - 1) }

// at is the slot where a mark is looked for first.
func (r region) at(mark uint32) uint32 {
	return r.from + uint32(uint64(r.size>>8)*uint64(mark)>>24)
}

// fill sets out the pairs of one first word, whose slots are marks above costs, and
// returns where they lie.
func (t *table) fill(pairs []uint32, after byte) region {
	if len(pairs) == 0 {
		return region{0, uint32(after)}
	}
	size := uint32(len(pairs) + len(pairs)/2 + 1)
	r := region{uint32(len(t.slots)), size<<8 | uint32(after)}
	t.slots = append(t.slots, make([]uint32, size)...)
	for _, p := range pairs {
		for i := r.at(p >> 8); ; i++ {
			if int(i) == len(t.slots) {
				t.slots = append(t.slots, p)
				break
			}
			s := t.slots[i]
			if s == 0 {
				t.slots[i] = p
				break
			}
			if s > p {
				t.slots[i], p = p, s
			}
		}
	}
	t.slots = append(t.slots, 0)
	return r
}

// get returns the byte of a pair, 0 if it was never seen behind the word of r.
func (t *table) get(r region, mark uint32) byte {
	i := r.at(mark)
	return t.resume(i, t.slots[i], mark)
}

// resume is get where the first slot was read already.
func (t *table) resume(i, s, mark uint32) byte {
	for s != 0 && s>>8 < mark {
		i++
		s = t.slots[i]
	}
	if s>>8 != mark {
		return 0
	}
	return byte(s)
}
