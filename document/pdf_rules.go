package document

import (
	"math"

	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
)

// maxSegments bounds the drawing looked at on one page.
const maxSegments = 20_000

// rules reads the straight lines of one drawn path.
func (f *pdfFile) rules(path references.FPDF_PAGEOBJECT, left *int) []pdfRule {
	count, err := f.api.FPDFPath_CountSegments(&requests.FPDFPath_CountSegments{PageObject: path})
	if err != nil || count.Count < 2 || count.Count > *left {
		return nil
	}
	*left -= count.Count
	m, err := f.api.FPDFPageObj_GetMatrix(&requests.FPDFPageObj_GetMatrix{PageObject: path})
	if err != nil {
		return nil
	}
	at := func(x, y float32) (float64, float64) {
		return float64(m.Matrix.A*x + m.Matrix.C*y + m.Matrix.E), float64(m.Matrix.B*x + m.Matrix.D*y + m.Matrix.F)
	}
	mode, err := f.api.FPDFPath_GetDrawMode(&requests.FPDFPath_GetDrawMode{PageObject: path})
	if err != nil {
		return nil
	}
	var out []pdfRule
	var outline [][2]float64 // the figure being drawn
	curved := false
	finish := func() {
		if !curved {
			out = appendRules(out, outline, mode.Stroke)
		}
		outline, curved = nil, false
	}
	for i := range count.Count {
		s, err := f.api.FPDFPath_GetPathSegment(&requests.FPDFPath_GetPathSegment{PageObject: path, Index: i})
		if err != nil {
			return out
		}
		p, err := f.api.FPDFPathSegment_GetPoint(&requests.FPDFPathSegment_GetPoint{PathSegment: s.PathSegment})
		kind, err2 := f.api.FPDFPathSegment_GetType(&requests.FPDFPathSegment_GetType{PathSegment: s.PathSegment})
		closed, err3 := f.api.FPDFPathSegment_GetClose(&requests.FPDFPathSegment_GetClose{PathSegment: s.PathSegment})
		if err != nil || err2 != nil || err3 != nil {
			return out
		}
		px, py := at(p.X, p.Y)
		switch kind.Type {
		case enums.FPDF_SEGMENT_MOVETO:
			finish()
		case enums.FPDF_SEGMENT_BEZIERTO:
			curved = true
		}
		outline = append(outline, [2]float64{px, py})
		if closed.IsClose {
			outline = append(outline, outline[0])
			finish()
		}
	}
	finish()
	return out
}

// appendRules adds the rules of one figure. Stroked, its sides are rules; filled,
// it is one if it is thin, and else a background.
func appendRules(out []pdfRule, outline [][2]float64, stroked bool) []pdfRule {
	if len(outline) < 2 {
		return out
	}
	if stroked {
		for i := 1; i < len(outline); i++ {
			out = appendRule(out, outline[i-1][0], outline[i-1][1], outline[i][0], outline[i][1])
		}
		return out
	}
	x0, y0, x1, y1 := outline[0][0], outline[0][1], outline[0][0], outline[0][1]
	for _, p := range outline {
		x0, y0, x1, y1 = min(x0, p[0]), min(y0, p[1]), max(x1, p[0]), max(y1, p[1])
	}
	switch {
	case y1-y0 <= near && x1-x0 > near:
		return appendRule(out, x0, (y0+y1)/2, x1, (y0+y1)/2)
	case x1-x0 <= near && y1-y0 > near:
		return appendRule(out, (x0+x1)/2, y0, (x0+x1)/2, y1)
	}
	return out
}

func appendRule(out []pdfRule, x0, y0, x1, y1 float64) []pdfRule {
	dx, dy := math.Abs(x1-x0), math.Abs(y1-y0)
	switch {
	case dy <= 1 && dx > near:
		y := (y0 + y1) / 2
		return append(out, pdfRule{min(x0, x1), y, max(x0, x1), y})
	case dx <= 1 && dy > near:
		x := (x0 + x1) / 2
		return append(out, pdfRule{x, min(y0, y1), x, max(y0, y1)})
	}
	return out
}

// flow splits the characters of a page into lines and tables, in the order of
// the file: a table stands where its first character does.
func flow(chars []pdfChar, rules []pdfRule, page int) []pdfLine {
	tables := grids(rules, page)
	if len(tables) == 0 {
		return pdfLines(chars, page)
	}
	var out []pdfLine
	var loose []pdfChar
	seen := map[*pdfGrid]bool{}
	var in *pdfGrid // where the last character stood
	for _, c := range chars {
		if c.r == '\r' || c.r == '\n' || c.made {
			if in == nil {
				loose = append(loose, c)
			}
			continue
		}
		in = nil
		x, y := (c.x0+c.x1)/2, (c.y0+c.y1)/2
		for _, g := range tables {
			if b := g.box(x, y); b >= 0 {
				in = g
				g.chars[b] = append(g.chars[b], c)
				break
			}
		}
		if in == nil {
			loose = append(loose, c)
			continue
		}
		if !seen[in] {
			seen[in] = true
			out = append(out, pdfLines(loose, page)...)
			loose = nil
			out = append(out, pdfLine{grid: in, page: page, x0: in.xs[0], x1: in.xs[len(in.xs)-1], y0: in.ys[len(in.ys)-1], y1: in.ys[0]})
		}
	}
	return append(out, pdfLines(loose, page)...)
}
