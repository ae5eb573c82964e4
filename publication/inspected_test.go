package publication_test

import (
	"strings"
	"testing"

	"gongkai/document"
	"gongkai/inspection"
	"gongkai/inspection/inspectiontest"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/publication"
	"gongkai/workday"
)

// shelf is what is known of attachments in a test.
type shelf map[string]struct {
	file  document.File
	parts []document.Part
}

func (s shelf) Get(_ *db.Tx, digest string) (document.File, error) {
	f, ok := s[digest]
	if !ok {
		return document.File{}, fault.Say(fault.NotFound, "没有这个文件")
	}
	return f.file, nil
}

func (s shelf) Parts(_ *db.Tx, digest string) ([]document.Part, error) { return s[digest].parts, nil }

func (v *district) piece(s *publication.Inspected, id publication.ItemID, shown bool) (p inspection.Piece, err error) {
	_ = v.db.Read(ctx, func(tx *db.Tx) error {
		if shown {
			p, err = s.Shown(tx, id.Subject())
		} else {
			p, err = s.Current(tx, id.Subject())
		}
		return nil
	})
	return p, err
}

func texts2(p inspection.Piece) (parts []string) {
	for _, t := range p.File.Texts {
		parts = append(parts, t.Part+"="+t.S)
	}
	return parts
}

func TestEverythingInAnItemIsInspectedAlsoWhatNobodySees(t *testing.T) {
	each(t, func(v *district) {
		digest := func(c string) string { return strings.Repeat(c, 64) }
		files := shelf{
			digest("a"): {document.File{Kind: document.KindXlsx, State: document.Readable}, []document.Part{
				{Name: "名单", Sheet: true, Text: "姓名\t证号\n王小明\t已隐去", Spans: []document.Span{{Start: 6, End: 9, Cell: "A2"}}},
				{Name: document.PartHidden, Text: "隐藏列：" + inspectiontest.Identity(3)},
			}},
			digest("b"): {document.File{Kind: document.KindPDF, State: document.Unreadable, Why: "文件已加密"}, nil},
			digest("c"): {document.File{Kind: document.KindPDF, State: document.Readable, Notes: []document.Note{{Kind: document.NoteNoText, Say: "有2页是图片"}}}, nil},
			digest("e"): {document.File{Kind: document.KindPDF, State: document.Pending}, nil},
		}
		s := v.items.Inspected(files)
		c := policy("关于公布名单的通知", "明教发〔2026〕7号")
		c.Files = []publication.File{{Digest: digest("a"), Name: "名单.xlsx"}, {Digest: digest("b"), Name: "扫描件.pdf"}, {Digest: digest("c"), Name: "附表.pdf"},
			{Digest: digest("d"), Name: "遗失.docx"}, {Digest: digest("a"), Name: "名单.xlsx"}}
		id := v.create(c)
		p, err := v.piece(s, id, false)
		v.must(err)
		if p.Public || p.Address != "" || p.Pending || p.Digest != c.Tidy().Digest() || p.Unit != "mj-jyj" || len(p.Authors) != 1 || p.Authors[0] != v.writer.Person {
			t.Errorf("the piece of a draft: %+v", p)
		}
		want := []string{
			"document=" + document.Text(c.Body), "title=" + c.Title, "summary=" + c.Summary,
			"名单.xlsx›名单=姓名\t证号\n王小明\t已隐去", "名单.xlsx›hidden=隐藏列：" + inspectiontest.Identity(3),
			"名单.xlsx（2）›名单=姓名\t证号\n王小明\t已隐去", "名单.xlsx（2）›hidden=隐藏列：" + inspectiontest.Identity(3),
		}
		if got := strings.Join(texts2(p), "\n"); got != strings.Join(want, "\n") {
			t.Errorf("parts\n%s\nwant\n%s", got, strings.Join(want, "\n"))
		}
		if got := strings.Join(p.Unread, "\n"); strings.Count(got, "\n") != 2 || !strings.Contains(got, "文件已加密") || !strings.Contains(got, "有2页是图片") || !strings.Contains(got, "遗失.docx") {
			t.Errorf("unread: %s", got)
		}
		if cell, _ := p.File.Texts[3].At(7); cell != "A2" {
			t.Errorf("the cell of an attachment is %q, want A2", cell)
		}
		if got := inspection.PartName(p.File.Texts[4].Part); got != "名单.xlsx，隐藏内容" {
			t.Errorf("PartName = %q", got)
		}
		r := p.File.Record
		if r == nil || r.Kind != "policy" || len(r.Attachments) != 5 || r.Elements["文号"] != "明教发〔2026〕7号" || r.Today != "2026-03-02" {
			t.Errorf("the record beside the text: %+v", r)
		}
		c.Files = []publication.File{{Digest: digest("e"), Name: "大文件.pdf"}}
		p, err = v.piece(s, v.create(c), false)
		v.must(err)
		if !p.Pending {
			t.Error("an attachment is still being read, and the piece does not say so")
		}
	})
}

