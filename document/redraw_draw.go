package document

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"unicode/utf8"

	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
)

const (
	redrawDots = 200      // dots to the inch: what archives ask of scans
	redrawSide = 6000     // dots, the longest side of a page
	redrawArea = 16 << 20 // dots of a page
	inkless    = 24       // differences of shade that are no letter
	rim        = 0.06     // of the height of a letter, covered beside it
	sliver     = 0.03     // the same to the left and right: letters drawn twice to be bold
	loosely    = 0.35     // as rim, where letters were recognised in a picture
)

// A bitmap is a picture of a page: four bytes a dot, red, green, blue and nothing.
type bitmap struct {
	w, h, stride int
	dots         []byte
}

// draw writes one page of the copy.
func (r *redrawing) draw(i int) error {
	if err := r.b.alive(); err != nil {
		return err
	}
	p := r.sheet[i]
	page, done, err := r.open(i)
	if err != nil {
		return err
	}
	defer done()
	areas, err := r.areas(page, p)
	if err != nil {
		return err
	}
	made, err := r.api.FPDFBitmap_Create(p.measure())
	if err != nil {
		return r.drawing(err)
	}
	defer r.api.FPDFBitmap_Destroy(&requests.FPDFBitmap_Destroy{Bitmap: made.Bitmap})
	m, err := r.paintPage(page, p, made.Bitmap)
	if err != nil {
		return r.drawing(err)
	}
	scaleX, scaleY := float64(m.w)/(p.box.x1-p.box.x0), float64(m.h)/(p.box.y1-p.box.y0)
	dots := func(b pdfBox) (x0, y0, x1, y1 int) {
		return int(math.Floor((b.x0 - p.box.x0) * scaleX)), int(math.Floor((p.box.y1 - b.y1) * scaleY)),
			int(math.Ceil((b.x1 - p.box.x0) * scaleX)), int(math.Ceil((p.box.y1 - b.y0) * scaleY))
	}
	// Letters that nobody sees do not get behind the picture either.
	seen := make([]bool, len(p.chars))
	for k, c := range p.chars {
		w, h := (c.x1-c.x0)*0.1, (c.y1-c.y0)*0.08
		seen[k] = m.ink(dots(pdfBox{c.x0 + w, c.y0 + h, c.x1 - w, c.y1 - h})) && !p.secret(c)
	}
	if p.unread || len(p.orders[0]) == 0 && m.ink(0, 0, m.w, m.h) {
		r.made.Blind = append(r.made.Blind, p.number)
	}
	for _, a := range areas {
		x0, y0, x1, y1 := dots(a.pdfBox)
		m.hide(x0, y0, x1, y1, a.stars)
	}
	pic, err := m.encode()
	if err != nil {
		return err
	}
	r.made.Drawn++
	return r.out.page(p, pic, p.spokenText(seen))
}

func (r *redrawing) drawing(err error) error {
	if late := r.b.alive(); late != nil {
		return late
	}
	return fmt.Errorf("draw a page: %w", err)
}

// measure is how large the picture of a page is.
func (p *redrawnPage) measure() *requests.FPDFBitmap_Create {
	w, h := p.box.x1-p.box.x0, p.box.y1-p.box.y0
	scale := min(redrawDots/72.0, redrawSide/max(w, h), math.Sqrt(redrawArea/(w*h)))
	return &requests.FPDFBitmap_Create{Width: max(1, int(math.Round(w*scale))), Height: max(1, int(math.Round(h*scale)))}
}

// paintPage draws a page on white, upright whichever way it is turned. The dots
// are the engine's own until the bitmap is destroyed.
func (r *redrawing) paintPage(page requests.Page, p *redrawnPage, to references.FPDF_BITMAP) (bitmap, error) {
	size := p.measure()
	m := bitmap{w: size.Width, h: size.Height}
	if _, err := r.api.FPDFBitmap_FillRect(&requests.FPDFBitmap_FillRect{Bitmap: to, Width: m.w, Height: m.h, Color: 0xffffffff}); err != nil {
		return m, err
	}
	_, err := r.api.FPDF_RenderPageBitmap(&requests.FPDF_RenderPageBitmap{
		Bitmap: to, Page: page, SizeX: m.w, SizeY: m.h, Rotate: (4 - p.turn) % 4,
		Flags: enums.FPDF_RENDER_FLAG_REVERSE_BYTE_ORDER,
	})
	if err != nil {
		return m, err
	}
	buffer, err := r.api.FPDFBitmap_GetBuffer(&requests.FPDFBitmap_GetBuffer{Bitmap: to})
	if err != nil {
		return m, err
	}
	m.dots, m.stride = buffer.Buffer, len(buffer.Buffer)/m.h
	return m, nil
}

