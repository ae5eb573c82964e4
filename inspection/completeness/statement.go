package completeness

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// owed is what the text of a kind of information must say.
type owed struct {
	Rule  string   `json:"rule"`
	Kinds []string `json:"kinds"` // of the record, where there is one
	Title []string `json:"title"` // one of these stands in the title
	Not   []string `json:"not"`   // none of these does
	Needs []need   `json:"needs"`
}

// need is one statement, and the words by which a reader would know it.
type need struct {
	Name string   `json:"name"`
	Any  []string `json:"any"`
}

// fullText is from how many characters on a text is the thing itself; a shorter one
// points to an attachment or another page.
const fullText = 200

// most is how much of what is owed may be missing before the text is taken for
// something else that bears a like title.
const most = 2 // in three

// statements looks for what a text of its kind must say and does not.
func (w *work) statements() {
	title := strings.Join(strings.Fields(w.f.Title), "")
	if title == "" {
		return
	}
	for _, o := range w.c.statements {
		if w.f.Record != nil && w.f.Record.Kind != "" && !slices.Contains(o.Kinds, w.f.Record.Kind) || !holdsAny(title, o.Title) || holdsAny(title, o.Not) {
			continue
		}
		text := w.allText()
		if utf8.RuneCountInString(text) < fullText {
			return
		}
		var lacks []string
		for _, n := range o.Needs {
			if !holdsAny(text, n.Any) {
				lacks = append(lacks, n.Name)
			}
		}
		if len(lacks) > 0 && 3*len(lacks) <= most*len(o.Needs) {
			b, e := w.titleAt()
			w.say(o.Rule, b, e, strings.Join(lacks, "、"))
		}
		return
	}
}

// allText is everything a reader sees of the file.
func (w *work) allText() string {
	var b strings.Builder
	for _, t := range w.f.Texts {
		if !t.Hidden {
			b.WriteString(t.Clean().S)
			b.WriteByte('\n')
		}
	}
	return b.String()
}

func holdsAny(s string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(s, w) })
}