func TestWhatIsReadAloudOfPicturesAndTablesIsInspected(t *testing.T) {
	for _, c := range []struct{ name, body, want string }{
		{"in the order of the text", `<p>一</p><table><caption>救助<strong>名单</strong> &amp;
  说明</caption><tbody><tr><td>甲</td></tr></tbody></table><p>图<img src="/f/a.png" alt="走访 现场"></p>`, "救助名单 & 说明\n走访 现场"},
		{"in figures and in tables of one cell", `<figure><img src="/f/a.png" alt="甲"><figcaption>乙</figcaption></figure><table><tr><td><img src="/f/b.png" alt="丙"></td></tr></table>`, "甲\n丙"},
		{"not what is empty", `<p><img src="/f/a.png" alt=" "><img src="/f/b.png"></p><table><caption></caption><tr><td>甲</td></tr></table>`, ""},
	} {
		got := ""
		for _, x := range publication.FileOf(publication.Content{Title: "公示", Body: c.body}).Texts {
			if x.Part == inspection.PartCaptions {
				got = x.S
			}
		}
		if got != c.want {
			t.Errorf("%s: FileOf() has the captions %q, want %q", c.name, got, c.want)
		}
	}
}

func TestWhatIsPublishedIsListedForTheNight(t *testing.T) {
	each(t, func(v *district) {
		s := v.items.Inspected(shelf{})
		draft := v.create(policy("关于草案的通知", "明教发〔2026〕1号"))
		a := v.publish(policy("关于一事的通知", "明教发〔2026〕2号"))
		b := v.publish(policy("关于二事的通知", "明教发〔2026〕3号"))
		list := func(after string, n int) (subjects []string) {
			v.read(func(tx *db.Tx) error {
				all, err := s.Published(tx, after, n)
				for _, l := range all {
					subjects = append(subjects, l.Subject)
					if want := v.page(publication.ItemID(strings.TrimPrefix(l.Subject, "item/"))).Digest; l.Digest != want || l.Unit != "mj-jyj" {
						t.Errorf("listed %+v, want digest %s", l, want)
					}
				}
				return err
			})
			return subjects
		}
		if got := list("", 10); len(got) != 2 || got[0] != a.Subject() || got[1] != b.Subject() {
			t.Errorf("Published = %v, want %s and %s", got, a, b)
		}
		if got := list("", 1); len(got) != 1 || got[0] != a.Subject() {
			t.Errorf("the first of them: %v", got)
		}
		if got := list(a.Subject(), 10); len(got) != 1 || got[0] != b.Subject() {
			t.Errorf("after the first: %v", got)
		}
		_, err := v.piece(s, draft, true)
		v.refused("what the public sees of a draft", err, fault.NotFound)
		_, err = v.piece(s, "x", false)
		v.refused("an item nobody knows", err, fault.NotFound)
		p, err := v.piece(s, a, false)
		v.must(err)
		if !p.Public || p.Address != "/info/"+string(a) {
			t.Errorf("what is being written where nothing is: %+v, want the public version", p)
		}
		v.must(v.items.Revise(ctx, v.writer, a))
		if p, err = v.piece(s, a, false); err != nil || p.Public {
			t.Errorf("during a revision: %+v, %v, want the draft", p, err)
		}
		if p, err = v.piece(s, a, true); err != nil || !p.Public {
			t.Errorf("during a revision the public sees: %+v, %v", p, err)
		}
		v.must(v.items.Withdraw(ctx, v.writer, b, "附件中含有个人信息"))
		if got := list("", 10); len(got) != 1 {
			t.Errorf("after a withdrawal: %v, want one", got)
		}
		_, err = v.piece(s, b, true)
		v.refused("what the public sees of what was withdrawn", err, fault.NotFound)
	})
}

