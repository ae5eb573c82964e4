package prose

import (
	"fmt"
	"strconv"
	"strings"

	"gongkai/annualreport/form"
)

// say writes a number with its unit as a finding does.
func say(k form.Kind, n int64) string {
	if k.Money() {
		return " " + plain(k, n) + " 元"
	}
	return " " + plain(k, n) + " 件"
}

func plain(k form.Kind, n int64) string {
	if k.Money() {
		return strings.TrimSuffix(form.InYuan(n), ".00")
	}
	return strconv.FormatInt(n, 10)
}

// sayCells names the cells a sum is made of: one by its name, more by their table.
func sayCells(f *form.Form, cells []int) string {
	switch len(cells) {
	case 1:
		return f.Say(cells[0])
	case 2:
		return f.Say(cells[0]) + "与" + f.Say(cells[1]) + "合计"
	}
	c := f.Cells[cells[0]]
	b := &f.Tables[c.TableIndex].Blocks[c.BlockIndex]
	groups := map[string]bool{}
	var names []string
	for _, i := range cells {
		d := f.Cells[i]
		row := b.Rows[d.RowIndex]
		name := row.Label
		if n := len(row.Under); n > 0 && c.Table == "table3" && strings.HasPrefix(row.Under[n-1], "（") {
			name = row.Under[n-1]
		}
		if !groups[name] {
			groups[name] = true
			names = append(names, "“"+name+"”")
		}
	}
	if len(names) > 3 {
		names = append(names[:3], "等项")
	}
	return sayTable(f, cells) + strings.Join(names, "") + "合计"
}

func sayTable(f *form.Form, cells []int) string {
	t := &f.Tables[f.Cells[cells[0]].TableIndex]
	return "表" + string([]rune("一二三四五六")[t.Chapter-1])
}

func sayGrowth(n int64, places int) string {
	if n < 0 {
		return "下降 " + decimals(-n, places) + "%"
	}
	return "增长 " + decimals(n, places) + "%"
}

// decimals writes millionths as a percentage, rounded.
func decimals(n int64, places int) string {
	unit := int64(10_000)
	scale := int64(1)
	for range min(places, 4) {
		unit /= 10
		scale *= 10
	}
	n = (n + unit/2) / unit
	if places == 0 {
		return strconv.FormatInt(n, 10)
	}
	return fmt.Sprintf("%d.%0*d", n/scale, places, n%scale)
}

func ids(f *form.Form, cells []int) []string {
	out := make([]string, len(cells))
	for i, c := range cells {
		out[i] = f.Cells[c].ID
	}
	return out
}
