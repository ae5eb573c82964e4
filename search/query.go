package search

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"gongkai/internal/zh"
	"gongkai/org"
)

// Sort is the order of results.
type Sort string

// The orders. Newest and Oldest go by the date of publication; documents
// without one come last in Newest. An unknown order is Relevance, and Relevance
// without words is Newest.
const (
	Relevance Sort = ""
	Newest    Sort = "newest"
	Oldest    Sort = "oldest"
)

// Query is what somebody asks for. The zero Query finds nothing, because its
// scope holds no unit.
type Query struct {
	// Text is words, all of which must occur; "…" (of any shape) is an exact
	// phrase; a word or phrase after a hyphen must not occur. A document number
	// or a full date, however it is written, is one exact word. Empty text lists.
	Text string
	// Units is where to look. It is needed.
	Units org.Scope

	Kind, Theme, Validity string // "" any
	Column                string // this column and those below it; "" any
	Year                  int    // 0 any
	From, To              string // dates of publication 'YYYY-MM-DD', both inclusive; "" open

	Sort Sort
	Page int // from 1
	Size int // results on a page, at most 100; 0 means 20
}

const (
	defaultSize = 20
	maxSize     = 100
	maxPage     = 100_000
	maxText     = 200 // runes of a question that are read
	maxTerms    = 32  // words of a question that are asked for
)

// asked is a Text understood.
type asked struct {
	must    []string // words, as indexed
	not     []string
	phrases []string // folded; must occur letter by letter
	nots    []string // folded phrases that must not occur
	number  string   // key of a document number asked for
	only    bool     // the number is all that was asked for
	soft    []string // for when nothing matches: the words by themselves
	show    []string // what to mark, as it was typed
	blank   bool     // there was nothing to ask for: a list
	nothing bool     // there was text, but no word in it
}

// understand reads a Text. It never fails: what cannot be read is left out.
func understand(text string) asked {
	var a asked
	text = strings.TrimSpace(zh.Clean(text))
	if utf8.RuneCountInString(text) > maxText {
		text = string([]rune(text)[:maxText])
	}
	if text == "" {
		a.blank = true
		return a
	}
	for _, p := range pieces(text) {
		a.add(p)
	}
	a.must, a.not, a.soft = few(a.must), few(a.not), few(a.soft)
	a.phrases, a.nots, a.show = few(a.phrases), few(a.nots), few(a.show)
	a.only = a.number != "" && len(a.must) == 1 && len(a.not)+len(a.phrases)+len(a.nots) == 0
	a.nothing = len(a.must)+len(a.not)+len(a.phrases)+len(a.nots) == 0
	return a
}

// few drops doubles and what is beyond the number of words asked for.
func few(words []string) []string {
	var out []string
	for _, w := range words {
		if w != "" && !slices.Contains(out, w) && len(out) < maxTerms {
			out = append(out, w)
		}
	}
	return out
}

type piece struct {
	text   string
	quoted bool
	not    bool
}

// pieces takes a question apart at its spaces and quotation marks. A quotation
// mark without its partner is no mark; a hyphen means "not" only directly before
// a word or a quotation.
func pieces(text string) []piece {
	var out []piece
	plain := func(s string) {
		for _, f := range strings.Fields(s) {
			not := false
			if r, n := utf8.DecodeRuneInString(f); hyphen(r) {
				f, not = f[n:], true
			}
			if f != "" {
				out = append(out, piece{f, false, not})
			}
		}
	}
	quote := func(r rune) bool { return zh.FoldRune(r) == '"' }
	for text != "" {
		open := strings.IndexFunc(text, quote)
		if open < 0 {
			plain(text)
			break
		}
		_, n := utf8.DecodeRuneInString(text[open:])
		before, rest := text[:open], text[open+n:]
		end := strings.IndexFunc(rest, quote)
		if end < 0 {
			plain(before + " " + rest)
			break
		}
		plain(before)
		last, size := utf8.DecodeLastRuneInString(before)
		lead, _ := utf8.DecodeLastRuneInString(before[:len(before)-size])
		not := hyphen(last) && (len(before) == size || unicode.IsSpace(lead))
		out = append(out, piece{rest[:end], true, not})
		_, n = utf8.DecodeRuneInString(rest[end:])
		text = rest[end+n:]
	}
	return out
}

