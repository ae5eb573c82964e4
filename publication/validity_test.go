package publication_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/ledger"
	"gongkai/publication"
	"gongkai/workday"
)

func day(s string) workday.Date {
	d, err := workday.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func TestValidityFollowsDatesAndActs(t *testing.T) {
	for _, tc := range []struct {
		name string
		life publication.Life
		on   string
		want publication.Validity
	}{
		{"no dates at all", publication.Life{}, "2026-03-02", publication.Valid},
		{"the day before it takes effect", publication.Life{Effective: day("2026-03-03")}, "2026-03-02", publication.Pending},
		{"the day it takes effect", publication.Life{Effective: day("2026-03-03")}, "2026-03-03", publication.Valid},
		{"its last day", publication.Life{Expires: day("2026-03-03")}, "2026-03-03", publication.Valid},
		{"the day after its last", publication.Life{Expires: day("2026-03-03")}, "2026-03-04", publication.Expired},
		{"amended", publication.Life{AmendOn: day("2026-03-01")}, "2026-03-02", publication.Amended},
		{"repealed from tomorrow", publication.Life{RepealOn: day("2026-03-03")}, "2026-03-02", publication.Valid},
		{"repealed after it lapsed", publication.Life{Expires: day("2026-01-01"), RepealOn: day("2026-02-01")}, "2026-03-02", publication.Repealed},
		{"amended, then expired", publication.Life{AmendOn: day("2026-01-01"), Expires: day("2026-02-01")}, "2026-03-02", publication.Expired},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := tc.life.On(day(tc.on)); got != tc.want {
				t.Errorf("On(%s) = %s, want %s", tc.on, got, tc.want)
			}
		})
	}
}

func (v *district) validity(id publication.ItemID) publication.Validity {
	v.Helper()
	return v.row(id).ValidityOn(workday.Today(v.clock().Now()))
}

func (v *district) listed(f publication.Filter) (ids []publication.ItemID) {
	v.Helper()
	f.Units = everything
	f.On = workday.Today(v.clock().Now())
	v.read(func(tx *db.Tx) error {
		rows, n, err := publication.List(tx, f)
		for _, r := range rows {
			ids = append(ids, r.ID)
		}
		if n < len(rows) {
			v.Errorf("total %d is less than the page %d", n, len(rows))
		}
		return err
	})
	return ids
}

func TestANewDocumentReplacesAndAmendsOldOnes(t *testing.T) {
	each(t, func(v *district) {
		old := v.publish(policy("关于学区划分的通知", "明教发〔2025〕1号"))
		kept := v.publish(policy("关于学籍管理的通知", "明教发〔2025〕2号"))
		citing := policy("关于招生工作的通知", "明教发〔2025〕3号")
		citing.Body = "<p>按照《关于学区划分的通知》（明教发〔2025〕1号）执行。</p>"
		citer := v.publish(citing)

		c := policy("关于重新划分学区的通知", "明教发〔2026〕11号")
		c.Relations = []publication.Relation{{Kind: publication.Replaces, To: old}, {Kind: publication.Amends, To: kept, Note: "第三条"}}
		newer := v.publish(c)
		if got := v.validity(old); got != publication.Repealed {
			v.Errorf("the replaced document is %s", got)
		}
		if got := v.validity(kept); got != publication.Amended {
			v.Errorf("the amended document is %s", got)
		}
		// The citing page can say so: its link shows the present state.
		var seen publication.Validity
		for _, l := range v.page(citer).Links {
			if l.Other.ID == old && l.Kind == "" && !l.Incoming {
				seen = l.Other.ValidityOn(workday.Today(v.clock().Now()))
			}
		}
		if seen != publication.Repealed {
			v.Errorf("the citing page sees the cited document as %q", seen)
		}
		incoming := map[publication.RelationKind]publication.ItemID{}
		for _, l := range v.page(old).Links {
			if l.Incoming {
				incoming[l.Kind] = l.Other.ID
			}
		}
		if diff := cmp.Diff(map[publication.RelationKind]publication.ItemID{publication.Replaces: newer, "": citer}, incoming); diff != "" {
			v.Errorf("what bears on the old document (-want +got):\n%s", diff)
		}
		for validity, want := range map[publication.Validity][]publication.ItemID{
			publication.Repealed: {old}, publication.Amended: {kept}, publication.Valid: {newer, citer}, publication.Expired: nil,
		} {
			if diff := cmp.Diff(want, v.listed(publication.Filter{Validity: validity})); diff != "" {
				v.Errorf("list of %s (-want +got):\n%s", validity, diff)
			}
		}
		// A new version without the relation takes it back.
		v.must(v.items.Revise(ctx, v.writer, newer))
		c.Relations = nil
		v.publishAgain2(newer, c)
		if got := v.validity(old); got != publication.Valid {
			v.Errorf("after the relation was taken out the document is %s", got)
		}
		v.verify()
	})
}

