package document

import (
	"bytes"
	"strconv"

	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
)

// A pdfBox is a rectangle on a page; y grows upwards.
type pdfBox struct{ x0, y0, x1, y1 float64 }

// covers tells whether b lies under a, but for a narrow rim.
func (a pdfBox) covers(b pdfBox) bool {
	w, h := min(a.x1, b.x1)-max(a.x0, b.x0), min(a.y1, b.y1)-max(a.y0, b.y0)
	return w > 0 && h > 0 && w*h >= 0.7*(b.x1-b.x0)*(b.y1-b.y0)
}

// A pdfPaint is something painted over an area.
type pdfPaint struct {
	pdfBox
	order int
	white bool
}

// A pdfShown is a piece of text as the page draws it.
type pdfShown struct {
	pdfBox
	order     int
	text      string
	invisible bool // drawn with no ink
	white     bool
}

// A pdfUnseen is text nobody sees.
type pdfUnseen struct {
	text string
	page int
}

// unseenOf finds the texts of a page nobody sees: drawn without ink, in white on
// white, beside the page, or painted over.
func (f *pdfFile) unseenOf(texts []pdfShown, paints []pdfPaint, sheet pdfBox, page int) {
	for _, t := range texts {
		if !t.invisible && !t.hiddenBy(paints, sheet) {
			f.seen = true
			continue
		}
		if t.text != "" && len(f.unseen) < 5000 {
			f.unseen = append(f.unseen, pdfUnseen{t.text, page})
		}
	}
}

// hiddenBy tells whether a text that has ink is not to be seen all the same.
func (t pdfShown) hiddenBy(paints []pdfPaint, sheet pdfBox) bool {
	hidden := t.x1 <= sheet.x0 || t.x0 >= sheet.x1 || t.y1 <= sheet.y0 || t.y0 >= sheet.y1
	onColour := false
	for _, p := range paints {
		if !p.covers(t.pdfBox) {
			continue
		}
		if p.order > t.order {
			hidden = true
		} else if !p.white {
			onColour = true
		}
	}
	return hidden || t.white && !onColour
}

// boxOf returns where an object stands.
func (f *pdfFile) boxOf(o references.FPDF_PAGEOBJECT) (pdfBox, bool) {
	r, err := f.api.FPDFPageObj_GetBounds(&requests.FPDFPageObj_GetBounds{PageObject: o})
	if err != nil {
		return pdfBox{}, false
	}
	return pdfBox{float64(r.Left), float64(r.Bottom), float64(r.Right), float64(r.Top)}, true
}

// whiteness tells whether an object is filled with white, and whether one can see
// through it.
func (f *pdfFile) whiteness(o references.FPDF_PAGEOBJECT) (white, clear bool) {
	c, err := f.api.FPDFPageObj_GetFillColor(&requests.FPDFPageObj_GetFillColor{PageObject: o})
	if err != nil {
		return false, false
	}
	return c.FillColor.R > 247 && c.FillColor.G > 247 && c.FillColor.B > 247, c.FillColor.A < 250
}

// paint returns the area a path or picture covers; ok is false for lines and
// figures one can see through.
func (f *pdfFile) paint(o references.FPDF_PAGEOBJECT, kind enums.FPDF_PAGEOBJ, order int) (p pdfPaint, ok bool) {
	clear := false
	if kind == enums.FPDF_PAGEOBJ_PATH {
		mode, err := f.api.FPDFPath_GetDrawMode(&requests.FPDFPath_GetDrawMode{PageObject: o})
		if err != nil || mode.FillMode == enums.FPDF_FILLMODE_NONE {
			return p, false
		}
		count, err := f.api.FPDFPath_CountSegments(&requests.FPDFPath_CountSegments{PageObject: o})
		if err != nil || count.Count > 8 { // a letter or a drawing, no box
			return p, false
		}
		p.white, clear = f.whiteness(o)
	}
	if p.pdfBox, ok = f.boxOf(o); kind == enums.FPDF_PAGEOBJ_IMAGE {
		t, err := f.api.FPDFPageObj_HasTransparency(&requests.FPDFPageObj_HasTransparency{PageObject: o})
		clear = err == nil && t.HasTransparency || f.seal(p.pdfBox)
	}
	p.order = order
	return p, ok && !clear && p.x1-p.x0 > 4 && p.y1-p.y0 > 4
}

