package prose

import (
	"embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"gongkai/annualreport/form"
)

// Kind is what kind of agency a report is of.
type Kind string

// The kinds of agency.
const (
	Government Kind = "government" // of a province, city, county or district
	Office     Kind = "office"     // its office, for itself
	Department Kind = "department"
	Town       Kind = "town" // a town, township or street office
)

// A Subject is whose report is drafted.
type Subject struct {
	Agency       string // 示例市明镜区人民政府
	Kind         Kind
	Consolidated bool   // the sum of all units, not the agency's own
	We           string // how it speaks of itself, "我区"; "" for what the name suggests
	All          string // how it speaks of all it governs, "全区"; "" for what the name suggests
}

// A Para is one paragraph of a draft as its source, with figures.
type Para struct {
	Source string

	// Suggested paragraphs are for the person to write: they name what the figures
	// show, and no report goes out with them as they are. They begin with Suggestion.
	Suggested bool
}

// Suggestion begins a paragraph that a person still has to write.
const Suggestion = "【建议稿，请据实修改】"

// A Chapter is one of the six chapters of a draft.
type Chapter struct {
	Number int
	Title  string
	Paras  []Para
}

// Sources are the paragraphs as strings.
func (c Chapter) Sources() []string {
	out := []string{}
	for _, p := range c.Paras {
		out = append(out, p.Source)
	}
	return out
}

// Suggested finds the paragraphs that still are suggestions: nobody has written
// them. A report with one of them is not finished.
func Suggested(paras []string) []form.Finding {
	var out []form.Finding
	for _, p := range paras {
		if strings.Contains(p, Suggestion) {
			r := []rune(strings.ReplaceAll(p, Suggestion, ""))
			out = append(out, form.Finding{Rule: "prose.suggestion", Severity: form.Error, Cells: []string{},
				Message: fmt.Sprintf(saySuggestion, string(r[:min(len(r), 20)])), Basis: basisSuggestion})
		}
	}
	return out
}

//go:embed data/patterns.json
var patternFile embed.FS

// patterns is data/patterns.json.
type patterns struct {
	Intro    []paragraph `json:"intro"`
	Chapters []struct {
		Number int         `json:"number"`
		Title  string      `json:"title"`
		Paras  []paragraph `json:"paras"`
	} `json:"chapters"`
	Facts []struct {
		Name  string `json:"name"`
		Title string `json:"title"`
		Money bool   `json:"money"`
	} `json:"facts"`
}

// paragraph is a head line and the sentences that fit. Without one that fits
// there is no paragraph, or the suggestion.
type paragraph struct {
	For       []Kind     `json:"for"` // whose reports have it; empty: all
	Head      string     `json:"head"`
	If        []string   `json:"if"`
	Sentences []sentence `json:"sentences"`
	Suggest   string     `json:"suggest"`   // what to say instead, as a suggestion
	Suggested bool       `json:"suggested"` // even what fits is only a suggestion
}

// sentence is a text with figures, or a list of items that fit.
type sentence struct {
	If    []string   `json:"if"`
	For   []Kind     `json:"for"`
	Text  string     `json:"text"`
	One   []sentence `json:"one"` // the first of these that fits
	Items []sentence `json:"items"`
	Join  string     `json:"join"`
	After string     `json:"after"`
	Sort  bool       `json:"sort"` // largest first, by the first figure
	Top   int        `json:"top"`  // only so many items
	Least int        `json:"least"`
	Whole bool       `json:"whole"` // Consolidated reports only
	Own   bool       `json:"own"`   // reports of one's own only
}

var loaded = func() patterns {
	b, err := patternFile.ReadFile("data/patterns.json")
	if err != nil {
		panic(err)
	}
	var p patterns
	d := json.NewDecoder(strings.NewReader(string(b)))
	d.DisallowUnknownFields()
	if err := d.Decode(&p); err != nil {
		panic(fmt.Sprintf("data/patterns.json: %v", err))
	}
	return p
}()

// A Fact is a number a draft can speak of if the caller gives it.
type Fact struct {
	Name  string // the key in Facts
	Title string // for people
	Money bool   // ten-thousandths of a yuan, not pieces
}

// KnownFacts lists the facts the patterns speak of.
func KnownFacts() []Fact {
	var out []Fact
	for _, f := range loaded.Facts {
		out = append(out, Fact(f))
	}
	return out
}

// Draft writes the paragraphs before chapter one and the six chapters, from what
// the values hold: a sentence whose figures are not all known is left out, and
// so is one that does not fit them.
func Draft(s Subject, v Values) (intro []Para, chapters []Chapter) {
	w := writer{s: s, v: &v, words: s.words(&v)}
	for _, p := range loaded.Intro {
		intro = w.paragraph(intro, p)
	}
	for _, c := range loaded.Chapters {
		ch := Chapter{Number: c.Number, Title: c.Title, Paras: []Para{}}
		for _, p := range c.Paras {
			ch.Paras = w.paragraph(ch.Paras, p)
		}
		chapters = append(chapters, ch)
	}
	return intro, chapters
}

