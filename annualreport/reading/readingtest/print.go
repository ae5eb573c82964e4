package readingtest

import (
	"strconv"
	"strings"

	"gongkai/annualreport/form"
)

// print writes every figure into its slot, with the damages that happen to
// single numbers.
func (b *build) print() {
	d := b.For("print")
	harm := map[Damage]int{} // how many cells in a hundred each damage takes
	for _, k := range []Damage{Notes, SplitNumbers, LetterDigits, Invisible} {
		if b.Has(k) {
			harm[k] = Pick(b.For(string(k)), 4, 12, 35)
		}
	}
	plus := d.Chance(10)
	wideAll := b.For(string(WideDigits)).Chance(60)
	decimals := b.For(string(Decimals)).Chance(70)
	less, more := Pick(b.For(string(SignWords)), "减少", "减", "减少"), Pick(b.For(string(SignWords)+"+"), "增加", "增", "增加")
	comma := Pick(b.For(string(Thousands)), ",", ",", ",", "，")
	dice := map[Damage]*Dice{}
	throw := func(k Damage, percent int) bool {
		if !b.Has(k) {
			return false
		}
		if dice[k] == nil {
			dice[k] = b.For(string(k) + " each")
		}
		return dice[k].Chance(percent)
	}
	for _, g := range b.grids() {
		g.each(func(_ *line, s *slot) {
			if s.cell < 0 {
				return
			}
			v := b.r.Values[s.cell]
			k := b.r.Form.Cells[s.cell].Kind
			minus := Pick(d, "-", "-", "-", "－", "−")
			s.text = plainFigure(v, k, minus, plus)
			if s.text == "" || v.State == form.NotApplicable {
				return
			}
			if b.Has(Thousands) {
				s.text = grouped(s.text, comma)
			}
			if b.Has(SignWords) && k == form.Signed {
				switch {
				case v.N < 0:
					s.text = less + strconv.FormatInt(-v.N, 10)
				case v.N > 0:
					s.text = more + strconv.FormatInt(v.N, 10)
				}
			}
			if b.Has(Decimals) && !k.Money() && (decimals || throw(Decimals, 50)) && digit(rune(s.text[len(s.text)-1])) {
				s.text += ".0"
			}
			switch {
			case throw(LetterDigits, harm[LetterDigits]):
				if t := strings.NewReplacer("0", Pick(dice[LetterDigits], "O", "o"), "1", Pick(dice[LetterDigits], "l", "I")).Replace(s.text); t != s.text {
					s.text = t
					b.open[s.cell] = true
				}
			case throw(SplitNumbers, harm[SplitNumbers]):
				b.split(dice[SplitNumbers], s)
			case throw(Notes, harm[Notes]) && !k.Money():
				s.text += Pick(dice[Notes], "件", " 件", "（其中网上3件）", "（含上年结转2件）", "（注1）", "*", "（均已办结）", "(含2件并案)", "①", "[1]")
				if s.text == "0*" {
					s.text = "0（无）"
				}
			}
			if throw(WideDigits, 50) || b.Has(WideDigits) && wideAll {
				s.text = wide(s.text)
			}
			if throw(Invisible, harm[Invisible]) {
				r := []rune(s.text)
				i := dice[Invisible].N(len(r) + 1)
				ghost := Pick(dice[Invisible], "\u200b", "\ufeff", "\u2060", "\u200b")
				s.text = string(r[:i]) + ghost + string(r[i:])
				s.text = Pick(dice[Invisible], "\u00a0", "\u3000", "", "\u2002") + s.text + Pick(dice[Invisible], "\u00a0", "\u00a0\u00a0", "")
			}
		})
	}
}

// plainFigure is a value as an agency prints it.
func plainFigure(v form.Value, k form.Kind, minus string, plus bool) string {
	switch {
	case v.State == form.Blank:
		return ""
	case v.Raw != "":
		return v.Raw
	case v.N < 0:
		return minus + strconv.FormatInt(-v.N, 10)
	case plus && k == form.Signed && v.N > 0:
		return "+" + strconv.FormatInt(v.N, 10)
	}
	return strconv.FormatInt(v.N, 10)
}

// split puts a space into a number. After a decimal point it harms nobody;
// between digits it could as well stand between two numbers.
func (b *build) split(d *Dice, s *slot) {
	if i := strings.IndexByte(s.text, '.'); i >= 0 && !strings.HasSuffix(s.text, ".0") {
		s.text = s.text[:i+1] + " " + s.text[i+1:]
		return
	}
	switch r := []rune(s.text); {
	case s.text == "0" && d.Chance(10):
		s.text = "0 0" // printed twice
	case len(r) < 2 || r[0] < '0' || r[0] > '9':
		return
	default:
		i := d.Between(1, len(r)-1)
		s.text = string(r[:i]) + " " + string(r[i:])
	}
	b.open[s.cell] = true
}

// grouped puts separators between the thousands of the first number in s.
func grouped(s, comma string) string {
	from := strings.IndexFunc(s, digit)
	if from < 0 {
		return s
	}
	to := from
	for to < len(s) && digit(rune(s[to])) {
		to++
	}
	whole := s[from:to]
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + comma + whole[i:]
	}
	return s[:from] + whole + s[to:]
}

func digit(r rune) bool { return r >= '0' && r <= '9' }

// wide turns digits into their full-width forms.
func wide(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case digit(r):
			return r - '0' + '０'
		case r == '.':
			return '．'
		}
		return r
	}, s)
}
