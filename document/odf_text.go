package document

import (
	"path"
	"strconv"
	"strings"
)

// An odfText reads one stream of paragraphs: the body, a cell, a note, a box.
type odfText struct {
	*odfFile
	x        *xmlStream
	pictures int
}

// blocks reads the children of the element just entered as blocks.
func (t *odfText) blocks() ([]Block, error) {
	var out []Block
	err := t.x.children(func(e element) error { return t.block(e, &out) })
	return out, err
}

func (t *odfText) block(e element, out *[]Block) error {
	within := func(e element) error { return t.block(e, out) }
	switch e.name {
	case "p", "h":
		return t.paragraph(e, out)
	case "list":
		return t.list(e, out, "", 1)
	case "table":
		table, err := t.table()
		if table != nil {
			*out = append(*out, Block{Kind: Grid, Table: table})
		}
		return err
	case "section", "table-of-content", "illustration-index", "table-index", "object-index", "user-index", "alphabetical-index", "bibliography", "index-body", "index-title":
		if e.attr("display") == "none" || e.attr("is-hidden") == "true" {
			return t.conceal(func(out *[]Block) error {
				return t.x.children(func(e element) error { return t.block(e, out) })
			})
		}
		return t.x.children(within)
	case "numbered-paragraph":
		return t.x.children(within)
	case "tracked-changes":
		return t.changes()
	case "annotation":
		text, err := t.comment()
		if text != "" {
			t.comments = append(t.comments, text)
		}
		return err
	case "frame", "custom-shape", "rect", "line", "polyline", "polygon", "regular-polygon", "path", "circle", "ellipse", "connector", "caption", "measure", "g", "control", "shapes":
		return t.shape(e, out)
	case "a":
		return t.x.children(within)
	}
	return nil
}

// conceal reads what is in the file and not on the page.
func (t *odfText) conceal(read func(*[]Block) error) error {
	var lost []Block
	err := read(&lost)
	t.hide(plain(lost))
	return err
}

func (t *odfText) hide(s string) {
	if s = strings.TrimSpace(s); s != "" {
		t.hidden = append(t.hidden, s)
	}
}

// An odfParagraph is a paragraph under construction.
type odfParagraph struct {
	runs   []Run
	hidden strings.Builder
	boxes  []Block // anchored in it; they follow it
	strong bool
	gap    bool // white space was written last
}

// An odfFace is the style of a stretch of text.
type odfFace struct {
	run    Run
	unseen bool
}

func (t *odfText) paragraph(e element, out *[]Block) error {
	for range 7 { // a paragraph takes some hundred bytes
		if err := t.b.node(); err != nil {
			return err
		}
	}
	style := e.attr("style-name")
	p := &odfParagraph{strong: true, gap: true}
	face := odfFace{unseen: t.unseen("paragraph", style)}
	if s, ok := t.find("paragraph", style, func(s odfStyle) bool { return s.face.Bold }); ok {
		face.run.Bold = s.face.Bold
	}
	if err := t.inside(p, face); err != nil {
		return err
	}
	t.hide(p.hidden.String())
	b := Block{Kind: Paragraph, Runs: trimRuns(p.runs)}
	if s, ok := t.find("paragraph", style, func(s odfStyle) bool { return s.aligned }); ok {
		b.Align = s.align
	}
	text := runsText(b.Runs)
	b.Strong = p.strong && text != ""
	if level, err := strconv.Atoi(e.attr("outline-level")); e.name == "h" && runeLen(text) <= 120 && text != "" {
		b.Kind, b.Level = Heading, 1
		if err == nil {
			b.Level = min(max(1, level), 5)
		}
	} else if _, title := t.find("paragraph", style, func(s odfStyle) bool { return s.parent == "Title" }); text != "" && (title || style == "Title") {
		b.Kind = Heading
	}
	if len(b.Runs) > 0 {
		*out = append(*out, b)
	}
	*out = append(*out, p.boxes...)
	return nil
}

// inside reads the content of a paragraph or of a stretch of it.
func (t *odfText) inside(p *odfParagraph, face odfFace) error {
	return t.x.content(func(e element) error { return t.inline(e, p, face) }, func(s string) error {
		t.say(p, face, s)
		return t.b.addText(s)
	})
}

// maxSpaces is how many spaces one element may stand for.
const maxSpaces = 1000

