package wording

import "strings"

// sights are the places of a text at which the names may stand that a file brings
// along, its leaders and its unit, found in one pass however many they are. What
// stands at a place has to be compared still.
type sights struct {
	s     string
	group [1 << 12]uint8 // by the lower bits of a character: which of at, from 1
	at    [][]int32
}

// mostGroups is how many first characters are told from each other.
const mostGroups = 255

// sightsOf looks for the characters names begin with.
func sightsOf(s string, names func(yield func(name string))) *sights {
	x := &sights{s: s}
	n := 0
	names(func(name string) {
		if g := &x.group[bits(name)]; *g == 0 {
			*g = uint8(n%mostGroups + 1)
			n++
		}
	})
	if n == 0 {
		return x
	}
	x.at = make([][]int32, min(n, mostGroups))
	for i := 0; i < len(s); {
		b := s[i]
		if b >= 0xE0 && b < 0xF0 && i < len(s)-2 {
			if g := x.group[int(s[i+1]&0x3F)<<6|int(s[i+2]&0x3F)]; g != 0 {
				x.at[g-1] = append(x.at[g-1], int32(i))
			}
			i += 3
			continue
		}
		if g := x.group[b]; g != 0 {
			x.at[g-1] = append(x.at[g-1], int32(i))
		}
		i++
	}
	return x
}

// bits are the lower bits of the first character of a name, its first byte if it has
// not three; no name is ever asked that is empty.
func bits(name string) int {
	if b := name[0]; b >= 0xE0 && b < 0xF0 && len(name) >= 3 {
		return int(name[1]&0x3F)<<6 | int(name[2]&0x3F)
	}
	return int(name[0])
}

// of calls yield with the places where what begins as the name may stand, in the order
// of the text, until it answers false.
func (x *sights) of(name string, yield func(at int) bool) {
	g := x.group[bits(name)]
	if g == 0 {
		return
	}
	for _, at := range x.at[g-1] {
		if !yield(int(at)) {
			return
		}
	}
}

// first is the first place of the name itself, -1 if it stands nowhere.
func (x *sights) first(name string) int {
	found := -1
	x.of(name, func(at int) bool {
		if strings.HasPrefix(x.s[at:], name) {
			found = at
		}
		return found < 0
	})
	return found
}

// sighted are the sights of the file's leaders and units.
func (w *work) sighted() *sights {
	return sightsOf(w.s.S, func(yield func(name string)) {
		for _, p := range w.f.Names {
			if p.Name != "" {
				yield(p.Name)
			}
		}
		for _, u := range w.f.Units {
			if u != "" {
				yield(u)
			}
		}
	})
}
