package document

import (
	"slices"
	"sort"
	"strconv"
	"strings"
)

// An rtfFlow is a stream of paragraphs: the document, a note, a text box.
type rtfFlow struct {
	out     []Block
	runs    []Run
	open    strings.Builder // text in the style of looks, not yet a run
	looks   Run
	label   string // printed number of the paragraph
	boxes   []Block
	hidden  strings.Builder
	deleted strings.Builder
	strong  bool

	cells  []Block // of the cell that is open
	row    [][]Block
	rows   []rtfRow
	defs   []rtfCell
	def    rtfCell
	header bool
}

// An rtfRow is a row as it was laid out.
type rtfRow struct {
	cells  [][]Block
	defs   []rtfCell
	header bool
}

// An rtfCell is what a row says of one of its cells before it comes.
type rtfCell struct {
	right                  int // its edge
	joins, begins, follows bool
}

func newFlow() *rtfFlow { return &rtfFlow{strong: true} }

// say adds a stretch of text in one style.
func (w *rtfFlow) say(f *rtfFile, now rtfState, r Run) error {
	if err := f.b.addText(r.Text); err != nil {
		return err
	}
	switch {
	case now.gone:
		w.deleted.WriteString(r.Text)
		return nil
	case now.unseen:
		w.hidden.WriteString(r.Text)
		return nil
	}
	style := now.face
	style.Text, style.Break, style.Note = r.Text, r.Break, r.Note
	if r.Note > 0 {
		style = Run{Note: r.Note}
	}
	if strings.TrimSpace(r.Text) != "" {
		w.strong = w.strong && now.face.Bold
	}
	text := style.Text
	if style.Text = ""; text == "" || style != w.looks {
		for range 2 { // a run takes some hundred bytes
			if err := f.b.node(); err != nil {
				return err
			}
		}
		w.close()
	}
	if text == "" {
		w.runs = appendRun(w.runs, style)
		return nil
	}
	w.looks = style
	w.open.WriteString(text)
	return nil
}

// close makes a run of the text that is open: letters may come one by one.
func (w *rtfFlow) close() {
	if w.open.Len() > 0 {
		run := w.looks
		run.Text = w.open.String()
		w.runs = append(w.runs, run)
		w.open.Reset()
	}
}

// end closes the paragraph.
func (w *rtfFlow) end(f *rtfFile, now rtfState) error {
	for range 6 { // a paragraph takes some hundred bytes
		if err := f.b.node(); err != nil {
			return err
		}
	}
	if s := strings.TrimSpace(w.hidden.String()); s != "" {
		f.hidden = append(f.hidden, s)
	}
	if s := strings.TrimSpace(w.deleted.String()); s != "" {
		f.deleted = append(f.deleted, s)
	}
	w.hidden.Reset()
	w.deleted.Reset()
	w.close()
	b := Block{Kind: Paragraph, Runs: trimRuns(w.runs), Align: now.align}
	text := runsText(b.Runs)
	b.Strong = w.strong && text != ""
	w.runs, w.strong = nil, true
	if now.outline >= 0 && now.outline < 9 && !now.inTable && text != "" && runeLen(text) <= 120 {
		b.Kind, b.Level = Heading, min(now.outline+1, 5)
	}
	if !now.inTable {
		w.closeTable()
	}
	if b.Label, w.label = w.label, ""; len(b.Runs) > 0 {
		w.add(now, b)
	}
	boxes := w.boxes
	w.boxes = nil
	for _, box := range boxes {
		w.add(now, box)
	}
	return nil
}

func (w *rtfFlow) add(now rtfState, b Block) {
	if now.inTable {
		w.cells = append(w.cells, b)
	} else {
		w.out = append(w.out, b)
	}
}

func (w *rtfFlow) cell(f *rtfFile, now rtfState) error {
	now.inTable = true
	if err := w.end(f, now); err != nil {
		return err
	}
	w.row = append(w.row, w.cells)
	w.cells = nil
	for range 8 { // with its row it takes as much as several paragraphs
		if err := f.b.node(); err != nil {
			return err
		}
	}
	return f.b.addCells(1)
}

func (w *rtfFlow) rowEnd(f *rtfFile) error {
	if err := w.end(f, rtfState{inTable: true}); err != nil {
		return err
	}
	if len(w.cells) > 0 {
		w.row, w.cells = append(w.row, w.cells), nil
	}
	w.closeRow()
	return nil
}

