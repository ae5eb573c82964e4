package document

import (
	"sort"
	"unicode/utf8"
)

// A Proposal is what the text says about itself as an official document
// (公文要素). Nothing in it is decided: each Guess shows the line it came from,
// and a person confirms or corrects it.
type Proposal struct {
	Title      Guess   // 标题
	Issuer     Guess   // 发文机关; of several, the one that leads
	Issuers    []Guess // 联合发文机关, all of them in order; empty if there is one
	DocNo      Guess   // 发文字号, with 〔〕
	Date       Guess   // 成文日期, YYYY-MM-DD
	Openness   Guess   // 公开方式: one of the Openness words
	Recipients Guess   // 主送机关
	Effective  Guess   // 实施日期: YYYY-MM-DD, or words such as 自公布之日起施行
	Expires    Guess   // 有效期: YYYY-MM-DD, or words such as 5年
}

// Words for 公开方式.
const (
	OpenActively = "主动公开"
	OpenOnAsk    = "依申请公开"
	OpenNever    = "不予公开"
)

// A Guess is one proposed value. The zero Guess proposes nothing.
type Guess struct {
	Value      string
	Sure       float64 // 0 to 1; from 0.8 on it may be filled in unasked
	Why        string  // Chinese: what made us think so
	Line       Line    // the line it came from
	Start, End int     // the words themselves, code points into Line.Part
	Others     []Guess // what else it might be, best first
}

// A Line is a line of a part, with its place in it in code points.
type Line struct {
	Part       string
	Text       string
	Start, End int
	Page       int
}

// Elements proposes the elements of an official document from its text.
func Elements(d Doc) Proposal {
	lines := telltale(docLines(d))
	t := texts{lines: lines, meta: d.Meta, title: findTitle(lines)}
	if d.Title != "" && t.title.Value != d.Title {
		t.title = markedTitle(d, lines, t.title)
	}
	for _, m := range d.Meta {
		if m.Name == "ArticleTitle" && m.Value != "" && m.Value != t.title.Value {
			g := Guess{Value: m.Value, Sure: 0.9, Why: "网页标签 ArticleTitle", Line: Line{Part: PartMetadata, Text: m.Value}}
			t.title = best(append(flat(t.title), g))
		}
	}
	var p Proposal
	p.Title = t.title
	p.DocNo = t.docNo()
	p.Date = t.date()
	p.Issuer, p.Issuers = t.issuer()
	p.Openness = t.openness()
	p.Recipients = t.recipients()
	p.Effective = t.effective()
	p.Expires = t.expires()
	return p
}

// texts is the text of one document while its elements are looked for.
type texts struct {
	lines []docLine
	meta  []Property
	title Guess
}

// A docLine is a line with what the layout says about it.
type docLine struct {
	Line
	align   Align
	strong  bool
	size    float64
	heading int // level, notHeading for text
	table   bool
}

// docLines lists the lines of the document part in order. A table row is one
// line, its cells parted by tabs.
func docLines(d Doc) []docLine {
	var out []docLine
	var walk func(bs []Block, table bool)
	walk = func(bs []Block, table bool) {
		for _, b := range bs {
			switch b.Kind {
			case Listing:
				for _, it := range b.List.Items {
					walk(it.Blocks, table)
				}
			case Grid:
				for _, r := range b.Table.Rows {
					out = append(out, rowLine(r))
				}
			case Heading, Paragraph:
				out = append(out, blockLines(b, table)...)
			}
		}
	}
	walk(d.Blocks, false)
	kept := out[:0]
	for _, l := range out {
		if l.Text != "" {
			kept = append(kept, l)
		}
	}
	return kept
}

// What a document says of itself stands at its head, at its end, and in sentences
// near them: of a long one neither the middle nor the rest of a line is looked at.
const headLines, tailLines, longLine = 3000, 1000, 6000

// telltale leaves out what is not looked at.
func telltale(lines []docLine) []docLine {
	if len(lines) > headLines+tailLines {
		lines = append(lines[:headLines:headLines], lines[len(lines)-tailLines:]...)
	}
	for i, l := range lines {
		if n := longLine; len(l.Text) > n {
			for !utf8.RuneStart(l.Text[n]) {
				n--
			}
			lines[i].Text = l.Text[:n]
		}
	}
	return lines
}

func rowLine(r Row) docLine {
	l := docLine{table: true, heading: notHeading}
	l.Part = PartDocument
	for i, c := range r.Cells {
		if i > 0 {
			l.Text += "\t"
		}
		l.Text += plain(c.Blocks)
		for _, b := range c.Blocks {
			if l.End == 0 {
				l.Start = b.Start
			}
			l.End, l.Page = b.End, b.Page
		}
	}
	return l
}

func blockLines(b Block, table bool) []docLine {
	text := b.Label + runsText(b.Runs)
	var out []docLine
	at := b.Start
	for _, piece := range splitKeep(text) {
		n := runeLen(piece)
		l := docLine{align: b.Align, strong: b.Strong, size: b.Size, heading: notHeading, table: table}
		if b.Kind == Heading {
			l.heading = b.Level
		}
		l.Line = Line{Part: PartDocument, Text: trimBlank(piece), Start: at, End: at + n, Page: b.Page}
		out = append(out, l)
		at += n + 1
	}
	if len(out) == 1 {
		out[0].End = b.End
	}
	return out
}

// best orders guesses by how sure they are, joins those of one value, and
// returns the first with the rest as its others. Agreement makes surer.
func best(all []Guess) Guess {
	byValue := map[string]int{}
	var gs []Guess
	for _, g := range all {
		g.Others = nil
		if i, ok := byValue[g.Value]; ok {
			a, b := gs[i], g
			if b.Sure > a.Sure {
				a, b = b, a
			}
			a.Sure = 1 - (1-a.Sure)*(1-b.Sure*0.5)
			if b.Why != a.Why {
				a.Why += "；" + b.Why
			}
			gs[i] = a
			continue
		}
		byValue[g.Value] = len(gs)
		gs = append(gs, g)
	}
	sort.SliceStable(gs, func(i, j int) bool { return gs[i].Sure > gs[j].Sure })
	if len(gs) == 0 {
		return Guess{}
	}
	if gs[0].Sure < 0.4 { // not worth filling in, but worth offering
		return Guess{Others: gs[:min(len(gs), 8)]}
	}
	first := gs[0]
	if len(gs) > 1 {
		first.Others = gs[1:min(len(gs), 9)]
	}
	return first
}

func flat(g Guess) []Guess {
	var out []Guess
	if g.Value != "" {
		out = append(out, g)
	}
	return append(out, g.Others...)
}

// in makes a guess from a line, with the place of the words within it.
func (l docLine) in(value, words string, sure float64, why string) Guess {
	g := Guess{Value: value, Sure: sure, Why: why, Line: l.Line, Start: l.Start, End: l.End}
	if i := runeIndex(l.Text, words); i >= 0 && words != "" {
		g.Start = l.Start + i
		g.End = g.Start + runeLen(words)
	}
	return g
}
