package document

import (
	"bytes"
	"io"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// readHTML reads a saved web page: the text itself where it can be told from
// the page around it, else everything but scripts and navigation.
func readHTML(b *budget, d *Doc, data []byte) error {
	text, bad := decodeHTML(data)
	if bad > 0 {
		d.note(NoteEncoding, bad, PartDocument, "有 "+strconv.Itoa(bad)+" 个字符无法识别，已用“\ufffd”代替。请确认网页的编码。")
	}
	if err := weigh(b, text); err != nil {
		return err
	}
	root, err := html.Parse(&watched{r: strings.NewReader(text), b: b})
	if err != nil && strings.Contains(err.Error(), "open stack") {
		return tooDeep(512)
	}
	if err != nil {
		return failure(KindHTML, err)
	}
	if err := measure(b, root); err != nil {
		return err
	}
	h := &htmlReader{b: b, d: d}
	h.head(root)
	h.beside(root)
	top := textRoot(root)
	h.margins(top)
	if err := h.flow(top, htmlFace{}); err != nil {
		return err
	}
	h.flush()
	d.Blocks = h.blocks
	d.addPart(PartHidden, h.hidden)
	d.addPart(PartComment, h.comments)
	d.addPart(PartDrawing, h.drawn.lines)
	d.addPart(PartMarkup, h.markup.lines)
	h.report()
	return nil
}

// decodeHTML honours a byte order mark, then what the page declares if it is
// true, then what the bytes look like.
func decodeHTML(data []byte) (string, int) {
	if utf16Order(data) != nil {
		return decode(data)
	}
	_, name, certain := charset.DetermineEncoding(data[:min(len(data), 1024)], "")
	if certain || declared.Match(data[:min(len(data), 1024)]) {
		switch name {
		case "utf-8":
		case "gbk", "gb18030", "hz-gb-2312":
			if out, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data); err == nil {
				s := string(out)
				if n := strings.Count(s, "\ufffd"); n*100 <= len(s) {
					return s, n
				}
			}
		case "windows-1252":
		default:
			if r, err := charset.NewReaderLabel(name, bytes.NewReader(data)); err == nil {
				if out, err := io.ReadAll(r); err == nil {
					return string(out), strings.Count(string(out), "\ufffd")
				}
			}
		}
	}
	return decode(data)
}

var declared = regexp.MustCompile(`(?i)charset\s*=`)

// watched ends the parsing of a page that takes too long.
type watched struct {
	r io.Reader
	b *budget
}

func (w *watched) Read(p []byte) (int, error) {
	if err := w.b.alive(); err != nil {
		return 0, err
	}
	return w.r.Read(p[:min(len(p), 4096)])
}

// measure refuses trees that are too deep for the walks that follow.
func measure(b *budget, root *html.Node) error {
	depth := 0
	for n := root; n != nil; {
		if err := b.node(); err != nil {
			return err
		}
		if n.FirstChild != nil {
			n = n.FirstChild
			if depth++; depth > max(b.lim.MaxDepth, 1000) {
				return tooDeep(b.lim.MaxDepth)
			}
			continue
		}
		for n != nil && n.NextSibling == nil {
			n = n.Parent
			depth--
		}
		if n != nil {
			n = n.NextSibling
		}
	}
	return nil
}

// An htmlReader turns elements into blocks. The open paragraph is runs.
type htmlReader struct {
	b        *budget
	d        *Doc
	blocks   []Block
	runs     []Run
	align    Align
	strongly bool // the open paragraph has text that is not bold
	space    bool // white space is owed before the next word
	hidden   []string
	comments []string
	external int
	frames   int
	inTable  int
	pictures int
	texts    []pageText      // text before the margins were cut off
	hides    map[string]bool // classes and names the style sheet hides
	markup   gathered        // words in the code of the page
	drawn    gathered        // words in drawings
	keepAll  bool            // the input is our own clean HTML: relative addresses stay
}

// An htmlFace is the style inherited from the elements around.
type htmlFace struct {
	run   Run
	align Align
	pre   bool
}

func (h *htmlReader) flow(n *html.Node, face htmlFace) error {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if err := h.node(c, face); err != nil {
			return err
		}
	}
	return nil
}

