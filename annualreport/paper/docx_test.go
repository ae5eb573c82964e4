package paper

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"io"
	"math/rand/v2"
	"testing"

	"gongkai/annualreport/form"
	"gongkai/document"
)

func TestTheWordDocumentIsWellFormedAndItsTablesAreRectangles(t *testing.T) {
	everyForm(t, func(t *testing.T, f *form.Form) {
		p := scatter(f, rand.New(rand.NewPCG(1, 5)))
		p.Title = "关于<甲>&“乙”的" + p.Title
		b, err := p.DOCX()
		if err != nil {
			t.Fatal(err)
		}
		z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range z.File {
			r, err := file.Open()
			if err != nil {
				t.Fatal(err)
			}
			d := xml.NewDecoder(r)
			for {
				if _, err = d.Token(); err != nil {
					break
				}
			}
			if err != io.EOF {
				t.Errorf("%s is not well-formed: %v", file.Name, err)
			}
		}
		d, err := document.Read(context.Background(), "a.docx", b, document.DefaultLimits)
		if err != nil {
			t.Fatal(err)
		}
		if d.Title != p.Title {
			t.Errorf("title = %q, want %q", d.Title, p.Title)
		}
		var tables []*document.Table
		var heads []string
		for _, bl := range d.Blocks {
			if bl.Kind == document.Grid {
				tables = append(tables, bl.Table)
			}
			if bl.Kind == document.Heading && bl.Level == 1 {
				heads = append(heads, bl.Label)
			}
		}
		if len(heads) != 6 {
			t.Errorf("chapter headings = %q, want six", heads)
		}
		grids := p.Grids()
		if len(tables) != len(grids) {
			t.Fatalf("tables = %d, want %d", len(tables), len(grids))
		}
		for k, g := range grids {
			for i, line := range g.Lines {
				cells := tables[k].Rows[i].Cells
				if len(cells) != len(line.Boxes) {
					t.Fatalf("%s line %d has %d cells, want %d", g.ID, i, len(cells), len(line.Boxes))
				}
				for c, b := range line.Boxes {
					if got := cells[c]; got.Col != b.Col || got.ColSpan != b.Cols || got.RowSpan != b.Rows {
						t.Errorf("%s line %d: %q stands at %d+%d×%d, want %d+%d×%d", g.ID, i, b.Text, got.Col, got.ColSpan, got.RowSpan, b.Col, b.Cols, b.Rows)
					}
				}
			}
		}
	})
}

func TestTheColumnsOfAPrintedTableFillThePageAndHoldTheirNumbers(t *testing.T) {
	everyForm(t, func(t *testing.T, f *form.Form) {
		for seed := range uint64(30) {
			p := scatter(f, rand.New(rand.NewPCG(seed, 6)))
			for _, g := range p.Grids() {
				sum := 0
				for i, w := range g.twips() {
					if sum += w; w < 300 {
						t.Errorf("%s column %d is %d twips wide", g.ID, i, w)
					}
				}
				if sum != textWide {
					t.Errorf("%s: the columns are %d twips wide, want %d", g.ID, sum, textWide)
				}
			}
		}
	})
}
