package annualreport

import (
	"strings"
	"time"

	"gongkai/annualreport/form"
	"gongkai/annualreport/paper"
	"gongkai/annualreport/prose"
	"gongkai/identity"
	"gongkai/internal/fault"
	"gongkai/org"
)

// A Text is the prose of a report as its source: the paragraphs before chapter
// one and the six chapters, with figures bound to their cells.
type Text struct {
	Intro    []string        `json:"intro"`
	Chapters []paper.Chapter `json:"chapters"`
}

// A TextVersion is prose that was kept.
type TextVersion struct {
	Report ID
	N      int
	Text   Text
	By     identity.ID
	At     time.Time
	Note   string // how it came about: 自动起草, 修改, 恢复第3版
}

// check refuses prose that has not its six chapters in order.
func (t Text) check() error {
	if len(t.Chapters) != 6 {
		return fault.Problems(fault.Problem{Field: "text", Say: sayChapters})
	}
	for i, c := range t.Chapters {
		if c.Number != i+1 {
			return fault.Problems(fault.Problem{Field: "text", Say: sayChapters})
		}
	}
	return nil
}

// values is what the figures in the prose are taken from.
func (s *Sheet) values() prose.Values {
	return prose.Values{Report: s.Printed, Last: s.last(), Facts: s.facts}
}

// read puts the figures into the prose and says where a person's number and the
// figure part ways. What the prose says beyond its figures becomes the claims of
// the report, to be checked like those of any report.
func (s *Sheet) read() []form.Finding {
	v := s.values()
	var found []form.Finding
	paras := func(chapter int, sources []string) []string {
		texts := []string{}
		for _, source := range sources {
			text, bindings := prose.Render(source, v)
			texts = append(texts, text)
			found = append(found, prose.Compare(text, bindings, v)...)
			claims := prose.Beyond(text, bindings, s.Form)
			for i := range claims {
				claims[i].Chapter = chapter
			}
			s.Printed.Claims = prose.Append(s.Printed.Claims, claims...)
		}
		return texts
	}
	s.Printed.Claims = nil
	s.Reading = Text{Intro: paras(0, s.Text.Text.Intro)}
	for _, c := range s.Text.Text.Chapters {
		s.Reading.Chapters = append(s.Reading.Chapters, paper.Chapter{Number: c.Number, Title: c.Title, Paras: paras(c.Number, c.Paras)})
	}
	for _, c := range s.Reading.Chapters {
		found = append(found, prose.Suggested(c.Paras)...)
	}
	return append(found, prose.CheckRates(s.Printed, v.Last)...)
}

// draft writes the prose from the figures.
func (s *Sheet) draft() Text {
	intro, chapters := prose.Draft(prose.Subject{Agency: s.Agency, Kind: s.kind, Consolidated: s.Report.Kind == Consolidated}, s.values())
	t := Text{Intro: prose.Chapter{Paras: intro}.Sources()}
	for _, c := range chapters {
		t.Chapters = append(t.Chapters, paper.Chapter{Number: c.Number, Title: c.Title, Paras: c.Sources()})
	}
	return t
}

// kindOf is what prose calls a kind of unit.
func kindOf(k org.Kind) prose.Kind {
	switch k {
	case org.Government:
		return prose.Government
	case org.Office:
		return prose.Office
	case org.Town:
		return prose.Town
	}
	return prose.Department
}

// bind carries the figures of a source over to its text as a person has edited
// it, chapter by chapter.
func (s *Sheet) bind(edited Text) Text {
	v := s.values()
	lines := func(source, now []string) []string {
		bound := prose.Bind(strings.Join(source, "\n"), strings.Join(now, "\n"), v)
		var out []string
		for _, p := range strings.Split(bound, "\n") {
			if p = strings.TrimSpace(p); p != "" {
				out = append(out, p)
			}
		}
		return out
	}
	out := Text{Intro: lines(s.Text.Text.Intro, edited.Intro)}
	if out.Intro == nil {
		out.Intro = []string{}
	}
	for i, c := range edited.Chapters {
		var source []string
		if i < len(s.Text.Text.Chapters) {
			source = s.Text.Text.Chapters[i].Paras
		}
		out.Chapters = append(out.Chapters, paper.Chapter{Number: c.Number, Title: c.Title, Paras: lines(source, c.Paras)})
	}
	return out
}