func (h *htmlReader) node(n *html.Node, face htmlFace) error {
	switch n.Type {
	case html.TextNode:
		return h.say(n.Data, face)
	case html.ElementNode:
		return h.element(n, face)
	}
	return nil
}

func (h *htmlReader) element(n *html.Node, face htmlFace) error {
	if dropped(n) {
		if n.Data == "iframe" || n.Data == "object" || n.Data == "embed" {
			h.frames++
		}
		return nil
	}
	if h.concealed(n) {
		return nil
	}
	face = restyle(n, face)
	switch n.Data {
	case "br":
		h.space = false
		h.add(Run{Break: true})
		return nil
	case "hr":
		h.flush()
		h.blocks = append(h.blocks, Block{Kind: Rule})
		return nil
	case "img":
		h.image(n, face)
		return nil
	case "h1", "h2", "h3", "h4", "h5", "h6":
		return h.heading(n, face)
	case "ul", "ol", "menu", "dir":
		return h.list(n, face)
	case "table":
		return h.table(n, face)
	case "figure":
		return h.figure(n, face)
	case "a":
		face.run.Link = h.link(attrOf(n, "href"))
	}
	if !blockElement(n.Data) {
		if !turned(n) {
			return h.flow(n, face)
		}
		h.addText("\u202e", face)
		err := h.flow(n, face)
		h.addText("\u202c", face)
		return err
	}
	h.flush()
	h.align = face.align
	err := h.flow(n, face)
	h.flush()
	return err
}

func (h *htmlReader) link(href string) string {
	if h.keepAll && (strings.HasPrefix(href, "/") || strings.HasPrefix(href, "#")) {
		return href
	}
	return safeLink(href)
}

func restyle(n *html.Node, f htmlFace) htmlFace {
	switch n.Data {
	case "b", "strong":
		f.run.Bold = true
	case "i", "em", "cite", "dfn", "var":
		f.run.Italic = true
	case "u", "ins":
		f.run.Under = true
	case "s", "strike", "del":
		f.run.Strike = true
	case "sup":
		f.run.Super = true
	case "sub":
		f.run.Sub = true
	case "center":
		f.align = AlignCenter
	case "pre", "textarea":
		f.pre = true
	}
	for _, a := range n.Attr {
		switch a.Key {
		case "align":
			f.align = cssAlign(a.Val, f.align)
		case "class":
			for _, c := range strings.Fields(a.Val) {
				switch c {
				case classCenter:
					f.align = AlignCenter
				case classRight:
					f.align = AlignEnd
				}
			}
		case "style":
			style := strings.ToLower(strings.ReplaceAll(a.Val, " ", ""))
			if m := cssTextAlign.FindStringSubmatch(style); m != nil {
				f.align = cssAlign(m[1], f.align)
			}
			if cssBold.MatchString(style) {
				f.run.Bold = true
			} else if strings.Contains(style, "font-weight:normal") || strings.Contains(style, "font-weight:400") {
				f.run.Bold = false
			}
		}
	}
	return f
}

var (
	cssTextAlign = regexp.MustCompile(`(?:^|;)text-align:(\w+)`)
	cssBold      = regexp.MustCompile(`font-weight:(bold|[6-9]00)`)
	cssHidden    = regexp.MustCompile(`display:none|visibility:hidden|font-size:0(?:px|pt|em|;|$)|mso-hide:all`)
)

func cssAlign(v string, was Align) Align {
	switch strings.ToLower(strings.TrimSpace(v)) {
	case "center":
		return AlignCenter
	case "right", "end":
		return AlignEnd
	case "left", "start", "justify":
		return AlignStart
	}
	return was
}

// say adds text with white space collapsed as browsers do, but for a line end
// between Han characters, which is nothing.
func (h *htmlReader) say(s string, face htmlFace) error {
	if err := h.b.addText(s); err != nil {
		return err
	}
	if face.pre {
		h.addText(cleanText(s), face)
		return nil
	}
	var out strings.Builder
	newline := false
	for _, r := range cleanText(s) {
		if r == ' ' || r == '\t' || r == '\n' || r == '\r' || r == '\f' {
			h.space = true
			newline = newline || r == '\n'
			continue
		}
		if h.space {
			last := lastRune(out.String())
			if last == 0 {
				last = h.lastSaid()
			}
			if last != 0 && !(newline && last >= 0x2e80 && r >= 0x2e80) {
				out.WriteByte(' ')
			}
		}
		h.space, newline = false, false
		out.WriteRune(r)
	}
	h.addText(out.String(), face)
	return nil
}

