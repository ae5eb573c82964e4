package checking

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gongkai/annualreport/form"
)

// TestTheFourStatesAreKeptApart: the same row of table three, its total 3, with
// one part in each state.
func TestTheFourStatesAreKeptApart(t *testing.T) {
	row := func(part, total form.Value) []form.Finding {
		r := put(t, zeros("2021", 2024), map[string]int64{"table3.new.自然人": 2})
		r.Set("table3.new.其他", part)
		r.Set("table3.new.总计", total)
		put(t, r, map[string]int64{"table3.granted.自然人": 2, "table3.granted.其他": 1, "table3.granted.总计": 3,
			"table3.total.自然人": 2, "table3.total.其他": 1, "table3.total.总计": 3})
		return Check(r, nil)
	}
	blank, na, unknown := form.Value{State: form.Blank}, form.Value{State: form.NotApplicable}, form.Value{}
	for _, c := range []struct {
		name        string
		part, total form.Value
		codes       []string // rule of each finding
	}{
		{"a number that fits", form.Of(1), form.Of(3), nil},
		{"a blank where a number is needed", blank, form.Of(3), []string{"t3.row-sum", "t3.balance", "t3.blank"}},
		{"a stroke where a number is needed", na, form.Of(3), []string{"t3.row-sum", "t3.balance", "cell.not-applicable"}},
		{"a part that could not be read", unknown, form.Of(3), []string{"cell.unknown"}},
		{"a total that is blank", form.Of(1), blank, []string{"t3.total-blank"}},
		{"a total that could not be read", form.Of(1), unknown, []string{"cell.unknown"}},
		{"a blank total over a wrong part", form.Of(2), blank, []string{"t3.balance", "t3.balance", "t3.total-blank"}},
	} {
		var got []string
		for _, f := range row(c.part, c.total) {
			got = append(got, f.Rule)
		}
		if !slices.Equal(got, c.codes) {
			t.Errorf("%s: Check found %v, want %v", c.name, got, c.codes)
		}
	}
}

func TestABlankReportBreaksNothing(t *testing.T) {
	for _, f := range form.All() {
		r := form.New(f)
		r.Year = f.From
		for i := range r.Values {
			r.Values[i] = form.Value{State: form.Blank}
		}
		list := Check(r, nil)
		if got, want := codes(list, form.Warning), []string{"t2.blank", "t3.blank", "t4.blank"}; !slices.Equal(got, want) || len(codes(list, form.Error)) > 0 {
			t.Errorf("a blank report in form %s has %v and the errors %v, want %v and none", f.ID, got, codes(list, form.Error), want)
		}
	}
}

func TestWhatIsMissingIsSaid(t *testing.T) {
	r := zeros("2021", 2024)
	r.Missing = []string{"table4", "table3.deny5"}
	for i, c := range r.Form.Cells {
		if r.Lacks(c.Table + "." + c.Row) {
			r.Values[i] = form.Value{}
		}
	}
	put(t, r, map[string]int64{"table3.total.自然人": 7, "table3.total.总计": 7, "table3.new.自然人": 7, "table3.new.总计": 7})
	list := Check(r, nil)
	says(t, list, "missing.table", "表四")
	says(t, list, "missing.row", "（三）不予公开5.属于三类内部事务信息")
	if len(list) != 2 {
		t.Errorf("found %v, want only what is missing: sums over a missing row are not judged", list)
	}
	list = Check(&form.Report{Year: 2024}, nil)
	f := says(t, list, "missing.table", "表二、表三、表四")
	if len(list) != 1 || !slices.Equal(f.Cells, []string{"table2", "table3", "table4"}) {
		t.Errorf("a file without tables: found %v", list)
	}
	if list := Check(nil, nil); list != nil {
		t.Errorf("Check(nil) = %v", list)
	}
}

func TestWhatReadingSaidIsNotRepeated(t *testing.T) {
	r := zeros("2021", 2020)
	r.Set("table2.规章.issued", form.Value{State: form.Blank})
	if n := len(Check(r, nil)); n != 2 {
		t.Fatalf("Check found %d things, want the year and the blank", n)
	}
	r.Findings = []form.Finding{{Rule: "form.year", Cells: []string{"table2"}}, {Rule: "t2.blank", Cells: []string{"table2.规章.repealed"}}}
	list := Check(r, nil)
	if len(list) != 1 || list[0].Rule != "t2.blank" {
		t.Errorf("Check repeats what reading found, or leaves out what it did not: %v", list)
	}
}

