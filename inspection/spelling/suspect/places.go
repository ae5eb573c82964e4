package suspect

// places knows where in a text the same characters stand again. It is made at the
// first need, and only for texts that are documents by their length.
type places struct {
	made bool
	head []int32 // by hash: the last place, plus one
	at   []int32 // byte offsets of the places
	prev []int32 // the place before with the same hash, plus one
}

const (
	// longestText is how many bytes a text may have in which phrases are compared.
	longestText = 1 << 20
	// mostPlaces is how many places of one phrase are looked at: a phrase that
	// stands everywhere is a formula.
	mostPlaces  = 64
	bytesOfTail = hanBytes * tail
)

func (p *places) make(s string) {
	p.made = true
	size := 1 << 8
	for size < len(s)/3 {
		size *= 2
	}
	if cap(p.head) < size {
		p.head = make([]int32, size)
	}
	p.head = p.head[:size]
	clear(p.head)
	p.at, p.prev = p.at[:0], p.prev[:0]
	if most := len(s) / hanBytes; cap(p.at) < most {
		p.at, p.prev = make([]int32, 0, most+most/4), make([]int32, 0, most+most/4)
	}
	mask := uint64(size - 1)
	for i := 0; i+bytesOfTail <= len(s); {
		if s[i]&0xF0 != 0xE0 || s[i+1]&0xC0 != 0x80 || s[i+2]&0xC0 != 0x80 {
			i++
			continue
		}
		h := tailHash(s[i:]) & mask
		p.at, p.prev = append(p.at, int32(i)), append(p.prev, p.head[h])
		p.head[h] = int32(len(p.at))
		i += hanBytes
	}
}

func tailHash(s string) uint64 {
	s = s[:bytesOfTail]
	return (eight(s)*0x9E3779B97F4A7C15 ^ eight(s[8:])*0xD6E8FEB86659FD93 ^ eight(s[bytesOfTail-8:])*0xC2B2AE3D27D4EB4F) >> 24
}

// eight is what the first eight bytes of s are as a number.
func eight(s string) uint64 {
	s = s[:8]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 | uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// each calls yield with the places of the six characters at gap, itself too, until
// it answers false. It reports whether they were few enough to be looked at.
func (p *places) each(s string, gap int, yield func(at int) bool) bool {
	rest := s[gap : gap+bytesOfTail]
	k := p.head[tailHash(rest)&uint64(len(p.head)-1)]
	for n := 0; k > 0; k = p.prev[k-1] {
		if n++; n > mostPlaces {
			return false
		}
		if at := int(p.at[k-1]); s[at:at+bytesOfTail] == rest && !yield(at) {
			return true
		}
	}
	return true
}
