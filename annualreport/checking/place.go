package checking

import (
	"fmt"
	"strings"

	"gongkai/annualreport/form"
)

// How places of a report are named in sentences.

const numerals = "一二三四五六"

func numeral(t *form.Table) string { return string([]rune(numerals)[t.Chapter-1]) }

// sayWholeTable names a table: 表三.
func sayWholeTable(t *form.Table) string { return fmt.Sprintf(sayTable, numeral(t)) }

// sayRow names a row of table three as a line (行), one of table four as a group
// of cells (栏).
func sayRow(t *form.Table, b *form.Block, row int) string {
	if t.Across {
		return fmt.Sprintf(sayGroupOf, numeral(t), rowName(b.Rows[row]))
	}
	return fmt.Sprintf(sayRowOf, numeral(t), rowName(b.Rows[row]))
}

// sayColumn names a column: 表三“自然人”列.
func sayColumn(t *form.Table, b *form.Block, id string) string {
	for _, c := range b.Columns {
		if c.ID == id {
			return fmt.Sprintf(sayColumnOf, numeral(t), c.Label)
		}
	}
	return sayWholeTable(t)
}

// sayCell names a cell: 表三“（一）予以公开”行“总计”列.
func sayCell(f *form.Form, cell int) string {
	c := f.Cells[cell]
	t := &f.Tables[c.TableIndex]
	b := &t.Blocks[c.BlockIndex]
	return sayRow(t, b, c.RowIndex) + "“" + columnName(b.Columns[c.ColumnIndex]) + "”" + column(t)
}

func column(t *form.Table) string {
	if t.Across {
		return "格"
	}
	return "列"
}

// columnName is a column's label without what stands in brackets behind it.
func columnName(c form.Column) string { return bare(c.Label) }

// rowName is a row's label, with the group it belongs to where it is only a
// number and a subject, and without explanations in brackets.
func rowName(r form.Row) string {
	name := inner(bare(r.Label))
	n := len(r.Under)
	switch {
	case n == 0 || strings.HasPrefix(name, "（"):
		return name
	case strings.HasPrefix(r.Under[n-1], "（"):
		return r.Under[n-1] + name
	}
	return r.Under[n-1] + "·" + name
}

// inner turns the quotation marks of a label that is quoted itself into the
// inner ones.
func inner(label string) string {
	return strings.NewReplacer("“", "‘", "”", "’").Replace(label)
}

// shortRow names a row within a sum: （三）第5项, 第一项, 第三项总计.
func shortRow(r form.Row) string {
	name := bare(r.Label)
	if n := len(r.Under); n > 1 {
		group, _, _ := strings.Cut(r.Under[n-1], "）")
		number, _, found := strings.Cut(name, ".")
		if found && strings.HasPrefix(group, "（") {
			return group + "）第" + number + "项"
		}
	}
	if len(r.Under) == 1 && strings.HasSuffix(name, "总计") {
		return chapterItem(r.Under[0]) + "总计"
	}
	return chapterItem(name)
}

// chapterItem turns a label that is numbered like a chapter into its number:
// 一、本年新收政府信息公开申请数量 is 第一项.
func chapterItem(label string) string {
	if number, _, found := strings.Cut(label, "、"); found && strings.Contains(numerals, number) {
		return "第" + number + "项"
	}
	return label
}

// bare cuts an explanation in brackets off the end of a label.
func bare(label string) string {
	if !strings.HasSuffix(label, "）") {
		return label
	}
	if i := strings.LastIndex(label, "（"); i > 0 {
		return label[:i]
	}
	return label
}

// label is the name of a cell within its line: the column's in a row, the row's
// in a column, both where there is no line.
func label(f *form.Form, cell int, each string) string {
	c := f.Cells[cell]
	b := &f.Tables[c.TableIndex].Blocks[c.BlockIndex]
	switch each {
	case "row":
		return columnName(b.Columns[c.ColumnIndex])
	case "column":
		return shortRow(b.Rows[c.RowIndex])
	}
	return bare(b.Rows[c.RowIndex].Label)
}

func formatLast(label string) string { return fmt.Sprintf(sayLastYear, label) }
