package masking

import (
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"gongkai/inspection/privacy"
	"gongkai/inspection/rule"
)

// An Edit is one value that was masked.
type Edit struct {
	Rule string
	Part string
	Cell string
	Page int
	Was  string // as it may be shown: masked for display
	Now  string // what stands there in the copy; "" if it was taken out
}

// A plan is what has to be written instead of what.
type plan struct {
	edits []Edit

	// every holds values that are masked wherever they stand; keys are without
	// white space. lengths says, for the first rune of a key, how long keys are.
	every   map[string]string
	shown   map[string]bool // the value stands in the text of the pages
	lengths map[rune][]int

	// lines holds values that are masked only in a paragraph or cell of just this
	// text (without white space).
	lines map[string]map[string]string

	// places are the stretches of each part, for plain text; cells the new text of
	// cells of a workbook, by "sheet!B7".
	places map[string][]stretch
	cells  map[string]string
}

// A stretch of the text of a part, in code points, and what replaces it.
type stretch struct {
	start, end int
	now        string
	part       bool // of a value over several cells, which is masked as a whole elsewhere
}

// planOf works out what the findings ask for. Findings that propose nothing, or
// are not about personal data, are left out.
func planOf(f *rule.File, fs []rule.Finding) *plan {
	p := &plan{every: map[string]string{}, shown: map[string]bool{}, lengths: map[rune][]int{}, lines: map[string]map[string]string{},
		places: map[string][]stretch{}, cells: map[string]string{}}
	for _, t := range f.Texts {
		var mine []rule.Finding
		for _, x := range fs {
			if x.Part == t.Part && len(x.Suggest) > 0 && strings.HasPrefix(x.Rule, "privacy.") {
				mine = append(mine, x)
			}
		}
		if len(mine) > 0 {
			p.text(t, mine)
		}
	}
	for _, n := range p.lengths {
		sort.Sort(sort.Reverse(sort.IntSlice(n)))
	}
	return p
}

// column is what a rule proposes when a whole column should go.
const column = "（删去本列）"

func (p *plan) text(t *rule.Text, fs []rule.Finding) {
	runes := []rune(t.S)
	var all []stretch
	say := func(x rule.Finding, s stretch, everywhere bool) {
		was := string(runes[s.start:s.end])
		key := bare(was)
		if key == "" || key == bare(s.now) {
			return
		}
		// One value, one mask: a number that is masked two ways can be put together again.
		if now, ok := p.every[key]; ok {
			s.now = now
		}
		cell, page := t.At(s.start)
		p.edits = append(p.edits, Edit{Rule: x.Rule, Part: t.Part, Cell: cell, Page: page, Was: privacy.Masked(was), Now: s.now})
		split := pieces(t, runes, s, everywhere)
		all = append(all, split...)
		for _, part := range split {
			// A figure alone in its cell is no value: there are too many like it.
			if was := bare(string(runes[part.start:part.end])); part.part && utf8.RuneCountInString(was) >= fewLetters {
				p.line(bare(lineAround(t, runes, part.start, part.end)), was, part.now)
			}
		}
		if everywhere {
			p.shown[key] = p.shown[key] || onPages(t.Part)
			p.everywhere(key, s.now)
			return
		}
		p.line(bare(lineAround(t, runes, s.start, s.end)), key, s.now)
	}
	slices.SortStableFunc(fs, func(a, b rule.Finding) int { return a.Start - b.Start })
	for _, x := range fs {
		if x.Count <= 1 {
			now := x.Suggest[0]
			if now == column {
				now = ""
			}
			say(x, stretch{start: x.Start, end: x.End, now: now}, identifying(string(runes[x.Start:x.End])))
			continue
		}
		for _, s := range cellsBelow(t, x) {
			if x.Suggest[0] != column {
				s.now = maskedName(string(runes[s.start:s.end]))
			}
			say(x, s, false)
		}
	}
	p.places[t.Part] = settled(all)
	p.workbook(t, runes, p.places[t.Part])
}

// fewLetters is how much of a value has to stand in a cell to be known by itself.
const fewLetters = 4

// pieces parts a stretch that runs over several cells: each keeps its share of the
// mask, letter by letter, or the first one has it all.
func pieces(t *rule.Text, runes []rune, s stretch, everywhere bool) (out []stretch) {
	count := func(from, to int) int { return utf8.RuneCountInString(bare(string(runes[from:to]))) }
	now, all, at := []rune(bare(s.now)), count(s.start, s.end), 0
	for i := sort.Search(len(t.Places), func(i int) bool { return t.Places[i].End > s.start }); i < len(t.Places) && t.Places[i].Start < s.end; i++ {
		p := stretch{start: max(s.start, t.Places[i].Start), end: min(s.end, t.Places[i].End), part: everywhere}
		n := count(p.start, p.end)
		if t.Places[i].Cell == "" || n == 0 {
			continue
		}
		switch {
		case len(now) == all:
			p.now = string(now[at : at+n])
		case at == 0:
			p.now = s.now
		}
		at += n
		out = append(out, p)
	}
	if len(out) < 2 || at < all {
		return []stretch{s}
	}
	return out
}

