package privacy

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"gongkai/inspection/rule"
)

// Some numbers are written so that a search for digits passes them by: in Chinese
// numerals, in circles, with characters of no width or marks of writing direction
// between them, a digit to each box of a form, a Cyrillic Х at the end. A person
// reads them all the same, so they are read here.

// kinds of characters, beside the digits, which are 1 to 10.
const (
	isX     = 11 // stands for the last place of an identity number
	unseen  = 20 // has no width
	blank   = 21
	divider = 22 // between cells or lines
	point   = 23 // between groups
)

// kindOf tells what each character of three bytes or less is in a number.
var kindOf = func() *[1 << 16]uint8 {
	k := new([1 << 16]uint8)
	count := func(from rune, first, n int) {
		for i := range n {
			k[int(from)+i] = uint8(first + i + 1)
		}
	}
	for _, zero := range []rune{'0', '０', '٠', '۰', '₀'} {
		count(zero, 0, 10)
	}
	for _, one := range []rune{'①', '❶', '➀', '➊', '⑴', '⒈', '⓵', '㈠', '㊀'} {
		count(one, 1, 9)
	}
	for _, all := range []string{"零一二三四五六七八九", "〇壹贰叁肆伍陆柒捌玖", "⓪壱弐参肆伍陆柒捌玖", "⁰¹²³⁴⁵⁶⁷⁸⁹", "○幺"} {
		for i, r := range []rune(all) {
			k[r] = uint8(i + 1)
		}
	}
	mark := func(kind uint8, from, to rune) {
		for r := from; r <= to; r++ {
			k[r] = kind
		}
	}
	for _, r := range "XxＸｘХхΧχⅩⅹ×Ⓧⓧ" {
		k[r] = isX
	}
	for _, span := range [][2]rune{{0x00ad, 0x00ad}, {0x0300, 0x036f}, {0x061c, 0x061c}, {0x180e, 0x180e}, {0x200b, 0x200f}, {0x202a, 0x202e}, {0x2060, 0x206f}, {0x20d0, 0x20f0}, {0xfe00, 0xfe0f}, {0xfeff, 0xfeff}} {
		mark(unseen, span[0], span[1])
	}
	for _, r := range "-－–—" {
		k[r] = point
	}
	for _, r := range " 　\u00a0\u202f\u205f" {
		k[r] = blank
	}
	mark(blank, 0x2000, 0x200a)
	for _, r := range "\t\n\r|│" {
		k[r] = divider
	}
	for _, r := range ".·•_/．,，、" {
		k[r] = point
	}
	return k
}()

// kind tells what a character is in a number, and a digit's value.
func kind(r rune) (kind uint8, value byte) {
	if r >= 1<<16 {
		if r >= 0x1d7ce && r <= 0x1d7ff { // the digits of mathematics
			return 1, '0' + byte((r-0x1d7ce)%10)
		}
		if r >= 0xe0000 && r <= 0xe01ef {
			return unseen, 0
		}
		return 0, 0
	}
	switch k := kindOf[r]; {
	case k == 0 || k > isX:
		return k, 0
	case k == isX:
		return k, 'X'
	default:
		return 1, '0' + k - 1
	}
}

// gap is what stands between two digits.
type gap uint8

const (
	closed gap = iota
	plain      // one thing that runs reads over as well
	soft       // nothing anybody sees
	dotted     // a point, a comma
	parted     // the border of a cell or a line, or a space wide enough for one
)

// A string of digits that may be disguised.
type disguise struct {
	b     [longest]byte
	at    [longest]int // where each begins in the text, in bytes
	end   [longest]int
	gap   [longest]gap  // before each
	dot   [longest]rune // of a dotted gap
	odd   [longest]bool // no digit of a keyboard
	n     int
	turns bool // a mark of writing direction stands in it
}

const (
	longest = 64
	probe   = 11 // bytes between looks: no number of eleven digits lies between two
	gapMost = 8  // characters between two digits
)

// disguised reports the numbers that nothing before it could read. known are the
// places of those it could, in code points and in order.
func (c *Checker) disguised(f *rule.File, t *rule.Text, known [][2]int, report func(rule.Finding)) {
	s := t.S
	var d disguise
	for i, done := probe/2, 0; i < len(s); i += probe {
		at := begin(s, i)
		if at < 0 {
			continue
		}
		if f.Stopped() {
			return
		}
		at = max(done, firstOf(s, at))
		next := d.gather(s, at)
		if d.n >= 11 {
			c.unmask(t, &d, known, report)
		}
		if d.n == longest { // the rest may begin a number
			next = d.at[longest-20]
		}
		done = max(next, at+1)
		i = max(i, done-probe/2)
	}
}

// begin returns where a digit stands at i or a few characters behind it, -1 if none.
func begin(s string, i int) int {
	for i > 0 && !utf8.RuneStart(s[i]) {
		i--
	}
	for range 4 {
		if i >= len(s) {
			return -1
		}
		r, n := rune(s[i]), 1
		switch {
		case r&0xf0 == 0xe0 && i+2 < len(s): // nearly all of a Chinese text
			r, n = r&0xf<<12|rune(s[i+1]&0x3f)<<6|rune(s[i+2]&0x3f), 3
		case r >= utf8.RuneSelf:
			r, n = utf8.DecodeRuneInString(s[i:])
		}
		k, _ := kind(r)
		switch {
		case k == 0:
			return -1
		case k <= isX:
			return i
		}
		i += n
	}
	return -1
}

