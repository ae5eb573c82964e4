package checking

import (
	"slices"
	"strings"
	"testing"

	"gongkai/annualreport/form"
)

// zeros is a report of a form with 0 in every cell.
func zeros(id string, year int) *form.Report {
	r := form.New(form.ByID(id))
	r.Agency, r.Year = "示例市明镜区人民政府", year
	for i := range r.Values {
		r.Values[i] = form.Of(0)
	}
	return r
}

func put(t *testing.T, r *form.Report, values map[string]int64) *form.Report {
	t.Helper()
	for id, n := range values {
		if !r.Set(id, form.Of(n)) {
			t.Fatalf("form %s has no cell %s", r.Form.ID, id)
		}
	}
	return r
}

const wanN = 10_000 * form.PerYuan

// TestEachRule breaks every rule about single figures, and keeps each just so.
func TestEachRule(t *testing.T) {
	type cells = map[string]int64
	for _, c := range []struct {
		name       string
		form       string
		this, last cells // last nil: no report of last year
		rule       string
		says       []string
	}{
		{"more published than there is", "2019", cells{"table2.规范性文件.published": 30, "table2.规范性文件.total": 26}, nil, "t2.published-total", []string{"“规范性文件”行", "30", "26"}},
		{"as much published as there is", "2019", cells{"table2.规范性文件.published": 26, "table2.规范性文件.total": 26}, nil, "", nil},
		{"made differs from published", "2019", cells{"table2.规范性文件.made": 9, "table2.规范性文件.published": 2, "table2.规范性文件.total": 26}, nil, "", nil},
		{"more items dropped than there were", "2019", cells{"table2.行政许可.items": 3, "table2.行政许可.change": -5}, nil, "t2.items-change", []string{"上一年项目数量 3＋本年增/减 -5", "-2"}},
		{"all items dropped", "2019", cells{"table2.行政许可.items": 5, "table2.行政许可.change": -5}, nil, "", nil},
		{"decisions are not items plus change", "2019", cells{"table2.行政许可.items": 598, "table2.行政许可.change": 132, "table2.行政许可.decisions": 51563}, nil, "", nil},
		{"fewer in force than issued and kept", "2021", cells{"table2.行政规范性文件.issued": 9, "table2.行政规范性文件.repealed": 1, "table2.行政规范性文件.in_force": 7}, nil, "t2.in-force", []string{"7", "8"}},
		{"more repealed than issued", "2021", cells{"table2.行政规范性文件.repealed": 5, "table2.行政规范性文件.in_force": 5}, nil, "", nil},
		{"an amount without projects", "2019", cells{"table2.政府集中采购.amount_yuan": 12 * wanN}, nil, "t2.purchase", []string{"0", "12万元"}},
		{"below zero", "2021", cells{"table2.行政许可.decisions": -1}, nil, "t2.negative", []string{"-1"}},
		{"below zero in table three", "2021", cells{"table3.new.自然人": -1, "table3.new.商业企业": 1, "table3.total.自然人": -1, "table3.total.商业企业": 1, "table3.granted.自然人": -1, "table3.granted.商业企业": 1}, nil, "t3.negative", []string{"-1"}},
		{"below zero in table four", "2021", cells{"table4.litigation.维持": -1, "table4.litigation.纠正": 1}, nil, "t4.negative", []string{"-1"}},
		{"a change below zero", "2019", cells{"table2.行政处罚.items": 914, "table2.行政处罚.change": -367}, nil, "", nil},
		{"more sued after reconsideration than reconsidered", "2021", cells{"table4.litigation_after.维持": 3, "table4.litigation_after.总计": 3, "table4.reconsideration.维持": 2, "table4.reconsideration.总计": 2}, nil, "t4.after", []string{"3", "2"}},
		{"the same with enough of them last year", "2021", cells{"table4.litigation_after.维持": 3, "table4.litigation_after.总计": 3, "table4.reconsideration.维持": 2, "table4.reconsideration.总计": 2}, cells{"table4.reconsideration.维持": 1, "table4.reconsideration.总计": 1}, "", nil},
		{"the same with too few of them", "2021", cells{"table4.litigation_after.维持": 4, "table4.litigation_after.总计": 4, "table4.reconsideration.维持": 2, "table4.reconsideration.总计": 2}, cells{"table4.reconsideration.维持": 1, "table4.reconsideration.总计": 1}, "t4.after-two-years", []string{"4", "共 3 件"}},
		{"carried over as passed on", "2021", cells{"table3.carried.自然人": 2, "table3.carried.总计": 2, "table3.total.自然人": 2, "table3.total.总计": 2, "table3.granted.自然人": 2, "table3.granted.总计": 2}, cells{"table3.new.自然人": 2, "table3.new.总计": 2, "table3.forward.自然人": 2, "table3.forward.总计": 2}, "", nil},
		{"carried over by another kind of applicant", "2021", cells{"table3.carried.自然人": 2, "table3.carried.总计": 2, "table3.total.自然人": 2, "table3.total.总计": 2, "table3.granted.自然人": 2, "table3.granted.总计": 2}, cells{"table3.new.其他": 2, "table3.new.总计": 2, "table3.forward.其他": 2, "table3.forward.总计": 2}, "y.carried-column", []string{"自然人本年填 2，上年报告结转 0", "其他本年填 0，上年报告结转 2"}},
		{"less carried over than passed on", "2021", cells{"table3.carried.自然人": 1, "table3.carried.总计": 1, "table3.total.自然人": 1, "table3.total.总计": 1, "table3.granted.自然人": 1, "table3.granted.总计": 1}, cells{"table3.new.自然人": 2, "table3.new.总计": 2, "table3.forward.自然人": 2, "table3.forward.总计": 2}, "y.carried", []string{"总计本年填 1，上年报告结转 2"}},
		{"items go on from last year", "2019", cells{"table2.行政许可.items": 8}, cells{"table2.行政许可.items": 5, "table2.行政许可.change": 3}, "", nil},
		{"items do not go on", "2019", cells{"table2.行政许可.items": 9}, cells{"table2.行政许可.items": 5, "table2.行政许可.change": 3}, "y.items", []string{"填 9", "上年上一年项目数量 5＋上年本年增/减 3", "得 8"}},
		{"more in all than last year's and the new", "2019", cells{"table2.规章.published": 2, "table2.规章.total": 10}, cells{"table2.规章.total": 7}, "y.published-total", []string{"10", "9"}},
		{"fewer in all after repeals", "2019", cells{"table2.规章.published": 2, "table2.规章.total": 8}, cells{"table2.规章.total": 7}, "", nil},
		{"in force goes on", "2021", cells{"table2.规章.issued": 2, "table2.规章.repealed": 1, "table2.规章.in_force": 8}, cells{"table2.规章.in_force": 7}, "", nil},
		{"in force does not go on", "2021", cells{"table2.规章.issued": 2, "table2.规章.repealed": 1, "table2.规章.in_force": 9}, cells{"table2.规章.in_force": 7}, "y.in-force", []string{"填 9", "－本年废止件数 1", "得 8"}},
		{"fees of a district", "2021", cells{"table2.行政事业性收费.amount_wan": 72701 * wanN}, nil, "", nil},
		{"fees that must be in yuan", "2021", cells{"table2.行政事业性收费.amount_wan": 7270125 * wanN}, nil, "unit.suspicious", []string{"7270125万元", "727.0125万元"}},
		{"fees ten thousand times last year's", "2021", cells{"table2.行政事业性收费.amount_wan": 188710 * wanN}, cells{"table2.行政事业性收费.amount_wan": 188710 * form.PerYuan}, "unit.suspicious", []string{"188710万元", "18.871万元"}},
		{"a purchase of eight yuan", "2019", cells{"table2.政府集中采购.projects": 63, "table2.政府集中采购.amount_yuan": 3987 * form.PerYuan}, nil, "unit.suspicious", []string{"3987元", "63 个项目"}},
		{"a purchase of a fortune", "2019", cells{"table2.政府集中采购.projects": 2, "table2.政府集中采购.amount_yuan": 2000000 * wanN}, nil, "unit.suspicious", []string{"过大"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			year := map[string]int{"2019": 2020, "2021": 2024}[c.form]
			r := put(t, zeros(c.form, year), c.this)
			var last *form.Report
			if c.last != nil {
				last = put(t, zeros(c.form, year-1), c.last)
			}
			list := Check(r, last)
			if c.rule == "" {
				if len(list) > 0 {
					t.Errorf("Check found %v, want nothing", list)
				}
				return
			}
			says(t, list, c.rule, c.says...)
			if len(find(list, c.rule)) != len(list) {
				t.Errorf("Check found %d things, want %s alone: %v", len(list), c.rule, list)
			}
			if f := list[0]; f.Severity != book.byCode[c.rule].Severity || f.Basis == "" || f.Basis != book.byCode[c.rule].Basis {
				t.Errorf("%s is %s on the basis %q, not what the rule says", f.Rule, f.Severity, f.Basis)
			}
		})
	}
}

