package ui_test

import (
	"math"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gongkai/internal/web"
	"gongkai/internal/web/ui"
)

func TestTheWayThroughALongListShowsItsEndsAndItsNeighbours(t *testing.T) {
	numbers := func(p ui.Pages) string {
		var b strings.Builder
		for _, n := range p.Numbers {
			switch {
			case n.Gap:
				b.WriteString("… ")
			case n.Current:
				b.WriteString("[" + web.Count(int64(n.Number)) + "] ")
			default:
				b.WriteString(web.Count(int64(n.Number)) + " ")
			}
		}
		return strings.TrimSpace(b.String())
	}
	for _, tt := range []struct {
		name        string
		page        int
		total       int64
		want        string
		first, prev string
		next        string
	}{
		{"in the middle", 7, 2143, "1 … 5 6 [7] 8 9 … 108", "/list?unit=mj", "/list?page=6&unit=mj", "/list?page=8&unit=mj"},
		{"at the beginning", 1, 2143, "[1] 2 3 … 108", "", "", "/list?page=2&unit=mj"},
		{"at the end", 108, 2143, "1 … 106 107 [108]", "/list?unit=mj", "/list?page=107&unit=mj", ""},
		{"the second goes back without a number", 2, 41, "1 [2] 3", "/list?unit=mj", "/list?unit=mj", "/list?page=3&unit=mj"},
		{"beyond the end", 99, 30, "1 [2]", "/list?unit=mj", "/list?unit=mj", ""},
		{"before the beginning", -3, 30, "[1] 2", "", "", "/list?page=2&unit=mj"},
		{"nothing", 1, 0, "[1]", "", "", ""},
	} {
		p := ui.NewPages("/list?unit=mj&page=5", tt.page, 20, tt.total, "条")
		if got := numbers(p); got != tt.want {
			t.Errorf("%s: NewPages(%d of %d) = %q, want %q", tt.name, tt.page, tt.total, got, tt.want)
		}
		if diff := cmp.Diff([]string{tt.first, tt.prev, tt.next}, []string{p.First, p.Prev, p.Next}); diff != "" {
			t.Errorf("%s: first, prev, next (-want +got):\n%s", tt.name, diff)
		}
	}
}

func TestAChartSaysItsNumbersInWordsAndInATable(t *testing.T) {
	c := ui.Chart{Title: "收到的<申请>", Line: true, Labels: []string{"2024", "2025"}, Series: []ui.Series{{Name: "新收", Values: []float64{1204, math.NaN()}}}}
	svg := string(c.SVG())
	for _, want := range []string{`role="img"`, "收到的&lt;申请&gt;。新收：2024 1,204，2025 —", "<circle"} {
		if !strings.Contains(svg, want) {
			t.Errorf("SVG() = %s\nwant it to hold %q", svg, want)
		}
	}
	if strings.Contains(svg, "NaN") || strings.Contains(svg, "style=") {
		t.Errorf("SVG() = %s\nholds NaN or an inline style", svg)
	}
	want := []ui.ChartLine{{Label: "2024", Values: []string{"1,204"}}, {Label: "2025", Values: []string{"—"}}}
	if diff := cmp.Diff(want, c.Lines()); diff != "" {
		t.Errorf("Lines() (-want +got):\n%s", diff)
	}
	for _, empty := range []ui.Chart{{Title: "空"}, {Title: "零", Labels: []string{"a"}, Series: []ui.Series{{Values: []float64{0}}}}, {Title: "短", Labels: []string{"a", "b"}, Series: []ui.Series{{}}}} {
		if got := string(empty.SVG()); strings.Contains(got, "NaN") || strings.Contains(got, "Inf") {
			t.Errorf("SVG() of %q = %s", empty.Title, got)
		}
	}
}

func TestWhatIsLateIsCountedAsItsLineCounts(t *testing.T) {
	for text, want := range map[string]string{"处待整改": "1,200 处逾期", "份年度报告待编制": "1,200 份逾期", "件征求意见待答复": "1,200 件逾期", "征求意见": "1,200 件逾期"} {
		if got := (ui.Todo{Text: text, Late: 1200}).LateWords(); got != want {
			t.Errorf("LateWords() of %q = %q, want %q", text, got, want)
		}
	}
}

func TestTheLongestBarOfARankingIsWholeAndNoneIsLost(t *testing.T) {
	r := ui.Ranking{Bars: []ui.RankBar{{Value: 2000}, {Value: 1000}, {Value: 3}, {Value: 0}}, Rest: &ui.RankBar{Value: 90_000}}
	for i, want := range []int64{100, 50, 1, 0} {
		if got := r.Length(r.Bars[i]); got != want {
			t.Errorf("Length(%d) = %d, want %d", r.Bars[i].Value, got, want)
		}
	}
	if got := (ui.Ranking{Bars: []ui.RankBar{{Value: 0}}}).Length(ui.RankBar{}); got != 0 {
		t.Errorf("Length(0) of nothing = %d, want 0", got)
	}
}

