package document

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
)

// A Cover is a text that must not be read in the copy of a PDF or an OFD file.
type Cover struct {
	Was string // what stands in the file
	Now string // what the copy says in its place; "" for nothing

	// Page is where it was found, from 1, and Before and After what stands beside
	// it there; 0 is wherever it stands in the file.
	Page          int
	Before, After string

	// Shown says that it was found in the text of the pages: if it is not found on
	// one again, there is no copy.
	Shown bool
}

// A Redrawn is a file of fixed pages that was made anew.
type Redrawn struct {
	Data    []byte
	Drawn   int   // pages of a PDF that are pictures now
	Blind   []int // pages, from 1, with a picture that may say something: nobody has read it
	Notes   int   // comments that stayed behind
	Files   int   // attached files that stayed behind
	Signed  bool  // signatures stayed behind
	Fields  bool  // forms became part of the page
	Outline bool  // bookmarks stayed behind
}

// redrawTime is how much longer drawing may take than reading.
const redrawTime = 6

// Redraw makes a copy of a PDF that has none of the texts to cover. Each page is
// drawn; the places of those texts are painted over in the picture; behind it
// stands the text of the page with the masks in it, so that it can be searched
// and read aloud. Nothing of the old file is taken over but what is to be seen:
// no comments, properties, bookmarks, attached files, scripts or earlier states.
// The pages of an OFD file stay text, with other letters in those places, and the
// copy has no entries but those its pages need.
//
// It fails with Invalid for files that cannot be read, whose letters are not in
// the file, or in which a text to cover cannot be found again.
func Redraw(ctx context.Context, data []byte, covers []Cover, lim Limits) (made Redrawn, err error) {
	lim = lim.or()
	if int64(len(data)) > lim.MaxBytes {
		return Redrawn{}, tooBig(lim.MaxBytes)
	}
	ctx, cancel := context.WithTimeout(ctx, redrawTime*lim.MaxTime)
	defer cancel()
	kind := KindOf("", data)
	err = guard(kind, func() error {
		b := newBudget(ctx, lim)
		if kind == KindOFD {
			made, err = redrawOFD(b, data, covers)
			return err
		}
		engine, err := pdfEngine(lim.CacheDir)
		if err != nil {
			return err
		}
		api, err := engine.GetInstanceWithContext(ctx)
		if err != nil {
			return errors.Join(tooSlow(), err)
		}
		defer api.Close()
		if !useContext(api, ctx) {
			return errors.New("the PDF engine cannot be given a context")
		}
		r := &redrawing{pdfFile: pdfFile{b: b, d: &Doc{Kind: KindPDF}, api: api}, made: &made}
		if err := r.file(data, covers); err != nil {
			if late := b.alive(); late != nil {
				return late
			}
			return failure(KindPDF, err)
		}
		return nil
	})
	if err != nil {
		if errors.Is(err, context.DeadlineExceeded) {
			err = tooSlow()
		}
		return Redrawn{}, err
	}
	return made, nil
}

// A redrawing is one PDF being drawn anew.
type redrawing struct {
	pdfFile
	made  *Redrawn
	sheet []*redrawnPage
	out   pdfWriter
}

// A redrawnPage is one page and the letters on it.
type redrawnPage struct {
	number int
	box    pdfBox // of the page, in its own measure
	turn   enums.FPDF_PAGE_ROTATION
	chars  []pdfChar // in the order of the file
	orders [][]int   // the letters in the orders they may be read in
	tail   []int     // letters of the text that may go on on the next page
	says   []spoken  // what the copy says in place of a letter that is covered
	covers map[int]bool
	values [][]int // the letters of each value of which some are covered

	shown, hidden []pdfShown // texts people see, and those nobody sees
	unread        bool       // a picture on it may say more than its letters
}

// A spoken is what the copy says in place of one letter.
type spoken struct {
	covered bool
	now     string
}

