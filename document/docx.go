package document

import (
	"sort"
	"strconv"
	"strings"
)

// A docxFile is one Word or WPS document being read.
type docxFile struct {
	office
	rels    map[string]relation
	styles  map[string]*docxStyle
	numbers *docxNumbering
	images  map[string]*ImageRef // by entry name

	footSource map[string][]Block // "f2" footnote 2, "e1" endnote 1
	footNumber map[string]int     // number given in the order of citation

	deleted  []string
	hidden   []string
	inserted int // pieces of accepted insertions
	oddImage int // pictures in forms browsers cannot show
}

func readDocx(b *budget, d *Doc, data []byte) error {
	a, err := openArchive(b, KindDocx, data)
	if err != nil {
		return err
	}
	f := &docxFile{office: office{a: a, b: b, d: d}, images: map[string]*ImageRef{},
		footSource: map[string][]Block{}, footNumber: map[string]int{}}
	top, err := f.relations("_rels/.rels")
	if err != nil {
		return a.failure(err)
	}
	f.main = "word/document.xml"
	for _, r := range top {
		if strings.HasSuffix(r.kind, "/officeDocument") && !r.external && a.has(r.target) {
			f.main = entryName(r.target)
		}
	}
	if !a.has(f.main) {
		return damaged(KindDocx)
	}
	steps := []func() error{f.readRelations, f.readStyles, f.readNumbering, f.readNotesSource, f.readBody,
		f.placeFootnotes, f.readMargins, f.readComments, f.readProperties, f.readRest}
	for _, step := range steps {
		if err := step(); err != nil {
			return a.failure(err)
		}
	}
	return f.report()
}

func (f *docxFile) readRelations() (err error) {
	f.rels, err = f.relations(relsOf(f.main))
	return err
}

func (f *docxFile) readBody() error {
	return f.walk(f.main, func(x *xmlStream, root element) error {
		return x.children(func(e element) error {
			if e.name != "body" {
				return nil
			}
			blocks, err := f.blocks(x, f.rels)
			f.d.Blocks = blocks
			return err
		})
	})
}

// readNotesSource reads footnotes and endnotes; which of them count, and in
// what order, is decided by the marks in the text.
func (f *docxFile) readNotesSource() error {
	for _, n := range []struct{ kind, prefix, item string }{{"/footnotes", "f", "footnote"}, {"/endnotes", "e", "endnote"}} {
		entry := f.related(n.kind)
		if entry == "" {
			continue
		}
		rels, err := f.relations(relsOf(entry))
		if err != nil {
			return err
		}
		err = f.walk(entry, func(x *xmlStream, root element) error {
			return x.children(func(e element) error {
				if e.name != n.item || strings.Contains(strings.ToLower(e.attr("type")), "separator") {
					return nil
				}
				blocks, err := f.blocks(x, rels)
				f.footSource[n.prefix+e.attr("id")] = blocks
				return err
			})
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (f *docxFile) related(kind string) string {
	for _, id := range sortedKeys(f.rels) {
		if r := f.rels[id]; strings.HasSuffix(r.kind, kind) && !r.external {
			return r.target
		}
	}
	return ""
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}

// cite gives a footnote its number at its first mark.
func (f *docxFile) cite(key string) int {
	if n := f.footNumber[key]; n > 0 {
		return n
	}
	if _, ok := f.footSource[key]; !ok {
		return 0
	}
	f.footNumber[key] = len(f.footNumber) + 1
	return f.footNumber[key]
}

func (f *docxFile) placeFootnotes() error {
	f.d.Foot = make([]Footnote, len(f.footNumber))
	for key, n := range f.footNumber {
		f.d.Foot[n-1] = Footnote{Number: n, Blocks: f.footSource[key]}
	}
	for _, key := range sortedKeys(f.footSource) {
		if t := plain(f.footSource[key]); f.footNumber[key] == 0 && strings.TrimSpace(t) != "" {
			f.hidden = append(f.hidden, t) // a note whose mark is gone
		}
	}
	return nil
}

// readMargins reads headers and footers, each distinct text once.
func (f *docxFile) readMargins() error {
	for _, m := range []struct{ kind, part string }{{"/header", PartHeader}, {"/footer", PartFooter}} {
		var lines []string
		seen := map[string]bool{}
		for _, id := range sortedKeys(f.rels) {
			r := f.rels[id]
			if !strings.HasSuffix(r.kind, m.kind) || r.external {
				continue
			}
			rels, err := f.relations(relsOf(r.target))
			if err != nil {
				return err
			}
			err = f.walk(r.target, func(x *xmlStream, root element) error {
				blocks, err := f.blocks(x, rels)
				if t := plain(blocks); strings.TrimSpace(t) != "" && !seen[t] {
					seen[t] = true
					lines = append(lines, t)
				}
				return err
			})
			if err != nil {
				return err
			}
		}
		f.d.addPart(m.part, lines)
	}
	return nil
}

func (f *docxFile) readComments() error {
	entry := f.related("/comments")
	if entry == "" {
		return nil
	}
	var lines []string
	err := f.walk(entry, func(x *xmlStream, root element) error {
		return x.children(func(e element) error {
			if e.name != "comment" {
				return nil
			}
			blocks, err := f.blocks(x, nil)
			if t := plain(blocks); strings.TrimSpace(t) != "" {
				if who := e.attr("author"); who != "" {
					t = who + "：" + t
				}
				lines = append(lines, t)
			}
			return err
		})
	})
	f.d.addPart(PartComment, lines)
	if len(lines) > 0 {
		f.d.note(NoteComment, len(lines), PartComment, "文件中有 "+strconv.Itoa(len(lines))+" 条批注，下载原文件的人都能看到。公开前请删除批注。")
	}
	return err
}
