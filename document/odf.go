package document

import (
	"bytes"
	"errors"
	"io"
	"path"
	"strconv"
	"strings"
)

// An odfFile is a file in the OpenDocument format (GB/T 20916's relative, ISO 26300)
// being read: text, sheets or slides, a zip of XML.
type odfFile struct {
	office
	styles map[string]odfStyle // by family and name, "text/T1"
	lists  map[string]odfList  // list styles by name
	counts map[string]int      // numbers used so far, by list style and level
	images map[string]*ImageRef

	head, foot gathered // of the pages
	hidden     []string
	deleted    []string
	comments   []string
	inserted   int
	notes      []Footnote

	deck *deck     // of a presentation
	book *xlsxFile // of a workbook
}

// An odfStyle is what a style says that matters to the text.
type odfStyle struct {
	parent  string
	unseen  bool // not displayed
	face    Run  // its style fields
	align   Align
	aligned bool
}

func readODF(b *budget, d *Doc, data []byte) error {
	a, err := openArchive(b, d.Kind, data)
	if err != nil {
		return err
	}
	if locked, err := a.bytes("META-INF/manifest.xml", 8<<20); err != nil {
		return a.failure(err)
	} else if bytes.Contains(locked, []byte("encryption-data")) {
		return encrypted(d.Kind)
	}
	if !a.has("content.xml") {
		return damaged(d.Kind)
	}
	f := &odfFile{office: office{a: a, b: b, d: d, main: "content.xml"}, styles: map[string]odfStyle{}, lists: map[string]odfList{},
		counts: map[string]int{}, images: map[string]*ImageRef{}}
	f.noticed = f.attributes
	switch d.Kind {
	case KindODS:
		f.book = &xlsxFile{office: office{a: a, b: b, d: d}, raw: map[string]*rawSheet{}}
	case KindODP:
		f.deck = &deck{b: b, d: d}
	}
	for _, step := range []func() error{f.readMeta, f.readStyles, f.readContent, f.readRest} {
		if err := step(); err != nil {
			return a.failure(err)
		}
	}
	return f.report()
}

// attributes keeps what people can have written into attributes; lengths and paths,
// of which drawings are full, are none of it.
func (f *odfFile) attributes(e element) {
	for _, a := range e.attrs {
		switch a.Name.Local {
		case "href", "string-value", "formula", "condition", "target-frame-name", "description", "help-message", "current-value", "value", "title", "label", "cell-range-source", "sql-statement":
			if inside := a.Name.Local == "href" && !strings.Contains(a.Value, ":"); inside {
				continue // a picture of the file or a place in it
			}
			if telling(a.Value) && digits(a.Value) >= 6 || strings.Contains(a.Value, "@") {
				f.markup.add(a.Value)
			}
		}
	}
}

// readMeta reads what the file says of itself.
func (f *odfFile) readMeta() error {
	return f.walk("meta.xml", func(x *xmlStream, root element) error {
		return x.children(func(e element) error { // office:meta
			return x.children(func(e element) error {
				name := e.name
				switch name {
				case "user-defined":
					name = e.attr("name")
				case "document-statistic":
					if f.d.Kind == KindODT {
						f.d.Pages, _ = strconv.Atoi(e.attr("page-count"))
						f.d.Pages = min(max(0, f.d.Pages), 1<<20)
					}
					return nil
				case "initial-creator":
					name = "creator"
				case "creator":
					name = "lastModifiedBy" // whoever saved it last
				}
				value, err := x.text()
				if value = strings.TrimSpace(cleanText(value)); value != "" && len(value) < 4096 {
					f.d.Meta = append(f.d.Meta, Property{cleanText(name), value})
				}
				return err
			})
		})
	})
}

// readStyles reads the styles, and the heads and feet of the pages that stand among
// them.
func (f *odfFile) readStyles() error {
	return f.walk("styles.xml", func(x *xmlStream, root element) error {
		return x.children(func(e element) error {
			if e.name != "master-styles" {
				return f.style(x, e)
			}
			return x.children(func(e element) error { // pages
				if e.name != "master-page" {
					return nil
				}
				return x.children(func(e element) error {
					to := &f.foot
					switch {
					case strings.HasPrefix(e.name, "header"):
						to = &f.head
					case strings.HasPrefix(e.name, "footer"):
					case f.d.Kind == KindODP && e.name != "notes":
						return f.master(x, e)
					default:
						return nil
					}
					blocks, err := (&odfText{odfFile: f, x: x}).blocks()
					for line := range strings.Lines(plain(blocks)) {
						to.add(line)
					}
					return err
				})
			})
		})
	})
}

// master reads a shape of a master slide, which all slides show.
func (f *odfFile) master(x *xmlStream, e element) error {
	var blocks []Block
	t := &odfText{odfFile: f, x: x}
	err := t.shape(e, &blocks)
	if e.attr("class") == "" { // placeholders say what to write into them
		for line := range strings.Lines(plain(blocks)) {
			f.foot.add(line)
		}
	}
	return err
}

