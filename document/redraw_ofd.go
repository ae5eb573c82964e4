package document

import (
	"archive/zip"
	"bytes"
	"path"
	"slices"
	"strings"
)

// An ofdCopy is a file of the national layout format being written anew: its pages
// with other letters in the places of those to hide, and of the rest only what the
// pages need to be seen.
type ofdCopy struct {
	redrawing
	a    *archive
	keep map[string]bool // entries the copy has, in lower case
	now  map[string][]byte
	page map[string]*ofdSheet
	made *Redrawn
}

// An ofdSheet is a page, or what several pages have in common, as its XML.
type ofdSheet struct {
	*redrawnPage
	src     []byte
	cuts    []xmlCut
	objects []*ofdObject
}

// An ofdObject is one text object: its texts, and which glyphs of the face they are
// drawn with. The numbers of glyphs tell a text as well as its letters.
type ofdObject struct {
	texts  []ofdLetters
	glyphs []ofdGlyphs
}

type ofdLetters struct {
	from, to int // bytes of the text
	runes    []rune
	first    int // of its letters among those of the sheet
}

type ofdGlyphs struct {
	from, to         int // bytes of the whole element
	listFrom, listTo int // bytes of the numbers
	at, codes, count int
	list             []string
}

func redrawOFD(b *budget, data []byte, covers []Cover) (made Redrawn, err error) {
	a, err := openArchive(b, KindOFD, data)
	if err != nil {
		return made, err
	}
	if a.has("Encryptions.xml") {
		return made, encrypted(KindOFD)
	}
	c := &ofdCopy{a: a, keep: map[string]bool{}, now: map[string][]byte{}, page: map[string]*ofdSheet{}, made: &made}
	c.b, c.redrawing.made, c.d = b, &made, &Doc{Kind: KindOFD}
	if err := c.write(covers); err != nil {
		return Redrawn{}, a.failure(err)
	}
	made.Data, err = c.pack()
	if err == nil && int64(len(made.Data)) > b.lim.MaxBytes {
		err = tooBigCopy(b.lim.MaxBytes)
	}
	return made, err
}

func (c *ofdCopy) write(covers []Cover) error {
	roots, err := c.shell("OFD.xml", map[string]bool{"Signatures": true, "Versions": true, "CustomDatas": true, "Keywords": true, "Author": true,
		"Title": true, "Subject": true, "Abstract": true, "Creator": true, "CreatorVersion": true, "CreationDate": true, "ModDate": true, "Cover": true}, "DocRoot")
	if err != nil {
		return err
	}
	var pages, templates []string
	for _, root := range roots {
		outside := map[string]bool{"Annotations": true, "Attachments": true, "Outlines": true, "Bookmarks": true, "CustomTags": true, "Extensions": true, "Actions": true, "Permissions": true}
		resources, err := c.shell(root, outside, "PublicRes", "DocumentRes")
		if err != nil {
			return err
		}
		for _, entry := range resources {
			if err := c.resource(entry); err != nil {
				return err
			}
		}
		if pages, templates, err = c.sheetsOf(root, pages, templates); err != nil {
			return err
		}
	}
	if len(pages) == 0 {
		return empty(KindOFD)
	}
	c.left()
	for _, entry := range append(pages, templates...) {
		if c.page[entryName(entry)] != nil {
			continue
		}
		if err := c.sheetOf(entry); err != nil {
			return err
		}
	}
	if err := c.find(covers); err != nil {
		return err
	}
	for entry, s := range c.page {
		s.rewrite()
		c.now[entry] = splice(s.src, s.cuts)
	}
	return c.proof(covers)
}

// entry reads an entry that the copy will have.
func (c *ofdCopy) entry(name string) ([]byte, error) {
	src, err := c.a.bytes(name, c.b.lim.MaxExpanded)
	if err == nil && src == nil {
		err = errDamaged
	}
	c.keep[entryName(name)] = true
	return src, err
}

