package prose

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"gongkai/annualreport/form"
)

// some returns a small report of 2023: 20 received, 2 carried over, 18 settled.
func some() Values {
	r := form.New(form.ByID("2021"))
	r.Year = 2023
	for i, c := range r.Form.Cells {
		r.Values[i] = form.Of(0)
		if c.Kind.Money() {
			r.Values[i] = form.Of(12_345_600 * form.PerYuan / 100)
		}
	}
	for id, n := range map[string]int64{"table3.new.自然人": 17, "table3.new.商业企业": 3, "table3.new.总计": 20, "table3.carried.总计": 2, "table3.granted.总计": 12,
		"table3.deny4.总计": 4, "table3.deny7.总计": 2, "table3.total.总计": 18, "table3.forward.总计": 4, "table2.行政规范性文件.issued": 26} {
		r.Set(id, form.Of(n))
	}
	last := form.New(r.Form)
	last.Set("table3.new.总计", form.Of(25))
	return Values{Report: r, Last: last, Facts: Facts{"training.sessions": 3, "processing_fee.amount_received": 380 * form.PerYuan}}
}

func TestFiguresArePutIntoASource(t *testing.T) {
	v := some()
	v.Report.Set("table3.partial.总计", form.Value{})
	for _, c := range []struct{ source, want string }{
		{"新收⟦table3.new.总计⟧件", "新收20件"},
		{"收到和结转⟦table3.new.总计 + table3.carried.总计⟧件", "收到和结转22件"},
		{"法人⟦table3.new.法人⟧件", "法人3件"},
		{"不予公开⟦table3.deny.总计⟧件", "不予公开6件"},
		{"占⟦share(table3.deny.总计, table3.total.总计)⟧", "占33.3%"},
		{"下降⟦rate(table3.new.总计)⟧", "下降20.0%"},
		{"比上年少⟦last.table3.new.总计 - table3.new.总计⟧件", "比上年少5件"},
		{"收费⟦table2.行政事业性收费.amount_wan⟧万元", "收费12.3456万元"},
		{"收取⟦fact.processing_fee.amount_received|元⟧元", "收取380元"},
		{"培训⟦fact.training.sessions⟧次", "培训3次"},
		{"会议⟦fact.meetings⟧次", "会议〔待补〕次"},
		{"部分公开⟦table3.partial.总计⟧件", "部分公开〔待补〕件"},
		{"新收⟦table3.new.总计=18⟧件", "新收18件"},
		{"新收⟦table3.nonsense.总计⟧件", "新收⟦table3.nonsense.总计⟧件"},
		{"没有⟦结束", "没有⟦结束"},
	} {
		got, bindings := Render(c.source, v)
		if got != c.want {
			t.Errorf("Render(%s) = %s, want %s", c.source, got, c.want)
		}
		for _, b := range bindings {
			if r := []rune(got); string(r[:b.Start])+b.figure()+string(r[b.End:]) != c.source {
				t.Errorf("Render(%s): binding %+v does not stand where the figure was", c.source, b)
			}
		}
	}
}

func TestAWrongFigureIsRefused(t *testing.T) {
	v := some()
	for source, want := range map[string]string{
		"⟦table3.new.总计⟧⟦fact.meetings⟧⟦table2.规范性文件.made⟧": "",
		"⟦table3.nonsense.总计⟧":   "没有“table3.nonsense.总计”这一格",
		"⟦table3.new.总计+⟧":       "没有“”这一格",
		"⟦share(table3.new.总计)⟧": "share 需要两个数",
		"⟦(table3.new.总计⟧":       "缺少右括号",
		"⟦table3.new.总计 18⟧":     "不是完整的算式",
		"新收⟦table3.new.总计件":      "没有对应的“⟧”",
	} {
		err := Valid(source, v)
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("Valid(%s) = %v, want %q", source, err, want)
		}
	}
}