// style reads a group of styles.
func (f *odfFile) style(x *xmlStream, e element) error {
	if e.name != "styles" && e.name != "automatic-styles" {
		return nil
	}
	return x.children(func(e element) error {
		switch e.name {
		case "list-style":
			return f.listStyle(x, e.attr("name"))
		case "style":
		default:
			return nil
		}
		family := e.attr("family")
		s := odfStyle{parent: e.attr("parent-style-name")}
		name := family + "/" + e.attr("name")
		err := x.children(func(e element) error {
			for _, a := range e.attrs {
				switch a.Name.Local {
				case "display":
					s.unseen = s.unseen || a.Value == "none" || a.Value == "false" && e.name == "table-properties"
				case "visibility":
					s.unseen = s.unseen || a.Value == "hidden"
				case "font-weight":
					s.face.Bold = a.Value == "bold" || a.Value >= "600" && a.Value <= "900"
				case "text-underline-style":
					s.face.Under = a.Value != "none"
				case "text-position":
					s.face.Super, s.face.Sub = strings.HasPrefix(a.Value, "super"), strings.HasPrefix(a.Value, "sub")
				case "text-align":
					s.aligned, s.align = true, AlignStart
					switch a.Value {
					case "center":
						s.align = AlignCenter
					case "end", "right":
						s.align = AlignEnd
					}
				}
			}
			return nil
		})
		f.styles[name] = s
		return err
	})
}

// find follows a style to its parents until it says what is asked for.
func (f *odfFile) find(family, name string, says func(odfStyle) bool) (odfStyle, bool) {
	for range 10 {
		s, ok := f.styles[family+"/"+name]
		if !ok {
			break
		}
		if says(s) {
			return s, true
		}
		name = s.parent
	}
	return odfStyle{}, false
}

func (f *odfFile) unseen(family, name string) bool {
	_, ok := f.find(family, name, func(s odfStyle) bool { return s.unseen })
	return ok
}

// readContent reads the text, the sheets or the slides.
func (f *odfFile) readContent() error {
	return f.walk(f.main, func(x *xmlStream, root element) error {
		return x.children(func(e element) error {
			if e.name != "body" {
				return f.style(x, e)
			}
			return x.children(func(e element) error {
				switch {
				case f.book != nil && e.name == "spreadsheet":
					return f.sheets(x)
				case f.deck != nil && e.name == "presentation":
					return f.slides(x)
				case f.book == nil && f.deck == nil && e.name == "text":
					blocks, err := (&odfText{odfFile: f, x: x}).blocks()
					f.d.Blocks = append(f.d.Blocks, blocks...)
					return err
				}
				return nil
			})
		})
	})
}

// readRest sweeps up what lies beside the text: charts, programs, settings, files put
// into this one, pictures.
func (f *odfFile) readRest() error {
	macros, embedded := 0, 0
	for _, name := range f.a.names {
		base := path.Base(name)
		var err error
		switch {
		case strings.HasPrefix(name, "basic/") && base != "script-lc.xml" && base != "script-lb.xml", strings.HasPrefix(name, "scripts/"):
			macros = 1
			if strings.HasSuffix(name, ".xml") {
				err = f.sweep(name, &f.markup)
			}
		case strings.HasPrefix(name, "pictures/"), strings.HasPrefix(name, "media/"):
			err = f.photo(name)
		case strings.HasPrefix(name, "object") && strings.HasSuffix(name, "/content.xml"):
			err = f.sweep(name, &f.drawn)
		case strings.HasPrefix(name, "objectreplacements/"), !strings.HasPrefix(name, "object"):
		case !strings.Contains(name, "/"):
			var data []byte
			data, err = f.a.bytes(name, f.b.lim.MaxBytes)
			if err == nil && !f.d.embed(f.b, base, data) {
				embedded++
			}
		}
		if err != nil {
			return err
		}
	}
	notePackage(f.d, macros, embedded, 0)
	return nil
}

func (f *odfFile) photo(name string) error {
	if err := f.b.alive(); err != nil {
		return err
	}
	r, err := f.a.open(name)
	if r == nil || err != nil {
		return err
	}
	defer r.Close()
	data := make([]byte, pictureHead)
	n, err := io.ReadFull(r, data)
	if !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) && refusal(f.a.kind, err) {
		return err
	}
	f.d.addPicture(path.Base(name), data[:n])
	return nil
}

// report adds what the text does not show and says what a person should know.
func (f *odfFile) report() error {
	d := f.d
	d.Foot = f.notes
	d.addPart(PartHeader, f.head.lines)
	d.addPart(PartFooter, f.foot.lines)
	if f.book != nil {
		f.book.shownParts()
		if f.book.formulas.n > 0 {
			d.Parts = append(d.Parts, Part{Name: PartMarkup, Text: f.book.formulas.s.String(), Spans: f.book.formulas.spans})
		}
	}
	d.addPart(PartComment, f.comments)
	d.addPart(PartHidden, f.hidden)
	d.addPart(PartDeleted, f.deleted)
	if n := len(f.comments); n > 0 {
		d.note(NoteComment, n, PartComment, "文件中有 "+strconv.Itoa(n)+" 条批注，下载原文件的人都能看到。公开前请删除批注。")
	}
	if n := len(f.hidden); n > 0 {
		d.note(NoteHidden, n, PartHidden, "文件中有 "+strconv.Itoa(n)+" 处隐藏文字，正文中看不到，但下载原文件的人可以显示出来。公开前请删除。")
	}
	if n := len(f.deleted); n > 0 {
		d.note(NoteTracked, n, PartDeleted, "文件带有修订记录，其中 "+strconv.Itoa(n)+" 处删除或者改前的文字仍保存在文件里。公开前请接受全部修订后另存。")
	} else if f.inserted > 0 {
		d.note(NoteTracked, f.inserted, "", "文件带有 "+strconv.Itoa(f.inserted)+" 处尚未接受的插入修订，系统按接受后的文字读取。公开前请接受全部修订后另存。")
	}
	f.finish()
	switch {
	case f.deck != nil:
		return f.deck.finish()
	case f.book != nil:
		if len(d.Meta) > 0 {
			d.addMeta()
		}
		d.Pages = f.book.sheets
		if !f.book.anything() {
			return empty(d.Kind)
		}
	}
	return nil
}
