package document

import (
	"path"
	"slices"
	"strconv"
	"strings"
)

// A pptxFile is a presentation in the Office format being read.
type pptxFile struct {
	office
	deck    deck
	wide    int64             // of a slide, in the units of the format; 0 where unknown
	high    int64             //
	authors map[string]string // of comments, by their numbers
	read    map[string]bool   // entries that need no sweeping
	footers gathered
}

func readPptx(b *budget, d *Doc, data []byte) error {
	a, err := openArchive(b, KindPptx, data)
	if err != nil {
		return err
	}
	f := &pptxFile{office: office{a: a, b: b, d: d}, deck: deck{b: b, d: d}, authors: map[string]string{}, read: map[string]bool{}}
	top, err := f.relations("_rels/.rels")
	if err != nil {
		return a.failure(err)
	}
	f.main = "ppt/presentation.xml"
	for _, r := range top {
		if strings.HasSuffix(r.kind, "/officeDocument") && !r.external && a.has(r.target) {
			f.main = entryName(r.target)
		}
	}
	if !a.has(f.main) {
		return damaged(KindPptx)
	}
	for _, step := range []func() error{f.readAuthors, f.readSlides, f.readProperties, f.readRest, f.reportPackage} {
		if err := step(); err != nil {
			return a.failure(err)
		}
	}
	d.addPart(PartFooter, f.footers.lines)
	f.office.finish()
	return f.deck.finish()
}

// related returns the address of a relation, which has a namespace of its own
// because elements of presentations also have a plain id.
func (e element) related() string {
	for _, a := range e.attrs {
		if a.Name.Local == "id" && strings.Contains(a.Name.Space, "relationships") {
			return a.Value
		}
	}
	return ""
}

