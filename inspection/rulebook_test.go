package inspection_test

import (
	"fmt"
	"strings"
	"testing"

	"gongkai/document"
	"gongkai/identity"
	"gongkai/inspection"
	"gongkai/inspection/rule"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/ledger"
	"gongkai/org"
)

func codes(all []rule.Finding) string {
	var s []string
	for _, f := range all {
		s = append(s, f.Rule)
	}
	return strings.Join(s, " ")
}

func (w *world) look(unit org.ID, subject, body string) []rule.Finding {
	w.Helper()
	found, err := w.is.Look(ctx, unit, &rule.File{Name: subject, Texts: []*rule.Text{rule.NewText(document.PartDocument, body)}})
	w.must(err)
	return found
}

func TestASwitchHoldsInTheUnitAndBelowIt(t *testing.T) {
	each(t, func(w *world) {
		w.must(w.is.SwitchOff(ctx, w.office, "mj-jyj", "punct", "正在统一修改标点", w.today().AddDays(3)))
		if got := codes(w.look("mj-jyj", "", slip)); got != "" {
			t.Errorf("in the unit: %s, want nothing", got)
		}
		if got := codes(w.look("mj-qs", "", slip)); got != "punct.double" {
			t.Errorf("in another: %s, want punct.double", got)
		}
		w.days(4)
		if got := codes(w.look("mj-jyj", "", slip)); got != "punct.double" {
			t.Errorf("when it has ended: %s, want punct.double", got)
		}
		w.must(w.is.SwitchOff(ctx, w.office, "mj", "punct.double", "正在统一修改标点", w.today()))
		if got := codes(w.look("mj-qs", "", slip)); got != "" {
			t.Errorf("below the unit that switched it off: %s, want nothing", got)
		}
		w.must(w.is.SwitchOn(ctx, w.office, "mj", "punct.double"))
		if got := codes(w.look("mj-qs", "", slip)); got != "punct.double" {
			t.Errorf("switched on again: %s", got)
		}
		w.verify()
	})
}

func TestAUnitKeepsItsOwnWords(t *testing.T) {
	each(t, func(w *world) {
		add := func(word inspection.Word) inspection.WordID {
			id, err := w.is.AddWord(ctx, w.office, word)
			w.must(err)
			return id
		}
		id := add(inspection.Word{Unit: "mj", Kind: inspection.WrongWord, Word: "明镜市", Instead: "示例市明镜区", Reason: "行政区划名称"})
		found := w.look("mj-qs", "", "明镜市清水镇。")
		if codes(found) != "own.word" || found[0].Start != 0 || found[0].End != 3 || found[0].Suggest[0] != "示例市明镜区" || !strings.Contains(found[0].Message, "行政区划名称") {
			t.Errorf("a wrong word: %+v", found)
		}
		add(inspection.Word{Unit: "mj", Kind: inspection.WrongWord, Word: "清水", Instead: "清水镇"})
		if got := codes(w.look("mj-qs", "", "清水镇与清水，")); got != "own.word" {
			t.Errorf("a wrong word inside the right one and alone: %q, want it once", got)
		}
		w.must(w.is.DropWord(ctx, w.office, id))
		if got := codes(w.look("mj-qs", "", "明镜市。")); got != "" {
			t.Errorf("after it was dropped: %s", got)
		}
		add(inspection.Word{Unit: "mj-jyj", Kind: inspection.KeepWord, Word: "人民政府，，街道"})
		if got := codes(w.look("mj-jyj", "", slip)); got != "" {
			t.Errorf("on a word the unit keeps: %s, want nothing", got)
		}
		add(inspection.Word{Unit: "mj-jyj", Kind: inspection.KeepWord, Word: "公民身份号码" + number})
		if got := codes(w.look("mj-jyj", "", leak)); !strings.Contains(got, "privacy.id") {
			t.Errorf("a number on a word the unit keeps: %q, want it found", got)
		}
		var words []inspection.Word
		w.read(func(tx *db.Tx) (err error) { words, err = w.is.Words(tx, "mj-jyj"); return err })
		if len(words) != 3 {
			t.Errorf("words that hold for the unit: %+v, want 3", words)
		}
		w.verify()
	})
}

