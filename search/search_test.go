package search_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gongkai/internal/db"
	"gongkai/internal/db/dbtest"
	"gongkai/org"
	"gongkai/search"
)

type clerk struct{}

func (clerk) LedgerWho() string  { return "p1" }
func (clerk) LedgerUnit() string { return "mj" }

// plant makes a government of three units.
func plant(t testing.TB, d *db.DB) {
	t.Helper()
	for i, u := range []org.Unit{
		{ID: "mj", Kind: org.Government, Name: "示例市明镜区人民政府", Short: "明镜区政府", Active: true},
		{ID: "mj-czj", Parent: "mj", Kind: org.Department, Name: "示例市明镜区财政局", Short: "财政局", Active: true},
		{ID: "mj-jyj", Parent: "mj", Kind: org.Department, Name: "示例市明镜区教育局", Short: "教育局", Active: true},
	} {
		u.Order = i
		write(t, d, func(tx *db.Tx) error { return org.AddIn(tx, clerk{}, u) })
	}
}

func write(t testing.TB, d *db.DB, f func(tx *db.Tx) error) {
	t.Helper()
	if err := d.Write(context.Background(), f); err != nil {
		t.Fatal(err)
	}
}

func put(t testing.TB, d *db.DB, docs ...search.Doc) {
	t.Helper()
	write(t, d, func(tx *db.Tx) error {
		for _, doc := range docs {
			if err := search.Put(tx, doc); err != nil {
				return err
			}
		}
		return nil
	})
}

func find(t testing.TB, d *db.DB, q search.Query) search.Results {
	t.Helper()
	var r search.Results
	err := d.Read(context.Background(), func(tx *db.Tx) (err error) { r, err = search.Find(tx, q); return err })
	if err != nil {
		t.Fatalf("Find(%+v) = %v", q, err)
	}
	return r
}

// all is a query over every unit.
func all(text string) search.Query { return search.Query{Text: text, Units: org.Everything()} }

func ids(r search.Results) []string {
	out := []string{}
	for _, h := range r.Hits {
		out = append(out, h.ID)
	}
	return out
}

// library is the documents most tests look in.
var library = []search.Doc{
	{ID: "item/a", Unit: "mj", UnitName: "示例市明镜区人民政府", Kind: "policy", Column: "zc/gfxwj", Theme: "财政", Validity: "有效", Published: "2026-01-05",
		Title: "关于加强财政资金管理的通知", DocNo: "明政发〔2026〕5号", IndexNo: "11330000MB0001-2026-00005",
		Body: "各街道办事处：\n为加强财政资金管理，提高资金使用效益，现将有关事项通知如下。本通知自2026年2月1日起施行。"},
	{ID: "item/b", Unit: "mj-czj", UnitName: "示例市明镜区财政局", Kind: "policy", Column: "zc/qt", Theme: "财政", Validity: "废止", Published: "2025-06-01",
		Title: "财政局2025年度部门预算", Body: "根据明政发[2026]5号文件精神，公开部门预算。预算总额为12,300万元。",
		Attachments: []search.Attachment{{Name: "预算公开表.xlsx", Text: "一般公共预算支出 教育支出 1200 社会保障 3400"}}},
	{ID: "item/c", Unit: "mj-jyj", UnitName: "示例市明镜区教育局", Kind: "report", Column: "nb", Theme: "教育", Validity: "有效", Published: "2024-03-01",
		Title: "教育局2023年政府信息公开工作年度报告", Body: "2023年，本局主动公开政府信息120条，收到政府信息公开申请5件，均按期答复。"},
	{ID: "item/d", Unit: "mj-jyj", UnitName: "示例市明镜区教育局", Kind: "notice", Column: "tz", Theme: "教育", Validity: "有效", Published: "2026-02-20",
		Title: "2026年义务教育阶段学校招生入学工作通告", Body: "符合条件的适龄儿童按照免试就近入学的原则入学。咨询时间为２０２６年３月１日至3月10日。<b>注意</b>"},
	{ID: "item/e", Unit: "mj", UnitName: "示例市明镜区人民政府", Kind: "policy", Column: "zc/gfxwj/jd", Theme: "", Validity: "有效", Published: "2026-01-05",
		Title: "政府信息公开申请办理规程", DocNo: "明政办函(2026)第5号", Body: "市场监督管理部门收到申请的，应当登记。"},
	{ID: "item/f", Unit: "mj", UnitName: "示例市明镜区人民政府", Kind: "notice", Title: "没有日期的说明", Body: "本页说明公开范围。信息\n公开是原则。"},
}