// readAuthors reads who commented: two lists, an old one and a new one.
func (f *pptxFile) readAuthors() error {
	for _, entry := range []string{"ppt/commentAuthors.xml", "ppt/authors.xml"} {
		f.read[entryName(entry)] = true
		err := f.walk(entry, func(x *xmlStream, root element) error {
			return x.children(func(e element) error {
				if who := strings.TrimSpace(cleanText(e.attr("name"))); who != "" && len(who) < 1024 {
					f.authors[e.attr("id")] = who
					f.office.authors.add(who)
				}
				return nil
			})
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// readSlides reads the slides in the order of the presentation.
func (f *pptxFile) readSlides() error {
	rels, err := f.relations(relsOf(f.main))
	if err != nil {
		return err
	}
	f.read[f.main] = true
	var entries []string
	err = f.walk(f.main, func(x *xmlStream, root element) error {
		return x.children(func(e element) error {
			switch e.name {
			case "sldSz":
				f.wide, _ = strconv.ParseInt(e.attr("cx"), 10, 64)
				f.high, _ = strconv.ParseInt(e.attr("cy"), 10, 64)
			case "sldIdLst":
				return x.children(func(e element) error {
					if r, ok := rels[e.related()]; ok && !r.external && f.a.has(r.target) && !f.read[r.target] {
						f.read[r.target] = true
						entries = append(entries, r.target)
					}
					return nil
				})
			}
			return nil
		})
	})
	if err != nil {
		return err
	}
	for _, entry := range entries {
		s, err := f.slide(entry)
		if err != nil {
			return err
		}
		if err := f.deck.add(s); err != nil {
			return err
		}
	}
	return nil
}

// slide reads a slide with its notes and comments.
func (f *pptxFile) slide(entry string) (slide, error) {
	var s slide
	err := f.walk(entry, func(x *xmlStream, root element) error {
		s.hidden = root.attr("show") == "0" || root.attr("show") == "false"
		t := &pptxText{pptxFile: f, x: x}
		err := t.tree()
		s.title, s.body, s.aside, s.pictures = t.title, t.body, t.aside, t.pictures
		return err
	})
	if err != nil {
		return s, err
	}
	rels, err := f.relations(relsOf(entry))
	if err != nil {
		return s, err
	}
	for _, id := range sortedKeys(rels) {
		r := rels[id]
		if r.external || f.read[r.target] {
			continue
		}
		switch {
		case strings.HasSuffix(r.kind, "/notesSlide"):
			f.read[r.target] = true
			err = f.walk(r.target, func(x *xmlStream, root element) error {
				t := &pptxText{pptxFile: f, x: x, notes: true}
				err := t.tree()
				s.notes = append(s.notes, append(append(t.title, t.body...), t.aside...)...)
				return err
			})
		case strings.HasSuffix(r.kind, "/comments"):
			f.read[r.target] = true
			err = f.readComments(r.target, &s)
		}
		if err != nil {
			return s, err
		}
	}
	return s, nil
}

// readComments reads the comments of a slide: their text is one string in the old
// form, and paragraphs with answers below them in the new one.
func (f *pptxFile) readComments(entry string, s *slide) error {
	return f.walk(entry, func(x *xmlStream, root element) error {
		var each func(e element) error
		each = func(e element) error {
			switch e.name {
			case "cm", "reply":
				who := f.authors[e.attr("authorId")]
				return x.children(func(e element) error {
					if e.name != "text" && e.name != "txBody" {
						return each(e)
					}
					text, err := x.text()
					if text = strings.TrimSpace(text); text != "" {
						if who != "" {
							text = who + "：" + text
						}
						s.comments = append(s.comments, text)
					}
					return err
				})
			case "replyLst":
				return x.children(each)
			}
			return nil
		}
		return x.children(each)
	})
}

// readRest sweeps up what no slide shows: charts and diagrams, masters and layouts,
// slides that are in the file and not in the presentation.
func (f *pptxFile) readRest() error {
	for _, name := range f.a.names {
		to := &f.markup
		switch {
		case !strings.HasSuffix(name, ".xml") && !strings.HasSuffix(name, ".vml"), f.read[name], strings.HasPrefix(name, "docprops/"), name == "[content_types].xml":
			continue
		case slices.ContainsFunc([]string{"theme/", "presprops.xml", "viewprops.xml", "tablestyles.xml", "charts/style", "charts/colors", "diagrams/layout", "diagrams/quickstyle", "diagrams/colors"}, func(s string) bool { return strings.Contains(name, s) }):
			continue
		case strings.Contains(name, "charts/"), strings.Contains(name, "diagrams/"), strings.Contains(name, "drawings/"):
			to = &f.drawn
		}
		read := func() error { return f.sweep(name, to) }
		if strings.Contains(name, "slidemasters/") || strings.Contains(name, "slidelayouts/") || strings.Contains(name, "notesmasters/") || strings.Contains(name, "handoutmasters/") {
			read = func() error { return f.master(name) }
		}
		if err := read(); err != nil {
			return err
		}
	}
	return f.pictures()
}

// master reads what a master or layout shows on every slide; its frames only say what
// to write into them.
func (f *pptxFile) master(entry string) error {
	return f.walk(entry, func(x *xmlStream, root element) error {
		t := &pptxText{pptxFile: f, x: x, master: true}
		err := t.tree()
		for line := range strings.Lines(plain(append(append(t.title, t.body...), t.aside...))) {
			f.drawn.add(line)
		}
		return err
	})
}

// reportPackage looks at what else lies in the file.
func (f *pptxFile) reportPackage() error {
	macros, external := 0, 0
	for _, name := range f.a.names {
		switch {
		case strings.HasSuffix(name, "vbaproject.bin"):
			macros++
		case strings.HasSuffix(name, ".rels"):
			rels, err := f.relations(path.Join(path.Dir(name), path.Base(name)))
			if err != nil {
				return err
			}
			for _, r := range rels {
				if r.external && !strings.HasSuffix(r.kind, "/hyperlink") {
					external++
				}
			}
		}
	}
	embedded, err := f.embedded(func(string) bool { return false })
	notePackage(f.d, macros, embedded, external)
	return err
}
