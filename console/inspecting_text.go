package console

import (
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"

	"gongkai/document"
	"gongkai/inspection"
	"gongkai/inspection/privacy"
	"gongkai/inspection/rule"
	"gongkai/publication"
	"gongkai/review"
	"gongkai/workday"
)

// A written text is what an editor holds: the fields that say what it is, and its
// paragraphs in order.
type written struct {
	Title     string         `json:"title"`
	Summary   string         `json:"summary"`
	Kind      string         `json:"kind"`
	Made      string         `json:"made"`
	Attribute string         `json:"attribute"`
	Blocks    []writtenBlock `json:"blocks"`
	// Notes are the alternative texts of pictures and the names of tables.
	Notes []string `json:"notes"`
	// Part says that these are only the blocks around a change. Then what only the
	// whole text can tell is not asked.
	Part bool `json:"part"`

	body   *rule.Text
	starts []int // where each block stands in it, in code points
	noted  []int // where each note stands in the text of its own
}

// A writtenBlock is a paragraph, heading or item. Cell is the table it stands in,
// from 1, and its row and column, from 0; empty outside tables.
type writtenBlock struct {
	Text string `json:"text"`
	Cell []int  `json:"cell"`
}

// file lays the text out as the readers of files do: a line for each block, the
// cells of a row parted by tabs, each cell a place with its name. What is known of
// the item beside its text is as the fields of the form have it.
func (t *written) file(id publication.ItemID) *rule.File {
	var b strings.Builder
	var places []rule.Place
	at := 0
	write := func(s string) { b.WriteString(s); at += utf8.RuneCountInString(s) }
	t.starts = make([]int, len(t.Blocks))
	var last []int // the cell of the block before
	for i, block := range t.Blocks {
		row := len(block.Cell) > 0 && len(last) > 0 && last[0] == block.Cell[0] && last[1] == block.Cell[1]
		same := row && last[2] == block.Cell[2]
		switch {
		case i == 0:
		case row && !same:
			write("\t")
		default:
			write("\n")
		}
		t.starts[i] = at
		write(block.Text)
		switch {
		case same:
			places[len(places)-1].End = at
		case len(block.Cell) > 0:
			places = append(places, rule.Place{Start: t.starts[i], End: at, Cell: placeName(block.Cell)})
		}
		last = block.Cell
	}
	made, _ := workday.ParseDate(t.Made)
	f := publication.FileOf(publication.Content{Title: t.Title, Summary: t.Summary, Kind: publication.Kind(t.Kind), Made: made, Openness: review.Openness{Attribute: review.Attribute(t.Attribute)}})
	body := rule.NewText(document.PartDocument, b.String())
	body.Places = places
	t.body, f.Name, f.Texts[0] = body, id.Subject(), body
	f.Page = nil // how the page is built is judged when it is saved
	if len(t.Notes) > 0 {
		f.Texts = append(f.Texts, rule.NewText(inspection.PartCaptions, strings.Join(t.Notes, "\n")))
		at := 0
		for _, s := range t.Notes {
			t.noted = append(t.noted, at)
			at += utf8.RuneCountInString(s) + 1
		}
	}
	return f
}

// placeName is the name of a cell as in files, "表2!B3".
func placeName(cell []int) string {
	col := ""
	for n := cell[2] + 1; n > 0; n = (n - 1) / 26 {
		col = string(rune('A'+(n-1)%26)) + col
	}
	return "表" + strconv.Itoa(cell[0]) + "!" + col + strconv.Itoa(cell[1]+1)
}

// What a finding stands in: a block of the text, a field beside it, or a note.
const (
	inText    = "text"
	inTitle   = "title"
	inSummary = "summary"
	inNotes   = "notes"
)

// A writtenPlace is where a finding stands in the editor.
type writtenPlace struct {
	in         string
	n          int // which block or note
	start, end int // UTF-16 units of it
	cut        bool
}