func (r *redrawing) file(data []byte, covers []Cover) error {
	opened, err := r.api.OpenDocument(&requests.OpenDocument{File: &data})
	if err != nil {
		return openingPDF(err)
	}
	r.doc = opened.Document
	count, err := r.api.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: r.doc})
	if err != nil {
		return err
	}
	if r.d.Pages = count.PageCount; r.d.Pages > r.b.lim.MaxPages {
		return tooManyPages(r.d.Pages, r.b.lim.MaxPages)
	}
	// All pages are read before the first is drawn: a number may begin on one and
	// end on the next, and a cover that is not found is the refusal of them all.
	for i := range r.d.Pages {
		if err := r.lookAt(i); err != nil {
			return err
		}
	}
	if err := r.find(covers); err != nil {
		return err
	}
	r.left()
	for i := range r.sheet {
		if err := r.draw(i); err != nil {
			return err
		}
		if int64(r.out.size()) > r.b.lim.MaxBytes {
			return tooBigCopy(r.b.lim.MaxBytes)
		}
	}
	r.made.Data, err = r.out.finish()
	return err
}

// left counts what is not carried over.
func (r *redrawing) left() {
	if n, err := r.api.FPDFDoc_GetAttachmentCount(&requests.FPDFDoc_GetAttachmentCount{Document: r.doc}); err == nil {
		r.made.Files += n.AttachmentCount
	}
	if n, err := r.api.FPDF_GetSignatureCount(&requests.FPDF_GetSignatureCount{Document: r.doc}); err == nil {
		r.made.Signed = n.Count > 0
	}
	if b, err := r.api.FPDFBookmark_GetFirstChild(&requests.FPDFBookmark_GetFirstChild{Document: r.doc}); err == nil {
		r.made.Outline = b.Bookmark != nil
	}
}

// open loads a page the way it is drawn: upright, with what forms and stamps show
// as part of it and without comments.
func (r *redrawing) open(i int) (requests.Page, func(), error) {
	loaded, err := r.api.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: r.doc, Index: i})
	if err != nil {
		if late := r.b.alive(); late != nil {
			return requests.Page{}, nil, late
		}
		return requests.Page{}, nil, damaged(KindPDF)
	}
	ref := requests.Page{ByReference: &loaded.Page}
	return ref, func() {
		_, _ = r.api.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: loaded.Page})
	}, nil
}

// remarks are the annotations that are no part of the page.
var remarks = map[enums.FPDF_ANNOTATION_SUBTYPE]bool{
	enums.FPDF_ANNOT_SUBTYPE_TEXT: true, enums.FPDF_ANNOT_SUBTYPE_POPUP: true, enums.FPDF_ANNOT_SUBTYPE_LINK: true,
	enums.FPDF_ANNOT_SUBTYPE_HIGHLIGHT: true, enums.FPDF_ANNOT_SUBTYPE_UNDERLINE: true, enums.FPDF_ANNOT_SUBTYPE_SQUIGGLY: true,
	enums.FPDF_ANNOT_SUBTYPE_STRIKEOUT: true, enums.FPDF_ANNOT_SUBTYPE_CARET: true, enums.FPDF_ANNOT_SUBTYPE_FILEATTACHMENT: true,
	enums.FPDF_ANNOT_SUBTYPE_SOUND: true, enums.FPDF_ANNOT_SUBTYPE_MOVIE: true, enums.FPDF_ANNOT_SUBTYPE_SCREEN: true,
	enums.FPDF_ANNOT_SUBTYPE_REDACT: true, enums.FPDF_ANNOT_SUBTYPE_THREED: true, enums.FPDF_ANNOT_SUBTYPE_RICHMEDIA: true,
}