// closeRow keeps of what a row says no more than it has cells.
func (w *rtfFlow) closeRow() {
	if len(w.row) > 0 {
		w.rows = append(w.rows, rtfRow{w.row, slices.Clone(w.defs[:min(len(w.defs), len(w.row))]), w.header})
		w.row = nil
	}
}

// closeTable makes a table of the rows since the last paragraph outside. Cells stand
// at the columns their edges say, so that a wide cell reaches over narrow ones.
func (w *rtfFlow) closeTable() {
	if len(w.cells) > 0 {
		w.row, w.cells = append(w.row, w.cells), nil
	}
	w.closeRow()
	if len(w.rows) == 0 {
		return
	}
	edges := w.edges()
	rows := make([][]docxCell, 0, len(w.rows))
	header := make([]bool, 0, len(w.rows))
	for _, r := range w.rows {
		var row []docxCell
		at := 0
		for i, blocks := range r.cells {
			c := docxCell{Cell: Cell{Col: at, ColSpan: 1, RowSpan: 1, Blocks: blocks, Numerals: numeric(plain(blocks))}}
			if i < len(r.defs) {
				def := r.defs[i]
				c.begins, c.follows = def.begins, def.follows
				if to := sort.SearchInts(edges, def.right); to >= at && to < len(edges) && edges[to] == def.right {
					c.ColSpan = to + 1 - at
				}
				if def.joins && len(row) > 0 && len(blocks) == 0 {
					row[len(row)-1].ColSpan += c.ColSpan
					at += c.ColSpan
					continue
				}
			}
			at += c.ColSpan
			row = append(row, c)
		}
		rows, header = append(rows, row), append(header, r.header)
	}
	w.rows = nil
	w.out = append(w.out, Block{Kind: Grid, Table: mergeDown(rows, header, "")})
}

// edges are the places where cells of the rows end, in order; nil if there are too
// many to be the grid of a table.
func (w *rtfFlow) edges() []int {
	seen := map[int]bool{}
	for _, r := range w.rows {
		for i := range min(len(r.defs), len(r.cells)) {
			seen[r.defs[i].right] = true
		}
		if len(seen) > 512 {
			return nil
		}
	}
	all := make([]int, 0, len(seen))
	for n := range seen {
		all = append(all, n)
	}
	slices.Sort(all)
	return all
}

// finish does what is due at the end of a group that had a place of its own.
func (f *rtfFile) finish(was rtfState) error {
	var words string
	if was.text != nil {
		words = strings.TrimSpace(cleanText(was.text.String()))
	}
	switch was.ends {
	case "header", "footer", "footnote", "annotation", "shptxt":
		return f.aside(was)
	case "objdata":
		if was.hex == nil || !f.embedded(*was.hex) {
			f.objects++
		}
	case "pict":
		if was.hex != nil {
			return f.picture(*was.hex)
		}
	case "listtext":
		if f.now.flow != nil && len(words) < 256 {
			f.now.flow.label = spaced(words)
		}
	case "fldinst":
		if telling(words) {
			f.markup.add(words)
		}
		if link := fieldLink(words); link != "" {
			f.now.face.Link = link
		}
		if fetches(words) != "" {
			f.fields++
		}
	case "revtbl":
		for who := range strings.SplitSeq(words, ";") {
			if who = strings.TrimSpace(who); who != "Unknown" {
				f.authors.add(who)
			}
		}
	case "atnauthor":
		if words = strings.Trim(words, "?"); words != "" { // some programs cannot write Chinese names
			f.commenter = words
			f.authors.add(words)
		}
	case "propname":
		f.property = words
	case "staticval":
		if words != "" && len(words) < 4096 && len(f.d.Meta) < metaMost {
			f.d.Meta = append(f.d.Meta, Property{shorten(f.property), words})
		}
	case "docvar", "ffdeftext", "ffl", "ffhelptext", "ffstattext", "template", "sv", "xe", "tc":
		if telling(words) {
			f.markup.add(words)
		}
	default:
		if name := rtfProperties[was.ends]; name != "" && words != "" && len(words) < 4096 && len(f.d.Meta) < metaMost {
			f.d.Meta = append(f.d.Meta, Property{name, words})
		}
	}
	return nil
}