func (t *odfText) inline(e element, p *odfParagraph, face odfFace) error {
	switch e.name {
	case "span":
		name := e.attr("style-name")
		face.unseen = face.unseen || t.unseen("text", name)
		if s, ok := t.styles["text/"+name]; ok {
			face.run.Bold = face.run.Bold || s.face.Bold
			face.run.Under, face.run.Super, face.run.Sub = s.face.Under, s.face.Super, s.face.Sub
		}
	case "s":
		n, err := strconv.Atoi(e.attr("c"))
		if err != nil {
			n = 1
		}
		spaces := strings.Repeat(" ", min(max(0, n), maxSpaces))
		t.put(p, face, Run{Text: spaces})
		return t.b.addText(spaces)
	case "tab":
		t.put(p, face, Run{Text: "\t"})
		return nil
	case "line-break":
		t.put(p, face, Run{Break: true})
		p.gap = true
		return nil
	case "a":
		if link := safeLink(e.attr("href")); link != "" {
			face.run.Link = link
		}
	case "note":
		return t.footnote(p, face)
	case "annotation":
		return t.block(e, &p.boxes)
	case "hidden-text":
		t.hide(e.attr("string-value"))
		return nil
	case "hidden-paragraph":
		face.unseen = face.unseen || e.attr("is-hidden") == "true"
	case "ruby":
		return t.x.children(func(e element) error {
			if e.name == "ruby-base" {
				return t.inside(p, face)
			}
			return nil
		})
	case "frame", "custom-shape", "rect", "line", "polyline", "polygon", "regular-polygon", "path", "circle", "ellipse", "connector", "caption", "measure", "g", "control":
		return t.shape(e, &p.boxes)
	case "annotation-end", "script", "tracked-changes", "note-citation", "sheet-name", "page-number", "page-count":
		return nil
	}
	return t.inside(p, face)
}

// say adds characters as the format has it: any stretch of white space is one space.
func (t *odfText) say(p *odfParagraph, face odfFace, s string) {
	var out strings.Builder
	for _, r := range cleanText(s) {
		if r == ' ' || r == '\t' || r == '\n' || r == '\r' {
			if !p.gap {
				out.WriteByte(' ')
			}
			p.gap = true
			continue
		}
		p.gap = false
		out.WriteRune(r)
	}
	gap := p.gap
	if out.Len() > 0 {
		t.put(p, face, Run{Text: out.String()})
	}
	p.gap = gap
}

func (t *odfText) put(p *odfParagraph, face odfFace, r Run) {
	p.gap = false
	if face.unseen {
		p.hidden.WriteString(r.Text)
		return
	}
	style := face.run
	style.Text, style.Break, style.Note, style.Image = r.Text, r.Break, r.Note, r.Image
	if strings.TrimSpace(r.Text) != "" {
		p.strong = p.strong && face.run.Bold
	}
	p.runs = appendRun(p.runs, style)
}

// footnote reads a note where it is cited.
func (t *odfText) footnote(p *odfParagraph, face odfFace) error {
	n := len(t.notes)
	t.notes = append(t.notes, Footnote{Number: n + 1})
	face.run = Run{}
	t.put(p, face, Run{Note: n + 1})
	return t.x.children(func(e element) error {
		if e.name != "note-body" {
			return nil
		}
		blocks, err := t.blocks()
		t.notes[n].Blocks = blocks
		return err
	})
}

// comment reads a comment, with who wrote it before it.
func (t *odfText) comment() (string, error) {
	who := ""
	var said []Block
	err := t.x.children(func(e element) error {
		switch e.name {
		case "creator":
			s, err := t.x.text()
			who = collapse(s)
			return err
		case "p", "list":
			return t.block(e, &said)
		}
		return nil
	})
	text := collapse(plain(said))
	if text != "" && who != "" {
		t.office.authors.add(who)
		text = who + "：" + text
	}
	return text, err
}

// changes reads the record of changes: who made them, and what was deleted.
func (t *odfText) changes() error {
	var each func(e element) error
	each = func(e element) error {
		switch e.name {
		case "insertion":
			t.inserted++
		case "creator":
			s, err := t.x.text()
			t.office.authors.add(s)
			return err
		case "p", "h", "list", "table":
			var lost []Block
			err := t.block(e, &lost)
			if s := strings.TrimSpace(plain(lost)); s != "" {
				t.deleted = append(t.deleted, s)
			}
			return err
		}
		return t.x.children(each)
	}
	return t.x.children(each)
}

// shape reads a drawing: its text, its picture, the shapes in it.
func (t *odfText) shape(e element, out *[]Block) error {
	within := func(e element) error { return t.shape(e, out) }
	switch e.name {
	case "p", "h", "list", "table", "annotation":
		return t.block(e, out)
	case "title", "desc":
		s, err := t.x.text()
		if telling(s) {
			t.markup.add(s)
		}
		return err
	case "image":
		t.pictures++
		if t.deck == nil && t.book == nil {
			return t.place(e.attr("href"), out)
		}
		return nil
	case "object", "object-ole", "applet", "plugin":
		t.pictures++
		return nil
	case "enhanced-geometry", "glue-point", "event-listeners":
		return nil
	}
	if e.attr("display") == "none" || e.attr("visibility") == "hidden" {
		return t.conceal(func(out *[]Block) error {
			return t.x.children(func(e element) error { return t.shape(e, out) })
		})
	}
	return t.x.children(within)
}

// place puts a picture of the file on the page.
func (t *odfText) place(href string, out *[]Block) error {
	name := entryName(href)
	ref, ok := t.images[name]
	if !ok {
		if !t.a.has(name) || t.a.size(name) > t.b.lim.MaxImage {
			return nil
		}
		data, err := t.a.bytes(name, t.b.lim.MaxImage)
		if refusal(t.a.kind, err) || isCancelled(err) {
			return err
		}
		ref = t.d.addImage(t.b, path.Base(name), "", data)
		t.images[name] = ref
	}
	if ref.Digest != "" {
		*out = append(*out, Block{Kind: Figure, Image: ref})
	}
	return nil
}