// TestEveryQuestionFindsTheSameOnBothEngines is the conformance suite: each
// engine has to find exactly this.
func TestEveryQuestionFindsTheSameOnBothEngines(t *testing.T) {
	everything := org.Everything()
	cases := []struct {
		name string
		q    search.Query
		want []string // in order if the query sorts, as a set otherwise
	}{
		{"nothing asked lists the newest first", all(""), []string{"item/d", "item/e", "item/a", "item/b", "item/c", "item/f"}},
		{"oldest first", search.Query{Units: everything, Sort: search.Oldest}, []string{"item/f", "item/c", "item/b", "item/a", "item/e", "item/d"}},
		{"one word", all("预算"), []string{"item/b"}},
		{"all words must occur", all("财政 资金"), []string{"item/a"}},
		{"words without a space between", all("财政资金管理"), []string{"item/a"}},
		{"a word inside a longer word", all("监督"), []string{"item/e"}},
		{"a word of the attachment", all("社会保障"), []string{"item/b"}},
		{"the name of the file", all("预算公开表"), []string{"item/b"}},
		{"the name of the unit", all("教育局 招生"), []string{"item/d"}},
		{"full width digits", all("１２０条"), []string{"item/c"}},
		{"a phrase", all("“信息公开申请”"), []string{"item/c", "item/e"}},
		{"a phrase across a line break", all(`"信息公开是原则"`), []string{"item/f"}},
		{"a phrase is letter by letter", search.Query{Text: `"资金财政"`, Units: everything}, []string{}},
		{"an excluded word", all("教育 -招生"), []string{"item/b", "item/c"}},
		{"an excluded phrase", all(`政府信息 -"按期答复"`), []string{"item/e", "item/f"}},
		{"only an exclusion", search.Query{Text: "-政府", Units: everything, Sort: search.Newest}, []string{"item/d", "item/b"}},
		{"only an exclusion of a rare word", search.Query{Text: "-招生", Units: everything, Sort: search.Newest}, []string{"item/e", "item/a", "item/b", "item/c", "item/f"}},
		{"a document number: its bearer, then who cites it", all("明政发〔2026〕5号"), []string{"item/a", "item/b"}},
		{"a document number in other brackets", all("明政发(2026)05号"), []string{"item/a", "item/b"}},
		{"a document number, newest first", search.Query{Text: "明政发【2026】5号", Units: everything, Sort: search.Newest}, []string{"item/a", "item/b"}},
		{"a document number with 第", all("明政办函〔2026〕5号"), []string{"item/e"}},
		{"a document number and a word", all("预算 明政发〔2026〕5号"), []string{"item/b"}},
		{"an index number", all("11330000MB0001-2026-00005"), []string{"item/a"}},
		{"a date in one form finds the other", all("2026-03-01"), []string{"item/d"}},
		{"a date in points", all("2026.2.1"), []string{"item/a"}},
		{"a unit and those below it", search.Query{Units: org.Under("mj-czj")}, []string{"item/b"}},
		{"two units", search.Query{Units: org.Under("mj-czj", "mj-jyj")}, []string{"item/d", "item/b", "item/c"}},
		{"the whole tree", search.Query{Text: "财政", Units: org.Under("mj")}, []string{"item/a", "item/b"}},
		{"no unit", search.Query{Text: "财政"}, []string{}},
		{"a kind", search.Query{Units: everything, Kind: "policy"}, []string{"item/e", "item/a", "item/b"}},
		{"a column and those below it", search.Query{Units: everything, Column: "zc/gfxwj"}, []string{"item/e", "item/a"}},
		{"a column is no prefix", search.Query{Units: everything, Column: "zc/gf"}, []string{}},
		{"a column with a sign of the pattern", search.Query{Units: everything, Column: "z%"}, []string{}},
		{"a theme", search.Query{Units: everything, Theme: "教育"}, []string{"item/d", "item/c"}},
		{"a validity", search.Query{Units: everything, Validity: "废止"}, []string{"item/b"}},
		{"a year", search.Query{Units: everything, Year: 2026}, []string{"item/d", "item/e", "item/a"}},
		{"dates from and to, inclusive", search.Query{Units: everything, From: "2025-06-01", To: "2026-01-05"}, []string{"item/e", "item/a", "item/b"}},
		{"up to a date leaves out what has none", search.Query{Units: everything, To: "2024-12-31"}, []string{"item/c"}},
		{"words and filters", search.Query{Text: "政府信息公开", Units: everything, Kind: "report", Year: 2024}, []string{"item/c"}},
		{"words that a filter hides", search.Query{Text: "招生", Units: everything, Year: 2020}, []string{}},
		{"only words that say nothing", all("的 了"), []string{}},
		{"only an asking word", all("什么"), []string{}},
		{"the second page", search.Query{Units: everything, Page: 2, Size: 4}, []string{"item/c", "item/f"}},
		{"beyond the last page", search.Query{Units: everything, Page: 9, Size: 4}, []string{}},
	}
	dbtest.Each(t, search.Schema, func(t *testing.T, d *db.DB) {
		plant(t, d)
		put(t, d, library...)
		for _, c := range cases {
			t.Run(c.name, func(t *testing.T) {
				r := find(t, d, c.q)
				got, want := ids(r), slices.Clone(c.want)
				if c.q.Sort == search.Relevance && c.q.Text != "" && !strings.HasPrefix(c.name, "a document number") {
					slices.Sort(got)
					slices.Sort(want)
				}
				if r.Relaxed {
					got = []string{}
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("Find(%+v) (-want +got):\n%s", c.q, diff)
				}
			})
		}
	})
}

