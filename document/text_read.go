package document

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A textLine is a line of a text file; offsets are code points into the file.
type textLine struct {
	text       string // without white space at both ends
	start, end int    // of text
	indent     int    // code points of white space before text
	page       int
}

// readText reads plain text and the simple marks of Markdown. The document part
// is the file itself.
func readText(b *budget, d *Doc, data []byte) error {
	text, bad := decode(data)
	if err := b.addText(text); err != nil {
		return err
	}
	if strings.TrimSpace(strings.Trim(text, "\ufeff")) == "" {
		return empty(d.Kind)
	}
	if bad > 0 {
		d.note(NoteEncoding, bad, PartDocument, "有 "+strconv.Itoa(bad)+" 个字符无法识别，已用“\ufffd”代替。请将文件另存为 UTF-8 编码后再上传。")
	}
	lines, pages, err := splitLines(b, text)
	if err != nil {
		return err
	}
	p := &textParser{b: b, lines: lines, hard: hardWrapped(lines)}
	p.marked = d.Kind == KindMarkdown || looksMarked(lines)
	if err := p.parse(); err != nil {
		return err
	}
	part := Part{Name: PartDocument, Text: text}
	if pages > 1 {
		d.Pages = pages
		part.Spans = pageSpans(lines)
	}
	d.Blocks = p.out
	d.Parts = append(d.Parts, part)
	return nil
}

// Of more than blankMost empty lines in a row the rest says nothing more.
const blankMost, linesMost = 50, 1_000_000

// splitLines cuts a file at its line ends, whatever they are. A form feed
// begins a page.
func splitLines(b *budget, text string) ([]textLine, int, error) {
	var lines []textLine
	page, at, start, empty := 1, 0, 0, 0
	var from int
	flush := func(to int) {
		if empty++; to > from {
			empty = 0
		} else if empty > blankMost {
			return
		}
		raw := text[from:to]
		body := strings.TrimLeftFunc(raw, blank)
		indent := utf8.RuneCountInString(raw) - utf8.RuneCountInString(body)
		body = strings.TrimRightFunc(body, blank)
		s := start + indent
		lines = append(lines, textLine{text: body, start: s, end: s + utf8.RuneCountInString(body), indent: indent, page: page})
	}
	for i, r := range text {
		at++
		if r == '\n' || r == '\r' || r == '\f' || r == '\u2028' || r == '\u2029' || r == '\u0085' || r == '\v' {
			flush(i)
			from, start = i+utf8.RuneLen(r), at
			if r == '\f' {
				page++
			}
			if len(lines) > linesMost {
				return nil, 0, tooManyNodes()
			}
			if at&0xffff == 0 {
				if err := b.alive(); err != nil {
					return nil, 0, err
				}
			}
		}
	}
	if from < len(text) {
		flush(len(text))
	}
	return lines, page, nil
}

func blank(r rune) bool { return unicode.IsSpace(r) || r == '\ufeff' || r == '\u200b' }

func pageSpans(lines []textLine) []Span {
	var spans []Span
	for _, l := range lines {
		if n := len(spans); n > 0 && spans[n-1].Page == l.page {
			spans[n-1].End = max(spans[n-1].End, l.end)
		} else if l.end > l.start {
			spans = append(spans, Span{Start: l.start, End: l.end, Page: l.page})
		}
	}
	return spans
}

// hardWrapped returns the width of the lines of a file that was broken at a
// fixed width, or 0: most lines that do not end a sentence are about as long as
// the longest.
func hardWrapped(lines []textLine) int {
	longest, n := 0, 0
	for _, l := range lines {
		if l.text != "" {
			n++
			longest = max(longest, displayWidth(l.text)+l.indent)
		}
	}
	if longest < 30 || longest > 110 || n < 6 {
		return 0
	}
	full, open := 0, 0
	for _, l := range lines {
		if l.text == "" || sentenceEnd(l.text) {
			continue
		}
		open++
		if displayWidth(l.text)+l.indent >= longest-6 {
			full++
		}
	}
	if full >= 3 && full*2 > open {
		return longest
	}
	return 0
}

// displayWidth counts Han characters double.
func displayWidth(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r >= 0x2e80 {
			n++
		}
	}
	return n
}

func sentenceEnd(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, "”’\"）)』」"))
	return strings.ContainsRune("。！？；：!?;:", r)
}

func looksMarked(lines []textLine) bool {
	n := 0
	for _, l := range lines {
		if mdHeading.MatchString(l.text) {
			n++
		}
	}
	return n >= 2
}