func TestChecksChangeNothing(t *testing.T) {
	m := newMaker(7)
	for n := range 60 {
		r := m.consistent(form.All()[n%4], 0.4)
		last := m.before(r)
		plantings[n%len(plantings)].plant(m, r)
		before, lastBefore := string(r.AppendJSON(nil)), string(last.AppendJSON(nil))
		first := Check(r, last)
		if d := cmp.Diff(first, Check(r, last)); d != "" {
			t.Fatalf("the same report is found to be different the second time:\n%s", d)
		}
		if string(r.AppendJSON(nil)) != before || string(last.AppendJSON(nil)) != lastBefore {
			t.Fatal("Check changed a report")
		}
	}
}

// TestAnyStatesAreBorne: cells in all states and sizes, claims about any cells.
func TestAnyStatesAreBorne(t *testing.T) {
	m := newMaker(8)
	for n := range 600 {
		f := form.All()[n%4]
		make := func() *form.Report {
			r := form.New(f)
			r.Year = 2015 + m.IntN(12)
			for i := range r.Values {
				if s := form.State(m.IntN(5)); s < form.Number {
					r.Values[i] = form.Value{State: s, Raw: []string{"", "约3", "8040"}[m.IntN(3)]}
				} else {
					r.Values[i] = form.Of(m.count(900) - int64(m.IntN(3)))
				}
			}
			if m.IntN(3) == 0 {
				r.Missing = []string{[]string{"table3", "table4", "table3.total", "table2.规章"}[m.IntN(4)]}
			}
			for range m.IntN(4) {
				r.Claims = append(r.Claims, form.Claim{Text: "若干", Value: m.count(100), Rough: m.IntN(2) == 0,
					About: []int{m.IntN(len(r.Values) + 2)}, Parts: [][]int{{m.IntN(9), m.IntN(9), -1}}})
			}
			return r
		}
		r := make()
		list := Check(r, make())
		Picture(r, list)
		for _, f := range list {
			if f.Message == "" || strings.ContainsAny(f.Message, "{}") || strings.Contains(f.Message, "%!") || f.Cells == nil {
				t.Fatalf("a finding is not well said: %+v", f)
			}
			for _, e := range f.Explanations {
				if strings.Contains(e.Message, "%!") || e.Message == "" {
					t.Fatalf("an explanation is not well said: %+v", e)
				}
			}
		}
	}
}

// TestExplanationsExplain: with the figures of an explanation in their cells the
// equations of that cluster hold, whatever was planted.
func TestExplanationsExplain(t *testing.T) {
	m := newMaker(9)
	tried := 0
	for n := range 900 {
		r := m.consistent(form.All()[n%4], []float64{0, 0.6}[n%2])
		plantings[m.IntN(len(plantings))].plant(m, r)
		for _, f := range Check(r, nil) {
			for _, e := range f.Explanations {
				if e.Kind == "partial" || f.Severity != form.Error {
					continue
				}
				if len(e.Cells) == 0 || len(e.Values) != len(e.Cells) {
					t.Fatalf("%s: %+v has not one figure for each cell", f.Message, e)
				}
				mended := &form.Report{Form: r.Form, Year: r.Year, Values: slices.Clone(r.Values)}
				for i, id := range e.Cells {
					n, err := strconv.ParseInt(e.Values[i], 10, 64)
					if err != nil || n < 0 {
						t.Fatalf("%s: %q is no figure", e.Message, e.Values[i])
					}
					mended.Set(id, form.Of(n))
				}
				for _, g := range Check(mended, nil) {
					if g.Rule == f.Rule && g.Cells[0] == f.Cells[0] || g.Severity == form.Error && g.Cells[0][:6] == f.Cells[0][:6] && f.Cells[0][:6] == "table3" {
						t.Fatalf("after %s there is still: %s", e.Message, g.Message)
					}
				}
				tried++
			}
		}
	}
	if tried < 900 {
		t.Errorf("only %d explanations were tried", tried)
	}
}

// TestASmallestExplanationHasOneCell: no set of two cells is named where one does.
func TestASmallestExplanationHasOneCell(t *testing.T) {
	r := put(t, zeros("2021", 2024), map[string]int64{"table3.new.自然人": 21, "table3.new.总计": 21, "table3.granted.自然人": 12, "table3.granted.总计": 21,
		"table3.total.自然人": 21, "table3.total.总计": 21})
	list := Check(r, nil)
	if len(list) != 2 {
		t.Fatalf("found %v, want the row and the column", list)
	}
	for _, e := range list[0].Explanations {
		if len(e.Cells) != 1 {
			t.Errorf("%v is named although one cell explains all", e.Cells)
		}
	}
	if e := list[0].Explanations[0]; e.Kind != "digit-transposed" || !strings.Contains(e.Message, "填 12，若为 21") || !strings.Contains(e.Message, "颠倒") {
		t.Errorf("first explained by %+v, want the digits of 21 transposed", e)
	}
}