func TestADocumentIsReplacedAndRemoved(t *testing.T) {
	dbtest.Each(t, search.Schema, func(t *testing.T, d *db.DB) {
		plant(t, d)
		put(t, d, library...)
		doc := library[0]
		doc.Title, doc.Published = "关于规范行政处罚的通知", "2020-01-01"
		put(t, d, doc)
		put(t, d, doc) // again, unchanged
		if got := ids(find(t, d, all("行政处罚"))); !slices.Equal(got, []string{"item/a"}) {
			t.Errorf("Find(行政处罚) = %v after the title changed", got)
		}
		q := search.Query{Units: org.Everything(), Sort: search.Oldest, From: "1900-01-01"}
		if got := ids(find(t, d, q)); got[0] != "item/a" {
			t.Errorf("oldest = %v after the date changed, want item/a first", got)
		}
		write(t, d, func(tx *db.Tx) error {
			if err := search.Remove(tx, "item/a"); err != nil {
				return err
			}
			return search.Remove(tx, "item/none")
		})
		if got := ids(find(t, d, all("行政处罚"))); len(got) != 0 {
			t.Errorf("Find(行政处罚) = %v after the document was removed", got)
		}
		if r := find(t, d, all("")); r.Total != len(library)-1 {
			t.Errorf("Total = %d after one was removed, want %d", r.Total, len(library)-1)
		}
		put(t, d, doc)
		if got := ids(find(t, d, all("行政处罚"))); !slices.Equal(got, []string{"item/a"}) {
			t.Errorf("Find(行政处罚) = %v after it came back", got)
		}
	})
}

