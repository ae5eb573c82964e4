package paper

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"gongkai/annualreport/form"
)

// example is a report of an invented district in the form of 2021: figures that
// add up, prose in all chapters, corrections by hand.
func example(f *form.Form) *Paper {
	r := form.New(f)
	r.Agency, r.Year = "示例市明镜区人民政府", 2026
	if f.ID == "2019" {
		r.Year = 2020
	}
	rng := rand.New(rand.NewPCG(7, 9))
	for i, c := range f.Cells {
		switch {
		case c.Kind.Money():
			r.Values[i] = form.Of(int64(rng.IntN(90_000)) * 1_000_000)
		case c.Kind == form.Signed:
			r.Values[i] = form.Of(int64(rng.IntN(80) - 40))
		case c.Table == "table2":
			r.Values[i] = form.Of(int64(rng.IntN(3000)))
		case c.Table == "table3" && c.Column != "总计" && c.Row != "total" && c.Row != "forward":
			r.Values[i] = form.Of(int64(rng.IntN(7) * rng.IntN(7) / 3))
		case c.Table == "table4":
			r.Values[i] = form.Of(int64(rng.IntN(5)))
		default:
			r.Values[i] = form.Of(0)
		}
	}
	settle(r)
	p := &Paper{Report: r, Title: fmt.Sprintf("示例市明镜区人民政府%d年政府信息公开工作年度报告", r.Year)}
	p.Intro = []string{"根据《中华人民共和国政府信息公开条例》第五十条规定，编制本报告。本报告所列数据的统计期限自1月1日起至12月31日止。"}
	p.Contact = Contact{Office: "示例市明镜区人民政府办公室", Address: "示例市明镜区政通路1号", Postcode: "000000", Phone: "0000-00000000"}
	p.Chapters = []Chapter{
		{Number: 1, Paras: []string{
			"（一）主动公开。全年通过政府网站主动公开政府信息2312条，重点公开了政策文件、财政预决算、行政执法等领域信息，政策解读材料与文件同步发布。",
			"（二）依申请公开。" + sums(r),
			"（三）政府信息管理。严格落实公文公开属性源头认定和公开前审查制度，对历年行政规范性文件开展清理，集中公开并动态更新。",
			"（四）政府信息公开平台建设。优化政府信息公开专栏设置，完善检索、查阅、下载功能。",
			"（五）监督保障。组织业务培训3次，参训126人次。工作考核：将政务公开纳入全区综合考核。社会评议：开展满意度调查，满意度94%。责任追究：未发生责任追究情形。",
		}},
		{Number: 5, Paras: []string{"存在的主要问题：一是政策解读形式不够丰富；二是依申请公开答复说理性有待增强。", "改进情况：加大图文、视频解读比重，开展答复文书评查。"}},
		{Number: 6, Paras: []string{"依据《政府信息公开信息处理费管理办法》，本年度发出收费通知0件，收取信息处理费0元。"}},
	}
	p.Signed, p.Made = "示例市明镜区人民政府", fmt.Sprintf("%d年3月20日", r.Year+1)
	cell, _ := f.Index("table3.deny5.自然人")
	printed := r.Values[cell]
	p.Fixes = []Fix{{Cell: cell, Computed: form.Of(printed.N + 1), Printed: printed, Reason: "有一件申请登记时选错了处理结果，经核对原件后更正"}}
	return p
}

func sums(r *form.Report) string {
	g := func(id string) int64 { return r.Get(id).N }
	return fmt.Sprintf("全年新收政府信息公开申请%d件，上年结转%d件，本年度办结%d件，结转下年度继续办理%d件。", g("table3.new.总计"), g("table3.carried.总计"), g("table3.total.总计"), g("table3.forward.总计"))
}

// settle makes the totals of tables three and four add up: the left side of each
// equation is what the right side comes to, and nothing is carried forward.
func settle(r *form.Report) {
	sum := func(cells []int) (n int64) {
		for _, i := range cells {
			n += r.Values[i].N
		}
		return n
	}
	for _, rule := range []string{"t3.result-sum", "t3.balance", "t3.row-sum", "t4.row-sum"} {
		for _, e := range r.Form.Equations {
			switch {
			case e.Rule != rule:
			case rule == "t3.balance": // new = total + forward - carried
				done := sum(e.Right)
				carried := min(r.Values[e.Left[1]].N, done)
				r.Values[e.Left[0]], r.Values[e.Left[1]] = form.Of(done-carried), form.Of(carried)
			default:
				r.Values[e.Left[0]] = form.Of(sum(e.Right))
			}
		}
	}
}

// scatter fills a report with figures of every kind and state.
func scatter(f *form.Form, rng *rand.Rand) *Paper {
	p := example(f)
	r := p.Report
	for i, c := range f.Cells {
		switch k := rng.IntN(20); {
		case k == 0:
			r.Values[i] = form.Value{State: form.Blank}
		case k == 1:
			r.Values[i] = form.Value{State: form.NotApplicable}
		case c.Kind.Money() && k < 8:
			r.Values[i] = form.Of(int64(rng.IntN(1 << 50)))
		case c.Kind == form.Signed:
			r.Values[i] = form.Of(int64(rng.IntN(2000) - 1000))
		case k == 2 && c.Kind == form.Count:
			r.Values[i] = form.Of(int64(rng.IntN(99_999_999)))
		}
	}
	p.Fixes = nil
	for range rng.IntN(3) {
		cell := rng.IntN(len(f.Cells))
		p.Fixes = append(p.Fixes, Fix{Cell: cell, Computed: form.Of(int64(rng.IntN(50)) * 10_000), Printed: r.Values[cell], Reason: "登记有误"})
	}
	if len(p.Fixes) == 2 && p.Fixes[0].Cell == p.Fixes[1].Cell {
		p.Fixes = p.Fixes[:1]
	}
	return p
}

// everyForm runs a test for each form and variant.
func everyForm(t *testing.T, run func(t *testing.T, f *form.Form)) {
	for _, f := range form.All() {
		t.Run(f.ID+f.Variant, func(t *testing.T) { run(t, f) })
	}
}