var (
	mdHeading = regexp.MustCompile(`^(#{1,6})\s+(.+?)\s*#*$`)
	mdBullet  = regexp.MustCompile(`^[-*+•·●]\s+(.+)$`)
	mdNumber  = regexp.MustCompile(`^(\d{1,3})\.\s+(.+)$`)
	mdRow     = regexp.MustCompile(`^\|.*\|$`)
	mdDivider = regexp.MustCompile(`^\|?[\s:|-]*-{2,}[\s:|-]*\|?$`)
)

// A textParser builds blocks of lines.
type textParser struct {
	b      *budget
	lines  []textLine
	out    []Block
	marked bool // Markdown
	hard   int  // width of hard-wrapped lines, 0 if a line is a paragraph
}

func (p *textParser) parse() error {
	for i := 0; i < len(p.lines); {
		if err := p.b.node(); err != nil {
			return err
		}
		l := p.lines[i]
		if l.text == "" {
			i++
			continue
		}
		if p.marked {
			n, err := p.mark(i)
			if err != nil {
				return err
			}
			if n > 0 {
				i += n
				continue
			}
		}
		n, err := p.figures(i)
		if err != nil {
			return err
		}
		if n == 0 {
			n = p.paragraph(i)
		}
		i += n
	}
	return nil
}

// mark reads one piece of Markdown at line i and returns how many lines it took.
func (p *textParser) mark(i int) (int, error) {
	l := p.lines[i]
	if m := mdHeading.FindStringSubmatch(l.text); m != nil {
		p.add(Block{Kind: Heading, Level: min(len(m[1]), 5), Runs: mdRuns(m[2])}, l, l)
		return 1, nil
	}
	if strings.Trim(l.text, "-") == "" && len(l.text) >= 3 || strings.Trim(l.text, "*") == "" && len(l.text) >= 3 {
		p.add(Block{Kind: Rule}, l, l)
		return 1, nil
	}
	if mdRow.MatchString(l.text) {
		j := i
		for j < len(p.lines) && mdRow.MatchString(p.lines[j].text) {
			j++
		}
		t, err := p.table(p.lines[i:j])
		if err != nil || t == nil {
			return 0, err
		}
		p.add(Block{Kind: Grid, Table: t}, l, p.lines[j-1])
		return j - i, nil
	}
	if n := p.list(i, mdBullet, false); n > 0 {
		return n, nil
	}
	return p.list(i, mdNumber, true), nil
}

func (p *textParser) list(i int, re *regexp.Regexp, ordered bool) int {
	list := &List{Ordered: ordered}
	j := i
	for ; j < len(p.lines); j++ {
		m := re.FindStringSubmatch(p.lines[j].text)
		if m == nil {
			break
		}
		if ordered {
			n, _ := strconv.Atoi(m[1])
			if len(list.Items) == 0 {
				list.Start = n
			} else if n != list.Start+len(list.Items) {
				break
			}
		}
		l := p.lines[j]
		body := m[len(m)-1]
		start := l.end - utf8.RuneCountInString(body)
		list.Items = append(list.Items, Item{Blocks: []Block{{Kind: Paragraph, Runs: mdRuns(body), Start: start, End: l.end, Page: l.page}}})
	}
	if len(list.Items) == 0 {
		return 0
	}
	p.add(Block{Kind: Listing, List: list}, p.lines[i], p.lines[j-1])
	return j - i
}

func (p *textParser) table(lines []textLine) (*Table, error) {
	t := &Table{}
	for n, l := range lines {
		if mdDivider.MatchString(l.text) && strings.Contains(l.text, "-") {
			if n == 1 && len(t.Rows) == 1 { // the line above may be a divider too
				t.Rows[0].Header = true
			}
			continue
		}
		var row Row
		at := l.start
		for i, cell := range strings.Split(strings.TrimSuffix(l.text, "|"), "|") {
			size := utf8.RuneCountInString(cell)
			if i > 0 {
				body := strings.TrimSpace(cell)
				c := Cell{Col: i - 1, ColSpan: 1, RowSpan: 1, Ref: cellName(i-1, len(t.Rows)), Numerals: numeric(body)}
				if body != "" {
					start := at + utf8.RuneCountInString(cell) - utf8.RuneCountInString(strings.TrimLeftFunc(cell, blank))
					c.Blocks = []Block{{Kind: Paragraph, Runs: mdRuns(body), Start: start, End: start + utf8.RuneCountInString(body), Page: l.page}}
				}
				row.Cells = append(row.Cells, c)
			}
			at += size + 1
		}
		if err := p.b.addCells(len(row.Cells)); err != nil {
			return nil, err
		}
		t.Rows = append(t.Rows, row)
	}
	if len(t.Rows) == 0 {
		return nil, nil
	}
	return t, nil
}

