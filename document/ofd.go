package document

import (
	"path"
	"strconv"
	"strings"
)

// An ofdFile is a document in the national layout format (GB/T 33190): a zip of
// XML pages on which pieces of text have places in millimetres.
type ofdFile struct {
	a     *archive
	b     *budget
	d     *Doc
	lines pdfFile         // the pages, set like those of a PDF
	side  office          // what lies beside the pages
	read  map[string]bool // entries read as text
	files int             // attached files that could not be read
}

func readOFD(b *budget, d *Doc, data []byte) error {
	a, err := openArchive(b, KindOFD, data)
	if err != nil {
		return err
	}
	if a.has("Encryptions.xml") {
		return encrypted(KindOFD)
	}
	f := &ofdFile{a: a, b: b, d: d, lines: pdfFile{b: b, d: d}, side: office{a: a, b: b, d: d}}
	roots, err := f.roots()
	if err != nil {
		return a.failure(err)
	}
	for _, root := range roots {
		if err := f.document(root); err != nil {
			return a.failure(err)
		}
	}
	d.Pages = len(f.lines.pages)
	if f.lines.blank == d.Pages {
		return empty(KindOFD)
	}
	d.Blocks = f.lines.blocks()
	if len(f.lines.unseen) > 0 {
		d.addUnseen(PartHidden, f.lines.unseen)
		d.note(NoteHidden, len(f.lines.unseen), PartHidden, "OFD 文件中有 "+strconv.Itoa(len(f.lines.unseen))+" 处设为不可见的文字。公开前请核对并删除。")
	}
	if err := f.beside(); err != nil {
		return a.failure(err)
	}
	notePackage(d, 0, f.files, 0)
	return nil
}

// beside reads what the pages do not show: annotations, attached files, data of
// the maker's own.
func (f *ofdFile) beside() error {
	var notes gathered
	for _, name := range f.a.names {
		to := &f.side.markup
		switch {
		case f.read[name], strings.HasSuffix(name, "publicres.xml"), strings.HasSuffix(name, "documentres.xml"), strings.HasSuffix(name, "signatures.xml"), strings.HasSuffix(name, "signature.xml"):
			continue
		case strings.Contains(name, "attach") && !strings.HasSuffix(name, "attachments.xml"):
			data, err := f.a.bytes(name, f.b.lim.MaxBytes)
			if isCancelled(err) {
				return err
			}
			if err != nil || !f.d.embed(f.b, path.Base(name), data) {
				f.files++
			}
			continue
		case !strings.HasSuffix(name, ".xml"):
			continue
		case strings.Contains(name, "annot"):
			to = &notes
		}
		if err := f.side.sweep(name, to); err != nil {
			return err
		}
	}
	if n := len(notes.lines); n > 0 {
		f.d.addPart(PartComment, notes.lines)
		f.d.note(NoteComment, n, PartComment, "OFD 文件中有批注，打开文件的人都能看到。公开前请删除批注。")
	}
	if err := f.side.pictures(); err != nil {
		return err
	}
	f.side.finish()
	return nil
}

// walk opens an entry inside its root element.
func (f *ofdFile) walk(entry string, do func(x *xmlStream) error) error {
	if f.read == nil {
		f.read = map[string]bool{}
	}
	f.read[entryName(entry)] = true
	r, err := f.a.open(entry)
	if err != nil {
		return err
	}
	if r == nil {
		return errDamaged
	}
	defer r.Close()
	x := newXML(f.b, r)
	if _, err := x.root(); err != nil {
		return err
	}
	return do(x)
}

// roots reads OFD.xml: the documents of the file and what they say of themselves.
func (f *ofdFile) roots() (roots []string, err error) {
	err = f.walk("OFD.xml", func(x *xmlStream) error {
		return x.children(func(e element) error {
			if e.name != "DocBody" {
				return nil
			}
			return x.children(func(e element) error {
				switch e.name {
				case "DocRoot":
					s, err := x.text()
					roots = append(roots, resolve("OFD.xml", s))
					return err
				case "DocInfo":
					return x.children(func(e element) error {
						if e.name == "CustomDatas" || e.name == "Keywords" {
							return x.children(func(c element) error {
								name := c.attr("Name")
								if name == "" {
									name = c.name
								}
								s, err := x.text()
								f.property(name, s)
								return err
							})
						}
						s, err := x.text()
						f.property(e.name, s)
						return err
					})
				}
				return nil
			})
		})
	})
	return roots, err
}

