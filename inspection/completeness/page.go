package completeness

import (
	"path"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"gongkai/inspection/rule"
)

// machineName is what cameras, phones and editors call a picture.
var machineName = regexp.MustCompile(`(?i)^((img|image|pic|picture|photo|dsc|screenshot|untitled|clip_image|snipaste)[-_ ]?\d*|(图片|微信图片|截图|照片|QQ图片|QQ截图|图像|未标题)[-_ \d]*|[0-9a-f]{8,}|[-_\d]+|p\d{10,})(\.(jpe?g|png|gif|webp|bmp))?$`)

// fileName is a name with the ending of a picture.
var fileName = regexp.MustCompile(`(?i)\.(jpe?g|png|gif|webp|bmp)$`)

// habit is from how many places on a fault of a page is one of its making: one
// finding with a count.
const habit = 6

// page looks for what the page keeps from those who cannot see it.
func (w *work) page(p *rule.Page) {
	var all []rule.Finding
	report := w.report
	w.report = func(x rule.Finding) { all = append(all, x) }
	w.build(p)
	w.report = report
	count := map[string]int{}
	for _, x := range all {
		count[x.Rule]++
	}
	said := map[string]bool{}
	for _, x := range all {
		if count[x.Rule] >= habit {
			if said[x.Rule] {
				continue
			}
			said[x.Rule] = true
			x.Count = count[x.Rule]
		}
		report(x)
	}
}

// build judges the links, pictures and tables of a page one by one.
func (w *work) build(p *rule.Page) {
	m := newMap(w.t.S)
	for _, l := range p.Links {
		b, e := m.place(l.Spot)
		switch {
		case l.Dead:
			w.say("element.anchor", b, e, l.Href)
		case strings.TrimSpace(l.Text) == "":
			w.say("element.link-text", b, e, shortName(l.Href))
		case nowhere(l.Href):
			w.say("element.link-empty", b, e, clip(l.Text))
		}
	}
	for _, x := range p.Pictures {
		b, e := m.place(x.Spot)
		alt := strings.TrimSpace(x.Alt)
		switch {
		case !x.HasAlt:
			w.say("element.alt", b, e, clip(x.Name))
		case alt != "" && (machineName.MatchString(alt) || fileName.MatchString(alt)):
			w.say("element.alt-name", b, e, clip(alt))
		}
	}
	w.tables(m, "element.table-head", p.Tables, func(t rule.PageTable) bool { return t.Heads })
	w.tables(m, "element.table-caption", p.Tables, func(t rule.PageTable) bool { return strings.TrimSpace(t.Caption) != "" })
}

// tables reports the tables that lack something as one finding with a count: who
// builds one table without a head builds all of them so.
func (w *work) tables(m *places, code string, all []rule.PageTable, has func(rule.PageTable) bool) {
	var x rule.Finding
	n := 0
	for _, t := range all {
		if has(t) {
			continue
		}
		if n++; n == 1 {
			b, e := m.place(t.Spot)
			x = w.find(code, b, e)
		}
	}
	if n > 0 {
		x.Count = n
		w.report(x)
	}
}

// nowhere tells links that lead to no place.
func nowhere(href string) bool {
	href = strings.ToLower(strings.TrimSpace(href))
	return href == "" || href == "#" || strings.HasPrefix(href, "javascript:void") || href == "javascript:;" || href == "about:blank"
}

// shortName is the last part of an address: what stands before it may name people.
func shortName(href string) string {
	if i := strings.IndexAny(href, "?#"); i > 0 {
		href = href[:i]
	}
	return clip(path.Base(href))
}

func clip(s string) string {
	const most = 24
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most]) + "…"
}

// places turns spots of a page into places of the text that was read from it.
type places struct {
	s  string
	at []int // byte of every markEvery-th character that is no space
	n  int
}

const markEvery = 64

func newMap(s string) *places {
	m := &places{s: s}
	for i, r := range s {
		if unicode.IsSpace(r) {
			continue
		}
		if m.n%markEvery == 0 {
			m.at = append(m.at, i)
		}
		m.n++
	}
	return m
}

// place returns the bytes of a spot: where its text stands nearest to where it is
// said to be, or that place itself.
func (m *places) place(x rule.Spot) (b, e int) {
	if m.n == 0 {
		return 0, 0
	}
	at := m.byteOf(min(max(x.Before, 0), m.n-1))
	text := strings.TrimSpace(x.Text)
	if k := strings.IndexFunc(text, unicode.IsSpace); k > 0 {
		text = text[:k] // the reader may set spaces in another way
	}
	if text == "" {
		return at, at
	}
	const around = 3000
	from, to := max(0, at-around), min(len(m.s), at+around)
	near, best := -1, 0
	for i := from; i < to; {
		k := strings.Index(m.s[i:to], text)
		if k < 0 {
			break
		}
		if d := abs(i + k - at); near < 0 || d < best {
			near, best = i+k, d
		}
		i += k + len(text)
	}
	if near < 0 {
		return at, at
	}
	return near, near + len(text)
}

func (m *places) byteOf(n int) int {
	i := m.at[n/markEvery]
	for left := n % markEvery; ; {
		r, k := utf8.DecodeRuneInString(m.s[i:])
		if k == 0 {
			return len(m.s)
		}
		if !unicode.IsSpace(r) {
			if left == 0 {
				return i
			}
			left--
		}
		i += k
	}
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}
