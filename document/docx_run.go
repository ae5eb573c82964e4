package document

import (
	"strconv"
	"strings"
)

// A docxFace is the style of a run as far as it carries meaning.
type docxFace struct {
	run     Run // only its style fields
	vanish  bool
	display bool // in a face used for headings
	size    float64
	raised  int // half points above the line, negative below
}

// inline reads one child of a paragraph or of a wrapper inside it.
func (t *docxText) inline(e element, p *docxParagraph, face docxFace) error {
	within := func(e element) error { return t.inline(e, p, face) }
	switch e.name {
	case "r":
		return t.run(p, face)
	case "hyperlink":
		face.run.Link = t.linkOf(e)
		return t.x.children(func(e element) error { return t.inline(e, p, face) })
	case "ins", "moveTo":
		if t.gone == 0 {
			t.inserted++
		}
		return t.x.children(within)
	case "del", "moveFrom":
		return t.deletion(func() error { return t.x.children(within) })
	case "fldSimple":
		t.noteField(e.attr("instr"))
		if link := fieldLink(e.attr("instr")); link != "" {
			face.run.Link = link
		}
		return t.x.children(func(e element) error { return t.inline(e, p, face) })
	case "sdt", "sdtContent", "smartTag", "customXml", "dir", "bdo":
		return t.x.children(within)
	case "AlternateContent":
		return t.alternate(within)
	case "oMath", "oMathPara":
		s, err := t.x.text()
		if s = strings.TrimSpace(s); s != "" {
			t.say(p, face, s)
		}
		return err
	}
	return nil
}

func (t *docxText) linkOf(e element) string {
	r, ok := t.rels[e.attr("id")]
	if !ok || !r.external {
		return ""
	}
	return safeLink(r.target)
}

func (t *docxText) run(p *docxParagraph, face docxFace) error {
	return t.x.children(func(e element) error { return t.runChild(e, p, &face) })
}

func (t *docxText) runChild(e element, p *docxParagraph, face *docxFace) error {
	switch e.name {
	case "rPr":
		return t.runProperties(face)
	case "t", "delText":
		s, err := t.x.text()
		t.say(p, *face, s)
		if err != nil {
			return err
		}
		return t.b.addText(s)
	case "tab", "ptab":
		t.say(p, *face, "\t")
	case "noBreakHyphen":
		t.say(p, *face, "-")
	case "br":
		if kind := e.attr("type"); kind == "" || kind == "textWrapping" {
			t.add(p, *face, Run{Break: true})
		}
	case "cr":
		t.add(p, *face, Run{Break: true})
	case "sym":
		t.say(p, *face, symbol(e.attr("font"), e.attr("char")))
	case "footnoteReference":
		t.footnote(p, *face, "f"+e.attr("id"))
	case "endnoteReference":
		t.footnote(p, *face, "e"+e.attr("id"))
	case "fldChar":
		t.fieldMark(e.attr("fldCharType"))
	case "instrText":
		s, err := t.x.text()
		if n := len(t.fields); n > 0 && t.fields[n-1].instr.Len()+len(s) < 64<<10 {
			t.fields[n-1].instr.WriteString(s)
		}
		return err
	case "ruby":
		return t.x.children(func(e element) error {
			if e.name != "rubyBase" {
				return nil
			}
			return t.x.children(func(e element) error { return t.inline(e, p, *face) })
		})
	case "drawing", "pict", "object":
		return t.picture(p, *face)
	case "AlternateContent":
		return t.alternate(func(e element) error { return t.runChild(e, p, face) })
	}
	return nil
}

func (t *docxText) runProperties(face *docxFace) error {
	return t.x.children(func(e element) error {
		switch e.name {
		case "rStyle":
			if s := t.styles[e.val()]; s != nil {
				face.run.Bold = face.run.Bold || s.bold
				face.vanish = face.vanish || s.vanish
			}
		case "b":
			face.run.Bold = e.on()
		case "i":
			face.run.Italic = e.on()
		case "u":
			face.run.Under = e.val() != "none"
		case "strike", "dstrike":
			face.run.Strike = e.on()
		case "vertAlign":
			face.run.Super, face.run.Sub = e.val() == "superscript", e.val() == "subscript"
		case "position":
			face.raised, _ = strconv.Atoi(e.val())
		case "vanish":
			face.vanish = e.on()
		case "rFonts":
			face.display = displayFace(e.attr("eastAsia")) || displayFace(e.attr("ascii"))
		case "sz":
			if n, err := strconv.ParseFloat(e.val(), 64); err == nil && n > 0 && n < 1000 {
				face.size = n / 2
			}
		}
		return nil
	})
}

// displayFace names the faces GB/T 9704 and usage keep for headings.
func displayFace(font string) bool {
	f := strings.ToLower(font)
	for _, s := range []string{"黑体", "小标宋", "楷体", "simhei", "heiti", "kaiti", "xiaobiaosong"} {
		if strings.Contains(f, s) {
			return true
		}
	}
	return false
}

