package engine

import (
	"gongkai/document"
	"gongkai/inspection/rule"
)

// FileOf prepares a file that has been read for inspection.
func FileOf(name string, d document.Doc) *rule.File {
	f := &rule.File{Name: name, Title: d.Title}
	for _, p := range d.Parts {
		t := rule.NewText(p.Name, p.Text)
		t.Hidden = hiddenParts[p.Name]
		for _, s := range p.Spans {
			t.Places = append(t.Places, rule.Place{Start: s.Start, End: s.End, Cell: s.Cell, Page: s.Page})
		}
		f.Texts = append(f.Texts, t)
	}
	return f
}

// hiddenParts are the parts nobody sees on the page.
var hiddenParts = map[string]bool{"hidden": true, "deleted": true, "comment": true, "metadata": true}

// Unread tells what of a file could not be inspected, in Chinese.
func Unread(d document.Doc) []string {
	say := []string{}
	for _, n := range d.Notes {
		switch n.Kind {
		case document.NoteNoText, document.NoteTruncated, document.NoteEncoding, document.NoteEmbedded:
			say = append(say, n.Say)
		}
	}
	return say
}
