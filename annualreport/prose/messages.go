package prose

import (
	"fmt"
	"strconv"
	"strings"

	"gongkai/annualreport/form"
)

// What findings say, and what they rest on.
const (
	sayMismatch      = "正文写“%s”，%s为%s"
	sayUpheld        = "正文写“%s”，即维持 %d 件，%s为 %d 件"
	sayNotUpheld     = "正文写“%s”，%s中有 %d 件不是“结果维持”"
	saySum           = "正文写“%s”，所列各项相加（%s）得 %s，与 %s 不等"
	sayShare         = "正文写“%s”，按%s计算为 %s%%（%d÷%d）"
	sayGrowthIs      = "正文写“%s”，本年 %d、上年 %d，应为%s"
	sayTwice         = "正文在同一处把“%s”列了两次，请核对是否重复"
	sayContradiction = "正文一处写“%s”，另一处写“%s”"
	sayTypedOver     = "正文“%s”写 %s，%s为 %s"
	sayRecorded      = "正文“%s”写 %s，按记录为 %s"
	sayNoSource      = "正文“%s”的数还没有来源"
	saySuggestion    = "正文还有未改写的建议稿：“%s…”"

	basisSame          = "同一份报告的正文与表格说的是同一件事；统计口径不同的应当在文中说明"
	basisPending       = "尚未审结的案件还没有结果，不能计入维持"
	basisSum           = "正文所列各项之和应当等于总数"
	basisShare         = "占比应当能由表三的数计算得出"
	basisGrowth        = "增减幅度应当能由两年的表格计算得出"
	basisTwice         = "同一事项不重复列举"
	basisContradiction = "正文前后应当一致"
	basisBound         = "正文中的数与表格、台账应当一致"
	basisNoSource      = "没有记录的数不能当作 0"
	basisSuggestion    = "建议稿只供起草参考，应当据实写明或者删去"
)

// What is wrong with a figure that a person wrote.
const (
	sayOpen         = "有一个“%s”没有对应的“%s”"
	sayIncomplete   = "“%s”不是完整的算式"
	sayBracket      = "缺少右括号"
	sayTwoNumbers   = "share 需要两个数，用逗号隔开"
	sayNoSuch       = "没有“%s”这一格或者这一项"
	sayNoComparison = "“%s”里没有比较"
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