// An area is a stretch of a line that is covered.
type area struct {
	pdfBox
	stars int
}

// areas are the places of a page to cover: neighbouring letters in one. A letter
// of a recogniser lies only about where its picture is, so all of its value and
// some more is covered.
func (r *redrawing) areas(page requests.Page, p *redrawnPage) (out []area, err error) {
	if len(p.covers) == 0 {
		return nil, nil
	}
	text, err := r.api.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: page})
	if err != nil {
		return nil, r.drawing(err)
	}
	defer r.api.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: text.TextPage})
	guessed, err := r.recognised(text.TextPage, p)
	if err != nil {
		return nil, err
	}
	letters := slices.Sorted(maps.Keys(p.covers))
	letters = slices.Compact(slices.Sorted(slices.Values(append(letters, slices.Collect(maps.Keys(guessed))...))))
	for k, i := range letters {
		c := p.chars[i]
		b := pdfBox{c.x0, c.y0, c.x1, c.y1}
		if tight, err := r.api.FPDFText_GetCharBox(&requests.FPDFText_GetCharBox{TextPage: text.TextPage, Index: c.at}); err == nil && tight.Right > tight.Left && tight.Top > tight.Bottom {
			b = pdfBox{min(b.x0, tight.Left), min(b.y0, tight.Bottom), max(b.x1, tight.Right), max(b.y1, tight.Top)}
		}
		beside := rim
		if guessed[i] {
			beside = loosely
			b.x0, b.x1 = b.x0-beside*(b.y1-b.y0), b.x1+beside*(b.y1-b.y0)
		}
		if late := r.b.alive(); late != nil {
			return nil, late
		}
		h := b.y1 - b.y0
		b.y0, b.y1 = b.y0-beside*h, b.y1+beside*h
		b.x0, b.x1 = b.x0-sliver*h, b.x1+sliver*h
		if !(b.x1 > b.x0 && b.y1 > b.y0) {
			return nil, notFoundAgain(p.number)
		}
		stars := utf8.RuneCountInString(p.says[i].now)
		if n := len(out); n > 0 && letters[k-1] == i-1 && !gapBefore(p.chars[i-1], c) {
			o := &out[n-1]
			o.pdfBox = pdfBox{min(o.x0, b.x0), min(o.y0, b.y0), max(o.x1, b.x1), max(o.y1, b.y1)}
			o.stars += stars
			continue
		}
		out = append(out, area{b, stars})
	}
	return out, nil
}

// recognised are the letters of values a recogniser put behind the page.
func (r *redrawing) recognised(text references.FPDF_TEXTPAGE, p *redrawnPage) (map[int]bool, error) {
	all := map[int]bool{}
	for _, letters := range p.values {
		_, mode, err := r.faceOf(text, p.chars[letters[0]].at)
		if late := r.b.alive(); late != nil {
			return nil, late
		}
		if err == nil && mode != enums.FPDF_TEXTRENDERMODE_INVISIBLE {
			continue
		}
		for _, i := range letters {
			all[i] = true
		}
	}
	return all, nil
}

// A glyph is a letter of the copy's own text, behind the picture.
type glyph struct {
	pdfBox
	text  string
	first bool // a new piece of text begins here
}

// spokenText is the text that stands behind the picture of a page.
func (p *redrawnPage) spokenText(seen []bool) (out []glyph) {
	gap := true
	var last pdfChar
	for i, c := range p.chars {
		if c.made || !letter(c.r) {
			gap = gap || c.made
			if c.r == ' ' && !c.made && len(out) > 0 && !gap {
				out = append(out, glyph{pdfBox: pdfBox{c.x0, c.y0, c.x1, c.y1}, text: " "})
				last = c
			}
			continue
		}
		s := string(c.r)
		if p.says[i].covered {
			if s = p.says[i].now; s == "" {
				continue
			}
		}
		// A recogniser's letters do not lie exactly where their pictures are.
		if near := seen[max(i-1, 0)] || seen[min(i+1, len(seen)-1)]; !seen[i] && !(p.says[i].covered && near && !p.secret(c)) {
			continue
		}
		if !(c.x1 > c.x0 && c.y1 > c.y0) {
			continue
		}
		out = append(out, glyph{pdfBox{c.x0, c.y0, c.x1, c.y1}, s, gap || gapBefore(last, c)})
		gap, last = false, c
	}
	return out
}