func TestAnActThatFailsLeavesTheIndexAsItWas(t *testing.T) {
	dbtest.Each(t, search.Schema, func(t *testing.T, d *db.DB) {
		plant(t, d)
		put(t, d, library[:2]...)
		err := d.Write(context.Background(), func(tx *db.Tx) error {
			if err := search.Remove(tx, "item/a"); err != nil {
				return err
			}
			if err := search.Put(tx, library[3]); err != nil {
				return err
			}
			return fmt.Errorf("the act is refused")
		})
		if err == nil {
			t.Fatal("the act was not refused")
		}
		if got := ids(find(t, d, all(""))); !slices.Equal(got, []string{"item/a", "item/b"}) {
			t.Errorf("after a refused act: %v", got)
		}
		if got := ids(find(t, d, all("招生"))); len(got) != 0 {
			t.Errorf("Find(招生) = %v after a refused act", got)
		}
	})
}

func TestADocumentThatCannotBeIndexedIsRefused(t *testing.T) {
	dbtest.Each(t, search.Schema, func(t *testing.T, d *db.DB) {
		for name, doc := range map[string]search.Doc{
			"no id":         {Unit: "mj", Title: "题"},
			"no unit":       {ID: "item/x", Title: "题"},
			"no such date":  {ID: "item/x", Unit: "mj", Published: "2026-02-30"},
			"date as words": {ID: "item/x", Unit: "mj", Published: "2026年1月5日"},
		} {
			err := d.Write(context.Background(), func(tx *db.Tx) error { return search.Put(tx, doc) })
			if err == nil {
				t.Errorf("%s: Put(%+v) was taken", name, doc)
			}
		}
	})
}

func TestResultsAreCountedByUnitKindYearAndValidity(t *testing.T) {
	dbtest.Each(t, search.Schema, func(t *testing.T, d *db.DB) {
		plant(t, d)
		put(t, d, library...)
		r := find(t, d, search.Query{Units: org.Everything(), Kind: "policy"})
		want := search.Facets{
			Units:      []search.Count{{Value: "mj", N: 2}, {Value: "mj-czj", N: 1}},
			Kinds:      []search.Count{{Value: "policy", N: 3}, {Value: "notice", N: 2}, {Value: "report", N: 1}},
			Years:      []search.Count{{Value: "2026", N: 2}, {Value: "2025", N: 1}},
			Validities: []search.Count{{Value: "有效", N: 2}, {Value: "废止", N: 1}},
		}
		if diff := cmp.Diff(want, r.Facets); diff != "" {
			t.Errorf("facets of policies (-want +got):\n%s", diff)
		}
		if r.Total != 3 || r.Pages() != 1 {
			t.Errorf("Total = %d on %d pages, want 3 on 1", r.Total, r.Pages())
		}
	})
}

func TestWhenNothingHoldsAllWordsTheBestPartIsFoundAndSaidSo(t *testing.T) {
	dbtest.Each(t, search.Schema, func(t *testing.T, d *db.DB) {
		plant(t, d)
		put(t, d, library...)
		r := find(t, d, all("适龄儿童如何申请低保补贴？"))
		if !r.Relaxed || len(r.Hits) == 0 || r.Hits[0].ID != "item/d" {
			t.Errorf("Find = %v, relaxed %v; want item/d first, relaxed", ids(r), r.Relaxed)
		}
		r = find(t, d, all("儿童 低保 -招生"))
		if len(r.Hits) != 0 {
			t.Errorf("relaxed Find = %v brought back what was excluded", ids(r))
		}
		r = find(t, d, all("热气球"))
		if r.Relaxed || r.Total != 0 {
			t.Errorf("Find of a word nobody used: %v, relaxed %v", ids(r), r.Relaxed)
		}
	})
}