// say adds text where it belongs: to the paragraph, to the deleted text, to the
// hidden text, or nowhere while the instruction of a field is read.
func (t *docxText) say(p *docxParagraph, face docxFace, s string) {
	if s == "" {
		return
	}
	t.add(p, face, Run{Text: cleanText(s)})
}

func (t *docxText) add(p *docxParagraph, face docxFace, r Run) {
	for i := range t.fields {
		if !t.fields[i].result {
			return
		}
		if l := t.fields[i].link; l != "" {
			face.run.Link = l
		}
	}
	text := r.Text
	if r.Break {
		text = "\n"
	}
	switch {
	case t.gone > 0:
		if text != "" {
			t.deleted = append(t.deleted, text)
		}
		return
	case face.vanish:
		p.hidden.WriteString(text)
		return
	}
	style := face.run
	if face.raised != 0 && face.size > 0 && runeLen(r.Text) <= 6 {
		// LibreOffice writes m² and H₂O as small letters off the line.
		style.Super, style.Sub = face.raised > 0, face.raised < 0
	}
	style.Text, style.Break, style.Note, style.Image = r.Text, r.Break, r.Note, r.Image
	if strings.TrimSpace(r.Text) != "" {
		p.strong = p.strong && (face.run.Bold || face.display || t.boldStyle(p.style))
		p.size = max(p.size, face.size)
	}
	p.runs = appendRun(p.runs, style)
}

func (t *docxText) boldStyle(id string) bool {
	return t.find(id, func(s *docxStyle) bool { return s.bold }) != nil
}

func (t *docxText) footnote(p *docxParagraph, face docxFace, key string) {
	if t.gone > 0 {
		return
	}
	if n := t.cite(key); n > 0 {
		face.run = Run{}
		t.add(p, face, Run{Note: n})
	}
}

func (t *docxText) fieldMark(kind string) {
	n := len(t.fields)
	switch {
	case kind == "begin" && n < 100:
		t.fields = append(t.fields, docxField{})
	case n == 0:
	case kind == "separate":
		f := &t.fields[n-1]
		f.result = true
		f.link = fieldLink(f.instr.String())
		t.noteField(f.instr.String())
	case kind == "end":
		if !t.fields[n-1].result {
			t.noteField(t.fields[n-1].instr.String())
		}
		t.fields = t.fields[:n-1]
	}
}

// fieldLink returns the address of a HYPERLINK field.
func fieldLink(instr string) string {
	rest, ok := strings.CutPrefix(strings.TrimSpace(instr), "HYPERLINK")
	if !ok {
		return ""
	}
	if _, rest, ok = strings.Cut(rest, `"`); !ok {
		return ""
	}
	target, _, _ := strings.Cut(rest, `"`)
	return safeLink(target)
}

// noteField reports fields that fetch something when the file is opened.
func (t *docxText) noteField(instr string) {
	if telling(instr) {
		t.markup.add(instr)
	}
	if word := fetches(instr); word != "" {
		t.d.note(NoteExternal, 1, "", "文件含有打开时读取外部内容的域（"+word+"），系统没有执行。请把内容直接放进文件。")
	}
}

// fetches names the kind of a field that fetches something when the file is opened,
// "" for others.
func fetches(instr string) string {
	word, _, _ := strings.Cut(strings.TrimSpace(instr), " ")
	switch word = strings.ToUpper(word); word {
	case "INCLUDETEXT", "INCLUDEPICTURE", "LINK", "DDE", "DDEAUTO", "IMPORT", "DATABASE", "RD":
		return word
	}
	return ""
}

// symbol translates the characters of symbol fonts that occur in forms.
func symbol(font, char string) string {
	n, err := strconv.ParseUint(char, 16, 32)
	if err != nil {
		return ""
	}
	c := rune(n)
	if c >= 0xf000 && c <= 0xf0ff {
		c -= 0xf000
	} else if c > 0xff {
		return string(c)
	}
	known := map[rune]string{}
	switch f := strings.ToLower(font); {
	case strings.HasPrefix(f, "wingdings 2"):
		known = map[rune]string{0x50: "✓", 0x4f: "✗", 0x52: "☑", 0x53: "☒", 0xa3: "□", 0x2a: "□"}
	case strings.HasPrefix(f, "wingdings"):
		known = map[rune]string{0xa8: "□", 0x6f: "□", 0x71: "□", 0xfe: "☑", 0xfd: "☒", 0xfc: "✓", 0xfb: "✗", 0x6c: "●", 0x6e: "■", 0x75: "◆", 0xd8: "➢", 0xe0: "→", 0x9f: "•", 0xa7: "▪"}
	case strings.HasPrefix(f, "symbol"):
		known = map[rune]string{0xb7: "•", 0xb4: "×", 0xb8: "÷", 0xb1: "±", 0xa3: "≤", 0xb3: "≥", 0xb9: "≠", 0xb0: "°", 0xae: "→", 0xde: "⇒", 0x6d: "μ", 0x57: "Ω", 0x44: "Δ"}
	}
	if s, ok := known[c]; ok {
		return s
	}
	if c >= 0x20 && c < 0x7f && len(known) == 0 {
		return string(c)
	}
	return "\ufffd"
}
