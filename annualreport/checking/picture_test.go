package checking

import (
	"bytes"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"gongkai/annualreport/form"
)

// damaged is an invented report with two wrong rows in table three, a total left
// out in table four and a blank.
func damaged(t *testing.T) *form.Report {
	r := put(t, zeros("2021", 2024), map[string]int64{
		"table2.行政规范性文件.issued": 3, "table2.行政规范性文件.in_force": 41, "table2.行政许可.decisions": 1203,
		"table2.行政事业性收费.amount_wan": 1887100000,
		"table3.new.自然人":            46, "table3.new.总计": 46, "table3.carried.自然人": 4, "table3.carried.总计": 4,
		"table3.granted.自然人": 17, "table3.granted.总计": 17, "table3.unable1.自然人": 26, "table3.unable1.总计": 26, "table3.deny5.总计": 1,
		"table3.total.自然人": 44, "table3.total.总计": 44, "table3.forward.自然人": 6, "table3.forward.总计": 6,
		"table4.reconsideration.维持": 10, "table4.reconsideration.纠正": 1,
	})
	r.Set("table3.deny5.自然人", form.Value{State: form.Blank})
	r.Set("table2.规章.issued", form.Value{State: form.NotApplicable})
	return r
}

func nodes(n *html.Node, name string) []*html.Node {
	var out []*html.Node
	if n.Type == html.ElementNode && n.Data == name {
		out = append(out, n)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		out = append(out, nodes(c, name)...)
	}
	return out
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func spoken(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.WriteString(spoken(c))
	}
	return b.String()
}

// TestPicturesAreWholeTables: whatever the form, every row of every table fills
// the same number of columns, every header has its scope, every table its caption,
// and every figure of the form stands in exactly one cell.
func TestPicturesAreWholeTables(t *testing.T) {
	m := newMaker(11)
	for n, f := range form.All() {
		r := m.consistent(f, 0)
		plantings[n].plant(m, r)
		doc, err := html.Parse(strings.NewReader(Picture(r, Check(r, nil))))
		if err != nil {
			t.Fatal(err)
		}
		tables := nodes(doc, "table")
		if len(tables) != len(f.Tables) {
			t.Fatalf("form %s: %d tables, want %d", f.ID, len(tables), len(f.Tables))
		}
		figures := 0
		for k, tb := range tables {
			if c := nodes(tb, "caption"); len(c) != 1 || !strings.Contains(spoken(c[0]), f.Tables[k].Title) {
				t.Errorf("form %s, table %d has no caption of its own", f.ID, k)
			}
			for _, th := range nodes(tb, "th") {
				if s := attr(th, "scope"); s != "row" && s != "col" && s != "rowgroup" && s != "colgroup" {
					t.Errorf("the header %q has the scope %q", spoken(th), s)
				}
			}
			figures += rectangular(t, tb)
		}
		if figures != len(f.Cells)+1 { // and the corner of table three
			t.Errorf("form %s: %d cells with figures, want %d", f.ID, figures, len(f.Cells))
		}
	}
}

// rectangular reports rows that do not fill the table, and returns how many data
// cells there are.
func rectangular(t *testing.T, tb *html.Node) int {
	t.Helper()
	span := func(n *html.Node, name string) int {
		if v, err := strconv.Atoi(attr(n, name)); err == nil {
			return v
		}
		return 1
	}
	wide, data := 0, 0
	hanging := map[int]int{} // by column: rows still covered from above
	for i, tr := range nodes(tb, "tr") {
		col := 0
		skip := func() {
			for hanging[col] > 0 {
				hanging[col]--
				col++
			}
		}
		for c := tr.FirstChild; c != nil; c = c.NextSibling {
			skip()
			if c.Data == "td" {
				data++
			}
			for range span(c, "colspan") {
				hanging[col] += span(c, "rowspan") - 1
				col++
			}
		}
		skip()
		if wide == 0 {
			wide = col
		}
		if col != wide {
			t.Errorf("row %d of %q has %d columns, want %d", i, spoken(nodes(tb, "caption")[0]), col, wide)
		}
	}
	return data
}

