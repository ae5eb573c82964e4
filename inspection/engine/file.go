package engine

import (
	"context"
	"strings"

	"gongkai/document"
	"gongkai/inspection/rule"
)

// A Reader turns the bytes of a file into text. *document.Reader is one.
type Reader interface {
	Read(ctx context.Context, name string, data []byte) (document.Doc, error)
}

// Open reads a file for inspection and tells, in Chinese, what of it could not be
// read. A picture has no text, but what it says about itself is inspected. It
// fails as the Reader does, with a sentence for people.
func Open(ctx context.Context, r Reader, name string, data []byte) (*rule.File, []string, error) {
	d, err := r.Read(ctx, name, data)
	if d.Kind.Image() && err != nil && ctx.Err() == nil {
		return FileOf(name, d), []string{"这是图片，其中的文字没有检查，只检查了拍摄位置等图片属性。"}, nil
	}
	if err != nil {
		return nil, nil, err
	}
	f := FileOf(name, d)
	AddPage(f, d, data)
	return f, Unread(d), nil
}

// FileOf prepares a file that has been read for inspection.
func FileOf(name string, d document.Doc) *rule.File {
	f := &rule.File{Name: name, Title: d.Title}
	for _, p := range d.Parts {
		t := rule.NewText(p.Name, p.Text)
		t.Hidden = hiddenParts[p.Name] && !p.Sheet
		t.Data = d.Kind == document.KindText && forMachines(p.Text)
		for _, s := range p.Spans {
			t.Places = append(t.Places, rule.Place{Start: s.Start, End: s.End, Cell: s.Cell, Page: s.Page})
		}
		if d.Kind == document.KindText && len(t.Places) == 0 {
			t.Places = cellsOf(name, t.S)
		}
		f.Texts = append(f.Texts, t)
	}
	return f
}

// forMachines tells whether a text is JSON.
func forMachines(s string) bool {
	s = strings.TrimSpace(strings.TrimPrefix(s, "\ufeff"))
	return strings.HasPrefix(s, "{") && strings.HasSuffix(s, "}") && strings.Contains(s, `":`) ||
		strings.HasPrefix(s, "[{") && strings.HasSuffix(s, "]")
}

// hiddenParts are the parts that are not the text on the page.
var hiddenParts = map[string]bool{document.PartHidden: true, document.PartDeleted: true, document.PartComment: true, document.PartMetadata: true,
	document.PartMargin: true, document.PartDrawing: true, document.PartMarkup: true, document.PartEmbedded: true, document.PartFormer: true}

// Unread tells what of a file could not be inspected, in Chinese.
func Unread(d document.Doc) []string {
	say := []string{}
	for _, n := range d.Notes {
		switch n.Kind {
		case document.NoteNoText, document.NoteTruncated, document.NoteEncoding, document.NoteEmbedded, document.NoteDamaged:
			s := n.Say
			if n.Where != "" && strings.ContainsRune(n.Where, '.') {
				s += "（" + n.Where + "）"
			}
			say = append(say, s)
		}
	}
	return say
}