func TestTheReadersLookComesBackFromItsCookie(t *testing.T) {
	with := func(cookie string) *http.Request {
		r := httptest.NewRequest("GET", "/", nil)
		if cookie != "" {
			r.Header.Set("Cookie", cookie)
		}
		return r
	}
	for cookie, want := range map[string]ui.Look{"": ui.Usual, "gk_look=elder": ui.Elder, "a=b; gk_look=large; c=d": ui.Large, "gk_look=\"><script>": ui.Usual} {
		if got := ui.LookOf(with(cookie)); got != want {
			t.Errorf("LookOf(%q) = %q, want %q", cookie, got, want)
		}
		if v, ok := ui.Variant(with(cookie)); v != string(want) || !ok {
			t.Errorf("Variant(%q) = %q, %v; want %q, true", cookie, v, ok, want)
		}
	}
	if _, ok := ui.Variant(with("gk_look=elder; gk_said=abc")); ok {
		t.Error("Variant lets a page with a waiting message come from the cache")
	}
	r := with("gk_look=larger; x=y")
	if n := testing.AllocsPerRun(50, func() { ui.Variant(r) }); n > 0 {
		t.Errorf("Variant allocates %v times, want 0", n)
	}
}

func TestChoosingALookReturnsToThePage(t *testing.T) {
	post := func(form string) *http.Response {
		r := httptest.NewRequest("POST", "/look", strings.NewReader(form))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		w := httptest.NewRecorder()
		if err := ui.SetLook(w, r); err != nil {
			t.Fatal(err)
		}
		return w.Result()
	}
	for _, tt := range []struct{ form, to, cookie string }{
		{"look=elder&back=/units/mj", "/units/mj", "elder"},
		{"look=&back=/", "/", ""},
		{"look=huge&back=https://evil.example", "/", ""},
	} {
		a := post(tt.form)
		if a.StatusCode != 303 || a.Header.Get("Location") != tt.to || a.Cookies()[0].Value != tt.cookie {
			t.Errorf("SetLook(%s) = %d to %s with %q; want 303 to %s with %q", tt.form, a.StatusCode, a.Header.Get("Location"), a.Cookies()[0].Value, tt.to, tt.cookie)
		}
	}
}

func TestAFieldShowsWhatWasTypedAndWhatIsWrong(t *testing.T) {
	f := web.NewForm(nil).Set("date", "2026-13-05").Set("theme", "js", "ws")
	f.Problem("date", "没有这一天。")
	d := ui.NewField(f, "date", "成文日期")
	if d.DateType() != "text" || d.Value != "2026-13-05" {
		t.Errorf("a date that is none = %s %q, want it kept in a text field", d.DateType(), d.Value)
	}
	if d.DescribedBy() != "f-date-wrong" || d.ID() != "f-date" {
		t.Errorf("DescribedBy, ID = %q, %q", d.DescribedBy(), d.ID())
	}
	if e := ui.NewField(nil, "x", "空"); e.DateType() != "date" || e.DescribedBy() != "" {
		t.Errorf("an empty field = %q, %q", e.DateType(), e.DescribedBy())
	}
	th := ui.NewField(f, "theme", "主题")
	if !th.Has("ws") || th.Has("jy") || th.Sub(0) != "f-theme" || th.Sub(2) != "f-theme-2" {
		t.Errorf("Has, Sub of %+v", th)
	}
	var none *web.Form
	if v := ui.NewField(none, "x", "无"); v.Value != "" {
		t.Errorf("a field of no form = %q", v.Value)
	}
}

func TestAStatusWordIsEscapedAndHasAShape(t *testing.T) {
	got := string(ui.Tag(ui.Bad, "<b>"))
	if !strings.Contains(got, "&lt;b&gt;") || !strings.Contains(got, "<svg") || !strings.Contains(got, "tag-bad") {
		t.Errorf("Tag = %s", got)
	}
	if got := string(ui.Tag(`"><script>`, "x")); !strings.Contains(got, "tag-mute") {
		t.Errorf("Tag of an unknown kind = %s, want the mute one", got)
	}
}

func TestTheTabShowsThePageAndTheSite(t *testing.T) {
	for _, tt := range []struct {
		head ui.Head
		want string
	}{
		{ui.Head{Title: "年度报告", Site: "明镜区"}, "年度报告－明镜区"}, {ui.Head{Site: "明镜区"}, "明镜区"}, {ui.Head{Title: "明镜区", Site: "明镜区"}, "明镜区"},
	} {
		if got := tt.head.FullTitle(); got != tt.want {
			t.Errorf("FullTitle(%+v) = %q, want %q", tt.head, got, tt.want)
		}
	}
}

func TestAFormsTableKeepsItsBlocksApartAndKnowsItsWidth(t *testing.T) {
	label := func(text string, cols int) ui.FormBox { return ui.FormBox{Text: text, Scope: "col", Cols: cols} }
	table := ui.FormTable{Head: 1, Lines: []ui.FormLine{
		{Boxes: []ui.FormBox{label("一", 2), label("二", 0)}},
		{Boxes: []ui.FormBox{{Text: "1"}}}, {Boxes: []ui.FormBox{{Text: "2"}}, Opens: true}, {Boxes: []ui.FormBox{{Text: "3"}}},
	}}
	if table.Wide() {
		t.Error("three columns are wide")
	}
	if n := len(table.HeadLines()); n != 1 {
		t.Errorf("HeadLines() = %d lines, want 1", n)
	}
	if got := table.Bodies(); len(got) != 2 || len(got[0]) != 1 || len(got[1]) != 2 {
		t.Errorf("Bodies() = %v, want one line and two", got)
	}
	table.Lines[0].Boxes[0].Cols = 7
	if !table.Wide() {
		t.Error("eight columns are not wide")
	}
	if (ui.FormTable{Head: 3}).HeadLines() != nil || (ui.FormTable{}).Wide() {
		t.Error("a table without lines has some")
	}
	box := ui.FormBox{Kind: ui.Bad, Near: true, Unknown: true}
	if got := box.Class(); got != "fig is-bad is-near is-unknown" {
		t.Errorf("Class() = %q", got)
	}
}