// aside takes what a group with paragraphs of its own held.
func (f *rtfFile) aside(was rtfState) error {
	w := was.flow
	if w == nil {
		return nil
	}
	was.inTable = false
	if err := w.end(f, was); err != nil {
		return err
	}
	w.closeTable()
	switch was.ends {
	case "header", "footer":
		to := &f.head
		if was.ends == "footer" {
			to = &f.foot
		}
		for line := range strings.Lines(plain(w.out)) {
			to.add(line)
		}
	case "annotation":
		text := collapse(plain(w.out))
		if text == "" {
			return nil
		}
		if f.commenter != "" {
			text = f.commenter + "：" + text
		}
		f.comments = append(f.comments, text)
		f.commenter = ""
	case "footnote":
		if len(w.out) == 0 {
			return nil
		}
		f.notes = append(f.notes, Footnote{Number: len(f.notes) + 1, Blocks: w.out})
		if f.now.flow != nil {
			return f.now.flow.say(f, rtfState{}, Run{Note: len(f.notes)})
		}
	case "shptxt": // text boxes follow the paragraph they are anchored in
		f.body.boxes = append(f.body.boxes, w.out...)
	}
	return nil
}

// picture keeps a picture, and what it says of itself.
func (f *rtfFile) picture(data []byte) error {
	if err := f.b.node(); err != nil {
		return err
	}
	f.d.addPicture("", data[:min(len(data), pictureHead)])
	if int64(len(data)) > f.b.lim.MaxImage {
		return nil
	}
	ref := f.d.addImage(f.b, "", "", data)
	if ref.Digest == "" {
		f.oddImage++
		return nil
	}
	f.body.boxes = append(f.body.boxes, Block{Kind: Figure, Image: ref})
	return nil
}

// spaced parts a printed number from its paragraph where its last sign does not.
func spaced(label string) string {
	label = strings.Map(func(r rune) rune {
		if r >= 0xe000 && r <= 0xf8ff { // a sign of a font of signs
			return '•'
		}
		return r
	}, label)
	if label == "" || strings.ContainsAny(label[len(label)-1:], ".)") || strings.HasSuffix(label, "、") || strings.HasSuffix(label, "．") || strings.HasSuffix(label, "）") {
		return label
	}
	return label + " "
}

// report adds what the text does not show and says what a person should know.
func (f *rtfFile) report() error {
	d := f.d
	d.addPart(PartHeader, f.head.lines)
	d.addPart(PartFooter, f.foot.lines)
	d.addPart(PartComment, f.comments)
	d.addPart(PartHidden, f.hidden)
	d.addPart(PartDeleted, f.deleted)
	d.addPart(PartMarkup, f.markup.lines)
	for _, who := range f.authors.lines {
		d.Meta = append(d.Meta, Property{"修订或者批注人", who})
	}
	if n := len(f.comments); n > 0 {
		d.note(NoteComment, n, PartComment, "文件中有 "+strconv.Itoa(n)+" 条批注，下载原文件的人都能看到。公开前请删除批注。")
	}
	if n := len(f.hidden); n > 0 {
		d.note(NoteHidden, n, PartHidden, "文件中有 "+strconv.Itoa(n)+" 处隐藏文字，正文中看不到，但下载原文件的人可以显示出来。公开前请删除。")
	}
	if n := len(f.deleted); n > 0 {
		d.note(NoteTracked, n, PartDeleted, "文件带有修订记录，其中 "+strconv.Itoa(n)+" 处删除的文字仍保存在文件里。公开前请接受全部修订后另存。")
	} else if f.inserted > 0 {
		d.note(NoteTracked, f.inserted, "", "文件带有 "+strconv.Itoa(f.inserted)+" 处尚未接受的插入修订，系统按接受后的文字读取。公开前请接受全部修订后另存。")
	}
	if f.oddImage > 0 {
		d.note(NotePicture, f.oddImage, "", "有 "+strconv.Itoa(f.oddImage)+" 张图片是网页不能显示的格式（如 EMF、WMF），页面上不会出现。请改用 PNG 或 JPEG 图片。")
	}
	notePackage(d, 0, f.objects, f.fields)
	return f.b.alive()
}
