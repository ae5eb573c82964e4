package document

import (
	"encoding/xml"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// An office is a package of the Office formats being read: an archive of XML.
// Beside what a reader of the format knows, all words in it are swept up: what
// nobody sees on the page can still be taken out of the file.
type office struct {
	a    *archive
	b    *budget
	d    *Doc
	main string // entry of the main text

	noticed func(element) // what to keep of attributes, if not what Office files need

	markup  gathered // words in the code of the file
	drawn   gathered // words in charts and drawings
	authors gathered // who changed or commented
}

// A relation is an entry of a .rels file.
type relation struct {
	kind, target string
	external     bool
}

func relsOf(entry string) string {
	return path.Join(path.Dir(entry), "_rels", path.Base(entry)+".rels")
}

// relations reads one .rels file; targets are entry names. A missing file is an
// empty set.
func (f *office) relations(entry string) (map[string]relation, error) {
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
func (f *office) walk(entry string, do func(*xmlStream, element) error) error {
	r, err := f.a.open(entry)
	if r == nil || err != nil {
		return err
	}
	defer r.Close()
	x := newXML(f.b, r)
	if x.seen = f.noticed; x.seen == nil {
		x.seen = f.attributes
	}
	root, err := x.root()
	if err == nil {
		err = do(x, root)
	}
	if err == nil || entryName(entry) == f.main || refusal(f.a.kind, err) || isCancelled(err) {
		return err
	}
	f.d.note(NoteDamaged, 0, entry, "文件中的一个附属部分已损坏，未能读取，其余内容不受影响。")
	return nil
}

// attributes keeps what people can have written into the attributes of an
// element: alternative texts, tips, addresses, default values.
func (f *office) attributes(e element) {
	for _, a := range e.attrs {
		switch name := a.Name.Local; {
		case len(a.Value) < 2 || a.Name.Space == "xmlns" || name == "xmlns":
		case name == "author" || name == "displayName" || name == "lastModifiedBy":
			f.authors.add(a.Value)
		case among(name, attributesOfWords), among(e.name, elementsOfWords) && among(name, "val v value"):
			if telling(a.Value) {
				f.markup.add(a.Value)
			}
		case digits(a.Value) >= 11 && !strings.HasPrefix(a.Value, "{") && !measureLike(a.Value):
			f.markup.add(a.Value)
		}
	}
}

// measureLike tells lengths and margins, which have a point in them.
func measureLike(s string) bool {
	_, err := strconv.ParseFloat(s, 64)
	return err == nil && strings.ContainsAny(s, ".eE-")
}

const (
	attributesOfWords = " descr title alt tooltip displayText prompt promptTitle error errorTitle comment display location Target href command connection summary caption instr screenTip sourceFile definition "
	elementsOfWords   = " docVar alias tag statusText helpText default listItem tblCaption tblDescription placeholder s n r d filter customFilter "
)

// among tells whether a name is one of those in a list parted by spaces.
func among(name, list string) bool { return strings.Contains(list+" ", " "+name+" ") }

// sweep collects the text of an entry, a line for each paragraph, whatever the
// elements are called.
func (f *office) sweep(entry string, to *gathered) error {
	return f.walk(entry, func(x *xmlStream, root element) error {
		var line strings.Builder
		said := []bool{false} // for each open element: it has text of its own
		names := []string{root.name}
		for len(said) > 0 {
			t, err := x.token()
			if err == io.EOF {
				return nil
			} else if err != nil {
				return err
			}
			switch t := t.(type) {
			case xml.StartElement:
				said, names = append(said, false), append(names, t.Name.Local)
			case xml.CharData:
				if s := strings.TrimSpace(string(t)); s != "" && len(said) > 0 {
					said[len(said)-1] = true
					line.WriteString(cleanText(string(t)))
				}
			case xml.EndElement:
				n := len(said) - 1
				if said[n] && !among(names[n], " t delText instrText") || among(names[n], " p si tc comment text") {
					to.add(line.String())
					line.Reset()
				}
				said, names = said[:n], names[:n]
			}
			if line.Len() > 1<<20 {
				to.add(line.String())
				line.Reset()
			}
		}
		to.add(line.String())
		return nil
	})
}

// readProperties reads what the package says about itself.
func (f *office) readProperties() error {
	for _, entry := range []string{"docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"} {
		err := f.walk(entry, func(x *xmlStream, root element) error {
			return x.children(func(e element) error {
				name := e.name
				if e.name == "property" {
					name = e.attr("name")
				}
				value, err := x.text()
				if value = strings.TrimSpace(cleanText(value)); value != "" && len(value) < 4096 {
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

// pictures reads what the pictures of the package say about themselves.
func (f *office) pictures() error {
	for _, name := range f.a.names {
		if !strings.Contains(name, "media/") {
			continue
		}
		if err := f.b.alive(); err != nil {
			return err
		}
		r, err := f.a.open(name)
		if err != nil || r == nil {
			continue
		}
		data, err := io.ReadAll(io.LimitReader(r, pictureHead))
		r.Close()
		if refusal(f.a.kind, err) {
			return err
		}
		f.d.addPicture(path.Base(name), data)
	}
	return nil
}

// embedded reads the files inside the package and returns how many could not be
// read.
func (f *office) embedded(skip func(string) bool) (unread int, err error) {
	for _, name := range f.a.names {
		if !strings.Contains(name, "embeddings/") && !(strings.Contains(name, "activex/") && strings.HasSuffix(name, ".bin")) || skip(name) || strings.HasSuffix(name, ".rels") {
			continue
		}
		data, err := f.a.bytes(name, f.b.lim.MaxBytes)
		if isCancelled(err) {
			return unread, err
		}
		if err != nil || !f.d.embed(f.b, path.Base(name), data) {
			unread++
		}
	}
	return unread, nil
}

// finish adds the parts that the sweep made.
func (f *office) finish() {
	f.d.addPart(PartDrawing, f.drawn.lines)
	f.d.addPart(PartMarkup, f.markup.lines)
	for _, who := range f.authors.lines {
		f.d.Meta = append(f.d.Meta, Property{"修订或者批注人", who})
	}
}

// gathered are lines of text, each once.
type gathered struct {
	lines []string
	seen  map[string]bool
	size  int
}

// gatheredMost bounds what is kept beside the text of a file, in bytes.
const gatheredMost = 16 << 20

func (g *gathered) add(s string) {
	s = strings.TrimSpace(cleanText(strings.ToValidUTF8(s, "\ufffd")))
	if s == "" || g.seen[s] || g.size+len(s) > gatheredMost {
		return
	}
	if g.seen == nil {
		g.seen = map[string]bool{}
	}
	g.seen[s] = true
	g.size += len(s)
	g.lines = append(g.lines, s)
}

// telling tells whether a piece of code can say something about somebody: it has
// Chinese characters or a number of six digits.
func telling(s string) bool {
	return digits(s) >= 6 || strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

// digits counts the digits of a text, half-width and full-width.
func digits(s string) int {
	n := 0
	for _, r := range s {
		if r >= '0' && r <= '9' || r >= '０' && r <= '９' {
			n++
		}
	}
	return n
}

// codeWords keeps what a script holds of words and numbers: the strings and
// figures of its data, not its instructions.
func codeWords(s string, to *gathered) {
	for _, piece := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("\"'`;,{}[]()<>=\n\r\t", r) }) {
		if telling(piece) && len(piece) < 1<<16 {
			to.add(piece)
		}
	}
}

// readRest sweeps up what the reader of the text has no place for.
func (f *docxFile) readRest() error {
	known := []string{f.main, "word/styles.xml", "word/numbering.xml", "word/fonttable.xml", "word/websettings.xml", "[content_types].xml"}
	for _, name := range f.a.names {
		to := &f.markup
		switch {
		case !strings.HasSuffix(name, ".xml") && !strings.HasSuffix(name, ".vml"), slices.Contains(known, name), strings.HasPrefix(name, "docprops/"), strings.Contains(name, "theme/"),
			f.isText(name):
			continue
		case strings.Contains(name, "diagrams/"), strings.Contains(name, "charts/"), strings.Contains(name, "drawings/"):
			to = &f.drawn
			if strings.Contains(name, "charts/style") || strings.Contains(name, "charts/colors") || strings.Contains(name, "diagrams/layout") || strings.Contains(name, "diagrams/quickstyle") || strings.Contains(name, "diagrams/colors") {
				continue
			}
		}
		if err := f.sweep(name, to); err != nil {
			return err
		}
	}
	return f.pictures()
}

// isText tells whether an entry has been read as text already.
func (f *docxFile) isText(name string) bool {
	for _, r := range f.rels {
		if r.target == name && !r.external && slices.ContainsFunc([]string{"/header", "/footer", "/comments", "/footnotes", "/endnotes", "/styles", "/numbering"}, func(k string) bool { return strings.HasSuffix(r.kind, k) }) {
			return true
		}
	}
	return false
}