// flatten makes what forms and stamps show a part of the page, and takes comments
// off. The page has to be loaded anew after it.
func (r *redrawing) flatten(page requests.Page) (changed bool, err error) {
	count, err := r.api.FPDFPage_GetAnnotCount(&requests.FPDFPage_GetAnnotCount{Page: page})
	if err != nil || count.Count == 0 {
		return false, r.b.alive()
	}
	for i := count.Count - 1; i >= 0; i-- {
		a, err := r.api.FPDFPage_GetAnnot(&requests.FPDFPage_GetAnnot{Page: page, Index: i})
		if err != nil {
			continue
		}
		kind, err := r.api.FPDFAnnot_GetSubtype(&requests.FPDFAnnot_GetSubtype{Annotation: a.Annotation})
		_, _ = r.api.FPDFPage_CloseAnnot(&requests.FPDFPage_CloseAnnot{Annotation: a.Annotation})
		switch {
		case err != nil:
		case kind.Subtype == enums.FPDF_ANNOT_SUBTYPE_WIDGET:
			r.made.Fields = true
		case remarks[kind.Subtype]:
			if kind.Subtype != enums.FPDF_ANNOT_SUBTYPE_POPUP && kind.Subtype != enums.FPDF_ANNOT_SUBTYPE_LINK {
				r.made.Notes++
			}
			if _, err := r.api.FPDFPage_RemoveAnnot(&requests.FPDFPage_RemoveAnnot{Page: page, Index: i}); err != nil {
				return false, fmt.Errorf("take a comment off a page: %w", err)
			}
		}
	}
	_, err = r.api.FPDFPage_Flatten(&requests.FPDFPage_Flatten{Page: page, Usage: requests.FPDFPage_FlattenUsageNormalDisplay})
	if err != nil {
		return false, fmt.Errorf("flatten a page: %w", err)
	}
	return true, nil
}

// lookAt reads the letters of one page.
func (r *redrawing) lookAt(i int) error {
	if err := r.b.alive(); err != nil {
		return err
	}
	page, done, err := r.open(i)
	if err != nil {
		return err
	}
	changed, err := r.flatten(page)
	if err == nil && changed {
		done()
		page, done, err = r.open(i)
	}
	if err != nil {
		return err
	}
	defer func() { done() }()
	p := &redrawnPage{number: i + 1, covers: map[int]bool{}}
	r.sheet = append(r.sheet, p)
	if t, err := r.api.FPDFPage_GetRotation(&requests.FPDFPage_GetRotation{Page: page}); err == nil {
		p.turn = t.PageRotation
	}
	box, err := r.api.FPDF_GetPageBoundingBox(&requests.FPDF_GetPageBoundingBox{Page: page})
	if err != nil {
		return err
	}
	p.box = pdfBox{float64(box.Rect.Left), float64(box.Rect.Bottom), float64(box.Rect.Right), float64(box.Rect.Top)}
	if w, h := p.box.x1-p.box.x0, p.box.y1-p.box.y0; !(w >= 1 && h >= 1 && w < 20000 && h < 20000) {
		return damaged(KindPDF)
	}
	text, err := r.api.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: page})
	if err != nil {
		return err
	}
	defer r.api.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: text.TextPage})
	if p.chars, err = r.chars(text.TextPage); err != nil {
		return err
	}
	p.says = make([]spoken, len(p.chars))
	if err := r.lettersInside(text.TextPage, p); err != nil {
		return err
	}
	on, err := r.gather(page, text.TextPage)
	if err != nil {
		return err
	}
	p.unseen(on)
	p.order(on.rules)
	p.unread = p.unreadPicture(on.images)
	return r.b.alive()
}

// unseen marks the letters of texts nobody sees. Those without ink are a
// recogniser's if a picture lies under them.
func (p *redrawnPage) unseen(on pdfObjects) {
	for _, t := range on.texts {
		over := slices.ContainsFunc(on.images, func(b pdfBox) bool { return pdfPaint{pdfBox: b}.covers(t.pdfBox) })
		if t.invisible && over || !t.invisible && !t.hiddenBy(on.paints, p.box) {
			t.text = bareText(t.text)
			p.shown = append(p.shown, t)
		} else {
			p.hidden = append(p.hidden, t)
		}
	}
}

