package masking

import (
	"context"
	"slices"

	"gongkai/document"
	"gongkai/inspection/rule"
)

// beside is how much of the text on each side of a value tells its place from
// other places of the same words, in code points.
const beside = 12

// printed makes a PDF or an OFD file anew without what the plan names. Nothing
// nobody sees is carried over, asked for or not.
func (p *plan) printed(ctx context.Context, read Reader, kind document.Kind, data []byte, f *rule.File) (Made, error) {
	var covers []document.Cover
	for was, now := range p.every {
		covers = append(covers, document.Cover{Was: was, Now: now, Shown: p.shown[was]})
	}
	slices.SortFunc(covers, func(a, b document.Cover) int {
		if len(a.Was) != len(b.Was) {
			return len(b.Was) - len(a.Was)
		}
		if a.Was < b.Was {
			return -1
		}
		return 1
	})
	for _, t := range f.Texts {
		runes := []rune(t.S)
		for _, s := range p.places[t.Part] {
			was := string(runes[s.start:s.end])
			if _, ok := p.every[bare(was)]; ok || s.part {
				continue
			}
			_, page := t.At(s.start)
			covers = append(covers, document.Cover{
				Was: was, Now: s.now, Page: max(page, 1), Shown: onPages(t.Part),
				Before: string(runes[max(0, s.start-beside):s.start]), After: string(runes[s.end:min(len(runes), s.end+beside)]),
			})
		}
	}
	drawn, err := read.Redraw(ctx, data, covers)
	if err != nil {
		return Made{}, err
	}
	m := Made{Kind: kind, Edits: p.edits, Data: drawn.Data, Drawn: drawn.Drawn, Blind: drawn.Blind}
	for _, c := range []struct {
		what string
		did  bool
	}{
		{cleanedComments, drawn.Notes > 0}, {cleanedFiles, drawn.Files > 0}, {cleanedFields, drawn.Fields}, {cleanedOutline, drawn.Outline},
		{cleanedSignatures, drawn.Signed}, {cleanedVanished, saysIn(f, document.PartHidden)}, {cleanedFormer, saysIn(f, document.PartFormer)},
		{cleanedAuthors, saysIn(f, document.PartMetadata)},
	} {
		if c.did {
			m.Cleaned = append(m.Cleaned, c.what)
		}
	}
	if kind != document.KindOFD {
		return m, nil
	}
	k, err := openPack(kind, m.Data)
	if err != nil {
		return Made{}, err
	}
	cut, err := k.pictures("")
	if err != nil {
		return Made{}, err
	}
	if cut {
		m.Cleaned = append(m.Cleaned, cleanedPictures)
		m.Data, err = k.write()
	}
	return m, err
}

// onPages tells whether a part is text of the pages themselves.
func onPages(part string) bool {
	return part == document.PartDocument || part == document.PartHeader || part == document.PartFooter || part == document.PartFootnote
}

func saysIn(f *rule.File, part string) bool {
	return slices.ContainsFunc(f.Texts, func(t *rule.Text) bool { return t.Part == part && t.S != "" })
}
