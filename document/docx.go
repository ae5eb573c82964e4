package document

import (
	"path"
	"sort"
	"strconv"
	"strings"
)

// A docxFile is one Word or WPS document being read.
type docxFile struct {
	a       *archive
	b       *budget
	d       *Doc
	main    string // entry of the main text
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

// A relation is an entry of a .rels file.
type relation struct {
	kind, target string
	external     bool
}

func readDocx(b *budget, d *Doc, data []byte) error {
	a, err := openArchive(b, KindDocx, data)
	if err != nil {
		return err
	}
	f := &docxFile{a: a, b: b, d: d, images: map[string]*ImageRef{},
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
		f.placeFootnotes, f.readMargins, f.readComments, f.readProperties}
	for _, step := range steps {
		if err := step(); err != nil {
			return a.failure(err)
		}
	}
	f.report()
	return nil
}

func (f *docxFile) readRelations() (err error) {
	f.rels, err = f.relations(relsOf(f.main))
	return err
}

func relsOf(entry string) string {
	return path.Join(path.Dir(entry), "_rels", path.Base(entry)+".rels")
}

// relations reads one .rels file; targets are entry names. A missing file is an
// empty set.
func (f *docxFile) relations(entry string) (map[string]relation, error) {
	rels := map[string]relation{}
	base := path.Dir(path.Dir(entryName(entry)))
	err := f.walk(entry, func(x *xmlStream, root element) error {
		return x.children(func(e element) error {
			if e.name != "Relationship" {
				return nil
			}
			r := relation{kind: e.attr("Type"), target: e.attr("Target"), external: e.attr("TargetMode") == "External"}
			if !r.external {
				if !strings.HasPrefix(r.target, "/") {
					r.target = path.Join(base, r.target)
				}
				r.target = entryName(r.target)
			}
			rels[e.attr("Id")] = r
			return nil
		})
	})
	return rels, err
}

// walk opens an entry as XML and calls f inside its root. A missing entry is
// nothing; a damaged side entry is noted and left out.
func (f *docxFile) walk(entry string, do func(*xmlStream, element) error) error {
	r, err := f.a.open(entry)
	if r == nil || err != nil {
		return err
	}
	defer r.Close()
	x := newXML(f.b, r)
	root, err := x.root()
	if err == nil {
		err = do(x, root)
	}
	if err == nil || entryName(entry) == f.main || refusal(KindDocx, err) || isCancelled(err) {
		return err
	}
	f.d.note(NoteDamaged, 0, entry, "文件中的一个附属部分已损坏，未能读取，其余内容不受影响。")
	return nil
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

func (f *docxFile) readProperties() error {
	for _, entry := range []string{"docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"} {
		err := f.walk(entry, func(x *xmlStream, root element) error {
			return x.children(func(e element) error {
				name := e.name
				if e.name == "property" {
					name = e.attr("name")
				}
				value, err := x.text()
				if value = strings.TrimSpace(value); value != "" && len(value) < 4096 {
					if name == "Pages" {
						f.d.Pages, _ = strconv.Atoi(value)
						f.d.Pages = max(0, f.d.Pages)
					}
					f.d.Meta = append(f.d.Meta, Property{name, value})
				}
				return err
			})
		})
		if err != nil {
			return err
		}
	}
	return nil
}
