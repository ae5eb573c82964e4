package document

import "strconv"

// A docxCell is a cell before vertical merges are resolved.
type docxCell struct {
	Cell
	follows bool // continues the cell above
	begins  bool // may be continued below
}

// table reads a table; nil if it has no visible cell.
func (t *docxText) table() (*Table, error) {
	t.nested++
	defer func() { t.nested-- }()
	var rows [][]docxCell
	var header []bool
	caption := ""
	var walk func(e element) error
	walk = func(e element) error {
		switch e.name {
		case "tr":
			row, repeat, gone, err := t.row()
			if len(row) > 0 && !gone {
				rows, header = append(rows, row), append(header, repeat)
			}
			return err
		case "tblPr":
			return t.x.children(func(e element) error {
				if e.name == "tblCaption" {
					caption = e.val()
				}
				return nil
			})
		case "sdt", "sdtContent", "customXml", "ins", "moveTo":
			return t.x.children(walk)
		}
		return nil
	}
	if err := t.x.children(walk); err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, nil
	}
	return mergeDown(rows, header, caption), nil
}

func (t *docxText) row() (row []docxCell, header, gone bool, err error) {
	col := 0
	var walk func(e element) error
	walk = func(e element) error {
		switch e.name {
		case "trPr":
			return t.x.children(func(e element) error {
				switch e.name {
				case "tblHeader":
					header = e.on()
				case "gridBefore":
					col = clampSpan(e.val(), 0)
				case "del", "moveFrom":
					gone = true
					t.gone++
				}
				return nil
			})
		case "tc":
			c, joins, err := t.cell(col)
			if joins && len(row) > 0 {
				row[len(row)-1].ColSpan += c.ColSpan
			} else {
				row = append(row, c)
			}
			col += c.ColSpan
			if err != nil {
				return err
			}
			return t.b.addCells(1)
		case "sdt", "sdtContent", "customXml":
			return t.x.children(walk)
		}
		return nil
	}
	start := len(t.deleted)
	err = t.x.children(walk)
	if gone {
		t.gone--
		if t.gone == 0 && len(t.deleted) > start+1 {
			t.deleted = append(t.deleted[:start], joinLines(t.deleted[start:]))
		}
	}
	return row, header, gone, err
}

// cell reads one cell; joins is true if it belongs to the cell before it.
func (t *docxText) cell(col int) (c docxCell, joins bool, err error) {
	c.Cell = Cell{Col: col, ColSpan: 1, RowSpan: 1}
	var entries []docxEntry
	err = t.x.children(func(e element) error {
		if e.name != "tcPr" {
			return t.block(e, &entries)
		}
		return t.x.children(func(e element) error {
			switch e.name {
			case "gridSpan":
				c.ColSpan = max(1, clampSpan(e.val(), 1))
			case "vMerge":
				c.begins = e.val() == "restart"
				c.follows = !c.begins
			case "hMerge":
				joins = e.val() != "restart"
			}
			return nil
		})
	})
	c.Blocks = nest(entries)
	return c, joins, err
}

func clampSpan(s string, def int) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 {
		return def
	}
	return min(n, 512)
}

// mergeDown turns vertical merges into row spans. A continued cell belongs to
// the cell above that begins in the same grid column; without one it stands on
// its own.
func mergeDown(rows [][]docxCell, header []bool, caption string) *Table {
	table := &Table{Caption: caption, Rows: make([]Row, len(rows))}
	type origin struct{ row, cell int }
	above := map[int]origin{} // by first grid column
	for i, row := range rows {
		next := map[int]origin{}
		table.Rows[i].Header = header[i]
		for _, c := range row {
			if c.follows {
				if o, ok := above[c.Col]; ok {
					up := &table.Rows[o.row].Cells[o.cell]
					if up.ColSpan == c.ColSpan {
						up.RowSpan = i - o.row + 1
						next[c.Col] = o
						continue
					}
				}
			}
			table.Rows[i].Cells = append(table.Rows[i].Cells, c.Cell)
			if c.begins || c.follows {
				next[c.Col] = origin{i, len(table.Rows[i].Cells) - 1}
			}
		}
		above = next
	}
	// A header that is not at the top repeats nothing.
	for i := range table.Rows {
		if !table.Rows[i].Header {
			for j := i; j < len(table.Rows); j++ {
				table.Rows[j].Header = false
			}
			break
		}
	}
	return table
}