func TestTheLibraryKnowsWhatTheHouseHasPublished(t *testing.T) {
	each(t, func(v *district) {
		lib := v.items.Inspected(shelf{}).Library(ctx)
		old := v.publish(policy("校车管理办法", "明教发〔2025〕1号"))
		v.publish(policy("关于印发《食堂管理办法》的通知", "明教发〔2025〕2号"))
		if lib.Own("明教发", 2025) {
			t.Error("two documents make a year ours")
		}
		v.publish(policy("关于三事的通知", "明教发〔2025〕3号"))
		v.at(1) // the answer of yesterday was kept for the day
		for _, tc := range []struct {
			code string
			year int
			want bool
		}{{"明教发", 2025, true}, {"明教发", 2024, false}, {"教发", 2025, false}, {"国发", 2025, false}, {"", 2025, false}, {"明教发", 0, false}} {
			if got := lib.Own(tc.code, tc.year); got != tc.want {
				t.Errorf("Own(%s, %d) = %v, want %v", tc.code, tc.year, got, tc.want)
			}
		}
		next := policy("校车管理办法（修订）", "明教发〔2026〕1号")
		next.Relations = []publication.Relation{{Kind: publication.Replaces, To: old, On: workday.New(2026, 3, 3)}}
		v.publish(next)
		h, ok := lib.Numbered("明教发〔2025〕1号")
		if !ok || h.Title != "校车管理办法" || h.Ended != "2026-03-03" || h.How != "废止" || h.Successor != "《校车管理办法（修订）》（明教发〔2026〕1号）" {
			t.Errorf("Numbered of what was replaced = %+v, %v", h, ok)
		}
		if h, ok = lib.Titled("食堂管理办法"); !ok || h.Number != "明教发〔2025〕2号" || h.Ended != "" {
			t.Errorf("Titled of what a notice issued = %+v, %v", h, ok)
		}
		for _, title := range []string{"没有这个办法", "", "%", "食堂管理"} {
			if h, ok := lib.Titled(title); ok {
				t.Errorf("Titled(%q) = %+v, want nothing", title, h)
			}
		}
		if h, ok := lib.Numbered(""); ok {
			t.Errorf("a document without a number = %+v", h)
		}
	})
}

func TestListsOfPeopleAreKnownByTheirTitles(t *testing.T) {
	for _, tc := range []struct {
		kind  publication.Kind
		title string
		want  string
	}{
		{publication.Welfare, "2026年3月城乡低保对象公示", "relief"},
		{publication.Welfare, "2026年耕地地力保护补贴发放公示", "subsidy"},
		{publication.Welfare, "公租房轮候对象公示", "housing"},
		{publication.Personnel, "2026年公开招聘教师拟聘用人员公示", "recruit"},
		{publication.Personnel, "干部任前公示", "appointment"},
		{publication.Penalty, "行政处罚决定书", "penalty"},
		{publication.Policy, "低保管理办法", ""},
		{publication.News, "区领导慰问困难群众", ""},
	} {
		if got := publication.FileOf(publication.Content{Kind: tc.kind, Title: tc.title}).Kind; got != tc.want {
			t.Errorf("the profile of %s %s is %q, want %q", tc.kind, tc.title, got, tc.want)
		}
	}
}