// seal tells whether a picture has the shape of a seal, which is stamped over the
// name and the date and lets them through, or of a sheet behind or over the whole
// page.
func (f *pdfFile) seal(b pdfBox) bool {
	w, h := b.x1-b.x0, b.y1-b.y0
	return w < 180 && h < 180 && w < 1.4*h && h < 1.4*w || w > 400 && h > 400
}

// addUnseen adds text nobody sees, with the pages it stands on.
func (d *Doc) addUnseen(part string, all []pdfUnseen) {
	var l layout
	for _, u := range all {
		l.newline()
		start := l.n
		l.write(u.text)
		l.spans = append(l.spans, Span{Start: start, End: l.n, Page: u.page})
	}
	d.Parts = append(d.Parts, Part{Name: part, Text: l.s.String(), Spans: l.spans})
}

// formerStates is how many earlier states of a file are read.
const formerStates = 2

// former reads the states of a file before it was last changed: programs write
// changes behind the old content, which stays. What is no longer on the page is a
// part of its own.
func (f *pdfFile) former(data []byte) error {
	if bytes.Contains(data[:min(len(data), 2048)], []byte("/Linearized")) || f.d.Pages > 200 {
		return nil
	}
	now := map[string]bool{}
	for _, p := range f.pages {
		for _, l := range p.lines {
			now[l.text] = true
		}
	}
	for _, u := range f.unseen {
		now[u.text] = true
	}
	var lost []pdfUnseen
	end := bytes.LastIndex(data, []byte("%%EOF"))
	for range formerStates {
		if end <= 0 {
			break
		}
		if end = bytes.LastIndex(data[:end], []byte("%%EOF")); end < 0 {
			break
		}
		before := data[:end+len("%%EOF")]
		opened, err := f.api.OpenDocument(&requests.OpenDocument{File: &before})
		if err != nil {
			if err := f.b.alive(); err != nil {
				return err
			}
			continue
		}
		old := &pdfFile{b: f.b, d: &Doc{}, api: f.api, doc: opened.Document}
		count, err := f.api.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: old.doc})
		for i := 0; err == nil && i < min(count.PageCount, 200); i++ {
			err = old.page(i)
		}
		_, _ = f.api.FPDF_CloseDocument(&requests.FPDF_CloseDocument{Document: old.doc})
		if late := f.b.alive(); late != nil {
			return late
		}
		for _, p := range old.pages {
			for _, l := range p.lines {
				if telling(l.text) && !now[l.text] && f.b.addText(l.text) == nil {
					now[l.text] = true
					lost = append(lost, pdfUnseen{l.text, p.number})
				}
			}
		}
	}
	if len(lost) > 0 {
		f.d.addUnseen(PartFormer, lost)
		f.d.note(NoteHidden, len(lost), PartFormer, "PDF 中还留有修改前的内容（"+strconv.Itoa(len(lost))+" 行），可以恢复出来。公开前请重新导出。")
	}
	return nil
}

// attachments takes out the files attached; they are read when the engine is free
// again.
func (f *pdfFile) attachments() {
	n, err := f.api.FPDFDoc_GetAttachmentCount(&requests.FPDFDoc_GetAttachmentCount{Document: f.doc})
	if err != nil {
		return
	}
	total := 0
	for i := range n.AttachmentCount {
		if i >= 50 || total > 64<<20 {
			f.unread++
			continue
		}
		a, err := f.api.FPDFDoc_GetAttachment(&requests.FPDFDoc_GetAttachment{Document: f.doc, Index: i})
		if err != nil {
			f.unread++
			continue
		}
		name := "附件" + strconv.Itoa(i+1)
		if v, err := f.api.FPDFAttachment_GetName(&requests.FPDFAttachment_GetName{Attachment: a.Attachment}); err == nil && v.Name != "" {
			name = v.Name
		}
		c, err := f.api.FPDFAttachment_GetFile(&requests.FPDFAttachment_GetFile{Attachment: a.Attachment})
		if err != nil || len(c.Contents) == 0 {
			f.unread++
			continue
		}
		total += len(c.Contents)
		f.attached = append(f.attached, pdfAttached{name, c.Contents})
	}
}

// A pdfAttached is a file inside the file.
type pdfAttached struct {
	name string
	data []byte
}