func TestATownshipIsHeldToItsOwnMeasure(t *testing.T) {
	r := put(t, zeros("2021", 2024), map[string]int64{"table2.行政事业性收费.amount_wan": 26550 * wanN})
	if list := Check(r, nil); len(list) > 0 {
		t.Errorf("2.655 亿元 of a district are doubted: %v", list)
	}
	for _, agency := range []string{"示例市清风镇人民政府", "明镜区城东街道办事处", "青山乡", "明镜区城东街道（园区）"} {
		r.Agency = agency
		says(t, Check(r, nil), "unit.suspicious", "26550万元", "2.655万元")
	}
}

// TestOverTheChangeOfFormOnlyTheCarryOverIsCompared: 2020 in the old form, 2021 in
// the new one, whose words mean other things.
func TestOverTheChangeOfFormOnlyTheCarryOverIsCompared(t *testing.T) {
	last := put(t, zeros("2019", 2020), map[string]int64{"table2.规章.total": 50, "table2.规章.published": 3, "table2.行政许可.items": 7,
		"table3.new.自然人": 2, "table3.new.总计": 2, "table3.forward.自然人": 2, "table3.forward.总计": 2})
	r := put(t, zeros("2021", 2021), map[string]int64{"table2.规章.in_force": 20})
	list := Check(r, last)
	says(t, list, "y.carried", "自然人本年填 0，上年报告结转 2")
	if len(list) != 1 {
		t.Errorf("found %d things, want the carry-over alone: %v", len(list), list)
	}
}