// secret tells whether a letter belongs to a text nobody sees, and to none that
// people see.
func (p *redrawnPage) secret(c pdfChar) bool {
	in := func(all []pdfShown) bool {
		x, y := (c.x0+c.x1)/2, (c.y0+c.y1)/2
		return slices.ContainsFunc(all, func(t pdfShown) bool {
			return x >= t.x0-1 && x <= t.x1+1 && y >= t.y0-2 && y <= t.y1+2 && strings.ContainsRune(t.text, c.r)
		})
	}
	return len(p.hidden) > 0 && in(p.hidden) && !in(p.shown)
}

// unreadPicture tells whether a good part of the page is a picture with hardly any
// letters on it.
func (p *redrawnPage) unreadPicture(images []pdfBox) bool {
	const (
		part = 0.15 // of the page
		few  = 20   // letters
	)
	sheet := (p.box.x1 - p.box.x0) * (p.box.y1 - p.box.y0)
	return slices.ContainsFunc(images, func(b pdfBox) bool {
		w, h := min(b.x1, p.box.x1)-max(b.x0, p.box.x0), min(b.y1, p.box.y1)-max(b.y0, p.box.y0)
		if w <= 0 || h <= 0 || w*h < part*sheet {
			return false
		}
		n := 0
		for _, i := range p.orders[0] {
			c := p.chars[i]
			if x, y := (c.x0+c.x1)/2, (c.y0+c.y1)/2; x > b.x0 && x < b.x1 && y > b.y0 && y < b.y1 {
				n++
			}
		}
		return n < few
	})
}

// lettersInside refuses a page whose Chinese letters are not in the file: the
// engine has none of its own and would draw nothing.
func (r *redrawing) lettersInside(text references.FPDF_TEXTPAGE, p *redrawnPage) error {
	for i := range p.chars {
		c := &p.chars[i]
		if c.r < 0x2e80 || i%8 != 0 && i > 0 && !p.chars[i-1].made {
			continue
		}
		f, mode, err := r.faceOf(text, c.at)
		if err != nil || mode == enums.FPDF_TEXTRENDERMODE_INVISIBLE {
			continue
		}
		if in, err := r.api.FPDFFont_GetIsEmbedded(&requests.FPDFFont_GetIsEmbedded{Font: f}); err == nil && !in.IsEmbedded {
			return lettersMissing(p.number)
		}
	}
	return r.b.alive()
}

// faceOf returns the face of a letter and how it is drawn.
func (r *redrawing) faceOf(text references.FPDF_TEXTPAGE, at int) (f references.FPDF_FONT, mode enums.FPDF_TEXT_RENDERMODE, err error) {
	o, err := r.api.FPDFText_GetTextObject(&requests.FPDFText_GetTextObject{TextPage: text, Index: at})
	if err != nil {
		return f, mode, err
	}
	m, err := r.api.FPDFTextObj_GetTextRenderMode(&requests.FPDFTextObj_GetTextRenderMode{PageObject: o.TextObject})
	if err != nil {
		return f, mode, err
	}
	font, err := r.api.FPDFTextObj_GetFont(&requests.FPDFTextObj_GetFont{PageObject: o.TextObject})
	if err != nil {
		return f, m.TextRenderMode, err
	}
	return font.Font, m.TextRenderMode, nil
}

// Redraw is the function Redraw, in a child process.
func (r *Reader) Redraw(ctx context.Context, data []byte, covers []Cover) (Redrawn, error) {
	if r.program == "" {
		return Redraw(ctx, data, covers, r.lim)
	}
	select {
	case r.slots <- struct{}{}:
		defer func() { <-r.slots }()
	case <-ctx.Done():
		return Redrawn{}, ctx.Err()
	}
	reply, err := r.child(ctx, KindOf("", data), childRequest{Redraw: true, Covers: covers, Limits: r.lim}, data, redrawTime*r.lim.MaxTime)
	return reply.Made, err
}

// Redraw is [Reader.Redraw] of the reader that reads the files.
func (fs *Files) Redraw(ctx context.Context, data []byte, covers []Cover) (Redrawn, error) {
	return fs.reader.Redraw(ctx, data, covers)
}