type writer struct {
	s     Subject
	v     *Values
	words *strings.Replacer
}

// words are the names a pattern holds a place for.
func (s Subject) words(v *Values) *strings.Replacer {
	we, all := s.We, s.All
	place := ""
	for _, c := range []string{"街道", "省", "州", "盟", "市", "县", "旗", "区", "镇", "乡"} {
		if i := strings.LastIndex(s.Agency, c); i >= 0 {
			place = c
			if rest := s.Agency[i+len(c):]; rest == "" || strings.HasPrefix(rest, "人民政府") || strings.HasPrefix(rest, "办事处") {
				break
			}
		}
	}
	switch {
	case s.Kind == Government && place != "", s.Kind == Town && place != "":
		if we == "" {
			we = "我" + place
		}
		if all == "" {
			all = "全" + place
		}
	case s.Kind == Office && we == "":
		we = "本办公室"
	case s.Kind == Department && we == "":
		we = "本机关"
		for _, c := range []string{"局", "委", "厅", "院", "中心"} {
			if strings.HasSuffix(s.Agency, c) {
				we = "我" + c
			}
		}
	}
	if we == "" {
		we = "本机关"
	}
	if all == "" || !s.Consolidated {
		all = we
	}
	f := v.Report.Form
	return strings.NewReplacer("{agency}", s.Agency, "{we}", we, "{all}", all, "{year}", fmt.Sprint(v.Report.Year), "{format}", f.Name, "{notice}", f.Source)
}

// paragraph adds what fits of a paragraph.
func (w *writer) paragraph(to []Para, p paragraph) []Para {
	if !fitsKind(p.For, w.s.Kind) || !w.fits(p.If) {
		return to
	}
	var b strings.Builder
	for _, s := range p.Sentences {
		b.WriteString(w.sentence(s))
	}
	switch {
	case b.Len() > 0 && p.Suggested:
		return append(to, Para{Suggestion + w.words.Replace(p.Head) + b.String(), true})
	case b.Len() > 0:
		return append(to, Para{w.words.Replace(p.Head) + b.String(), false})
	case p.Suggest != "":
		return append(to, Para{Suggestion + w.words.Replace(p.Head+p.Suggest), true})
	}
	return to
}

func fitsKind(kinds []Kind, k Kind) bool { return len(kinds) == 0 || slices.Contains(kinds, k) }

func (w *writer) fits(conditions []string) bool {
	for _, c := range conditions {
		ok, err := w.v.holds(c)
		if err != nil {
			panic(fmt.Sprintf("data/patterns.json: %s: %v", c, err)) // a test renders every pattern
		}
		if !ok {
			return false
		}
	}
	return true
}

// sentence writes a sentence, "" if it does not fit.
func (w *writer) sentence(s sentence) string {
	if !fitsKind(s.For, w.s.Kind) || s.Whole && !w.s.Consolidated || s.Own && w.s.Consolidated || !w.fits(s.If) || !w.known(s.Text) {
		return ""
	}
	for _, one := range s.One {
		if text := w.sentence(one); text != "" {
			return text
		}
	}
	if len(s.One) > 0 {
		return ""
	}
	if len(s.Items) == 0 {
		return w.words.Replace(s.Text)
	}
	type item struct {
		text string
		n    int64
	}
	var items []item
	for _, it := range s.Items {
		if text := w.sentence(it); text != "" {
			_, inner, _, _ := cut(text)
			q, _ := w.v.eval(parseFigure(inner).Figure)
			items = append(items, item{text, q.n})
		}
	}
	if s.Sort {
		slices.SortStableFunc(items, func(a, b item) int { return int(max(-1, min(1, b.n-a.n))) })
	}
	if s.Top > 0 {
		items = items[:min(len(items), s.Top)]
	}
	if len(items) < max(s.Least, 1) {
		return ""
	}
	var texts []string
	for _, it := range items {
		texts = append(texts, it.text)
	}
	return w.words.Replace(s.Text) + strings.Join(texts, s.Join) + s.After
}

// known tells whether every figure of a text has a value.
func (w *writer) known(text string) bool {
	for {
		_, inner, rest, ok := cut(text)
		if !ok {
			return true
		}
		q, err := w.v.eval(parseFigure(inner).Figure)
		if err != nil {
			panic(fmt.Sprintf("data/patterns.json: %s: %v", inner, err))
		}
		if !q.known {
			return false
		}
		text = rest
	}
}