func TestSwitchesAndWordsAreRefused(t *testing.T) {
	each(t, func(w *world) {
		off := func(by identity.Actor, unit org.ID, code, reason string, days int) error {
			return w.is.SwitchOff(ctx, by, unit, code, reason, w.today().AddDays(days))
		}
		word := func(by identity.Actor, x inspection.Word) error {
			_, err := w.is.AddWord(ctx, by, x)
			return err
		}
		w.must(word(w.office, inspection.Word{Unit: "mj", Kind: inspection.OwnName, Word: "明镜区政府"}))
		for _, tc := range []struct {
			name string
			err  error
			kind fault.Kind
		}{
			{"the rule on identity numbers", off(w.office, "mj", "privacy.id", "数量太多", 1), fault.Conflict},
			{"the family it belongs to", off(w.office, "mj", "privacy", "数量太多", 1), fault.Conflict},
			{"a rule nobody knows", off(w.office, "mj", "typo.x", "数量太多", 1), fault.NotFound},
			{"without a reason", off(w.office, "mj", "punct", "", 1), fault.Invalid},
			{"until yesterday", off(w.office, "mj", "punct", "数量太多", -1), fault.Invalid},
			{"by the unit itself", off(w.writer, "mj-jyj", "punct", "数量太多", 1), fault.Forbidden},
			{"in a unit nobody knows", off(identity.System("test"), "x", "punct", "数量太多", 1), fault.NotFound},
			{"on what is on", w.is.SwitchOn(ctx, w.office, "mj", "punct"), fault.NotFound},
			{"a word by the unit itself", word(w.writer, inspection.Word{Unit: "mj-jyj", Kind: inspection.KeepWord, Word: "清水"}), fault.Forbidden},
			{"no kind", word(w.office, inspection.Word{Unit: "mj", Word: "清水"}), fault.Invalid},
			{"one character", word(w.office, inspection.Word{Unit: "mj", Kind: inspection.KeepWord, Word: "清"}), fault.Invalid},
			{"a whole sentence", word(w.office, inspection.Word{Unit: "mj", Kind: inspection.KeepWord, Word: strings.Repeat("清水", 30)}), fault.Invalid},
			{"wrong without right", word(w.office, inspection.Word{Unit: "mj", Kind: inspection.WrongWord, Word: "清水"}), fault.Invalid},
			{"wrong is right", word(w.office, inspection.Word{Unit: "mj", Kind: inspection.WrongWord, Word: "清水", Instead: "清水"}), fault.Invalid},
			{"a leader without a post", word(w.office, inspection.Word{Unit: "mj", Kind: inspection.OwnLeader, Word: "方明远"}), fault.Invalid},
			{"the same again", word(w.office, inspection.Word{Unit: "mj", Kind: inspection.OwnName, Word: "明镜区政府"}), fault.Conflict},
			{"dropping what is not there", w.is.DropWord(ctx, w.office, "x"), fault.NotFound},
		} {
			w.refused(tc.name, tc.err, tc.kind)
		}
		w.verify()
	})
}

func TestALookLeavesOutWhatIsExceptedAndKeepsNothing(t *testing.T) {
	each(t, func(w *world) {
		w.write("item/a", slip)
		w.check("item/a")
		f := w.only("item/a", "punct.double")
		w.must(err2(w.is.Except(ctx, w.writer, []inspection.ID{f.ID}, inspection.Terms{Scope: inspection.ThisPlace, Reason: "等待统一修改", Until: w.today()})))
		before := w.sums()
		if got := codes(w.look("mj-jyj", "item/a", slip)); got != "" {
			t.Errorf("where it is excepted: %s, want nothing", got)
		}
		if got := codes(w.look("mj-jyj", "item/b", slip)); got != "punct.double" {
			t.Errorf("elsewhere: %s, want punct.double", got)
		}
		if w.sums() != before {
			t.Error("a look wrote something")
		}
		_, err := w.is.Look(ctx, "x", &rule.File{})
		w.refused("for a unit nobody knows", err, fault.NotFound)
	})
}

func TestACrawlIsKeptLikeEverythingElse(t *testing.T) {
	each(t, func(w *world) {
		page := inspection.Piece{Subject: "site/www.example.gov.cn/a.html", Unit: "mj", Title: "首页", Address: "https://www.example.gov.cn/a.html",
			Digest: ledger.DigestOf("1"), Public: true}
		dead := rule.Finding{Rule: "site.dead", Tier: rule.A, Severity: rule.Error, Text: "/b.html", Message: "链接打不开", Source: "网站检查指标", Confidence: 1, Part: "links"}
		_, err := w.is.Take(ctx, w.writer, page, []rule.Finding{dead})
		w.refused("by a unit that it is not of", err, fault.Forbidden)
		_, err = w.is.Take(ctx, w.office, inspection.Piece{Unit: "mj"}, nil)
		w.refused("without a subject", err, fault.Invalid)

		r, err := w.is.Take(ctx, w.office, page, []rule.Finding{dead})
		w.must(err)
		if len(r.Findings) != 1 || r.Findings[0].Text != "/b.html" {
			t.Fatalf("Take = %+v", r)
		}
		id := r.Findings[0].ID
		w.must(err2(w.is.Confirm(ctx, w.office, []inspection.ID{id}, 0, "")))
		w.sweep() // no source has the site, so the sweep leaves it alone
		w.wantState("after a sweep", id, inspection.Confirmed)
		page.Digest = ledger.DigestOf("2")
		_, err = w.is.Take(ctx, w.office, page, nil)
		w.must(err)
		w.wantState("the next crawl does not see it", id, inspection.Mended)
		c, err := w.is.Close(ctx, w.office, []inspection.ID{id}, "")
		w.must(err)
		if len(c.Closed) != 1 {
			t.Errorf("Close = %+v", c)
		}
		w.verify()
	})
}