func TestAnEditedTextKeepsItsFigures(t *testing.T) {
	const source = "全年新收政府信息公开申请⟦table3.new.总计⟧件，办结⟦table3.total.总计⟧件，结转下年度⟦table3.forward.总计⟧件，占⟦share(table3.deny.总计, table3.total.总计)⟧。"
	for _, c := range []struct{ name, edited, want string }{
		{"nothing changed", "全年新收政府信息公开申请20件，办结18件，结转下年度4件，占33.3%。", source},
		{"words changed around the figures", "2023年，我区共收到新的申请20件，依法办结了18件，另有4件结转，占33.3%。",
			"2023年，我区共收到新的申请⟦table3.new.总计⟧件，依法办结了⟦table3.total.总计⟧件，另有⟦table3.forward.总计⟧件结转，占⟦share(table3.deny.总计, table3.total.总计)⟧。"},
		{"a number typed over", "全年新收政府信息公开申请21件，办结18件，结转下年度4件，占33.3%。",
			strings.Replace(source, "table3.new.总计", "table3.new.总计=21", 1)},
		{"a percentage typed over", "全年新收政府信息公开申请20件，办结18件，结转下年度4件，占35%。",
			strings.Replace(source, "table3.total.总计)⟧", "table3.total.总计)=35%⟧", 1)},
		{"a clause taken out", "全年新收政府信息公开申请20件，结转下年度4件。", "全年新收政府信息公开申请⟦table3.new.总计⟧件，结转下年度⟦table3.forward.总计⟧件。"},
		{"a clause added", "全年新收政府信息公开申请20件，办结18件，补正5件，结转下年度4件，占33.3%。",
			strings.Replace(source, "，结转", "，补正5件，结转", 1)},
		{"everything gone", "", ""},
	} {
		v := some()
		if got := Bind(source, c.edited, v); got != c.want {
			t.Errorf("%s: Bind(…, %s)\n got %s\nwant %s", c.name, c.edited, got, c.want)
		}
	}
	v := some()
	typed := Bind(source, "全年新收政府信息公开申请21件，办结18件，结转下年度4件，占33.3%。", v)
	if back := Bind(typed, "全年新收政府信息公开申请20件，办结18件，结转下年度4件，占33.3%。", v); back != source {
		t.Errorf("the right number typed back in: %s, want the figure alone", back)
	}
}