func hyphen(r rune) bool { return r != '—' && zh.FoldRune(r) == '-' }

func (a *asked) add(p piece) {
	c := cutter{seg: zh.Default(), known: map[string]string{}}
	switch {
	case p.not && p.quoted:
		if f := zh.Fold(p.text); f != "" {
			a.nots = append(a.nots, f)
		}
	case p.not:
		words := c.plain(p.text)
		if len(words) == 1 {
			a.not = append(a.not, words...)
		} else if f := zh.Fold(p.text); f != "" && len(words) > 0 {
			a.nots = append(a.nots, f) // not this word of several, as a whole
		}
	case p.quoted:
		f := zh.Fold(p.text)
		words := c.plain(p.text)
		if f == "" || len(words) == 0 {
			return
		}
		a.phrases = append(a.phrases, f)
		a.must = append(a.must, words...)
		a.soft = append(a.soft, c.inner(p.text)...)
		a.show = append(a.show, strings.TrimSpace(p.text))
		a.show = append(a.show, words...)
	default:
		rest := a.exact(p.text)
		words := c.plain(rest)
		a.must = append(a.must, words...)
		a.soft = append(a.soft, c.inner(p.text)...)
		a.show = append(a.show, words...)
	}
}

// exact takes document numbers and dates out of the text and answers the rest.
func (a *asked) exact(text string) string {
	c := cutter{seg: zh.Default(), known: map[string]string{}}
	if n, ok := zh.ParseDocNo(text); ok {
		a.must, a.number = append(a.must, n.Key()), n.Key()
		a.show = append(a.show, n.Key())
		a.soft = append(a.soft, c.plain(text)...)
		return ""
	}
	var rest strings.Builder
	at := 0
	for _, n := range zh.FindDocNos(nil, text) {
		a.must, a.number = append(a.must, n.Key()), n.Key()
		a.show = append(a.show, n.Key())
		a.soft = append(a.soft, c.plain(text[n.Start:n.End])...)
		rest.WriteString(text[at:n.Start] + " ")
		at = n.End
	}
	text = rest.String() + text[at:]
	rest.Reset()
	at = 0
	for _, d := range zh.FindDates(nil, text) {
		a.must, a.show = append(a.must, d.Key()), append(a.show, d.Key())
		a.soft = append(a.soft, c.plain(text[d.Start:d.End])...)
		rest.WriteString(text[at:d.Start] + " ")
		at = d.End
	}
	return rest.String() + text[at:]
}

// plain cuts a piece of a question: the words themselves, not those inside them.
// Asking words go, if others are left.
func (c *cutter) plain(text string) []string {
	var words, asking []string
	for _, t := range c.seg.Cut(nil, text) {
		if t.Kind < zh.Word {
			continue
		}
		w, ok := c.take(zh.AppendFold(nil, text[t.Start:t.End]))
		switch {
		case !ok:
		case askingWords[w]:
			asking = append(asking, w)
		default:
			words = append(words, w)
		}
	}
	if len(words) == 0 {
		return asking
	}
	return words
}

// inner cuts a text into its words and the words inside them.
func (c *cutter) inner(text string) []string {
	var words []string
	for _, t := range c.seg.CutSearch(nil, text) {
		if t.Kind < zh.Word {
			continue
		}
		if w, ok := c.take(zh.AppendFold(nil, text[t.Start:t.End])); ok && !askingWords[w] {
			words = append(words, w)
		}
	}
	return words
}
