package search

import (
	"html"
	"html/template"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"gongkai/internal/zh"
)

// marker finds what was asked for in the text as it was written.
type marker struct {
	words   *zh.Matcher
	latin   []bool // word i begins or ends with a letter or digit
	keys    map[string]int
	numbers bool
	dates   bool
	n       int
}

// newMarker takes words, phrases, and keys of document numbers and dates. Single
// ideographs are marked only when there is nothing longer to mark.
func newMarker(show []string) *marker {
	m := &marker{keys: map[string]int{}, n: len(show)}
	long := slices.ContainsFunc(show, func(s string) bool { return utf8.RuneCountInString(s) > 1 })
	words := make([]string, len(show))
	m.latin = make([]bool, len(show))
	for i, s := range show {
		first, _ := utf8.DecodeRuneInString(s)
		last, _ := utf8.DecodeLastRuneInString(s)
		m.latin[i] = zh.KindOf(first) == zh.Latin || zh.KindOf(last) == zh.Latin
		switch {
		case strings.HasPrefix(s, "文号"):
			m.keys[s], m.numbers = i, true
		case strings.HasPrefix(s, "日期2") || strings.HasPrefix(s, "日期1"):
			m.keys[s], m.dates = i, true
		}
		if long && utf8.RuneCountInString(s) == 1 && !m.latin[i] {
			continue
		}
		words[i] = s
	}
	m.words = zh.NewMatcher(words, zh.FoldRune)
	return m
}

// span is a place to mark and what stands there.
type span struct{ start, end, what int }

// maxMarks bounds the places looked at in one text.
const maxMarks = 5000

// spans finds the places to mark in text, by where they begin. They may overlap.
func (m *marker) spans(text string) []span {
	if m.n == 0 {
		return nil
	}
	var out []span
	m.words.Each(text, func(x zh.Match) bool {
		if !m.latin[x.Pattern] || wholeLatin(text, x.Start, x.End) {
			out = append(out, span{x.Start, x.End, x.Pattern})
		}
		return len(out) < maxMarks
	})
	if m.numbers {
		for _, n := range zh.FindDocNos(nil, text) {
			if i, ok := m.keys[n.Key()]; ok {
				out = append(out, span{n.Start, n.End, i})
			}
		}
	}
	if m.dates {
		for _, d := range zh.FindDates(nil, text) {
			if i, ok := m.keys[d.Key()]; ok {
				out = append(out, span{d.Start, d.End, i})
			}
		}
	}
	slices.SortFunc(out, func(a, b span) int {
		if a.start != b.start {
			return a.start - b.start
		}
		return b.end - a.end
	})
	return out
}

// wholeLatin tells that a match does not begin or end inside a longer run of
// letters and digits: 5 is not marked in 2025.
func wholeLatin(text string, start, end int) bool {
	first, _ := utf8.DecodeRuneInString(text[start:])
	before, n := utf8.DecodeLastRuneInString(text[:start])
	if n > 0 && zh.KindOf(first) == zh.Latin && zh.KindOf(before) == zh.Latin {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(text[:end])
	after, n := utf8.DecodeRuneInString(text[end:])
	return n == 0 || zh.KindOf(last) != zh.Latin || zh.KindOf(after) != zh.Latin
}

// whole marks all of a text.
func (m *marker) whole(text string) template.HTML {
	return marked(text, 0, len(text), m.spans(text))
}

// marked writes text[from:to] as HTML with the spans marked, runs of white space
// as one space.
func marked(text string, from, to int, spans []span) template.HTML {
	var b strings.Builder
	at := from
	for i := 0; i < len(spans); {
		s := spans[i]
		start, end := max(s.start, at), s.end
		for i++; i < len(spans) && spans[i].start <= end; i++ {
			end = max(end, spans[i].end)
		}
		if end = min(end, to); start >= end || start < from {
			continue
		}
		plain(&b, text[at:start])
		b.WriteString("<mark>")
		plain(&b, text[start:end])
		b.WriteString("</mark>")
		at = end
	}
	plain(&b, text[at:to])
	return template.HTML(b.String())
}

func plain(b *strings.Builder, s string) {
	var clean strings.Builder
	space := false
	for _, r := range s {
		if unicode.IsSpace(r) {
			if !space {
				clean.WriteByte(' ')
			}
			space = true
			continue
		}
		space = false
		clean.WriteRune(r)
	}
	b.WriteString(html.EscapeString(clean.String()))
}

// snippetRunes is how much of a text a snippet shows.
const snippetRunes = 120

// snippet shows the part of the text that holds most of what was asked for. It
// is taken from an attachment, whose name it answers, only if that holds more.
func (m *marker) snippet(body string, files []Attachment) (template.HTML, string) {
	best := m.window(body)
	name, text := "", body
	for _, f := range files {
		if w := m.window(f.Text); w.kinds > best.kinds {
			best, name, text = w, f.Name, f.Text
		}
	}
	if name == "" && strings.TrimSpace(body) == "" && len(files) > 0 && best.kinds == 0 {
		return "", ""
	}
	out := marked(text, best.from, best.to, best.spans)
	if best.from > 0 {
		out = "…" + out
	}
	if best.to < len(text) {
		out += "…"
	}
	return template.HTML(strings.TrimSpace(string(out))), name
}

// window is a part of a text and how many different things and places it holds.
type window struct {
	from, to      int
	kinds, places int
	spans         []span
}

// window finds the part of a text with the most different things in it, then
// the most places, then the earliest.
func (m *marker) window(text string) window {
	spans := m.spans(text)
	const reach = snippetRunes * 3 * 3 / 4 // bytes: three in an ideograph, some room before
	best := window{}
	seen := make([]int, m.n)
	kinds, first := 0, 0
	for i, s := range spans {
		if seen[s.what]++; seen[s.what] == 1 {
			kinds++
		}
		for spans[first].start < s.end-reach && first < i {
			if seen[spans[first].what]--; seen[spans[first].what] == 0 {
				kinds--
			}
			first++
		}
		if kinds > best.kinds || kinds == best.kinds && i-first+1 > best.places {
			best.kinds, best.places, best.from = kinds, i-first+1, spans[first].start
		}
	}
	best.from = sentenceStart(text, best.from)
	best.to = runesOn(text, best.from, snippetRunes)
	for _, s := range spans {
		if s.start >= best.from && s.start < best.to {
			best.spans = append(best.spans, s)
			if s.end > best.to {
				best.to = s.end
			}
		}
	}
	return best
}

// sentenceStart goes back to the beginning of the sentence, or about a quarter
// of the window if that is too far.
func sentenceStart(text string, at int) int {
	i := at
	for n := 0; i > 0 && n < snippetRunes/4; n++ {
		r, size := utf8.DecodeLastRuneInString(text[:i])
		if strings.ContainsRune("。！？；\n", r) {
			return i
		}
		i -= size
	}
	return i
}

func runesOn(text string, from, n int) int {
	i := from
	for ; n > 0 && i < len(text); n-- {
		_, size := utf8.DecodeRuneInString(text[i:])
		i += size
	}
	return i
}