func lastRune(s string) rune {
	if s == "" {
		return 0
	}
	r := []rune(s[max(0, len(s)-4):])
	return r[len(r)-1]
}

// lastSaid is the last character of the open paragraph, 0 at its beginning and
// after a line break.
func (h *htmlReader) lastSaid() rune {
	if len(h.runs) == 0 {
		return 0
	}
	r := h.runs[len(h.runs)-1]
	if r.Break {
		return 0
	}
	if r.Text == "" {
		return 'x'
	}
	return lastRune(r.Text)
}

func (h *htmlReader) addText(s string, face htmlFace) {
	if s == "" {
		return
	}
	if !face.run.Bold && strings.TrimSpace(s) != "" {
		h.strongly = true
	}
	r := face.run
	r.Text = s
	if len(h.runs) == 0 && face.align != AlignStart {
		h.align = face.align
	}
	h.runs = appendRun(h.runs, r)
}

func (h *htmlReader) add(r Run) { h.runs = appendRun(h.runs, r) }

// flush ends the open paragraph. A line break before an indent, or two in a
// row, ends a paragraph in the pages editors make.
func (h *htmlReader) flush() {
	runs := h.runs
	h.runs, h.space = nil, false
	weak := h.strongly
	h.strongly = false
	from := 0
	emit := func(part []Run) {
		part = trimRuns(part)
		if len(part) == 0 {
			return
		}
		if len(part) == 1 && part[0].Image != nil {
			h.blocks = append(h.blocks, Block{Kind: Figure, Image: part[0].Image})
			return
		}
		h.blocks = append(h.blocks, Block{Kind: Paragraph, Runs: part, Align: h.align, Strong: !weak && runsText(part) != ""})
	}
	for i := range runs {
		if runs[i].Break && i+1 < len(runs) && (runs[i+1].Break || strings.HasPrefix(runs[i+1].Text, "\u3000") || strings.HasPrefix(runs[i+1].Text, "  ")) {
			emit(runs[from:i])
			from = i + 1
		}
	}
	emit(runs[from:])
	h.align = AlignStart
}

// gather runs f and returns the blocks it made, apart from those around.
func (h *htmlReader) gather(f func() error) ([]Block, error) {
	outer := h.blocks
	h.blocks = nil
	err := f()
	h.flush()
	inner := h.blocks
	h.blocks = outer
	return inner, err
}

func (h *htmlReader) heading(n *html.Node, face htmlFace) error {
	h.flush()
	blocks, err := h.gather(func() error { h.align = face.align; return h.flow(n, face) })
	for _, b := range blocks {
		if b.Kind == Paragraph && h.inTable == 0 && len(b.Runs) > 0 && runeLen(runsText(b.Runs)) <= 200 {
			b.Kind, b.Level = Heading, int(n.Data[1]-'1')
			b.Level = min(b.Level, 5)
			for i := range b.Runs {
				b.Runs[i].Bold = false
			}
		}
		h.blocks = append(h.blocks, b)
	}
	return err
}

func (h *htmlReader) list(n *html.Node, face htmlFace) error {
	h.flush()
	list := &List{Ordered: n.Data == "ol", Start: 1}
	if s, err := strconv.Atoi(attrOf(n, "start")); err == nil && s >= 0 && s < 1<<30 {
		list.Start = s
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		inner := c
		blocks, err := h.gather(func() error {
			if inner.Type == html.ElementNode && inner.Data == "li" {
				return h.flow(inner, restyle(inner, face))
			}
			return h.node(inner, face)
		})
		if err != nil {
			return err
		}
		if len(blocks) == 0 {
			continue
		}
		if k := len(list.Items); k > 0 && blocks[0].Kind == Listing && (inner.Data == "ul" || inner.Data == "ol") {
			list.Items[k-1].Blocks = append(list.Items[k-1].Blocks, blocks...)
			continue
		}
		list.Items = append(list.Items, Item{Blocks: blocks})
	}
	if len(list.Items) > 0 {
		h.blocks = append(h.blocks, Block{Kind: Listing, List: list})
	}
	return nil
}