func TestARepealByHandNeedsItsBasisAndCanBeTakenBack(t *testing.T) {
	each(t, func(v *district) {
		id := v.publish(policy("关于旧收费标准的通知", "明教发〔2024〕1号"))
		news := policy("校园开放日举行", "")
		news.Kind, news.Column, news.Source = publication.News, publication.NewsColumn, "明镜区教育局"
		story := v.publish(news)
		on := workday.New(2026, 3, 1)
		v.refused("without a basis", v.items.Rule(ctx, v.writer, id, publication.Ruling{Kind: publication.Repeals, On: on}), fault.Invalid)
		v.refused("without a date", v.items.Rule(ctx, v.writer, id, publication.Ruling{Kind: publication.Repeals, Basis: "清理结果"}), fault.Invalid)
		v.refused("a piece of news", v.items.Rule(ctx, v.writer, story, publication.Ruling{Kind: publication.Repeals, Basis: "清理结果", On: on}), fault.Conflict)
		v.refused("without the right", v.items.Rule(ctx, v.first, id, publication.Ruling{Kind: publication.Repeals, Basis: "清理结果", On: on}), fault.Forbidden)
		v.refused("by itself", v.items.Rule(ctx, v.writer, id, publication.Ruling{Kind: publication.Repeals, From: id, On: on}), fault.Invalid)
		v.refused("taking back nothing", v.items.Reinstate(ctx, v.writer, id, "登记有误"), fault.Conflict)
		v.must(v.items.Rule(ctx, v.writer, id, publication.Ruling{Kind: publication.Repeals, Basis: "2026年行政规范性文件清理结果", On: on}))
		if got := v.validity(id); got != publication.Repealed {
			v.Errorf("validity = %s", got)
		}
		v.must(v.items.Reinstate(ctx, v.writer, id, "登记有误"))
		if got := v.validity(id); got != publication.Valid {
			v.Errorf("after being reinstated validity = %s", got)
		}
		v.verify()
	})
}

func TestTheCalendarTurnsValidityWithoutAnyAct(t *testing.T) {
	each(t, func(v *district) {
		c := policy("关于试行办法的通知", "明教发〔2026〕12号")
		c.Effective, c.Expires = workday.New(2026, 3, 10), workday.New(2026, 3, 20)
		id := v.publish(c)
		lapse := func() int {
			n, err := v.items.Lapse(ctx)
			v.must(err)
			return n
		}
		lapse()
		for _, step := range []struct {
			days int
			want publication.Validity
			n    int
		}{{0, publication.Pending, 0}, {8, publication.Valid, 1}, {1, publication.Valid, 0}, {9, publication.Valid, 0}, {1, publication.Expired, 1}} {
			v.at(step.days)
			if n := lapse(); n != step.n {
				v.Errorf("%s: %d documents turned, want %d", workday.Today(v.clock().Now()), n, step.n)
			}
			if n := lapse(); n != 0 {
				v.Errorf("a second call on one day turned %d", n)
			}
			if got := v.validity(id); got != step.want {
				v.Errorf("%s: validity = %s, want %s", workday.Today(v.clock().Now()), got, step.want)
			}
			v.verify()
		}
	})
}

func TestMovedInItemsKeepTheirOldDate(t *testing.T) {
	each(t, func(v *district) {
		since := time.Date(2021, 1, 30, 8, 0, 0, 0, workday.Beijing)
		c := policy("2020年政府信息公开工作年度报告", "")
		c.Kind, c.Column = publication.Report, publication.ReportColumn
		m := publication.Moved{Unit: "mj-jyj", Content: c, Since: since, From: "原门户网站"}
		_, err := v.items.Adopt(ctx, v.writer, m)
		v.refused("without the right", err, fault.Forbidden)
		sys := identity.System("import")
		none, ahead, closed := m, m, m
		none.From, ahead.Since = "", v.clock().Now().Add(time.Hour)
		closed.Content.Openness.Attribute = ""
		_, err = v.items.Adopt(ctx, sys, none)
		v.refused("without a source", err, fault.Invalid)
		_, err = v.items.Adopt(ctx, sys, ahead)
		v.refused("from the future", err, fault.Invalid)
		_, err = v.items.Adopt(ctx, sys, closed)
		v.refused("without an attribute", err, fault.Invalid)
		id, err := v.items.Adopt(ctx, sys, m)
		v.must(err)
		if r := v.row(id); !r.Published.Equal(since) || r.IndexNo != "11370322004222241N/2021-00001" {
			v.Errorf("published %v as %s", r.Published, r.IndexNo)
		}
		if got := v.find("年度报告"); len(got) != 1 {
			v.Errorf("search finds %v", got)
		}
		v.verify()
	})
}

