package document

import (
	"strconv"
	"strings"
)

// A pptxText reads the shapes of one slide, or of its notes.
type pptxText struct {
	*pptxFile
	x        *xmlStream
	notes    bool
	master   bool
	group    int // groups around
	title    []Block
	body     []Block
	aside    []Block // on shapes that are hidden or lie beside the slide
	pictures int
}

// tree goes to the shapes of the slide that was just entered.
func (t *pptxText) tree() error {
	return t.x.children(func(e element) error {
		if e.name != "cSld" {
			return nil
		}
		return t.x.children(func(e element) error {
			if e.name != "spTree" {
				return nil
			}
			return t.x.children(t.shape)
		})
	})
}

// A pptxShape is what a shape says of itself before its text.
type pptxShape struct {
	role   string // of a placeholder: title, body, dt …
	hidden bool
	x, y   int64
	w, h   int64
	placed bool
}

func (t *pptxText) shape(e element) error {
	switch e.name {
	case "grpSp":
		t.group++
		defer func() { t.group-- }()
		hidden := false
		return t.x.children(func(e element) error {
			if e.name == "nvGrpSpPr" {
				return t.x.children(func(e element) error {
					hidden = hidden || e.name == "cNvPr" && on(e.attr("hidden"))
					return nil
				})
			}
			if !hidden {
				return t.shape(e)
			}
			return t.unshown(e)
		})
	case "sp", "cxnSp", "graphicFrame", "pic":
		return t.one(e)
	case "AlternateContent":
		return t.x.first(t.shape)
	}
	return nil
}

// unshown reads a shape of a group that is hidden as a whole.
func (t *pptxText) unshown(e element) error {
	title, body := t.title, t.body
	t.title, t.body = nil, nil
	err := t.shape(e)
	t.aside = append(append(t.aside, t.title...), t.body...)
	t.title, t.body = title, body
	return err
}

func on(v string) bool { return v == "1" || v == "true" }

// one reads a shape that is no group.
func (t *pptxText) one(kind element) error {
	var s pptxShape
	var blocks []Block
	picture := kind.name == "pic"
	err := t.x.children(func(e element) error {
		switch e.name {
		case "nvSpPr", "nvPicPr", "nvGraphicFramePr", "nvCxnSpPr":
			return t.x.children(func(e element) error { return t.about(e, &s) })
		case "spPr":
			return t.x.children(func(e element) error { return t.place(e, &s) })
		case "xfrm":
			return t.frame(&s)
		case "txBody":
			all, err := t.paragraphs()
			blocks = append(blocks, all...)
			return err
		case "graphic":
			return t.x.children(func(e element) error {
				return t.x.children(func(e element) error {
					switch e.name {
					case "tbl":
						table, err := t.table()
						if table != nil {
							blocks = append(blocks, Block{Kind: Grid, Table: table})
						}
						return err
					case "chart", "relIds":
						picture = true
					}
					return nil
				})
			})
		}
		return nil
	})
	if picture {
		t.pictures++
	}
	switch {
	case len(blocks) == 0 || s.role == "sldNum" || t.master && s.role != "" || t.notes && (s.role == "sldImg" || s.role == "hdr"):
	case s.role == "dt" || s.role == "ftr":
		if !t.notes {
			t.footers.add(plain(blocks))
		}
	case s.hidden || t.beside(s):
		t.aside = append(t.aside, blocks...)
	case s.role == "title" || s.role == "ctrTitle":
		t.title = append(t.title, blocks...)
	default:
		t.body = append(t.body, blocks...)
	}
	return err
}

func (t *pptxText) about(e element, s *pptxShape) error {
	switch e.name {
	case "cNvPr":
		s.hidden = on(e.attr("hidden"))
	case "nvPr":
		return t.x.children(func(e element) error {
			if e.name == "ph" {
				if s.role = e.attr("type"); s.role == "" {
					s.role = "obj"
				}
			}
			return nil
		})
	}
	return nil
}