// shell takes elements out of an entry and returns the entries that others of it
// name.
func (c *ofdCopy) shell(name string, out map[string]bool, naming ...string) (named []string, err error) {
	src, err := c.entry(name)
	if err != nil {
		return nil, err
	}
	var cuts []xmlCut
	var open []int
	err = eachToken(c.b, src, func(t xmlToken) {
		switch {
		case t.start:
			open = append(open, t.from)
		case t.end:
			if from := open[len(open)-1]; out[t.name()] {
				cuts = append(cuts, xmlCut{from, t.to, nil})
				c.made.Signed = c.made.Signed || t.name() == "Signatures"
				c.made.Outline = c.made.Outline || t.name() == "Outlines" || t.name() == "Bookmarks"
			}
			open = open[:len(open)-1]
		case slices.Contains(naming, t.name()) && strings.TrimSpace(t.text) != "":
			named = append(named, resolve(name, t.text))
		}
	})
	c.now[entryName(name)] = splice(src, cuts)
	return named, err
}

// resource keeps a list of resources and the faces and pictures it names.
func (c *ofdCopy) resource(name string) error {
	src, err := c.entry(name)
	if err != nil {
		return err
	}
	base := ""
	return eachToken(c.b, src, func(t xmlToken) {
		switch {
		case t.start && t.name() == "Res":
			base = t.value("BaseLoc")
		case t.text != "" && (t.name() == "FontFile" || t.name() == "MediaFile"):
			c.keep[resolve(name, path.Join(base, strings.TrimSpace(t.text)))] = true
			c.keep[resolve(name, t.text)] = true
		}
	})
}

// sheetsOf lists the pages of a document and what they have in common.
func (c *ofdCopy) sheetsOf(root string, pages, templates []string) ([]string, []string, error) {
	err := eachToken(c.b, c.now[entryName(root)], func(t xmlToken) {
		switch loc := t.value("BaseLoc"); {
		case !t.start || loc == "":
		case t.name() == "Page":
			pages = append(pages, resolve(root, loc))
		case t.name() == "TemplatePage":
			templates = append(templates, resolve(root, loc))
		}
	})
	if err == nil && len(pages) > c.b.lim.MaxPages {
		err = tooManyPages(len(pages), c.b.lim.MaxPages)
	}
	return pages, templates, err
}

// left counts what the copy does not have.
func (c *ofdCopy) left() {
	for _, name := range c.a.names {
		switch {
		case strings.Contains(name, "annot") && strings.Contains(path.Base(name), "annotation"):
			c.made.Notes++
		case strings.Contains(name, "attach") && !strings.HasSuffix(name, ".xml"):
			c.made.Files++
		}
	}
}

// sheetOf reads the letters of a page with their places in its XML. What is not to
// be seen, and what leads elsewhere, is cut.
func (c *ofdCopy) sheetOf(name string) error {
	src, err := c.entry(name)
	if err != nil {
		return err
	}
	s := &ofdSheet{redrawnPage: &redrawnPage{number: len(c.sheet) + 1, covers: map[int]bool{}}, src: src}
	c.sheet, c.page[entryName(name)] = append(c.sheet, s.redrawnPage), s
	var object *ofdObject
	var box, deltas []float64
	var size, x, y float64
	var open []int
	hidden := 0 // how deep the outermost element that is not to be seen is
	var resources []string
	err = eachToken(c.b, src, func(t xmlToken) {
		if t.start {
			open = append(open, t.from)
			if hidden == 0 && (t.value("Visible") == "false" || t.name() == "Actions") {
				hidden = len(open)
			}
		}
		if t.end {
			if len(open) == hidden {
				s.cuts = append(s.cuts, xmlCut{open[hidden-1], t.to, nil})
				hidden = 0
			}
			if t.name() == "CGTransform" && object != nil && len(object.glyphs) > 0 {
				object.glyphs[len(object.glyphs)-1].to = t.to
			}
			open = open[:len(open)-1]
			return
		}
		switch t.name() {
		case "TextObject":
			if t.start {
				object = &ofdObject{}
				s.objects = append(s.objects, object)
				if box, size = numbers(t.value("Boundary")), 4.2; len(box) != 4 {
					box = make([]float64, 4)
				}
				if v := numbers(t.value("Size")); len(v) == 1 && v[0] > 0 {
					size = v[0]
				}
			}
		case "PageRes":
			if t.text != "" {
				resources = append(resources, resolve(name, t.text))
			}
		case "CGTransform":
			if t.start && object != nil {
				object.glyphs = append(object.glyphs, ofdGlyphs{from: t.from, at: t.whole("CodePosition", 0), codes: t.whole("CodeCount", 1), count: t.whole("GlyphCount", 1)})
			}
		case "Glyphs":
			if t.text != "" && object != nil && len(object.glyphs) > 0 {
				g := &object.glyphs[len(object.glyphs)-1]
				g.listFrom, g.listTo, g.list = t.from, t.to, strings.Fields(t.text)
			}
		case "TextCode":
			if object == nil || len(box) != 4 {
				return
			}
			if t.start {
				x, y, deltas = box[0]+t.number("X"), -(box[1] + t.number("Y")), steps(t.value("DeltaX"))
				return
			}
			if t.text == "" {
				return
			}
			l := ofdLetters{from: t.from, to: t.to, runes: []rune(t.text), first: len(s.chars)}
			object.texts = append(object.texts, l)
			at := x
			for i, r := range l.runes {
				wide := size
				if i < len(deltas) && deltas[i] > 0 {
					wide = deltas[i]
				}
				s.chars = append(s.chars, pdfChar{r: r, at: len(s.chars), x0: at, x1: at + wide, y0: y, y1: y + size, made: hidden > 0})
				at += wide
			}
		}
	})
	if err != nil {
		return err
	}
	for _, entry := range resources {
		if err := c.resource(entry); err != nil {
			return err
		}
	}
	s.says = make([]spoken, len(s.chars))
	s.order(nil)
	s.tail = s.orders[0]
	if len(s.tail) == 0 && bytes.Contains(src, []byte("ImageObject")) {
		c.made.Blind = append(c.made.Blind, s.number)
	}
	return c.b.alive()
}