func TestHandingOverArchivesWhatIsPublicAndNothingElse(t *testing.T) {
	each(t, func(v *district) {
		a, b := v.publish(policy("关于移送的通知甲", "")), v.publish(policy("关于移送的通知乙", ""))
		draft := v.create(policy("草稿", ""))
		tr := publication.Transfer{Unit: "mj-jyj", Receiver: "明镜区档案馆", Way: "电子", Archive: true, Items: []publication.ItemID{a}}
		hand := func(change func(*publication.Transfer), by identity.Actor) error {
			c := tr
			change(&c)
			_, err := v.items.HandOver(ctx, by, c)
			return err
		}
		v.refused("no receiver", hand(func(t *publication.Transfer) { t.Receiver = " " }, v.writer), fault.Invalid)
		v.refused("no items", hand(func(t *publication.Transfer) { t.Items = nil }, v.writer), fault.Invalid)
		v.refused("an unknown way", hand(func(t *publication.Transfer) { t.Way = "口头" }, v.writer), fault.Invalid)
		v.refused("a draft", hand(func(t *publication.Transfer) { t.Items = []publication.ItemID{a, draft} }, v.writer), fault.Conflict)
		v.refused("without the right", hand(func(*publication.Transfer) {}, v.first), fault.Forbidden)
		if f := v.row(a).Face; f != publication.Public {
			v.Errorf("a refused hand-over left %s", f)
		}
		v.must(hand(func(*publication.Transfer) {}, v.writer))
		if f := v.row(a).Face; f != publication.Archived {
			v.Errorf("face = %s, want archived", f)
		}
		v.page(a) // still readable
		v.read(func(tx *db.Tx) error {
			left, err := publication.NotHandedOver(tx, "mj-jyj", time.Time{}, v.clock().Now())
			if len(left) != 1 || left[0].ID != b {
				v.Errorf("not handed over: %v", left)
			}
			return err
		})
		v.verify()
	})
}

func TestRowsChangedOutsideTheProgramAreNamed(t *testing.T) {
	each(t, func(v *district) {
		id := v.publish(policy("关于篡改的通知", "明教发〔2026〕13号"))
		other := v.publish(policy("关于另一件事的通知", "明教发〔2026〕14号"))
		for _, tamper := range []string{
			`UPDATE publication_version SET content = replace(content, '现将', '兹将') WHERE item = $1`,
			`UPDATE publication_item SET title = 'x' WHERE id = $1`,
			`UPDATE publication_item SET face = 'archived' WHERE id = $1`,
			`DELETE FROM publication_version WHERE item = $1`,
			`INSERT INTO publication_file (item, digest, name) VALUES ($1, 'abc', 'x')`,
		} {
			var names []string
			rollback := errRollback
			err := v.db.Write(ctx, func(tx *db.Tx) error {
				if _, err := tx.Exec(tamper, id); err != nil {
					return err
				}
				rep, err := ledger.Verify(tx, publication.Keeper)
				if err != nil {
					return err
				}
				for _, f := range rep.Findings {
					names = append(names, f.Subject)
				}
				return rollback
			})
			if err != rollback {
				v.Fatalf("%s: %v", tamper, err)
			}
			if !containsString(names, id.Subject()) || containsString(names, other.Subject()) {
				v.Errorf("%s: findings name %v, want %s only", tamper, names, id.Subject())
			}
		}
		v.verify()
	})
}

func TestViewsAreCountedForWhatIsThere(t *testing.T) {
	each(t, func(v *district) {
		id := v.publish(policy("关于浏览次数的通知", ""))
		draft := v.create(policy("草稿", ""))
		for range 2 {
			v.must(v.items.AddViews(ctx, map[publication.ItemID]int{id: 3, draft: 5, "00000000000000000000": 7}))
		}
		if n := v.page(id).Views; n != 6 {
			t.Errorf("views = %d, want 6", n)
		}
		v.verify()
	})
}

func TestAListFindsByTitleAndByBothNumbers(t *testing.T) {
	each(t, func(v *district) {
		c := policy("关于百分之一%标准的通知", "明教发〔2026〕77号")
		id := v.publish(c)
		draft := v.create(policy("没有名字", ""))
		_, err := v.items.Save(ctx, v.writer, draft, 1, policy("改了名字的草稿", ""), publication.Plan{})
		v.must(err)
		v.must(v.items.Revise(ctx, v.writer, id))
		c.Title = "正在改名"
		_, err = v.items.Save(ctx, v.writer, id, 1, c, publication.Plan{})
		v.must(err)
		unseen := []publication.Face{publication.Unseen}
		for _, tc := range []struct {
			words string
			faces []publication.Face
			want  []publication.ItemID
		}{
			{"百分之一%标", nil, []publication.ItemID{id}},
			{"百分之一_标", nil, nil}, // no wildcard
			{"〔2026〕77号", nil, []publication.ItemID{id}},
			{string(v.row(id).IndexNo), nil, []publication.ItemID{id}},
			{"正在改名", nil, nil}, // what is being typed is not the public's
			{"改了名字", unseen, []publication.ItemID{draft}},
		} {
			if diff := cmp.Diff(tc.want, v.listed(publication.Filter{Words: tc.words, Faces: tc.faces})); diff != "" {
				t.Errorf("list of %q (-want +got):\n%s", tc.words, diff)
			}
		}
	})
}