func TestMarksStandOnTheTextAsItWasWritten(t *testing.T) {
	dbtest.Each(t, search.Schema, func(t *testing.T, d *db.DB) {
		plant(t, d)
		put(t, d, library...)
		for _, c := range []struct{ name, text, id, title, snippet, attachment string }{
			{"words in title and text", "招生 入学", "item/d", "2026年义务教育阶段学校<mark>招生入学</mark>工作通告", "免试就近<mark>入学</mark>的原则<mark>入学</mark>", ""},
			{"a date in the form of the text, and escaping", "2026-03-01", "item/d", "2026年义务教育阶段学校招生入学工作通告", "咨询时间为<mark>２０２６年３月１日</mark>至3月10日。&lt;b&gt;注意&lt;/b&gt;", ""},
			{"a document number in other brackets", "明政发〔2026〕5号", "item/b", "财政局2025年度部门预算", "根据<mark>明政发[2026]5号</mark>文件精神", ""},
			{"an attachment", "社会保障", "item/b", "财政局2025年度部门预算", "<mark>社会保障</mark> 3400", "预算公开表.xlsx"},
			{"a number is not marked inside a longer one", "5 件 申请", "item/c", "教育局2023年政府信息公开工作年度报告", "公开<mark>申请5</mark>件", ""},
		} {
			t.Run(c.name, func(t *testing.T) {
				for _, h := range find(t, d, all(c.text)).Hits {
					if h.ID != c.id {
						continue
					}
					if string(h.Title) != c.title {
						t.Errorf("title = %s, want %s", h.Title, c.title)
					}
					if !strings.Contains(string(h.Snippet), c.snippet) {
						t.Errorf("snippet = %s, want it to hold %s", h.Snippet, c.snippet)
					}
					if h.Attachment != c.attachment {
						t.Errorf("attachment = %q, want %q", h.Attachment, c.attachment)
					}
					return
				}
				t.Errorf("Find(%s) lacks %s", c.text, c.id)
			})
		}
	})
}

func TestNoTextMakesAQueryFail(t *testing.T) {
	hostile := []string{
		`"`, `""`, `"""`, `'`, `\`, `%`, `_`, `*`, `^title`, `title:预算`, `{title} : 预算`, `预算 AND`, `NOT`, `NEAR(预算 财政, 5)`, `(预算`, `预算)`,
		"-", "--", "- -", `-"`, `-""`, `"-"`, "“”", "预算\x00财政", "\xff\xfe", "\u202e预算", "预算;DROP TABLE search_doc", "'预算':A & !'财政'", "!", "&|!<->",
		strings.Repeat("预算", 5000), strings.Repeat("a", 5000), strings.Repeat("-预算 ", 200), strings.Repeat(`"预" `, 200), "𠮷野家", "😀", "〔2026〕", "〔2026〕5号", "〇",
		"\n\t ", "%_%", `"%"`, `"_"`, `"\"`, "9999999999999999999999", "0x41", "$1", "?1", "İ", "ß", "ﬀ", "Ⅷ", "１２３", "²",
	}
	dbtest.Each(t, search.Schema, func(t *testing.T, d *db.DB) {
		plant(t, d)
		put(t, d, library...)
		put(t, d, search.Doc{ID: "item/odd", Unit: "mj", Published: "2026-01-01", Title: strings.Join(hostile[:20], " "), Body: strings.Join(hostile, "\n")})
		for _, text := range hostile {
			for _, sort := range []search.Sort{search.Relevance, search.Newest, "nonsense"} {
				q := search.Query{Text: text, Units: org.Everything(), Sort: sort, Kind: "", Page: -1, Size: 1 << 30}
				r := find(t, d, q)
				for _, h := range r.Hits {
					if strings.Contains(string(h.Title+h.Snippet), "<b>") {
						t.Errorf("Find(%q) lets markup through: %s", text, h.Snippet)
					}
				}
			}
		}
		q := search.Query{Text: "预算", Units: org.Everything(), Kind: "'\x00", Column: `%\_`, Theme: "\xff", Validity: `"`, From: "x", To: "\x00", Year: -1}
		find(t, d, q)
	})
}
