package document

import (
	"html"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// HTML returns the text as clean, accessible HTML for the body of a page. The
// page owns the first-level heading, so headings begin at <h2>, and the title
// of the document (a Heading of level 0 before all other text of its kind) is
// left out: it is Doc.Title. Pictures point to /files/{sha256}/{name}.
func (d Doc) HTML() string { return d.HTMLWith(FilePath) }

// FilePath is the address under which a picture of a document is served.
func FilePath(im ImageRef) string { return "/files/" + im.Digest + "/" + im.Name }

// HTMLWith is HTML with the addresses of pictures made by src; an empty address
// leaves the picture out and keeps its words.
func (d Doc) HTMLWith(src func(ImageRef) string) string {
	w := &writer{src: src, cited: map[int]bool{}, notes: len(d.Foot)}
	w.blocks(d.Blocks, false)
	w.footnotes(d.Foot)
	return w.s.String()
}

// A writer writes blocks as HTML.
type writer struct {
	s     strings.Builder
	src   func(ImageRef) string
	cited map[int]bool
	notes int
	level int // of the heading before
}

func (w *writer) blocks(bs []Block, cell bool) {
	if cell && len(bs) == 1 && bs[0].Kind == Paragraph {
		w.text(bs[0])
		return
	}
	for _, b := range bs {
		w.block(b, cell)
	}
}

func (w *writer) block(b Block, cell bool) {
	switch b.Kind {
	case Heading:
		if b.Level == 0 && !cell || b.Label == "" && w.silent(b.Runs) {
			return
		}
		if cell { // a heading inside a table would break the outline
			w.s.WriteString("<p><strong>")
			w.text(b)
			w.s.WriteString("</strong></p>")
			return
		}
		w.level = min(b.Level, w.level+1, 5)
		tag := "h" + strconv.Itoa(w.level+1)
		w.open(tag, b.Align, foreign(b)...)
		w.text(b)
		w.s.WriteString("</" + tag + ">\n")
	case Paragraph:
		if b.Label == "" && w.silent(b.Runs) {
			return
		}
		w.open("p", b.Align, foreign(b)...)
		w.text(b)
		w.s.WriteString("</p>\n")
	case Listing:
		w.list(b.List, cell)
	case Grid:
		w.table(b.Table)
	case Figure:
		w.figure(b)
	case Rule:
		w.s.WriteString("<hr>\n")
	}
}

// silent reports whether runs would write nothing: pictures without a file and
// without words.
func (w *writer) silent(rs []Run) bool {
	for _, r := range rs {
		if strings.TrimSpace(r.Text) != "" || r.Note > 0 && r.Note <= w.notes || r.Image != nil && (r.Image.Alt != "" || r.Image.Digest != "" && w.src(*r.Image) != "") {
			return false
		}
	}
	return true
}

// Classes for alignment, because the site's policy forbids style attributes.
const (
	classCenter = "al-center"
	classRight  = "al-right"
	classNumber = "al-number"
)

func (w *writer) open(tag string, a Align, attrs ...string) {
	w.s.WriteString("<" + tag)
	for _, s := range attrs {
		w.s.WriteString(" " + s)
	}
	switch a {
	case AlignCenter:
		w.s.WriteString(` class="` + classCenter + `"`)
	case AlignEnd:
		w.s.WriteString(` class="` + classRight + `"`)
	}
	w.s.WriteString(">")
}

// foreign marks a paragraph in English, so that a page that is Chinese as a whole
// is read aloud rightly.
func foreign(b Block) []string {
	if text := runsText(b.Runs); len(text) >= 20 && !strings.ContainsFunc(text, func(r rune) bool { return r >= 0x2e80 }) && len(englishWords.FindAllString(text, 2)) == 2 {
		return []string{`lang="en"`}
	}
	return nil
}

var englishWords = regexp.MustCompile(`(?i)\b(the|of|and|to|in|for|is|are|on|by|with|this|that|from|shall|will)\b`)

// escape is where every word of a file passes on its way to the page, also those
// that stand in attributes.
func escape(s string) string { return html.EscapeString(cleanText(s)) }

func (w *writer) text(b Block) {
	w.s.WriteString(escape(b.Label))
	if b.Label != "" && len(b.Runs) > 0 {
		if last, _ := utf8.DecodeLastRuneInString(b.Label); last < 0x80 {
			w.s.WriteString(" ")
		}
	}
	w.runs(b.Runs)
}

// runs writes styled text; neighbours with one link share it.
func (w *writer) runs(rs []Run) {
	for i := 0; i < len(rs); {
		j := i + 1
		if rs[i].Link == "" {
			w.run(rs[i])
			i = j
			continue
		}
		for j < len(rs) && rs[j].Link == rs[i].Link && rs[j].Note == 0 {
			j++
		}
		w.s.WriteString(`<a href="` + escape(rs[i].Link) + `">`)
		for _, r := range rs[i:j] {
			w.run(r)
		}
		w.s.WriteString("</a>")
		i = j
	}
}

func (w *writer) run(r Run) {
	switch {
	case r.Break:
		w.s.WriteString("<br>")
		return
	case r.Note > 0:
		w.mark(r.Note)
		return
	case r.Image != nil:
		w.image(*r.Image)
		return
	}
	tags := make([]string, 0, 6)
	for _, t := range []struct {
		on  bool
		tag string
	}{{r.Bold, "strong"}, {r.Italic, "em"}, {r.Under && r.Link == "", "u"}, {r.Strike, "s"}, {r.Super, "sup"}, {r.Sub, "sub"}} {
		if t.on {
			tags = append(tags, t.tag)
		}
	}
	for _, t := range tags {
		w.s.WriteString("<" + t + ">")
	}
	for i, line := range strings.Split(r.Text, "\n") {
		if i > 0 {
			w.s.WriteString("<br>")
		}
		w.s.WriteString(escape(strings.ReplaceAll(line, "\t", " ")))
	}
	for i := len(tags) - 1; i >= 0; i-- {
		w.s.WriteString("</" + tags[i] + ">")
	}
}

// mark writes the mark of a footnote; only the first mark of a note is where
// its backlink leads.
func (w *writer) mark(n int) {
	if n > w.notes {
		return
	}
	num := strconv.Itoa(n)
	id := ""
	if !w.cited[n] {
		w.cited[n] = true
		id = ` id="fnref-` + num + `"`
	}
	w.s.WriteString(`<sup><a href="#fn-` + num + `"` + id + `>[` + num + `]</a></sup>`)
}

func (w *writer) footnotes(notes []Footnote) {
	if len(notes) == 0 {
		return
	}
	w.s.WriteString(`<section class="footnotes"><h2>注释</h2><ol>`)
	for _, f := range notes {
		num := strconv.Itoa(f.Number)
		w.s.WriteString(`<li id="fn-` + num + `">`)
		w.blocks(f.Blocks, true)
		if w.cited[f.Number] {
			w.s.WriteString(` <a href="#fnref-` + num + `">返回正文</a>`)
		}
		w.s.WriteString("</li>")
	}
	w.s.WriteString("</ol></section>\n")
}

// highestStart is the highest number a list of a page may begin with.
const highestStart = 999_999

func (w *writer) list(l *List, cell bool) {
	tag := "ul"
	if l.Ordered {
		tag = "ol"
	}
	w.s.WriteString("<" + tag)
	if l.Ordered && l.Start != 1 && l.Start >= 0 && l.Start <= highestStart {
		w.s.WriteString(` start="` + strconv.Itoa(l.Start) + `"`)
	}
	w.s.WriteString(">\n")
	for _, it := range l.Items {
		w.s.WriteString("<li>")
		for i, b := range it.Blocks {
			if i == 0 && b.Kind == Paragraph {
				w.text(b)
				continue
			}
			w.block(b, true)
		}
		w.s.WriteString("</li>\n")
	}
	w.s.WriteString("</" + tag + ">\n")
}

func (w *writer) figure(b Block) {
	src := ""
	if b.Image != nil && b.Image.Digest != "" {
		src = w.src(*b.Image)
	}
	caption := runsText(b.Runs)
	if src == "" {
		if b.Image != nil && caption == "" {
			caption = b.Image.Alt
		}
		if caption != "" {
			w.s.WriteString("<p>" + escape(caption) + "</p>\n")
		}
		return
	}
	w.s.WriteString("<figure>")
	w.image(*b.Image)
	if caption != "" {
		w.s.WriteString("<figcaption>")
		w.runs(b.Runs)
		w.s.WriteString("</figcaption>")
	}
	w.s.WriteString("</figure>\n")
}

func (w *writer) image(im ImageRef) {
	src := ""
	if im.Digest != "" {
		src = w.src(im)
	}
	if src == "" {
		w.s.WriteString(escape(im.Alt))
		return
	}
	w.s.WriteString(`<img src="` + escape(src) + `" alt="` + escape(im.Alt) + `">`)
}
