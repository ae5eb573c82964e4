package document

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// table reads a table. Each cell gets its column in the grid, counting the
// cells that reach down from rows above.
func (h *htmlReader) table(n *html.Node, face htmlFace) error {
	h.flush()
	h.inTable++
	defer func() { h.inTable-- }()
	face.align = AlignStart
	t := &Table{}
	taken := map[int]int{} // by column: how many more rows a cell above reaches
	var walk func(n *html.Node, head bool) error
	walk = func(n *html.Node, head bool) error {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.Type != html.ElementNode || h.concealed(c) {
				continue
			}
			switch c.Data {
			case "caption":
				t.Caption = collapse(nodeText(c))
			case "thead", "tbody", "tfoot":
				if err := walk(c, c.Data == "thead"); err != nil {
					return err
				}
			case "tr":
				row, err := h.row(c, face, taken)
				if err != nil {
					return err
				}
				row.Header = head
				t.Rows = append(t.Rows, row)
			}
		}
		return nil
	}
	if err := walk(n, false); err != nil {
		return err
	}
	trimTable(t)
	if len(t.Rows) == 0 {
		return nil
	}
	if layoutTable(t) {
		for _, r := range t.Rows {
			for _, c := range r.Cells {
				h.blocks = append(h.blocks, c.Blocks...)
			}
		}
		return nil
	}
	h.blocks = append(h.blocks, Block{Kind: Grid, Table: t})
	return nil
}

// maxColumns is how wide a table may become by cells that reach over others: each
// row costs as much as the table is wide.
const maxColumns = 4096

func (h *htmlReader) row(n *html.Node, face htmlFace, taken map[int]int) (Row, error) {
	var row Row
	col := 0
	reach := map[int]int{}
	face = restyle(n, face)
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode || c.Data != "td" && c.Data != "th" || h.concealed(c) {
			continue
		}
		for taken[col] > 0 {
			col++
		}
		if col > maxColumns {
			return row, tooManyCells(h.b.lim.MaxCells)
		}
		cell := Cell{Col: col, ColSpan: spanOf(c, "colspan", 512), RowSpan: spanOf(c, "rowspan", longestSpan), Header: c.Data == "th"}
		if err := h.b.addCells(1); err != nil {
			return row, err
		}
		inner := restyle(c, face)
		blocks, err := h.gather(func() error { h.align = inner.align; return h.flow(c, inner) })
		if err != nil {
			return row, err
		}
		cell.Blocks = blocks
		cell.Numerals = strings.Contains(attrOf(c, "class"), classNumber)
		row.Cells = append(row.Cells, cell)
		for i := range cell.ColSpan {
			reach[col+i] = max(reach[col+i], cell.RowSpan-1)
		}
		col += cell.ColSpan
	}
	for c, k := range taken {
		if k > 0 {
			taken[c] = k - 1
		}
	}
	for c, k := range reach {
		taken[c] = max(taken[c], k)
	}
	return row, nil
}

// The spans a page may have: a township's name stands beside all villages of its
// list. Browsers take no more than a thousand columns.
const widestSpan, longestSpan = 999, 9_999

func spanOf(n *html.Node, key string, most int) int {
	v, err := strconv.Atoi(strings.TrimSpace(attrOf(n, key)))
	if err != nil || v < 1 {
		return 1
	}
	return min(v, most)
}

// trimTable drops rows without cells at the end and spans that reach below the
// last row.
func trimTable(t *Table) {
	for len(t.Rows) > 0 && len(t.Rows[len(t.Rows)-1].Cells) == 0 {
		t.Rows = t.Rows[:len(t.Rows)-1]
	}
	for i := range t.Rows {
		for j := range t.Rows[i].Cells {
			t.Rows[i].Cells[j].RowSpan = min(t.Rows[i].Cells[j].RowSpan, len(t.Rows)-i)
		}
	}
}

// layoutTable reports whether a table only places text on the page: one column,
// or tables within tables and nothing that heads a column.
func layoutTable(t *Table) bool {
	single, nested := true, false
	for _, r := range t.Rows {
		if len(r.Cells) > 1 {
			single = false
		}
		for _, c := range r.Cells {
			if c.Header {
				return false
			}
			for _, b := range c.Blocks {
				nested = nested || b.Kind == Grid || b.Kind == Heading
			}
		}
	}
	return single && (nested || len(t.Rows) == 1)
}