func TestANumberTypedOverIsFlagged(t *testing.T) {
	v := some()
	text, bindings := Render("全年制发行政规范性文件⟦table2.行政规范性文件.issued=18⟧件，新收申请⟦table3.new.总计⟧件，会议⟦fact.meetings⟧次。", v)
	var got []string
	for _, f := range Compare(text, bindings, v) {
		got = append(got, fmt.Sprint(f.Rule, " ", f.Cells, " ", f.Message))
	}
	want := []string{
		"prose.mismatch [table2.行政规范性文件.issued] 正文“全年制发行政规范性文件18件”写 18，表二“行政规范性文件”行“本年制发件数”列为 26",
		"prose.unknown [] 正文“会议〔待补〕次”的数还没有来源"}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("Compare(…) =\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	v.Report.Set("table3.new.总计", form.Of(23)) // the table is corrected after the text was written
	if f := Compare(text, bindings, v); len(f) != 3 || !strings.Contains(f[1].Message, "写 20，表三“一、本年新收政府信息公开申请数量”行“总计”列为 23") {
		t.Errorf("Compare after the table changed = %+v, want the stale number, too", f)
	}
}

// TestEditingNeverInventsAFigure: whatever is done to the text, Bind gives back
// a source that renders to exactly the edited text, and every figure that it
// keeps by its value prints that value.
func TestEditingNeverInventsAFigure(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	v := some()
	intro, chapters := Draft(subjects[0], v)
	var sources []string
	for _, p := range intro {
		sources = append(sources, p.Source)
	}
	for _, c := range chapters {
		sources = append(sources, c.Sources()...)
	}
	pieces := []rune("，。件占0123456789%全年办结申请20")
	for range 800 {
		source := sources[r.IntN(len(sources))]
		text, _ := Render(source, v)
		edited := []rune(text)
		for range 1 + r.IntN(6) {
			at := r.IntN(len(edited) + 1)
			switch n := min(r.IntN(8), len(edited)-at); r.IntN(3) {
			case 0:
				edited = append(edited[:at], edited[at+n:]...)
			case 1:
				edited = append(edited[:at], append([]rune{pieces[r.IntN(len(pieces))]}, edited[at:]...)...)
			case 2:
				for i := at; i < at+n; i++ {
					edited[i] = pieces[r.IntN(len(pieces))]
				}
			}
		}
		bound := Bind(source, string(edited), v)
		if again, _ := Render(bound, v); again != string(edited) {
			t.Fatalf("Bind(%s, %s) = %s, which renders to %s", source, string(edited), bound, again)
		}
	}
}

func TestASuggestionHasToBeRewritten(t *testing.T) {
	_, chapters := Draft(subjects[0], some())
	five := chapters[4].Sources()
	if got := len(Suggested(five)); got == 0 || got != len(five) {
		t.Errorf("Suggested(chapter five of a draft) = %d findings for %d paragraphs, want one each", got, len(five))
	}
	if got := Suggested([]string{"存在的主要问题：个别栏目更新不及时。"}); got != nil {
		t.Errorf("Suggested(a person's own words) = %v, want nothing", got)
	}
}

func TestADraftSaysOnlyWhatIsKnown(t *testing.T) {
	v := some()
	v.Last, v.Facts = nil, nil
	for i, c := range v.Report.Form.Cells {
		if c.Table == "table4" {
			v.Report.Values[i] = form.Value{}
		}
	}
	_, chapters := Draft(subjects[2], v)
	text := strings.Join(chapters[0].Sources(), "\n")
	for _, word := range []string{"复议", "诉讼", "较上年", "培训次", "考核："} {
		if strings.Contains(text, word) {
			t.Errorf("Draft without the figures speaks of %q: %s", word, text)
		}
	}
	six := chapters[5].Sources()
	if len(six) == 0 || !strings.HasPrefix(six[0], Suggestion) || !strings.Contains(six[0], "信息处理费") {
		t.Errorf("chapter six without the fees = %q, want them asked for", six)
	}
	v.Facts = Facts{"processing_fee.notices": 0, "processing_fee.amount_notified": 0, "processing_fee.amount_received": 0}
	_, chapters = Draft(subjects[2], v)
	got, _ := Render(chapters[5].Paras[0].Source, v)
	if want := "依据《政府信息公开信息处理费管理办法》，2023年我局发出收费通知0件，收费通知总金额0元，实际收取信息处理费0元。"; got != want {
		t.Errorf("chapter six with no fees = %s, want %s", got, want)
	}
}

// TestWhatStandsBesideFiguresIsReadWithThem: a number typed into a drafted
// sentence is understood by the words around it, figures included.
func TestWhatStandsBesideFiguresIsReadWithThem(t *testing.T) {
	v := some()
	var claims []form.Claim
	for _, source := range []string{
		"全年公开信息30条，其中网站10条、公众号20条。",
		"全年新收政府信息公开申请⟦table3.new.总计⟧件，办结⟦table3.total.总计⟧件，其中予以公开13件，不予公开⟦table3.deny.总计⟧件。",
	} {
		text, bindings := Render(source, v)
		claims = Append(claims, Beyond(text, bindings, v.Report.Form)...)
	}
	v.Report.Claims = claims
	var got []string
	for _, f := range Check(v.Report, nil) {
		got = append(got, f.Rule+" "+f.Message)
	}
	want := "prose.mismatch 正文写“其中予以公开13件”，表三“（一）予以公开”行“总计”列为 12 件"
	if strings.Join(got, "\n") != want {
		t.Errorf("Check(…) = %q, want %q alone", got, want)
	}
	for i, c := range claims {
		for _, way := range c.Parts {
			var sum int64
			for _, p := range way {
				sum += claims[p].Value
			}
			if sum != c.Value {
				t.Errorf("claim %d (%s %d) has parts %v that are not its own", i, c.What, c.Value, way)
			}
		}
	}
}
