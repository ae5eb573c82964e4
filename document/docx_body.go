package document

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// A docxText reads one stream of paragraphs: the body, a cell, a footnote. It
// shares the file and adds what is open at the moment.
type docxText struct {
	*docxFile
	x      *xmlStream
	rels   map[string]relation
	fields []docxField
	gone   int // inside deleted text
	nested int // tables around
}

// A docxField is a field between its begin and end marks.
type docxField struct {
	instr  strings.Builder
	result bool
	link   string
}

// A docxEntry is a block with the list it may belong to.
type docxEntry struct {
	block Block
	item  bool
	mark  docxMark
}

func (f *docxFile) blocks(x *xmlStream, rels map[string]relation) ([]Block, error) {
	t := &docxText{docxFile: f, x: x, rels: rels}
	return t.blocks()
}

// blocks reads the children of the element just entered as blocks.
func (t *docxText) blocks() ([]Block, error) {
	var entries []docxEntry
	err := t.x.children(func(e element) error { return t.block(e, &entries) })
	return nest(entries), err
}

func (t *docxText) block(e element, out *[]docxEntry) error {
	switch e.name {
	case "p":
		return t.paragraph(out)
	case "tbl":
		table, err := t.table()
		if table != nil {
			*out = append(*out, docxEntry{block: Block{Kind: Grid, Table: table}})
		}
		return err
	case "sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag":
		return t.x.children(func(e element) error { return t.block(e, out) })
	case "del", "moveFrom":
		return t.deletion(func() error {
			var lost []docxEntry
			return t.x.children(func(e element) error { return t.block(e, &lost) })
		})
	case "AlternateContent":
		return t.alternate(func(e element) error { return t.block(e, out) })
	case "altChunk":
		t.d.note(NoteEmbedded, 1, "", "文件中嵌有另一份文件的内容，系统没有读取。请把内容直接粘贴到正文中。")
	}
	return nil
}

// alternate enters one of several renderings of the same thing: the first it
// knows, else the fallback.
func (t *docxText) alternate(f func(element) error) error {
	done := false
	return t.x.children(func(e element) error {
		if done || e.name == "Choice" && !knownChoice(e.attr("Requires")) {
			return nil
		}
		done = true
		return t.x.children(f)
	})
}

func knownChoice(requires string) bool {
	for _, p := range strings.Fields(requires) {
		switch p {
		case "wps", "wpg", "wpc", "wpi", "wp14", "w14", "w15", "w16", "a14", "v", "m", "wpsCustomData":
		default:
			return false
		}
	}
	return true
}

// deletion runs f with all text going to the deleted part.
func (t *docxText) deletion(f func() error) error {
	t.gone++
	start := len(t.deleted)
	err := f()
	t.gone--
	if t.gone == 0 && len(t.deleted) > start+1 {
		t.deleted = append(t.deleted[:start], strings.Join(t.deleted[start:], ""))
	}
	return err
}

// A docxParagraph is a paragraph under construction.
type docxParagraph struct {
	style   string
	number  docxNumberRef
	align   Align
	aligned bool
	outline int
	runs    []Run
	boxes   []docxEntry // text boxes anchored here follow the paragraph
	strong  bool        // all visible text so far is bold or in a display face
	size    float64
	hidden  strings.Builder
}

func (t *docxText) paragraph(out *[]docxEntry) error {
	p := &docxParagraph{outline: -1, number: docxNumberRef{level: -1}, strong: true}
	if err := t.x.children(func(e element) error {
		if e.name == "pPr" {
			return t.paragraphProperties(p)
		}
		return t.inline(e, p, docxFace{})
	}); err != nil {
		return err
	}
	if s := strings.TrimSpace(p.hidden.String()); s != "" {
		t.hidden = append(t.hidden, s)
	}
	if e, ok := t.finish(p); ok && t.gone == 0 {
		*out = append(*out, e)
	}
	*out = append(*out, p.boxes...)
	return nil
}

func (t *docxText) paragraphProperties(p *docxParagraph) error {
	return t.x.children(func(e element) error {
		switch e.name {
		case "pStyle":
			p.style = e.val()
		case "jc":
			p.align, p.aligned = alignOf(e.val()), true
		case "outlineLvl":
			p.outline = outlineOf(e)
		case "numPr":
			return readNumberRef(t.x, &p.number)
		}
		return nil
	})
}