func TestReportsThatAreNotAYearApartAreNotCompared(t *testing.T) {
	last := put(t, zeros("2021", 2021), map[string]int64{"table3.new.自然人": 2, "table3.new.总计": 2, "table3.forward.自然人": 2, "table3.forward.总计": 2})
	list := Check(zeros("2021", 2024), last)
	says(t, list, "y.last", "2021年度", "2023年度")
	if len(list) != 1 {
		t.Errorf("found %v, want only that the years do not follow", list)
	}
	last.Year = 0
	says(t, Check(zeros("2021", 2024), last), "y.carried", "上年报告结转 2")
}

// TestACarryOverIsExplainedFromBothSides: who is right cannot be known, but whose
// own figures hold can.
func TestACarryOverIsExplainedFromBothSides(t *testing.T) {
	last := put(t, zeros("2021", 2023), map[string]int64{"table3.forward.自然人": 9, "table3.forward.总计": 9, "table3.new.自然人": 9, "table3.new.总计": 9})
	r := put(t, zeros("2021", 2024), map[string]int64{"table3.new.自然人": 9, "table3.new.总计": 9, "table3.carried.自然人": 4, "table3.carried.总计": 4,
		"table3.total.自然人": 13, "table3.total.总计": 13, "table3.granted.自然人": 13, "table3.granted.总计": 13})
	f := says(t, Check(r, last), "y.carried", "自然人本年填 4，上年报告结转 9")
	var kinds []string
	for _, e := range f.Explanations {
		kinds = append(kinds, e.Kind)
	}
	if want := []string{"rows-swapped", "as-last-year", "last-year-wrong"}; !slices.Equal(kinds, want) {
		t.Errorf("explained by %v, want %v: the new ones are exactly those passed on", kinds, want)
	}
	put(t, last, map[string]int64{"table3.new.自然人": 5, "table3.new.总计": 5})
	f = says(t, Check(r, last), "y.carried")
	if f.Explanations[1].Kind != "last-year-wrong" || !strings.Contains(f.Explanations[1].Message, "也不成立") {
		t.Errorf("last year's report contradicts itself, yet the explanations are %+v", f.Explanations)
	}
}

// TestAWrongCarriedFigureIsOneMistake: it breaks this year's sums and the
// carry-over, and is told once.
func TestAWrongCarriedFigureIsOneMistake(t *testing.T) {
	last := put(t, zeros("2021", 2023), map[string]int64{"table3.forward.自然人": 12, "table3.forward.总计": 12, "table3.new.自然人": 12, "table3.new.总计": 12})
	r := put(t, zeros("2021", 2024), map[string]int64{"table3.carried.自然人": 21, "table3.carried.总计": 12,
		"table3.total.自然人": 12, "table3.total.总计": 12, "table3.granted.自然人": 12, "table3.granted.总计": 12})
	list := Check(r, last)
	if len(list) != 3 {
		t.Fatalf("found %v, want the row, the column and the carry-over", list)
	}
	e := list[0].Explanations[0]
	if e.Kind != "digit-transposed" || e.Cells[0] != "table3.carried.自然人" || e.Values[0] != "12" {
		t.Errorf("explained by %+v, want the digits transposed", e)
	}
	for _, f := range list {
		if f.Group != list[0].Group || f.Group == 0 {
			t.Errorf("%s is in group %d, want all in one", f.Rule, f.Group)
		}
	}
	for _, f := range list[1:] {
		if len(f.Explanations) > 0 {
			t.Errorf("%s is explained again", f.Rule)
		}
	}
}