// TestAnErrorRestsOnSureReadings: what the reader was not sure of is no reason to
// blame the agency, and the other reading of the file is the first explanation.
func TestAnErrorRestsOnSureReadings(t *testing.T) {
	r := put(t, zeros("2021", 2024), map[string]int64{"table4.litigation.维持": 7, "table4.litigation.总计": 1})
	r.Origins = make([]form.Origin, len(r.Values))
	for i := range r.Origins {
		r.Origins[i].Sure = 1
	}
	if f := Check(r, nil)[0]; f.Severity != form.Error {
		t.Fatalf("%s is %s although every figure is sure", f.Message, f.Severity)
	}
	i, _ := r.Form.Index("table4.litigation.维持")
	r.Origins[i].Sure, r.Origins[i].Others = 0.5, []form.Value{form.Of(1)}
	f := Check(r, nil)[0]
	if f.Rule != "t4.row-sum" || f.Severity != form.Warning || !strings.Contains(f.Message, "没有把握") {
		t.Errorf("%s is %s although a figure is not sure", f.Message, f.Severity)
	}
	if e := f.Explanations[0]; e.Kind != "misread" || e.Values[0] != "1" {
		t.Errorf("first explained by %+v, want the other reading", e)
	}
}

func TestSwapsAndShiftsAreToldAsSuch(t *testing.T) {
	b := &form.ByID("2021").Table("table3").Blocks[0]
	base := func() *form.Report {
		return put(t, zeros("2021", 2024), map[string]int64{
			"table3.new.自然人": 70, "table3.new.商业企业": 30, "table3.new.科研机构": 9, "table3.new.总计": 109,
			"table3.granted.自然人": 41, "table3.granted.商业企业": 23, "table3.granted.科研机构": 9, "table3.granted.总计": 73,
			"table3.unable1.自然人": 29, "table3.unable1.商业企业": 7, "table3.unable1.总计": 36,
			"table3.total.自然人": 70, "table3.total.商业企业": 30, "table3.total.科研机构": 9, "table3.total.总计": 109})
	}
	if list := Check(base(), nil); len(list) > 0 {
		t.Fatalf("the report before any damage: %v", list)
	}
	row := func(r *form.Report, row int, values ...int64) *form.Report {
		for i, n := range values {
			r.Values[b.At(row, i)] = form.Of(n)
		}
		return r
	}
	for _, c := range []struct {
		name, kind string
		r          *form.Report
		says       []string
	}{
		{"two figures exchanged", "swapped", row(base(), 2, 23, 41, 9, 0, 0, 0, 73), []string{"“（一）予以公开”行", "“自然人”列的 23 与“商业企业”列的 41 若对调", "疑两格填反"}},
		{"a figure beside its cell", "misplaced", row(base(), 12, 29, 0, 7, 0, 0, 0, 36), []string{"“科研机构”列的 7 若应填在“商业企业”列（现为 0）", "疑填错了格"}},
		{"a row one column off", "shifted", row(base(), 2, 0, 41, 23, 9, 0, 0, 73), []string{"现填 0、41、23、9、0、0、73，若为 41、23、9、0、0、0、73", "整行错了一格"}},
		{"a row copied from above", "row-copied", row(base(), 3, 41, 23, 9, 0, 0, 0, 73), []string{"“（二）部分公开”行", "若为 0、0、0、0、0、0、0", "照抄"}},
		{"two rows exchanged", "rows-swapped", row(row(base(), len(b.Rows)-1, 70, 30, 9, 0, 0, 0, 109), len(b.Rows)-2, 0, 0, 0, 0, 0, 0, 0),
			[]string{"“（七）总计”行与表三“四、结转下年度继续办理”行的数字若对调", "两行填反"}},
	} {
		list := Check(c.r, nil)
		if len(list) == 0 || len(list[0].Explanations) == 0 {
			t.Errorf("%s: %v is not explained", c.name, list)
			continue
		}
		e := list[0].Explanations[0]
		if e.Kind != c.kind {
			t.Errorf("%s: first explained as %s (%s), want %s", c.name, e.Kind, e.Message, c.kind)
		}
		for _, s := range c.says {
			if !strings.Contains(e.Message, s) {
				t.Errorf("%s: the explanation %q does not say %q", c.name, e.Message, s)
			}
		}
	}
}

func TestHowANumberWasTyped(t *testing.T) {
	for _, c := range []struct {
		was, to int64
		kind    string
	}{
		{12, 21, "digit-transposed"}, {1234, 1324, "digit-transposed"}, {13, 12, "digit-wrong"}, {5, 15, "digit-dropped"}, {15, 155, "digit-dropped"},
		{155, 15, "digit-doubled"}, {1155, 155, "digit-doubled"}, {105, 15, "digit-added"}, {5, 6, "off-by-one"}, {10, 9, "digit-added?"},
		{0, 10, ""}, {12, 34, ""}, {5, 9, ""}, {7, 0, ""},
	} {
		got, _ := typing(c.was, c.to)
		if c.kind == "digit-added?" { // 10 for 9: one more, not a digit
			c.kind = "off-by-one"
		}
		if got != c.kind {
			t.Errorf("typing(%d, %d) = %q, want %q", c.was, c.to, got, c.kind)
		}
	}
}

