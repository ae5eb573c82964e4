package privacy

// maxRun is how many characters a run may have; longer ones are serial numbers
// or data and no personal number.
const maxRun = 40

// A run is a stretch of digits and letters, with its separators taken out.
type run struct {
	b      [maxRun]byte // the characters, half-width and upper case
	at     [maxRun]int  // where each begins in the text, in bytes
	n      int          // how many there are
	end    int          // the byte after the last
	breaks uint64       // bit i: something was left out before character i
	wide   uint64       // bit i: character i is full-width
	digits int
	long   bool // more than maxRun: not a run of interest
}

// solid tells whether nothing stood between characters from i to j.
func (r *run) solid(i, j int) bool {
	return r.breaks>>(uint(i)+1)&(1<<uint(j-i-1)-1) == 0
}

// class of each byte: how the scan goes on there.
const (
	other  = iota // a byte of a longer character, or nothing of interest
	number        // 0 to 9
	letter        // A to Z, a to z
	lead          // may begin a character of interest: full-width digits
)

var class = func() (c [256]uint8) {
	for b := '0'; b <= '9'; b++ {
		c[b] = number
	}
	for b := 'a'; b <= 'z'; b++ {
		c[b], c[b-32] = letter, letter
	}
	c[0xEF] = lead
	return c
}()

// runs calls f for every run that holds at least min digits until f says no. It
// looks at each byte once.
func runs(s string, min int, f func(r *run) bool) {
	var r run
	for i := 0; i < len(s); {
		switch c := class[s[i]]; {
		case c == number, c == lead && wide(s, i) != 0:
			start := i
			for start > 0 && class[s[start-1]] == letter {
				start-- // E12345678: the letters before the digits belong to it
			}
			i = gather(s, start, &r)
			if r.digits >= min && !r.long && !f(&r) {
				return
			}
		case s[i] >= 0xE0:
			i += 3
		default:
			i++
		}
	}
}

// wide returns the half-width character of a full-width digit or X at i, 0 if
// there is none.
func wide(s string, i int) byte {
	if i+2 < len(s) && s[i] == 0xEF && s[i+1] == 0xBC {
		switch b := s[i+2]; {
		case b >= 0x90 && b <= 0x99:
			return b - 0x90 + '0'
		case b == 0xB8:
			return 'X'
		}
	}
	if i+2 < len(s) && s[i] == 0xEF && s[i+1] == 0xBD && s[i+2] == 0x98 {
		return 'X'
	}
	return 0
}

// gather reads the run that begins at i and returns the byte after it.
func gather(s string, i int, r *run) int {
	r.n, r.digits, r.breaks, r.wide, r.long = 0, 0, 0, 0, false
	gap := false
	for i < len(s) {
		b, size := s[i], 1
		if w := wide(s, i); w != 0 {
			b, size = w, 3
		}
		switch class[b] {
		case number:
			r.digits++
		case letter:
			if gap && (b != 'X' && b != 'x' || r.n != 17 && r.n != 14) {
				return r.end // a new word after a space
			}
			if b >= 'a' {
				b -= 32
			}
		default:
			skip := separator(s, i)
			if gap || r.n == 0 || skip == 0 || i+skip >= len(s) || !digitAt(s, i+skip) || r.b[r.n-1] > '9' {
				return r.end
			}
			gap = true
			i += skip
			continue
		}
		if r.n < maxRun {
			r.b[r.n], r.at[r.n] = b, i
			if gap {
				r.breaks |= 1 << uint(r.n)
			}
			if size == 3 {
				r.wide |= 1 << uint(r.n)
			}
			r.n++
		} else {
			r.long = true
		}
		gap = false
		i += size
		r.end = i
	}
	return r.end
}

func digitAt(s string, i int) bool {
	return class[s[i]] == number || s[i] == 'X' || s[i] == 'x' || wide(s, i) != 0
}

// separator returns the length of what people put between groups of digits: a
// space of any kind, a hyphen, a character of no width; 0 for anything else.
func separator(s string, i int) int {
	switch {
	case s[i] == ' ' || s[i] == '-':
		return 1
	case s[i] == 0xC2 && i+1 < len(s) && (s[i+1] == 0xA0 || s[i+1] == 0xAD): // no-break space, soft hyphen
		return 2
	case i+2 < len(s) && has(gaps, s[i:i+3]):
		return 3
	}
	return 0
}

// gaps are the characters of three bytes that stand between groups, seen or not.
var gaps = []string{"　", "－", "–", "—", "\u2002", "\u2003", "\u2009", "\u200b", "\u200c", "\u200d", "\u202f", "\u2060", "\ufeff"}