func (t *pptxText) place(e element, s *pptxShape) error {
	if e.name == "xfrm" {
		return t.frame(s)
	}
	return nil
}

func (t *pptxText) frame(s *pptxShape) error {
	return t.x.children(func(e element) error {
		n := func(name string) int64 { v, _ := strconv.ParseInt(e.attr(name), 10, 64); return v }
		switch e.name {
		case "off":
			s.x, s.y, s.placed = n("x"), n("y"), true
		case "ext":
			s.w, s.h = n("cx"), n("cy")
		}
		return nil
	})
}

// beside tells a shape that lies outside of the slide. In groups places are counted
// otherwise.
func (t *pptxText) beside(s pptxShape) bool {
	if t.notes || t.group > 0 || !s.placed || t.wide <= 0 || t.high <= 0 || s.w <= 0 || s.h <= 0 {
		return false
	}
	const most = 1 << 40
	if s.x > most || s.x < -most || s.y > most || s.y < -most || s.w > most || s.h > most {
		return true
	}
	return s.x+s.w <= 0 || s.y+s.h <= 0 || s.x >= t.wide || s.y >= t.high
}

// paragraphs reads a body of text.
func (t *pptxText) paragraphs() ([]Block, error) {
	var out []Block
	err := t.x.children(func(e element) error {
		if e.name != "p" {
			return nil
		}
		b := Block{Kind: Paragraph}
		if err := t.x.children(func(e element) error { return t.run(e, &b) }); err != nil {
			return err
		}
		if b.Runs = trimRuns(b.Runs); len(b.Runs) > 0 {
			out = append(out, b)
		}
		return nil
	})
	return out, err
}

func (t *pptxText) run(e element, b *Block) error {
	switch e.name {
	case "pPr":
		if e.attr("algn") == "ctr" {
			b.Align = AlignCenter
		}
	case "r", "fld":
		return t.x.children(func(e element) error {
			if e.name != "t" {
				return nil
			}
			s, err := t.x.text()
			b.Runs = appendRun(b.Runs, Run{Text: cleanText(s)})
			return err
		})
	case "br":
		b.Runs = append(b.Runs, Run{Break: true})
	case "m":
		s, err := t.x.text()
		b.Runs = appendRun(b.Runs, Run{Text: cleanText(strings.TrimSpace(s))})
		return err
	case "AlternateContent":
		return t.x.first(func(e element) error { return t.run(e, b) })
	}
	return nil
}

// table reads a table; nil without rows. Cells that lie under others hold nothing
// the page shows; what they hold all the same is hidden.
func (t *pptxText) table() (*Table, error) {
	out := &Table{}
	first := false
	err := t.x.children(func(e element) error {
		switch e.name {
		case "tblPr":
			first = on(e.attr("firstRow"))
		case "tr":
			row := Row{}
			col := 0
			err := t.x.children(func(e element) error {
				if e.name != "tc" {
					return nil
				}
				c := Cell{Col: col, ColSpan: max(1, clampSpan(e.attr("gridSpan"), 1)), RowSpan: max(1, min(clampSpan(e.attr("rowSpan"), 1), longestSpan))}
				col++
				if err := t.b.addCells(2); err != nil { // nobody has so many on slides
					return err
				}
				under := on(e.attr("hMerge")) || on(e.attr("vMerge"))
				return t.x.children(func(e element) error {
					if e.name != "txBody" {
						return nil
					}
					blocks, err := t.paragraphs()
					if under {
						t.aside = append(t.aside, blocks...)
						return err
					}
					if c.Blocks = blocks; len(blocks) > 0 {
						c.Numerals = numeric(plain(blocks))
					}
					row.Cells = append(row.Cells, c)
					return err
				})
			})
			out.Rows = append(out.Rows, row)
			return err
		}
		return nil
	})
	if len(out.Rows) == 0 {
		return nil, err
	}
	out.Rows[0].Header = first
	trimTable(out)
	return out, err
}