func TestPicturesMarkTheCellsInWords(t *testing.T) {
	r := damaged(t)
	list := Check(r, nil)
	text := Picture(r, list)
	for _, bad := range []string{"<script", "style=", "onclick", "javascript"} {
		if strings.Contains(text, bad) {
			t.Errorf("a picture holds %s", bad)
		}
	}
	doc, err := html.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]bool{}
	for _, li := range nodes(doc, "li") {
		if id := attr(li, "id"); id == "" || ids[id] {
			t.Errorf("a note has the id %q", id)
		} else {
			ids[id] = true
		}
	}
	if len(ids) != len(list) {
		t.Errorf("%d notes, want %d", len(ids), len(list))
	}
	links := nodes(doc, "a")
	for _, a := range links {
		if !ids[strings.TrimPrefix(attr(a, "href"), "#")] || attr(a, "aria-label") == "" || spoken(a) == "" {
			t.Errorf("a mark leads to %q and is called %q", attr(a, "href"), attr(a, "aria-label"))
		}
	}
	marked := map[string]string{}
	for _, td := range nodes(doc, "td") {
		if c := attr(td, "class"); c != "" {
			marked[spoken(td)] = c
		}
	}
	want := map[string]string{"空白 ✕1 ✕2 △4若为 1": "error", "1 ✕1": "error", "44 ✕2": "error", "0 ✕3若为 11": "error", "/ ○5": "info"}
	for words, class := range want {
		if marked[words] != class {
			t.Errorf("no cell says %q as an %s; marked are %v", words, class, marked)
		}
	}
}

func TestPicturesTrustNoText(t *testing.T) {
	r := zeros("2021", 2024)
	r.Agency = `<script>alert(1)</script>"局`
	r.Set("table2.行政事业性收费.amount_wan", form.Value{Raw: `<img src=x onerror=alert(1)>`})
	text := Picture(r, []form.Finding{{Rule: "x", Severity: form.Error, Message: "<b>坏</b>", Cells: []string{"table2.规章.issued"}, Basis: "a&b",
		Explanations: []form.Explanation{{Message: "<i>", Cells: []string{"table2.规章.issued"}, Values: []string{`"><u>`}}}}})
	for _, bad := range []string{"<script", "<img", "<b>", "<i>", "<u>"} {
		if strings.Contains(text, bad) {
			t.Errorf("the picture has %s from the file in it", bad)
		}
	}
	if !strings.Contains(Picture(&form.Report{Year: 2024}, Check(&form.Report{Year: 2024}, nil)), "表二、表三、表四") {
		t.Error("a file without tables has no picture that says so")
	}
}

func TestTheTerminalShowsTheTables(t *testing.T) {
	r := damaged(t)
	var b bytes.Buffer
	if err := Terminal(&b, r, Check(r, nil), false); err != nil {
		t.Fatal(err)
	}
	const golden = "testdata/terminal.golden"
	if *update {
		if err := os.WriteFile(golden, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), b.String()); d != "" {
		t.Errorf("the terminal shows something else (-want +got):\n%s", d)
	}
	for i, line := range strings.Split(b.String(), "\n") {
		if w := columns(line); w > terminalWide+8 {
			t.Errorf("line %d is %d columns wide", i+1, w)
		}
		if strings.HasSuffix(line, "（") || strings.HasPrefix(strings.TrimSpace(line), "，") {
			t.Errorf("line %d is broken in the wrong place: %s", i+1, line)
		}
	}
	var c bytes.Buffer
	if err := Terminal(&c, r, Check(r, nil), true); err != nil {
		t.Fatal(err)
	}
	plain := strings.NewReplacer("\x1b[1m", "", "\x1b[1;31m", "", "\x1b[33m", "", "\x1b[36m", "", "\x1b[0m", "").Replace(c.String())
	if plain != b.String() || !strings.Contains(c.String(), "\x1b[1;31m") {
		t.Error("colour changes the text or is not there")
	}
}

func TestWidthsOnATerminal(t *testing.T) {
	for s, want := range map[string]int{"": 0, "abc": 3, "表三": 4, "（三）5": 7, "“三”": 4, "✕1": 2, "44→45?": 6} {
		if got := columns(s); got != want {
			t.Errorf("columns(%q) = %d, want %d", s, got, want)
		}
	}
	if got, want := broken("甲乙丙，丁（戊）t3.row-sum", 8), []string{"甲乙丙，", "丁（戊）", "t3.row-sum"}; cmp.Diff(want, got) != "" {
		t.Errorf("broken = %q, want %q", got, want)
	}
	if got := clipped("（三）不予公开1.属于国家秘密", 12); columns(got) > 12 || !strings.HasSuffix(got, "…") {
		t.Errorf("clipped to %q", got)
	}
}