func TestListsCountsAndHistoryAgree(t *testing.T) {
	each(t, func(w *world) {
		for i := range 7 {
			w.publish(fmt.Sprintf("item/%d", i), slip)
		}
		w.publish("item/leak", leak)
		w.texts.pieces["item/6"].unit = "mj-qs"
		w.write("item/draft", slip)
		w.sweep()
		w.check("item/draft")
		list := func(f inspection.Filter) (page []inspection.Finding, total int) {
			w.Helper()
			w.read(func(tx *db.Tx) (err error) { page, total, err = inspection.List(tx, f); return err })
			return page, total
		}
		all := org.Everything()
		page, total := list(inspection.Filter{Units: all, Size: 3, Page: 2})
		if total < 8 || len(page) != 3 {
			t.Fatalf("a page of all: %d of %d", len(page), total)
		}
		if first, _ := list(inspection.Filter{Units: all, Size: 1}); first[0].Rule != "privacy.id" {
			t.Errorf("the gravest first: %s", first[0].Rule)
		}
		for name, tc := range map[string]struct {
			f    inspection.Filter
			want int
		}{
			"nobody's units":        {inspection.Filter{}, 0},
			"one unit":              {inspection.Filter{Units: org.Under("mj-qs")}, 1},
			"exactly the district":  {inspection.Filter{Units: all, Unit: "mj"}, 0},
			"a family":              {inspection.Filter{Units: all, Rule: "punct"}, 7},
			"a rule":                {inspection.Filter{Units: all, Rule: "punct.double"}, 7},
			"half a family":         {inspection.Filter{Units: all, Rule: "pun"}, 0},
			"drafts":                {inspection.Filter{Units: all, Where: inspection.InDrafts}, 1},
			"everywhere":            {inspection.Filter{Units: all, Rule: "punct", Where: inspection.Anywhere}, 8},
			"a severity":            {inspection.Filter{Units: all, Severity: rule.Block}, 1},
			"a tier":                {inspection.Filter{Units: all, Tier: rule.A, Rule: "punct"}, 7},
			"a state":               {inspection.Filter{Units: all, States: []inspection.State{inspection.Closed, inspection.Gone}}, 0},
			"words":                 {inspection.Filter{Units: all, Words: "item/3"}, 1},
			"words with a wildcard": {inspection.Filter{Units: all, Words: "%"}, 0},
			"a kind of subject":     {inspection.Filter{Units: all, Prefix: "site"}, 0},
			"until yesterday":       {inspection.Filter{Units: all, To: w.today().AddDays(-1)}, 0},
			"from today":            {inspection.Filter{Units: all, From: w.today(), Rule: "punct"}, 7},
			"overdue":               {inspection.Filter{Units: all, Overdue: true}, 0},
		} {
			if _, got := list(tc.f); got != tc.want {
				t.Errorf("%s: %d, want %d", name, got, tc.want)
			}
		}
		one := w.only("item/0", "punct.double")
		w.must(err2(w.is.Confirm(ctx, w.office, []inspection.ID{one.ID}, 1, "")))
		w.days(8)
		if late, n := list(inspection.Filter{Units: all, Overdue: true, Order: inspection.DueNext}); n != 1 || !late[0].Overdue(w.today()) {
			t.Errorf("a week later %d are overdue, want 1", n)
		}
		w.read(func(tx *db.Tx) error {
			for _, by := range []inspection.Sort{inspection.ByUnit, inspection.ByRule, inspection.ByFamily, inspection.BySeverity, inspection.ByState, inspection.ByAge} {
				counts, err := inspection.Counts(tx, inspection.Filter{Units: all}, by)
				if err != nil {
					return err
				}
				sum, late := 0, 0
				for _, c := range counts {
					sum += c.Total
					late += c.Overdue
				}
				if sum != total || late != 1 {
					t.Errorf("by %s: %+v: %d in all, %d overdue, want %d and 1", by, counts, sum, late, total)
				}
			}
			var rows []inspection.Row
			if err := w.is.Export(tx, inspection.Filter{Units: all}, func(r inspection.Row) error { rows = append(rows, r); return nil }); err != nil {
				return err
			}
			if len(rows) != total {
				t.Errorf("exported %d rows, want %d", len(rows), total)
			}
			for _, r := range rows {
				if r.ID == one.ID && (r.Late < 3 || r.UnitName != "明镜区教育局" || r.By != w.office.Person || r.RuleName == r.Rule) {
					t.Errorf("the row of what is late: %+v", r)
				}
			}
			s, err := inspection.History(tx, "item/0")
			if err != nil {
				return err
			}
			if len(s.Standing) != 1 || s.Standing[0].By != w.office.Person || len(s.Reports) != 1 {
				t.Errorf("the story of item/0: %+v", s)
			}
			return nil
		})
	})
}