// line has a value masked in the paragraphs and cells of just one text.
func (p *plan) line(line, key, now string) {
	if p.lines[line] == nil {
		p.lines[line] = map[string]string{}
	}
	p.lines[line][key] = now
}

// everywhere has a value masked wherever it stands.
func (p *plan) everywhere(key, now string) {
	if _, ok := p.every[key]; ok {
		return
	}
	p.every[key] = now
	first, _ := utf8.DecodeRuneInString(key)
	if n := utf8.RuneCountInString(key); !slices.Contains(p.lengths[first], n) {
		p.lengths[first] = append(p.lengths[first], n)
	}
}

// workbook works out the whole new text of every cell something changes in.
func (p *plan) workbook(t *rule.Text, runes []rune, all []stretch) {
	at := 0
	for _, place := range t.Places {
		if place.Cell == "" {
			continue
		}
		for at < len(all) && all[at].end <= place.Start {
			at++
		}
		from := at
		for at < len(all) && all[at].start < place.End {
			at++
		}
		if from == at {
			continue
		}
		ref := place.Cell
		if !strings.Contains(ref, "!") {
			ref = t.Part + "!" + ref
		}
		p.cells[ref] = rewrite(runes[place.Start:min(place.End, len(runes))], all[from:at], place.Start)
	}
}

// rewrite returns a text with stretches of it replaced; base is where it begins.
func rewrite(runes []rune, all []stretch, base int) string {
	var b strings.Builder
	at := 0
	for _, s := range all {
		from, to := max(s.start-base, at), min(s.end-base, len(runes))
		if from >= to {
			continue
		}
		b.WriteString(string(runes[at:from]))
		b.WriteString(s.now)
		at = to
	}
	b.WriteString(string(runes[at:]))
	return b.String()
}

// settled puts stretches into order; of those that overlap the longest stays.
func settled(all []stretch) []stretch {
	sort.SliceStable(all, func(i, j int) bool {
		if all[i].start != all[j].start {
			return all[i].start < all[j].start
		}
		return all[i].end > all[j].end
	})
	out := all[:0]
	for _, s := range all {
		if n := len(out); n > 0 && s.start < out[n-1].end {
			if s.end-s.start > out[n-1].end-out[n-1].start {
				out[n-1] = s
			}
			continue
		}
		out = append(out, s)
	}
	return out
}

// cellsBelow returns the cells of the column a finding stands for.
func cellsBelow(t *rule.Text, x rule.Finding) (all []stretch) {
	for _, c := range t.Columns() {
		if t.Rune(c.Cells[0][0]) != x.Start {
			continue
		}
		for _, cell := range c.Cells {
			all = append(all, stretch{start: t.Rune(cell[0]), end: t.Rune(cell[1])})
		}
		return all
	}
	return []stretch{{start: x.Start, end: x.End}}
}

// lineAround is the cell a stretch stands in, or else its line.
func lineAround(t *rule.Text, runes []rune, start, end int) string {
	i := sort.Search(len(t.Places), func(i int) bool { return t.Places[i].End > start })
	if i < len(t.Places) && t.Places[i].Cell != "" && t.Places[i].Start <= start {
		return string(runes[t.Places[i].Start:min(t.Places[i].End, len(runes))])
	}
	for start > 0 && runes[start-1] != '\n' {
		start--
	}
	for end < len(runes) && runes[end] != '\n' {
		end++
	}
	return string(runes[start:end])
}

// identifying tells whether a value means the same person wherever it stands:
// numbers do, and addresses as long as a sentence; names and words do not.
func identifying(s string) bool {
	digits, n := 0, 0
	for _, r := range s {
		n++
		if unicode.IsDigit(r) {
			digits++
		}
	}
	return digits >= 5 || n >= 10
}

// maskedName keeps the first character of every name in a cell.
func maskedName(s string) string {
	fields := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("、，,；;/", r) })
	out := s
	for _, f := range fields {
		f = strings.TrimSpace(f)
		if strings.ContainsAny(f, "*某") {
			continue
		}
		r := []rune(bare(f))
		if len(r) < 2 || len(r) > 5 && !strings.ContainsRune(f, '·') {
			continue // a remark below the list is no name
		}
		out = strings.Replace(out, f, string(r[:1])+strings.Repeat("*", len(r)-1), 1)
	}
	return out
}

// bare is a text without white space, which files break values with.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' {
			return -1
		}
		return r
	}, s)
}
