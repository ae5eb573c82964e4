package paper

import (
	"errors"
	"fmt"
	"strings"

	"gongkai/annualreport/paper/face"
	"gongkai/annualreport/paper/pdf"
)

// The measures of an official document (GB/T 9704) on A4, in points.
const (
	a4Wide, a4High = 595.28, 841.89
	mm             = 72 / 25.4
	pageTop        = 37 * mm
	pageEnd        = a4High - 35*mm
	pageLeft       = 28 * mm
	pageRight      = a4Wide - 26*mm
	measure        = pageRight - pageLeft

	titleSize, titleLine = 22.0, 36.0 // 二号
	bodySize, bodyLine   = 16.0, 28.0 // 三号
	noteSize, noteLine   = 12.0, 20.0 // 小四
	numberSize           = 14.0       // 四号
	cellLine             = 13.0
	tableGap             = 4.0 // above a table
)

// PDF is the report as printed, with an embedded face, tagged for programs that
// read aloud. missing are characters the face has no glyph for: 〓 is printed in
// their place, which a person must know before publishing.
func (p *Paper) PDF() (file []byte, missing []rune, err error) {
	f, err := face.Serif()
	if err != nil {
		return nil, nil, errors.Join(errors.New(sayFaceBroken), err)
	}
	s := &setter{f: pdf.New(f)}
	s.f.Title, s.f.Author = tidy(p.Title), p.agency()
	s.turn()
	s.title(s.f.Title)
	parts := p.parts()
	for i, pt := range parts {
		var next *part
		if i+1 < len(parts) {
			next = &parts[i+1]
		}
		s.part(pt, next)
	}
	file, err = s.f.Bytes()
	if err != nil {
		return nil, nil, fmt.Errorf("write PDF: %w", err)
	}
	return file, s.f.Missing(), nil
}

// SayMissing tells a person which characters PDF printed as 〓; "" if none.
func SayMissing(missing []rune) string {
	if len(missing) == 0 {
		return ""
	}
	return fmt.Sprintf(sayNoGlyph, strings.Join(strings.Split(string(missing), ""), "”“"))
}

// A setter sets text on pages. y is where the next line begins.
type setter struct {
	f    *pdf.File
	page *pdf.Page
	y    float64
}

// turn begins a page, with its number at the outer edge.
func (s *setter) turn() {
	s.page = s.f.Page(a4Wide, a4High)
	s.y = pageTop
	number := fmt.Sprintf("— %d —", s.f.Pages())
	x := pageRight - numberSize - s.f.Width(number, numberSize)
	if s.f.Pages()%2 == 0 {
		x = pageLeft + numberSize
	}
	s.page.Text(nil, x, pageEnd+7*mm+numberSize*.9, number, pdf.Ink{Size: numberSize})
}

// need turns the page unless so much room is left on it.
func (s *setter) need(room float64) {
	if s.y+room > pageEnd+.01 && s.y > pageTop {
		s.turn()
	}
}

func (s *setter) wide(size float64) func(string) float64 {
	return func(text string) float64 { return s.f.Width(text, size) }
}

func (s *setter) title(text string) {
	e := s.f.Root().Child("H1")
	for _, line := range evenly(text, measure, s.wide(titleSize)) {
		s.page.Text(e, pageLeft+(measure-s.f.Width(line, titleSize))/2, s.y+titleLine*.75, line, pdf.Ink{Size: titleSize, Bold: true})
		s.y += titleLine
	}
	s.y += bodyLine
}

// part sets one part of the text; next is what follows, because a head does not
// stand at the foot of a page alone.
func (s *setter) part(pt part, next *part) {
	root := s.f.Root()
	switch pt.kind {
	case chapterHead:
		follow := 2 * bodyLine
		if next != nil && next.kind == gridPart {
			follow = s.opening(next.grid)
		} else if next != nil && next.kind == sectionHead {
			follow += bodyLine
		}
		s.need(bodyLine + follow)
		s.f.Bookmark(pt.text, s.y)
		s.paragraph(root.Child("H2"), pt.text, prose16.bold())
	case sectionHead:
		s.need(3 * bodyLine)
		s.paragraph(root.Child("H3"), pt.text, prose16)
	case plainPara:
		s.paragraph(root.Child("P"), pt.text, prose16)
	case noteHead, notePara:
		s.paragraph(root.Child("P"), pt.text, setting{size: noteSize, line: noteLine})
	case signature:
		s.need(bodyLine)
		x := pageRight - 2*bodySize - s.f.Width(pt.text, bodySize)
		s.page.Text(root.Child("P"), max(x, pageLeft), s.y+baseline(bodySize, bodyLine), pt.text, pdf.Ink{Size: bodySize})
		s.y += bodyLine
	case gridPart:
		s.y += tableGap
		s.grid(pt.grid)
		s.y += 10
	}
}

// A setting is the size of a paragraph's letters and the distance of its lines.
type setting struct {
	size, line float64
	heavy      bool
}

var prose16 = setting{size: bodySize, line: bodyLine}

func (t setting) bold() setting { t.heavy = true; return t }

// baseline is where letters stand below the top of their line.
func baseline(size, line float64) float64 { return (line-size)/2 + .88*size }

// paragraph sets a paragraph, indented by two characters, both edges straight.
func (s *setter) paragraph(e *pdf.Elem, text string, t setting) {
	indent := 2 * t.size
	lines := breakLines(text, measure, indent, s.wide(t.size))
	for i, line := range lines {
		if i == 0 && len(lines) > 1 || i > 0 && i == len(lines)-2 {
			s.need(2 * t.line) // neither the first nor the last line stands alone
		} else {
			s.need(t.line)
		}
		ink := pdf.Ink{Size: t.size, Bold: t.heavy}
		room := measure - indent
		if i < len(lines)-1 {
			if n := len([]rune(line)) - 1; n > 0 {
				ink.Spacing = min(max((room-s.f.Width(line, t.size))/float64(n), 0), t.size/5)
			}
		}
		s.page.Text(e, pageLeft+indent, s.y+baseline(t.size, t.line), line, ink)
		s.y += t.line
		indent = 0
	}
}