// place finds the block of a finding. One that goes on into the next block ends
// with its first, and is cut: nothing can be put in its place.
func (t *written) place(f rule.Finding) (writtenPlace, bool) {
	switch f.Part {
	case inspection.PartTitle:
		return placeIn(inTitle, []int{0}, f, func(int) string { return t.Title })
	case inspection.PartSummary:
		return placeIn(inSummary, []int{0}, f, func(int) string { return t.Summary })
	case inspection.PartCaptions:
		return placeIn(inNotes, t.noted, f, func(i int) string { return t.Notes[i] })
	}
	return placeIn(inText, t.starts, f, func(i int) string { return t.Blocks[i].Text })
}

// placeIn finds the one among texts that begin at starts, in code points, in which a
// finding begins.
func placeIn(in string, starts []int, f rule.Finding, text func(i int) string) (writtenPlace, bool) {
	i := sort.SearchInts(starts, f.Start+1) - 1
	if i < 0 {
		return writtenPlace{}, false
	}
	s := text(i)
	n := utf8.RuneCountInString(s)
	start, end := f.Start-starts[i], f.End-starts[i]
	if start > n {
		return writtenPlace{}, false // between two blocks
	}
	return writtenPlace{in: in, n: i, start: units(s, start), end: units(s, min(end, n)), cut: end > n}, true
}

// spread makes of a finding about the names in a column one for each cell: every
// one of them is masked where it stands.
func (t *written) spread(f rule.Finding) []rule.Finding {
	if f.Count <= 1 || !isPrivate(f.Rule) || f.Part != document.PartDocument {
		return []rule.Finding{f}
	}
	if words, _ := fixes(f); len(words) == 0 {
		return []rule.Finding{f} // the column should go
	}
	for _, col := range t.body.Columns() {
		if len(col.Cells) == 0 || t.body.Rune(col.Cells[0][0]) != f.Start {
			continue
		}
		all := make([]rule.Finding, 0, len(col.Cells))
		for _, cell := range col.Cells {
			one := f
			one.Start, one.End, one.Count = t.body.Rune(cell[0]), t.body.Rune(cell[1]), 1
			one.Text = t.body.S[cell[0]:cell[1]]
			one.Suggest = []string{privacy.Masked(one.Text)}
			all = append(all, one)
		}
		return all
	}
	return []rule.Finding{f}
}

// units counts the UTF-16 units of the first n code points.
func units(s string, n int) int {
	u := 0
	for _, r := range s {
		if n == 0 {
			break
		}
		n--
		u++
		if r > 0xFFFF {
			u++
		}
	}
	return u
}

// tellsByItself tells whether a finding can be believed when only a paragraph and
// its surroundings were seen: what is certain, and personal data. What rests on the
// head of a paper, on numbers of headings or on other uses of a word waits for the
// whole text.
func tellsByItself(f rule.Finding) bool {
	family, _, _ := strings.Cut(f.Rule, ".")
	switch family {
	case "privacy":
		return true
	case "secrecy", "element":
		return false
	}
	return f.Tier == rule.A && f.Count <= 1
}

func isPrivate(code string) bool { return strings.HasPrefix(code, "privacy.") }

// fixes parts what may be put in the place of a finding from what a person is told
// to do: the rules write an act in brackets, beginning with its verb.
func fixes(f rule.Finding) (words []string, advice string) {
	for _, s := range f.Suggest {
		act, isAct := strings.CutPrefix(s, "（")
		act, closed := strings.CutSuffix(act, "）")
		switch {
		case !isAct || !closed || !startsWithAct(act):
			words = append(words, s)
		case act == "删", act == "删去", act == "删空格":
			words = append(words, "")
		case advice == "":
			advice = act
		}
	}
	return words, advice
}

func startsWithAct(s string) bool {
	for _, verb := range []string{"删", "核", "补", "改", "写明", "注明"} {
		if strings.HasPrefix(s, verb) {
			return true
		}
	}
	return false
}