// firstOf goes back to the first digit of the string of digits in which at lies.
func firstOf(s string, at int) int {
	first, gaps := at, 0
	for i := at; i > 0 && at-i < 12*longest && gaps <= gapMost; {
		r, n := utf8.DecodeLastRuneInString(s[:i])
		k, _ := kind(r)
		if k == isX && strings.HasSuffix(s[:i-n], turn) {
			return i - n // the last comes first
		}
		if k == 0 || k == isX {
			break
		}
		i -= n
		if k < isX {
			first, gaps = i, 0
		} else {
			gaps++
		}
	}
	return first
}

// gather reads the string of digits at i and returns the byte after it.
func (d *disguise) gather(s string, i int) int {
	d.n, d.turns = 0, false
	end := i
	d.turns = strings.HasSuffix(s[:i], turn)
	var between [divider + 2]int // characters of each kind since the last digit
	var dot rune
	for gaps := 0; i < len(s) && d.n < longest && gaps <= gapMost; gaps++ {
		r, n := utf8.DecodeRuneInString(s[i:])
		k, v := kind(r)
		switch k {
		case 0:
			return end
		case unseen, blank, divider, point:
			between[k]++
			d.turns = d.turns || strings.HasPrefix(s[i:], turn)
			if k == point {
				if dot != 0 && dot != r {
					return end
				}
				dot = r
			}
		default:
			g := closed
			switch {
			case d.n == 0:
			case between[divider] > 0, between[blank] > 1 && dot == 0:
				g = parted
			case dot != 0:
				g = dotted
			case between[unseen] > 0:
				g = soft
			case between[blank] > 0:
				g = plain
			}
			d.b[d.n], d.at[d.n], d.end[d.n], d.gap[d.n], d.dot[d.n] = v, i, i+n, g, dot
			d.odd[d.n] = r > 'x' && wide(s, i) == 0
			d.n++
			end, between, dot, gaps = i+n, [divider + 2]int{}, 0, -1
			if k == isX && !(d.n == 1 && d.turns) {
				return end // it is the last
			}
		}
		i += n
	}
	return end
}

// turn makes what follows it run from right to left.
const turn = "\u202e"

// unmask reports what stands in a string of digits.
func (c *Checker) unmask(t *rule.Text, d *disguise, known [][2]int, report func(rule.Finding)) {
	say := func(rl *rule.Rule, i, j int, mask string) {
		x := t.Find(rl, d.at[i], d.end[j-1])
		k, _ := slices.BinarySearchFunc(known, x.Start, func(k [2]int, start int) int { return k[1] - start - 1 })
		if k < len(known) && known[k][0] < x.End {
			return
		}
		x.Suggest = []string{mask}
		report(x)
	}
	for i := 0; i+18 <= d.n; i++ {
		body := d.b[i : i+18]
		valid := identity(body) == idValid
		if !valid && d.turns {
			turned := slices.Clone(body)
			slices.Reverse(turned)
			if valid = identity(turned) == idValid; valid {
				body = turned
			}
		}
		if valid && d.apart(t.S, i, i+18) && c.believable(t, d, i, i+18) {
			say(c.id, i, i+18, maskID(body))
			i += 17
		}
	}
	if d.n > 19 || !allDigits(d.b[:d.n]) || !d.strange(0, d.n) || !d.apart(t.S, 0, d.n) {
		return
	}
	k := newContext(t, d.at[0], d.end[d.n-1])
	switch {
	case d.n == 11 && mobile(d.b[:11]) && k.near == phoneWord:
		say(c.mobile, 0, 11, maskMobile(d.b[:11]))
	case d.n >= 16 && luhn(d.b[:d.n]) && k.near == cardWord && c.card(k, d.b[:d.n]):
		say(c.bank, 0, d.n, maskCard(d.b[:d.n]))
	}
}

// apart tells whether digits i to j stand alone: no other goes on from them.
func (d *disguise) apart(s string, i, j int) bool {
	if i > 0 && d.gap[i] == closed || j < d.n && d.gap[j] == closed {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(s[:d.at[i]])
	after, _ := utf8.DecodeRuneInString(s[d.end[j-1]:])
	latin := func(r rune) bool { return r < 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r)) }
	return !latin(before) && !latin(after)
}

// strange tells whether something about digits i to j is no plain writing, so that
// nobody has looked at them yet.
func (d *disguise) strange(i, j int) bool {
	for n := i; n < j; n++ {
		if d.odd[n] || n > i && d.gap[n] > plain {
			return true
		}
	}
	return d.turns
}

// believable tells whether what stands between digits i to j can be put there by
// somebody writing one number. Where cells or commas stand between them, columns of
// figures may give a number by chance, so the words before it have to say so.
func (c *Checker) believable(t *rule.Text, d *disguise, i, j int) bool {
	if !d.strange(i, j) {
		return false
	}
	cells, dots, pieces := 0, 0, 1
	var dot rune
	for n := i + 1; n < j; n++ {
		switch d.gap[n] {
		case closed:
			continue
		case parted:
			cells++
		case dotted:
			if dots++; dot != 0 && dot != d.dot[n] {
				return false
			}
			dot = d.dot[n]
		}
		pieces++
	}
	single := pieces == j-i
	switch {
	case cells == 0 && dots == 0:
		return true
	case cells > 0 && dots > 0, !single && (cells > 1 || dots > 5):
		return false
	case cells == 0 && !strings.ContainsRune(",，、", dot):
		return true
	}
	before := t.S[max(0, d.at[i]-2*reach):d.at[i]]
	return newContext(t, d.at[i], d.end[j-1]).near == idWord || strings.Contains(before, "身份证") || strings.Contains(before, "证件号")
}
