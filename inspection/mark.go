package inspection

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"unicode/utf8"

	"gongkai/inspection/privacy"
	"gongkai/inspection/rule"
)

// seen is a finding made ready to be kept: known again by its marks, and without
// personal data.
type seen struct {
	rule.Finding
	excerpt   string
	excerptAt int
	mark      string // with two characters on either side
	word      string // of the words alone
	nth       int
}

// around is how many characters of an excerpt stand on either side.
const around = 24

// near is how many characters on either side belong to a mark.
const near = 2

// marked prepares the findings of one file. The secret keys the marks, so that a
// number cannot be guessed from them.
func marked(secret []byte, f *rule.File, found []rule.Finding) []seen {
	m := marker{secret: secret, runes: map[string][]rune{}, nth: map[string]int{}}
	if f != nil {
		m.texts = f.Texts
	}
	private := map[string][]rule.Finding{}
	for _, x := range found {
		if personal(x.Rule) {
			private[x.Part] = append(private[x.Part], x)
		}
	}
	all := make([]seen, 0, len(found))
	for _, x := range found {
		all = append(all, m.see(x, private[x.Part]))
	}
	return all
}

type marker struct {
	secret []byte
	texts  []*rule.Text
	runes  map[string][]rune
	nth    map[string]int
}

// personal tells whether what a rule finds may not be kept as it stands.
func personal(code string) bool { return strings.HasPrefix(code, "privacy.") }

// part returns the characters of a part, decoded once.
func (m *marker) part(name string) []rune {
	r, ok := m.runes[name]
	if !ok {
		for _, t := range m.texts {
			if t.Part == name {
				r = []rune(t.S)
				break
			}
		}
		m.runes[name] = r
	}
	return r
}

func (m *marker) see(x rule.Finding, private []rule.Finding) seen {
	text := m.part(x.Part)
	s := seen{Finding: x}
	was := x.Text
	before, after := "", ""
	if 0 <= x.Start && x.Start <= x.End && x.End <= len(text) && x.End > x.Start {
		was = string(text[x.Start:x.End])
		before, after = string(text[max(0, x.Start-near):x.Start]), string(text[x.End:min(len(text), x.End+near)])
		s.excerpt, s.excerptAt = excerpt(text, x, private)
	}
	if x.Count > 1 { // a habit of the whole text is one finding, wherever its first place moves to
		before, after = "", ""
	}
	s.mark = m.sum("mark", x.Rule, before, was, after)
	s.word = m.sum("word", x.Rule, was)
	m.nth[s.mark]++
	s.nth = m.nth[s.mark]
	s.Text = shortened(covered(x.Text))
	if personal(x.Rule) {
		if s.Text == was { // a family that forgot its mask must not leak into the records
			s.Text = privacy.Masked(was)
		}
		for i, p := range x.Suggest {
			if p == was {
				s.Suggest = append([]string{}, x.Suggest...)
				s.Suggest[i] = privacy.Masked(p)
			}
		}
	}
	s.Message = covered(x.Message)
	return s
}

func (m *marker) sum(parts ...string) string {
	h := hmac.New(sha256.New, m.secret)
	for _, p := range parts {
		h.Write([]byte(p))
		h.Write([]byte{0})
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// excerpt returns what stands around a finding, every personal value that was
// found in it masked, and where in it the finding begins.
func excerpt(text []rune, x rule.Finding, private []rule.Finding) (string, int) {
	from, to := max(0, x.Start-around), min(len(text), max(x.End, min(x.Start+4*around, x.End))+around)
	if to-from > 6*around {
		to = from + 6*around
	}
	window := append([]rune{}, text[from:to]...)
	for _, p := range private {
		for i := max(p.Start, from); i < min(p.End, to); i++ {
			if keep := p.Start + 1; i >= keep && !space(text[i]) {
				window[i-from] = '*'
			}
		}
	}
	for i, r := range window {
		if r < ' ' {
			window[i] = ' '
		}
	}
	head := coveredRunes(window)
	return string(head), x.Start - from
}

func space(r rune) bool { return r == ' ' || r == '\n' || r == '\t' || r == '\u3000' }

// covered masks long numbers wherever they stand: what no rule took for personal
// data may be some all the same, and nobody needs it to find the place.
func covered(s string) string { return string(coveredRunes([]rune(s))) }

func coveredRunes(r []rune) []rune {
	for i := 0; i < len(r); {
		if !digit(r[i]) {
			i++
			continue
		}
		j, n := i, 0
		for ; j < len(r) && (digit(r[j]) || n > 0 && (r[j] == ' ' || r[j] == '-') && j+1 < len(r) && digit(r[j+1])); j++ {
			if digit(r[j]) {
				n++
			}
		}
		if n >= 11 {
			for k := i + 2; k < j-3; k++ {
				if digit(r[k]) {
					r[k] = '*'
				}
			}
		}
		i = j
	}
	return r
}

func digit(r rune) bool { return r >= '0' && r <= '9' || r >= '０' && r <= '９' }

// shortened keeps a finding over a long stretch from filling the records.
func shortened(s string) string {
	const most = 120
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most]) + "…"
}