func TestEveryRuleIsToldAndDocumented(t *testing.T) {
	rules := Rules()
	if len(rules) != len(book.rules) {
		t.Fatalf("Rules lists %d of %d", len(rules), len(book.rules))
	}
	for _, r := range rules {
		if r.Code == "" || r.Text == "" || r.Basis == "" || grave[r.Severity] == 0 && r.Severity != form.Error {
			t.Errorf("rule %+v is not fully declared", r)
		}
	}
	for _, f := range form.All() {
		for _, e := range f.Rules {
			if r := book.byCode[e.Rule]; r == nil || r.Check != "equation" || r.Severity != form.Error {
				t.Errorf("the equations %s of form %s have no rule here", e.Rule, f.ID)
			}
		}
	}
}

// TestAFormOfOnesOwnIsChecked: an equation nobody here has heard of is judged too.
func TestAFormOfOnesOwnIsChecked(t *testing.T) {
	f, err := form.Parse([]byte(`{"id":"9","source":"示例","from":2030,"tables":[{"id":"table2","chapter":2,"title":"示例表","blocks":[
		{"id":"","columns":[{"id":"a","label":"甲"},{"id":"b","label":"乙"},{"id":"c","label":"合计"}],"rows":[{"id":"x","label":"示例行"}]}]}],
		"equations":[{"rule":"own.sum","table":"table2","each":"row","left":["c"],"right":["a","b"]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	r := form.New(f)
	for i, n := range []int64{1, 2, 4} {
		r.Values[i] = form.Of(n)
	}
	list := Check(r, nil)
	got := says(t, list, "own.sum", "表二“示例行”行", "4", "3", "相差 1")
	if len(got.Explanations) != 3 || got.Severity != form.Error {
		t.Errorf("own.sum: %s with %d explanations, want an error with three", got.Severity, len(got.Explanations))
	}
}

func TestClaimsAreComparedAsLooselyAsTheyAreMeant(t *testing.T) {
	for _, c := range []struct {
		name  string
		kind  form.Kind
		value int64
		rough bool
		table int64
		want  bool
	}{
		{"exactly", form.Count, 207, false, 207, true},
		{"one less", form.Count, 207, false, 206, false},
		{"2900余", form.Count, 2900, true, 2987, true},
		{"2900余 of 3000", form.Count, 2900, true, 3000, false},
		{"近 3000", form.Count, 3000, true, 2987, true},
		{"no claim of nothing is rough", form.Count, 0, true, 3, false},
		{"7730 for 7730.28万元", form.Yuan, 7730 * wanN, false, 77302800 * form.PerYuan, true},
		{"773 for 7730.28万元", form.Yuan, 773 * wanN, false, 77302800 * form.PerYuan, false},
		{"400万 is not 316万", form.Yuan, 400 * wanN, false, 316 * wanN, false},
		{"400 yuan", form.Yuan, 400 * form.PerYuan, false, 400 * form.PerYuan, true},
	} {
		if got := agrees(&form.Claim{Kind: c.kind, Value: c.value, Rough: c.rough}, c.table); got != c.want {
			t.Errorf("%s: agrees(%d, %d) = %v, want %v", c.name, c.value, c.table, got, c.want)
		}
	}
}

func TestSumsInTheProseAreAdded(t *testing.T) {
	r := zeros("2021", 2024)
	r.Claims = []form.Claim{
		{Text: "受理207件，其中区政府办22件，各部门184件", Value: 207, What: "受理", Parts: [][]int{{1, 2}}},
		{Text: "区政府办22件", Value: 22, What: "区政府办"}, {Text: "各部门184件", Value: 184, What: "各部门"},
		{Text: "合计30件，甲10件，乙20件", Value: 30, Parts: [][]int{{4, 5}}}, {Value: 10, What: "甲"}, {Value: 20, What: "乙"},
	}
	list := Check(r, nil)
	says(t, list, "prose.sum", "写 207", "区政府办 22＋各部门 184", "得 206")
	if len(list) != 1 {
		t.Errorf("found %v, want the one sum", list)
	}
}

func TestALoneFindingHasNoGroup(t *testing.T) {
	r := put(t, zeros("2021", 2024), map[string]int64{"table4.litigation.维持": 2})
	list := Check(r, nil)
	if len(list) != 1 || list[0].Group != 0 || len(list[0].Explanations) == 0 {
		t.Errorf("found %+v, want one finding, explained, without group", list)
	}
}
