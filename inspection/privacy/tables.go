package privacy

import (
	"strings"

	"gongkai/inspection/rule"
)

var (
	nameHeads      = []string{"姓名", "申请人", "户主", "受助人", "救助对象", "当事人", "学生", "被保障人", "家长", "监护人", "法定代理人", "保障对象"}
	idHeads        = []string{"身份证", "证件号", "手机", "电话", "联系方式", "卡号", "账号", "一卡通", "住址", "家庭地址", "户籍", "出生", "残疾证", "护照"}
	healthHeads    = []string{"病种", "诊断", "疾病", "病情", "残疾类别", "残疾等级", "残疾类型", "住院", "就诊", "患病", "健康状况", "精神"}
	householdHeads = []string{"致贫", "家庭收入", "人均收入", "家庭人口", "家庭成员", "困难原因", "婚姻", "劳动能力", "与户主关系", "家庭情况"}
	minorHeads     = []string{"学生姓名", "儿童姓名", "孤儿姓名", "幼儿姓名", "未成年人姓名"}
	addressHeads   = []string{"住址", "家庭地址", "户籍地址", "居住地"}
	officeHeads    = []string{"职务", "单位名称", "机构", "部门", "企业", "法定代表人"}
)

// tables judges lists by their columns: who is named together with what.
func (c *Checker) tables(f *rule.File, t *rule.Text, report func(rule.Finding)) {
	if len(t.Places) == 0 && !strings.ContainsAny(t.S, "\t|") || f.Stopped() {
		return
	}
	columns := t.Columns()
	for from := 0; from < len(columns) && !f.Stopped(); {
		to := from
		for to < len(columns) && columns[to].Table == columns[from].Table {
			to++
		}
		c.table(f, t, columns[from:to], report)
		from = to
	}
}

func (c *Checker) table(f *rule.File, t *rule.Text, columns []rule.Column, report func(rule.Finding)) {
	names, public := -1, false
	identified := false
	for i, col := range columns {
		if names < 0 && headHas(col.Head, nameHeads) && c.named(t, col) {
			names = i
		}
		identified = identified || headHas(col.Head, idHeads)
		public = public || headHas(col.Head, officeHeads)
	}
	if names < 0 {
		return
	}
	p := ProfileOf(f.Kind)
	// One finding a column, at its first cell: five thousand of them help nobody.
	column := func(r *rule.Rule, col rule.Column, suggest string) {
		x := t.Find(r, col.Cells[0][0], col.Cells[0][1])
		x.Count, x.Suggest = len(col.Cells), []string{suggest}
		report(x)
	}
	first := func(col rule.Column) string { return t.S[col.Cells[0][0]:col.Cells[0][1]] }
	switch hidden := c.hidden(t, columns[names]); {
	case hidden: // somebody has done it
	case headHas(columns[names].Head, minorHeads):
		column(c.minor, columns[names], maskName(first(columns[names])))
	case identified && !public && !p.shows("name"):
		column(c.name, columns[names], maskName(first(columns[names])))
	}
	for _, col := range columns {
		switch {
		case headHas(col.Head, healthHeads) && !p.shows("health"):
			column(c.health, col, "（删去本列）")
		case headHas(col.Head, householdHeads) && !p.shows("household"):
			column(c.household, col, "（删去本列）")
		case headHas(col.Head, addressHeads):
			for _, cell := range col.Cells {
				if deepAddress(t.S[cell[0]:cell[1]]) {
					c.home(t, cell[0], cell[1], report)
				}
			}
		}
	}
}

// hidden tells whether every name of a column is masked already.
func (c *Checker) hidden(t *rule.Text, col rule.Column) bool {
	for _, cell := range col.Cells {
		if s := t.S[cell[0]:cell[1]]; !strings.ContainsAny(s, "*＊某") && personName(strings.ReplaceAll(s, " ", "")) {
			return false
		}
	}
	return true
}

// named tells whether most cells of a column are names of people.
func (c *Checker) named(t *rule.Text, col rule.Column) bool {
	n := 0
	look := col.Cells[:min(len(col.Cells), 30)]
	for _, cell := range look {
		if s := t.S[cell[0]:cell[1]]; personName(strings.ReplaceAll(s, " ", "")) || strings.ContainsAny(s, "*某") {
			n++
		}
	}
	return n*2 >= len(look) && n > 0
}

func headHas(head string, words []string) bool {
	for _, w := range words {
		if strings.Contains(head, w) {
			return true
		}
	}
	return false
}
