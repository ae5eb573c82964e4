package ui

// formTables are two pieces of the statutory tables with every state of a
// figure: as it is, broken, doubtful, corrected, unknown, blank, asked for.
func (g *StyleGuide) formTables() {
	head := func(text, scope string, cols, rows int) FormBox {
		return FormBox{Text: text, Scope: scope, Cols: cols, Rows: rows}
	}
	fig := func(text string) FormBox { return FormBox{Text: text, URL: "#table"} }
	bad, near, warn, fixed := fig("145"), fig("125"), fig("14"), fig("6")
	bad.Kind, bad.Marks = Bad, []Link{{Text: "①", URL: "#table", Note: "检查结果"}}
	near.Near = true
	warn.Kind, warn.Marks = Warn, []Link{{Text: "②", URL: "#table", Note: "检查结果"}}
	fixed.Kind, fixed.Notes = Note, []string{"按台账 5"}
	g.Form = FormTable{ID: "form-sample", Caption: "三、收到和处理政府信息公开申请情况", Note: "单位：件", Head: 3, Lines: []FormLine{
		{Boxes: []FormBox{{Text: "（第一、二项之和等于第三、四项之和）", Corner: true, Cols: 2, Rows: 3}, head("申请人情况", "colgroup", 4, 1)}},
		{Boxes: []FormBox{head("自然人", "col", 1, 2), head("法人或其他组织", "colgroup", 2, 1), head("总计", "col", 1, 2)}},
		{Boxes: []FormBox{head("商业企业", "col", 1, 1), head("其他", "col", 1, 1)}},
		{Boxes: []FormBox{head("一、本年新收", "row", 2, 1), fig("128"), warn, fig("0"), fig("142")}},
		{Boxes: []FormBox{head("三、本年度办理结果", "rowgroup", 1, 2), head("（一）予以公开", "row", 1, 1), near, fig("14"), fixed, bad}},
		{Boxes: []FormBox{head("（二）部分公开", "row", 1, 1), {Unknown: true, URL: "#table"}, {URL: "#table"}, fig("/"), {Unknown: true, URL: "#table"}}},
	}}
	ask := func(name, label string) FormBox {
		f := NewField(nil, name, label)
		return FormBox{Input: &f}
	}
	g.Asked = FormTable{Caption: "第二十条第（五）项（填写）", Lines: []FormLine{
		{Boxes: []FormBox{head("信息内容", "col", 1, 1), head("本年处理决定数量", "col", 1, 1)}},
		{Boxes: []FormBox{head("行政许可", "row", 1, 1), ask("sample-permit", "行政许可，本年处理决定数量")}},
	}}
}