func (f *ofdFile) property(name, s string) {
	if s = strings.TrimSpace(cleanText(s)); s != "" && len(s) < 4096 {
		f.d.Meta = append(f.d.Meta, Property{name, s})
	}
}

// resolve makes an entry name of a place written in another entry.
func resolve(from, loc string) string {
	loc = strings.TrimSpace(loc)
	if strings.HasPrefix(loc, "/") {
		return entryName(loc)
	}
	return entryName(path.Join(path.Dir(from), loc))
}

func (f *ofdFile) document(root string) error {
	var pages []string
	var width, height float64
	err := f.walk(root, func(x *xmlStream) error {
		return x.children(func(e element) error {
			switch e.name {
			case "CommonData":
				return x.children(func(e element) error {
					if e.name != "PageArea" {
						return nil
					}
					return x.children(func(e element) error {
						if e.name != "PhysicalBox" {
							return nil
						}
						s, err := x.text()
						if box := numbers(s); len(box) == 4 {
							width, height = box[2], box[3]
						}
						return err
					})
				})
			case "Pages":
				return x.children(func(e element) error {
					if e.name == "Page" {
						pages = append(pages, resolve(root, e.attr("BaseLoc")))
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
	if n := len(pages) + len(f.lines.pages); n > f.b.lim.MaxPages {
		return tooManyPages(n, f.b.lim.MaxPages)
	}
	for _, entry := range pages {
		if err := f.page(entry, width, height); err != nil {
			return err
		}
	}
	return nil
}

func (f *ofdFile) page(entry string, width, height float64) error {
	p := pdfPage{number: len(f.lines.pages) + 1, width: width, height: height}
	var lines []pdfLine
	var walk func(x *xmlStream, hidden bool) func(element) error
	walk = func(x *xmlStream, hidden bool) func(element) error {
		return func(e element) error {
			hidden := hidden || e.attr("Visible") == "false"
			switch e.name {
			case "TextObject":
				return f.text(x, e, p, hidden, &lines)
			case "PhysicalBox":
				s, err := x.text()
				if box := numbers(s); len(box) == 4 {
					p.width, p.height = box[2], box[3]
				}
				return err
			}
			return x.children(walk(x, hidden))
		}
	}
	err := f.walk(entry, func(x *xmlStream) error { return x.children(walk(x, false)) })
	if err != nil {
		if refusal(KindOFD, err) {
			return err
		}
		f.d.note(NoteDamaged, 1, "第"+strconv.Itoa(p.number)+"页", "第"+strconv.Itoa(p.number)+"页已损坏，未能读取，其余页不受影响。")
	}
	if p.lines = joinRows(inReadingOrder(lines)); len(p.lines) == 0 {
		f.lines.blank++
	}
	f.lines.pages = append(f.lines.pages, p)
	return nil
}

// text reads one text object: each TextCode is a piece of a line. Heights grow
// downwards in OFD and upwards here.
func (f *ofdFile) text(x *xmlStream, e element, p pdfPage, hidden bool, out *[]pdfLine) error {
	box := numbers(e.attr("Boundary"))
	if len(box) != 4 {
		return nil
	}
	size := 4.2
	if s := numbers(e.attr("Size")); len(s) == 1 && s[0] > 0 {
		size = s[0]
	}
	weight, _ := strconv.Atoi(e.attr("Weight"))
	return x.children(func(c element) error {
		if c.name != "TextCode" {
			return nil
		}
		s, err := x.text()
		if err != nil {
			return err
		}
		if s = strings.TrimSpace(cleanText(s)); s == "" {
			return nil
		}
		if err := f.b.addText(s); err != nil {
			return err
		}
		if hidden {
			f.lines.unseen = append(f.lines.unseen, pdfUnseen{s, p.number})
			return nil
		}
		l := pdfLine{text: s, x0: box[0], x1: box[0] + box[2], size: size, page: p.number, bold: weight >= 600}
		if at := numbers(c.attr("X")); len(at) == 1 {
			l.x0 += at[0]
		}
		base := box[1] + box[3]
		if at := numbers(c.attr("Y")); len(at) == 1 {
			base = box[1] + at[0]
		}
		l.y0, l.y1 = p.height-base, p.height-base+size
		*out = append(*out, l)
		return nil
	})
}

// numbers reads figures parted by spaces; nil if one of them is none.
func numbers(s string) []float64 {
	var out []float64
	for _, f := range strings.Fields(s) {
		v, err := strconv.ParseFloat(f, 64)
		if err != nil || v != v || v > 1e6 || v < -1e6 {
			return nil
		}
		out = append(out, v)
	}
	return out
}