// finish decides what the paragraph is. A paragraph without text still counts
// in its numbering, as in Word, but only if it is visible at all.
func (t *docxText) finish(p *docxParagraph) (docxEntry, bool) {
	runs := trimRuns(p.runs)
	if len(runs) == 0 {
		return docxEntry{}, false
	}
	b := Block{Kind: Paragraph, Runs: runs, Align: p.align, Size: p.size}
	if !p.aligned {
		b.Align = t.styleAlign(p.style)
	}
	text := runsText(runs)
	b.Strong = p.strong && text != ""
	if len(runs) == 1 && runs[0].Image != nil {
		return docxEntry{block: Block{Kind: Figure, Image: runs[0].Image}}, true
	}
	ref := p.number
	if ref.id == "" {
		ref = t.styleNumber(p.style)
		if p.number.level >= 0 {
			ref.level = p.number.level
		}
	}
	e := docxEntry{}
	marked := false
	if ref.id != "" && t.gone == 0 {
		e.mark, marked = t.numbers.mark(ref, p.style)
	}
	level := t.headingLevel(p.style)
	if p.outline >= 0 {
		level = p.outline + 1
	}
	if level != notHeading && t.nested == 0 && text != "" && utf8.RuneCountInString(text) <= 120 {
		b.Kind, b.Level = Heading, min(level, 5)
	}
	switch {
	case !marked:
	case b.Kind == Paragraph && (e.mark.bullet || e.mark.simple):
		e.item = true
	case !e.mark.bullet:
		b.Label = e.mark.label
	}
	e.block = b
	return e, true
}

// nest gathers neighbouring list paragraphs into lists.
func nest(entries []docxEntry) []Block {
	var out []Block
	for i := 0; i < len(entries); {
		if !entries[i].item {
			out = append(out, entries[i].block)
			i++
			continue
		}
		j := i
		for j < len(entries) && entries[j].item {
			j++
		}
		out = append(out, lists(entries[i:j])...)
		i = j
	}
	return out
}

// lists builds the lists of a stretch of items; deeper items hang on the item
// before them.
func lists(items []docxEntry) []Block {
	var out []Block
	var open *List
	var mark docxMark
	base := items[0].mark.level
	for i := 0; i < len(items); {
		it := items[i]
		if it.mark.level > base && open != nil {
			j := i
			for j < len(items) && items[j].mark.level > base {
				j++
			}
			last := &open.Items[len(open.Items)-1]
			last.Blocks = append(last.Blocks, lists(items[i:j])...)
			i = j
			continue
		}
		if open == nil || mark.bullet != it.mark.bullet || mark.list != it.mark.list || it.mark.level < base ||
			!it.mark.bullet && it.mark.ordinal != open.Start+len(open.Items) {
			mark, base = it.mark, it.mark.level
			open = &List{Ordered: !it.mark.bullet, Start: it.mark.ordinal}
			out = append(out, Block{Kind: Listing, List: open})
		}
		open.Items = append(open.Items, Item{Blocks: []Block{it.block}})
		i++
	}
	return out
}

// report adds the parts and notes that only the whole file shows.
func (f *docxFile) report() error {
	f.d.addPart(PartHidden, f.hidden)
	f.d.addPart(PartDeleted, f.deleted)
	f.finish()
	if n := len(f.hidden); n > 0 {
		f.d.note(NoteHidden, n, PartHidden, "文件中有 "+strconv.Itoa(n)+" 处隐藏文字，正文中看不到，但下载原文件的人可以显示出来。公开前请删除。")
	}
	if n := len(f.deleted); n > 0 {
		f.d.note(NoteTracked, n, PartDeleted, "文件带有修订记录，其中 "+strconv.Itoa(n)+" 处删除的文字仍保存在文件里。公开前请接受全部修订后另存。")
	} else if f.inserted > 0 {
		f.d.note(NoteTracked, f.inserted, "", "文件带有 "+strconv.Itoa(f.inserted)+" 处尚未接受的插入修订，系统按接受后的文字读取。公开前请接受全部修订后另存。")
	}
	if f.oddImage > 0 {
		f.d.note(NotePicture, f.oddImage, "", "有 "+strconv.Itoa(f.oddImage)+" 张图片是网页不能显示的格式（如 EMF、WMF），页面上不会出现。请改用 PNG 或 JPEG 图片。")
	}
	return f.reportPackage()
}

// reportPackage looks at what else lies in the file.
func (f *docxFile) reportPackage() error {
	macros, external := 0, 0
	for _, name := range f.a.names {
		switch {
		case strings.HasSuffix(name, "vbaproject.bin"):
			macros++
		case strings.HasSuffix(name, ".rels"):
			rels, err := f.relations(name)
			if err != nil {
				continue
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

func notePackage(d *Doc, macros, embedded, external int) {
	if macros > 0 {
		d.note(NoteMacro, macros, "", "文件带有宏程序。系统没有运行它；公开前请另存为不带宏的文件。")
	}
	if embedded > 0 {
		d.note(NoteEmbedded, embedded, "", "文件中嵌有 "+strconv.Itoa(embedded)+" 个其他文件或控件，系统没有读取。请确认其中没有不应公开的内容，或改为图片、文字。")
	}
	if external > 0 {
		d.note(NoteExternal, external, "", "文件引用了 "+strconv.Itoa(external)+" 处外部内容（如链接的图片、模板），系统没有访问。请把内容直接放进文件。")
	}
}