// mdRuns reads **bold** marks; a pair without words between them is nothing.
func mdRuns(s string) []Run {
	var runs []Run
	pieces := strings.Split(s, "**")
	for i, piece := range pieces {
		if piece != "" {
			runs = appendRun(runs, Run{Text: cleanText(piece), Bold: i%2 == 1 && len(pieces)%2 == 1})
		}
	}
	return runs
}

// paragraph reads one paragraph at line i, joining hard-wrapped lines.
func (p *textParser) paragraph(i int) int {
	first := p.lines[i]
	last := first
	j := i + 1
	var whole strings.Builder // a paragraph can be the whole file
	whole.WriteString(first.text)
	for p.hard > 0 && j < len(p.lines) && displayWidth(last.text)+last.indent >= p.hard-6 && p.continues(p.lines[j]) {
		if spaceBetween(last.text, p.lines[j].text) {
			whole.WriteByte(' ')
		}
		whole.WriteString(p.lines[j].text)
		last = p.lines[j]
		j++
	}
	text := whole.String()
	b := Block{Kind: Paragraph, Runs: []Run{{Text: cleanText(text)}}}
	if p.marked {
		b.Runs = mdRuns(text)
	}
	if first.indent >= 8 && p.hard == 0 && utf8.RuneCountInString(text) < 40 && !sentenceEnd(text) {
		b.Align = AlignCenter
	}
	if runsText(b.Runs) == "" {
		return j - i
	}
	if level := numberedHeading(text); level > 0 {
		b.Kind, b.Level = Heading, level
	}
	p.add(b, first, last)
	return j - i
}

// continues reports whether a line goes on with the paragraph before it.
func (p *textParser) continues(l textLine) bool {
	return l.text != "" && l.indent < 2 && numberedHeading(l.text) == 0 && !beginsItem(l.text)
}

// joinWrapped joins two lines of one paragraph: a space only between Latin
// words.
func joinWrapped(a, b string) string {
	if spaceBetween(a, b) {
		return a + " " + b
	}
	return a + b
}

// spaceBetween tells whether two wrapped lines need a space where they join.
func spaceBetween(a, b string) bool {
	x, _ := utf8.DecodeLastRuneInString(a)
	y, _ := utf8.DecodeRuneInString(b)
	return x < 0x250 && y < 0x250 && (unicode.IsLetter(x) || unicode.IsDigit(x) || x == ',' || x == '.') && (unicode.IsLetter(y) || unicode.IsDigit(y)) &&
		!(unicode.IsDigit(x) && unicode.IsDigit(y))
}

func (p *textParser) add(b Block, first, last textLine) {
	b.Start, b.End, b.Page = first.start, last.end, first.page
	p.out = append(p.out, b)
}

var (
	chapterLine = regexp.MustCompile(`^第[一二三四五六七八九十百零〇\d]+[编章]([\s　:：]|$)`)
	sectionLine = regexp.MustCompile(`^第[一二三四五六七八九十百零〇\d]+节([\s　:：]|$)`)
	firstLevel  = regexp.MustCompile(`^[一二三四五六七八九十]{1,3}[、．.]`)
	secondLevel = regexp.MustCompile(`^[（(][一二三四五六七八九十]{1,3}[）)]`)
	itemLine    = regexp.MustCompile(`^(\d{1,2}[.．、]|[（(]\d{1,2}[）)]|第[一二三四五六七八九十百零〇]+条|附件[:：\d一二三])`)
)

// numberedHeading returns the level of a line numbered as GB/T 9704 numbers
// headings ("一、", "（一）") and short as a heading is; 0 if it is none.
func numberedHeading(s string) int {
	n := utf8.RuneCountInString(s)
	if body, ok := strings.CutSuffix(s, "。"); ok && n <= 26 && secondLevel.MatchString(s) {
		s = body // （一）…。 alone on its line
	}
	if n > 40 || sentenceEnd(s) || strings.ContainsRune(s, '。') || strings.HasSuffix(s, "，") || strings.HasSuffix(s, "、") {
		return 0
	}
	switch {
	case chapterLine.MatchString(s), firstLevel.MatchString(s) && n > 2:
		return 1
	case sectionLine.MatchString(s), secondLevel.MatchString(s) && n > 3:
		return 2
	}
	return 0
}

func beginsItem(s string) bool {
	return itemLine.MatchString(s) || firstLevel.MatchString(s) || secondLevel.MatchString(s) || chapterLine.MatchString(s) || sectionLine.MatchString(s)
}
