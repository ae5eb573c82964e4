package masking

import (
	"context"
	"slices"
	"strings"

	"gongkai/document"
	"gongkai/inspection/engine"
	"gongkai/inspection/rule"
)

// A Reader turns the bytes of a file into text, and draws the pages of a PDF anew;
// document.Reader is one.
type Reader interface {
	Read(ctx context.Context, name string, data []byte) (document.Doc, error)
	Redraw(ctx context.Context, data []byte, covers []document.Cover) (document.Redrawn, error)
}

// Inspect finds what there is in a file, by the rules that hold for whoever asks.
type Inspect func(ctx context.Context, f *rule.File) ([]rule.Finding, error)

// With inspects with the rules of an engine on personal data and no exceptions: a copy
// asks for nothing else, and a long list is not read for slips of the pen.
func With(e *engine.Engine) Inspect {
	var off []string
	for _, p := range e.Packs() {
		for _, r := range p.Rules {
			if family, _, _ := strings.Cut(r.Code, "."); family != "privacy" && !slices.Contains(off, family) {
				off = append(off, family)
			}
		}
	}
	return func(ctx context.Context, f *rule.File) ([]rule.Finding, error) {
		return e.InspectUntil(ctx, f, engine.Options{Off: off})
	}
}

// Options say how a copy is made.
type Options struct {
	Clean bool   // take out what nobody sees as well
	Kind  string // kind of publication: the profile for personal data
}

// A Made is a masked copy.
type Made struct {
	Data    []byte
	Kind    document.Kind
	Edits   []Edit         // every value that was masked, in the order of the text
	Cleaned []string       // what was taken out, in Chinese
	Left    []rule.Finding // what the second inspection still finds about people

	Drawn int   // pages of a PDF that are pictures now, with their text behind them
	Blind []int // pages, from 1, that are pictures without text: nobody has looked at them
}

// Fixed tells whether the copy is one of fixed pages, made anew: such a copy never
// has what nobody sees, whether Options asks for it or not.
func (m Made) Fixed() bool { return m.Kind == document.KindPDF || m.Kind == document.KindOFD }

// Make inspects a file, writes its masked copy, and inspects the copy again. A file
// with nothing to mask, or of a kind that cannot be rewritten, is refused with
// Invalid; errors of the reader and of the inspection come through.
func Make(ctx context.Context, read Reader, inspect Inspect, name string, data []byte, o Options) (Made, error) {
	before, d, err := personal(ctx, read, inspect, name, data, o)
	if err != nil {
		return Made{}, err
	}
	m, err := Write(ctx, read, d.Kind, data, before.file, before.found, o)
	if err != nil {
		return Made{}, err
	}
	after, _, err := personal(ctx, read, inspect, name, m.Data, o)
	if err != nil {
		return Made{}, err
	}
	m.Left = after.found
	return m, nil
}

// Write makes the copy that the findings ask for, without inspecting it again. It
// fails with Invalid for a kind that cannot be rewritten, for a damaged file, and
// when there is nothing to do. The reader is asked for nothing but drawing.
func Write(ctx context.Context, read Reader, kind document.Kind, data []byte, f *rule.File, fs []rule.Finding, o Options) (Made, error) {
	p := planOf(f, fs)
	if len(p.edits) == 0 && !o.Clean {
		return Made{}, nothingToMask()
	}
	m := Made{Kind: kind, Edits: p.edits}
	var err error
	switch kind {
	case document.KindText, document.KindMarkdown:
		m.Data, err = p.plainText(data)
	case document.KindHTML:
		m.Data, m.Cleaned, err = p.webPage(data, o.Clean)
	case document.KindDocx:
		m.Data, m.Cleaned, err = p.word(data, o.Clean)
	case document.KindXlsx:
		m.Data, m.Cleaned, err = p.book(data, o.Clean)
	case document.KindJPEG, document.KindPNG:
		var cut bool
		if m.Data, cut = picture(data); cut {
			m.Cleaned = []string{cleanedPictures}
		}
	case document.KindPDF, document.KindOFD:
		m, err = p.printed(ctx, read, kind, data, f)
	default:
		return Made{}, cannotRewrite(kind)
	}
	if err != nil {
		return Made{}, err
	}
	if len(p.edits) == 0 && len(m.Cleaned) == 0 {
		return Made{}, nothingToMask()
	}
	return m, nil
}

type inspected struct {
	file  *rule.File
	found []rule.Finding
}

// personal finds the personal data of a file.
func personal(ctx context.Context, read Reader, inspect Inspect, name string, data []byte, o Options) (inspected, document.Doc, error) {
	d, err := read.Read(ctx, name, data)
	if err != nil && !d.Kind.Image() {
		return inspected{}, d, err
	}
	f := engine.FileOf(name, d)
	f.Kind = o.Kind
	all, err := inspect(ctx, f)
	if err != nil {
		return inspected{}, d, err
	}
	var mine []rule.Finding
	for _, x := range all {
		if isPersonal(x) {
			mine = append(mine, x)
		}
	}
	return inspected{f, mine}, d, nil
}

func isPersonal(x rule.Finding) bool { return len(x.Rule) > 8 && x.Rule[:8] == "privacy." }
