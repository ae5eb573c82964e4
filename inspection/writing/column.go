package writing

import (
	"math"
	"strconv"
	"strings"

	"gongkai/inspection/rule"
)

// totalRow are the names of the last row of a table, in which the rows above are added
// up.
var totalRow = map[string]bool{"合计": true, "总计": true, "共计": true, "合 计": true, "总 计": true, "合　计": true, "总　计": true}

// single are heads of columns that nobody adds up.
var single = []string{"序号", "编号", "编码", "代码", "率", "比", "%", "％", "单价", "年份", "年度", "月份", "出生", "日期", "时间", "电话", "号", "排名", "名次", "得分", "占", "增长", "增幅", "平均", "人均", "标准", "级", "备注"}

// columnSums adds up the columns of lists: rows numbered from one on, and below them one
// called 合计. Only such a list is known to have no subtotals among its rows.
func (w *work) columnSums() {
	s := w.t.S
	if !strings.Contains(s, "计") || len(w.t.Places) == 0 && !strings.ContainsAny(s, "\t|") {
		return
	}
	all := w.t.Columns()
	for from := 0; from < len(all) && !w.stopped(); {
		to := from
		for to < len(all) && all[to].Table == all[from].Table {
			to++
		}
		w.addUp(all[from:to])
		from = to
	}
}

// addUp judges one table.
func (w *work) addUp(columns []rule.Column) {
	text := func(cell [2]int) string { return strings.Trim(w.t.S[cell[0]:cell[1]], " \t\"") }
	total, rows := -1, 0
	for _, col := range columns[:min(2, len(columns))] {
		for _, cell := range col.Cells {
			if totalRow[text(cell)] {
				if total >= 0 {
					return // more than one: the table has parts
				}
				total = cell[0]
			}
		}
	}
	if total < 0 || !strings.Contains(columns[0].Head, "序号") {
		return
	}
	for i, cell := range columns[0].Cells {
		if cell[0] >= total {
			break
		}
		if n, err := strconv.Atoi(text(cell)); err != nil || n != i+1 {
			return
		}
		rows++
	}
	if rows < 2 {
		return
	}
	for _, col := range columns[1:] {
		if !holds(col.Head, single...) {
			w.addColumn(col, total, rows, text)
		}
	}
}

// addColumn judges one column; the row of the total begins at byte total.
func (w *work) addColumn(col rule.Column, total, rows int, text func([2]int) string) {
	sum, decimals, items := 0.0, 0, 0
	for i, cell := range col.Cells {
		v, d, ok := amountOf(text(cell))
		if !ok {
			return
		}
		if cell[0] < total {
			sum, decimals, items = sum+v, max(decimals, d), items+1
			continue
		}
		// A cell that spans rows stands once for several; notes may stand below.
		if i != len(col.Cells)-1 || items < 2 || items > rows {
			return
		}
		slack := 1e-6 * math.Max(1, math.Abs(sum))
		if d > 0 || decimals > 0 {
			slack += float64(items+1) / 2 * math.Pow10(-d) // the rows may have been rounded
		}
		if math.Abs(sum-v) > slack {
			right := figures(sum, max(d, decimals))
			w.say("number.column", cell[0], cell[1], right, right, text(cell))
		}
	}
}

// amountOf reads a cell like 1,234.50 or 12万元. A dash is nothing.
func amountOf(s string) (v float64, decimals int, ok bool) {
	s = strings.ReplaceAll(strings.TrimRight(s, "元万亿人户亩件个名次项家公里吨条"), ",", "")
	s = strings.TrimSpace(strings.ReplaceAll(s, "，", ""))
	switch s {
	case "-", "—", "——", "/", "－":
		return 0, 0, true
	}
	if s == "" || strings.Trim(s, "0123456789.") != "" || len(s) > 15 {
		return 0, 0, false
	}
	if i := strings.IndexByte(s, '.'); i >= 0 {
		decimals = len(s) - i - 1
	}
	v, err := strconv.ParseFloat(s, 64)
	return v, decimals, err == nil
}