// rewrite puts other letters in the places of those to hide, as many as there were,
// so that all others stay where they are.
func (s *ofdSheet) rewrite() {
	for _, o := range s.objects {
		touched := false
		for _, t := range o.texts {
			runes, changed := slices.Clone(t.runes), false
			for i := range runes {
				if say := s.says[t.first+i]; say.covered {
					if runes[i], changed = '*', true; say.now == "" {
						runes[i] = '\u3000'
					} else if now := []rune(say.now); len(now) == 1 {
						runes[i] = now[0]
					}
				}
			}
			if changed {
				touched = true
				s.cuts = append(s.cuts, xmlCut{t.from, t.to, escapedXML(string(runes))})
			}
		}
		if !touched {
			continue
		}
		for _, g := range o.glyphs {
			t := o.texts[0]
			if len(o.texts) > 1 || g.codes != g.count || len(g.list) != g.count || g.listTo == 0 || g.at < 0 || g.at+g.codes > len(t.runes) {
				s.cuts = append(s.cuts, xmlCut{g.from, g.to, nil})
				continue
			}
			list := slices.Clone(g.list)
			for i := range list {
				if s.says[t.first+g.at+i].covered {
					list[i] = "0"
				}
			}
			s.cuts = append(s.cuts, xmlCut{g.listFrom, g.listTo, []byte(strings.Join(list, " "))})
		}
	}
}

// proof refuses a copy in whose entries a text that must not be read anywhere still
// stands, in whatever element or attribute.
func (c *ofdCopy) proof(covers []Cover) error {
	for name := range c.keep {
		src, anew := c.now[name]
		if !anew {
			if !strings.HasSuffix(name, ".xml") {
				continue
			}
			var err error
			if src, err = c.a.bytes(name, c.b.lim.MaxExpanded); err != nil {
				return err
			}
		}
		var all strings.Builder
		if err := eachToken(c.b, src, func(t xmlToken) {
			all.WriteString(t.text)
			for _, a := range t.attr {
				all.WriteString("\n" + a.Value + "\n")
			}
		}); err != nil {
			return err
		}
		text := strings.Map(func(r rune) rune {
			if r == '\n' || letter(r) {
				return r
			}
			return -1
		}, all.String())
		for _, w := range covers {
			if was := bareText(w.Was); w.Page == 0 && was != bareText(w.Now) && strings.Contains(text, was) {
				return notFoundAgain(0)
			}
		}
	}
	return nil
}

// pack writes the entries the copy has.
func (c *ofdCopy) pack() ([]byte, error) {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, name := range c.a.names {
		if !c.keep[name] {
			continue
		}
		f := c.a.files[name]
		src, anew := c.now[name]
		if !anew {
			var err error
			if src, err = c.a.bytes(name, c.b.lim.MaxExpanded); err != nil {
				return nil, err
			}
		}
		w, err := z.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Deflate})
		if err == nil {
			_, err = w.Write(src)
		}
		if err != nil {
			return nil, err
		}
	}
	err := z.Close()
	return out.Bytes(), err
}
