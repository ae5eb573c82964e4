package inspection_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"gongkai/document"
	"gongkai/identity/identitytest"
	"gongkai/inspection"
	"gongkai/inspection/engine"
	"gongkai/inspection/rule"
	"gongkai/inspection/spelling"
	"gongkai/internal/db"
	"gongkai/internal/db/dbtest"
	"gongkai/ledger"
	"gongkai/org"
)

// stranger is a family that suspects four characters unless many texts of the site
// have them, as the statistics on spelling do.
type stranger struct{ word, instead string }

var strange = rule.Rule{Code: "typo.suspect", Tier: rule.B, Severity: rule.Suspect, Name: "疑似错别字", Message: "疑似错别字", Source: "统计", Confidence: 0.7}

func (s stranger) Pack() *rule.Pack {
	return &rule.Pack{Pack: "stranger", Version: "1", Rules: []rule.Rule{strange}}
}

func (s stranger) Check(f *rule.File, t *rule.Text, report func(rule.Finding)) {
	if f.Usage != nil && f.Usage.Texts(s.word) >= 5 {
		return
	}
	for b := 0; ; {
		i := strings.Index(t.S[b:], s.word)
		if i < 0 {
			return
		}
		x := t.Find(&strange, b+i, b+i+len(s.word))
		x.Suggest = []string{s.instead}
		report(x)
		b += i + len(s.word)
	}
}

// suspecting is a process whose only rule doubts a word.
func (w *world) suspecting(word, instead string) *inspection.Inspections {
	is := inspection.New(w.db, identitytest.Plain{}, func() *engine.Engine { return engine.New(stranger{word, instead}) })
	is.Follow(w.texts)
	return is
}

// suspects is how often a text is suspected while it is written.
func (w *world) suspects(is *inspection.Inspections, body string) int {
	w.Helper()
	f := &rule.File{Name: "item/new", Texts: []*rule.Text{rule.NewText(document.PartDocument, body)}}
	found, err := is.Look(ctx, "mj-jyj", f)
	w.must(err)
	return len(found)
}

const coined = "推进一网揽事改革。"

func TestWhatManyTextsOfTheSiteSayIsNotSuspected(t *testing.T) {
	each(t, func(w *world) {
		is := w.suspecting("一网揽事", "一网办事")
		if n := w.suspects(is, coined); n != 1 {
			t.Errorf("before anything was counted: %d suspicions, want 1", n)
		}
		w.publish("item/000", "本区首次提出一网揽事。")
		w.must(err2(is.Sweep(ctx)))
		if n := w.suspects(is, coined); n != 1 {
			t.Errorf("with one text that says so: %d suspicions, want 1", n)
		}
		for i := range 8 {
			w.publish(fmt.Sprintf("item/1%02d", i), fmt.Sprintf("第%d号：各镇街推进一网揽事。", i))
		}
		if n := w.suspects(is, coined); n != 1 {
			t.Errorf("before the night: %d suspicions, want 1", n)
		}
		s, err := is.Sweep(ctx)
		w.must(err)
		if n := w.suspects(is, coined); n != 0 {
			t.Errorf("with nine texts that say so: %d suspicions, want none", n)
		}
		if s.Found != 0 {
			t.Errorf("the night that counted them found %d, want none: it counts before it looks", s.Found)
		}
		if n := w.suspects(w.suspecting("一网揽事", "一网办事"), coined); n != 0 {
			t.Errorf("after a restart: %d suspicions, want none", n)
		}
		w.write("item/draft", coined)
		r, err := is.Check(ctx, w.writer, "item/draft")
		w.must(err)
		if len(r.Findings) != 0 {
			t.Errorf("a draft that says so: %d findings, want none", len(r.Findings))
		}
		for i := range 8 { // withdrawn
			w.texts.pieces[fmt.Sprintf("item/1%02d", i)].public = ""
		}
		w.must(err2(is.Sweep(ctx)))
		if n := w.suspects(is, coined); n != 1 {
			t.Errorf("when eight were withdrawn: %d suspicions, want 1", n)
		}
	})
}

// TestTextsAreInspectedAgainWhenHowTheSiteWritesHasChanged: what was suspected is not
// any more once many texts say so, and what was not suspected is when few do. Texts in
// which no rule asked are left alone.
func TestTextsAreInspectedAgainWhenHowTheSiteWritesHasChanged(t *testing.T) {
	each(t, func(w *world) {
		is := inspection.New(w.db, identitytest.Plain{}, func() *engine.Engine { return engine.New(asking{stranger{"一网揽事", "一网办事"}}) })
		is.Follow(w.texts)
		night := func(what string, inspected int, open ...string) {
			t.Helper()
			s, err := is.Sweep(ctx)
			w.must(err)
			if s.Inspected != inspected {
				t.Errorf("%s: %d texts inspected, want %d", what, s.Inspected, inspected)
			}
			var got []string
			w.read(func(tx *db.Tx) error {
				all, _, err := inspection.List(tx, inspection.Filter{Units: org.Everything(), States: []inspection.State{inspection.Found}, Order: inspection.ByTitle})
				for _, f := range all {
					got = append(got, f.Subject)
				}
				return err
			})
			if !slices.Equal(got, open) {
				t.Errorf("%s: found in %v, want %v", what, got, open)
			}
		}
		w.publish("item/000", "本区首次提出一网揽事。")
		w.publish("item/001", clean)
		night("the first night", 2, "item/000")
		night("a quiet night", 0, "item/000")
		w.publish("item/002", "现将名单公示如下。")
		night("one more text", 2, "item/000") // it and the one that asked
		for i := range 6 {
			w.publish(fmt.Sprintf("item/1%02d", i), fmt.Sprintf("第%d号：各镇街推进一网揽事。", i))
		}
		night("six more that say so", 7)
		night("a quiet night", 0)
		for i := range 5 {
			w.texts.pieces[fmt.Sprintf("item/1%02d", i)].public = ""
		}
		night("five of them withdrawn", 2, "item/000", "item/105")
		night("a quiet night", 0, "item/000", "item/105")

		// A draft that is published word for word is not read again, unless it asked and
		// the site was counted since.
		w.write("item/900", "全区推广一网揽事。")
		w.must(err2(is.Check(ctx, w.writer, "item/900")))
		w.write("item/901", "现将结果公布如下。")
		w.must(err2(is.Check(ctx, w.writer, "item/901")))
		w.publish("item/900", "全区推广一网揽事。")
		w.publish("item/901", "现将结果公布如下。")
		night("two drafts came out", 3, "item/000", "item/105", "item/900")
	})
}

// asking asks the site of its word only where a text has it, as the statistics on
// spelling do.
type asking struct{ stranger }

func (a asking) Check(f *rule.File, t *rule.Text, report func(rule.Finding)) {
	if strings.Contains(t.S, a.word) {
		a.stranger.Check(f, t, report)
	}
}

func TestOnlyWhatTheOfficePublishedIsCounted(t *testing.T) {
	each(t, func(w *world) {
		is := w.suspecting("一网揽事", "一网办事")
		is.Follow(foreigners{})
		for i := range 20 {
			w.write(fmt.Sprintf("item/%03d", i), fmt.Sprintf("草稿%d：推进一网揽事。", i)) // drafts
		}
		w.publish("item/900", strings.Repeat(coined, 30)) // one text, whatever it repeats
		for i := range 20 {
			w.publish(fmt.Sprintf("item/9%02d", i+10), "关于推进一网揽事的通知。") // one text, wherever it stands
		}
		w.must(err2(is.Sweep(ctx)))
		if n := w.suspects(is, coined); n != 1 {
			t.Errorf("with 20 drafts, 20 letters of citizens and two texts: %d suspicions, want 1", n)
		}
	})
}

// foreigners is a source that is no Writer, of letters, and of pages with the word in
// places that are not the office's prose.
type foreigners struct{}

func (foreigners) Prefix() string { return "letter" }

func (foreigners) Published(_ *db.Tx, after string, n int) (all []inspection.Listed, _ error) {
	for i := range 20 {
		if s := fmt.Sprintf("letter/%03d", i); s > after && len(all) < n {
			all = append(all, inspection.Listed{Subject: s, Unit: "mj-jyj", Digest: ledger.DigestOf(s)})
		}
	}
	return all, nil
}

func (foreigners) Shown(_ *db.Tx, subject string) (inspection.Piece, error) {
	if subject == "letter/003" {
		return inspection.Piece{}, errors.New("a row is damaged")
	}
	said := subject + "：请问一网揽事怎么办？"
	f := &rule.File{Name: subject, Foreign: subject < "letter/010"}
	if f.Foreign {
		f.Texts = []*rule.Text{rule.NewText(document.PartDocument, said)}
	} else {
		hidden, attached := rule.NewText(document.PartHidden, said), rule.NewText(inspection.AttachedPart("来信.docx", document.PartDocument), said)
		hidden.Hidden = true
		f.Texts = []*rule.Text{rule.NewText(document.PartDocument, "答复如下。"), hidden, attached}
	}
	return inspection.Piece{Subject: subject, Unit: "mj-jyj", Title: subject, Digest: ledger.DigestOf(subject), Public: true, File: f}, nil
}

func (s foreigners) Current(tx *db.Tx, subject string) (inspection.Piece, error) {
	return s.Shown(tx, subject)
}

func TestTextsWithWordsThatPeopleFoundWrongAreNoWitnesses(t *testing.T) {
	each(t, func(w *world) {
		is := w.suspecting("一网揽事", "一网办事")
		for i := range 4 {
			w.publish(fmt.Sprintf("item/%03d", i), fmt.Sprintf("第%d号：各镇街推进一网揽事。", i))
		}
		w.must(err2(is.Sweep(ctx)))
		w.must(err2(is.Confirm(ctx, w.office, []inspection.ID{w.only("item/000", "typo.suspect").ID}, 0, "应为一网办事")))
		for i := range 12 {
			w.publish(fmt.Sprintf("item/1%02d", i), fmt.Sprintf("第%d号：本镇推进一网揽事。", i))
		}
		w.must(err2(is.Sweep(ctx))) // sixteen texts say so now, those of the first night are doubted
		found := w.only("item/000", "typo.suspect")
		if found.State != inspection.Confirmed || !found.Shown {
			t.Errorf("what was confirmed: %s, shown %t; want it to stand until it is mended", found.State, found.Shown)
		}
	})
}

func TestDamagedCountsAreMadeAnew(t *testing.T) {
	for name, damage := range map[string]string{
		"damaged":                           `UPDATE inspection_usage SET body = substr(body, 2)`,
		"cut off":                           `UPDATE inspection_usage SET body = substr(body, 1, 100)`,
		"gone, as a backup leaves them out": `DELETE FROM inspection_usage`,
	} {
		t.Run(name, func(t *testing.T) { testDamagedCounts(t, damage) })
	}
}

func testDamagedCounts(t *testing.T, damage string) {
	each(t, func(w *world) {
		is := w.suspecting("一网揽事", "一网办事")
		for i := range 8 {
			w.publish(fmt.Sprintf("item/%03d", i), fmt.Sprintf("第%d号：各镇街推进一网揽事。", i))
		}
		w.must(err2(is.Sweep(ctx)))
		w.must(w.db.Write(ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(damage)
			return err
		}))
		again := w.suspecting("一网揽事", "一网办事")
		if n := w.suspects(again, coined); n != 1 {
			t.Errorf("with damaged counts: %d suspicions, want 1, as without any", n)
		}
		w.must(err2(again.Sweep(ctx)))
		if n := w.suspects(again, coined); n != 0 {
			t.Errorf("after the night: %d suspicions, want none", n)
		}
	})
}

func TestNamesOfTheHouseAreNoSlips(t *testing.T) {
	dbtestWorld := newWorld(t, dbtest.SQLite(t, inspection.Schema))
	for _, x := range []struct {
		name          string
		word, instead string
		body          string
		want          int
	}{
		{"a unit", "教育局", "教训局", "由明镜区教育局负责。", 0},
		{"a short name", "清水镇", "清水县", "在清水镇办理。", 0},
		{"a place without its kind", "清水", "轻水", "清水片区改造。", 0},
		{"the district", "明镜", "明净", "全区域的明镜，照见民生。", 0},
		{"a leader", "方明远", "方明元", "区长方明远出席。", 0},
		{"a character left out of a code", "明", "明确", "《通知》（明教函〔2026〕2号）", 0},
		{"a column", "征收和补偿", "征收与补偿", "土地征收和补偿公告。", 1},
		{"a column that was told", "工作动太", "工作动态", "见工作动太栏目。", 0},
		{"a word across a name's border", "镇为民", "镇人民", "清水镇为民服务。", 1},
		{"a character too many behind a name", "局局", "局", "由明镜区教育局局负责。", 1},
		{"no name", "清泉", "清水", "清泉路改造。", 1},
	} {
		t.Run(x.name, func(t *testing.T) {
			is := dbtestWorld.suspecting(x.word, x.instead)
			is.Spell("工作动太", "通知、公告")
			if n := dbtestWorld.suspects(is, x.body); n != x.want {
				t.Errorf("%s in %q: %d suspicions, want %d", x.word, x.body, n, x.want)
			}
		})
	}
}

func TestANameDoesNotSilenceOtherRules(t *testing.T) {
	each(t, func(w *world) {
		w.publish("item/a", "明镜区教育局，，清水镇。")
		w.sweep()
		w.only("item/a", "punct.double")
	})
}

// TestTheStatisticsOnSpellingAskTheSite: with the real detector, from the acts of a
// night to the text somebody writes.
func TestTheStatisticsOnSpellingAskTheSite(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t, inspection.Schema))
	is := inspection.New(w.db, identitytest.Plain{}, func() *engine.Engine { return engine.New(spelling.New()) })
	is.Follow(w.texts)
	body := "本区推行智惠养老。"
	alone := w.suspects(is, body)
	if alone == 0 {
		t.Fatalf("nothing is suspected in %q before anything was counted; the example must be new to the language", body)
	}
	for i := range 80 {
		w.publish(fmt.Sprintf("item/%03d", i), fmt.Sprintf("第%d号：区政府召开常务会议，研究部署有关工作。", i))
	}
	w.publish("item/900", body)
	w.must(err2(is.Sweep(ctx)))
	if n := w.suspects(is, body); n != alone {
		t.Errorf("in one text of a site of 81: %d suspicions, want %d as before", n, alone)
	}
	for i := range 9 {
		w.publish(fmt.Sprintf("item/91%d", i), fmt.Sprintf("第%d次通报：%s", i, body))
	}
	w.must(err2(is.Sweep(ctx)))
	if n := w.suspects(is, body); n != 0 {
		t.Errorf("in ten texts of the site: %d suspicions, want none", n)
	}
}

// TestWhoeverLeavesWhileTheCountsAreReadDoesNotLoseThem: what ends a reader is no
// damage.
func TestWhoeverLeavesWhileTheCountsAreReadDoesNotLoseThem(t *testing.T) {
	each(t, func(w *world) {
		is := w.suspecting("一网揽事", "一网办事")
		for i := range 8 {
			w.publish(fmt.Sprintf("item/%03d", i), fmt.Sprintf("第%d号：各镇街推进一网揽事。", i))
		}
		w.must(err2(is.Sweep(ctx)))
		for n := range 120 {
			again := w.suspecting("一网揽事", "一网办事")
			_, _ = again.Look(&leaving{Context: ctx, after: int32(n)}, "mj-jyj", &rule.File{Name: "item/new"})
			if n := w.suspects(again, coined); n != 0 {
				t.Errorf("after a reader who left early: %d suspicions, want none", n)
			}
		}
	})
}

// leaving is a context that ends when it has been asked for its end so often.
type leaving struct {
	context.Context
	after, asked int32
}

var ended = func() chan struct{} { c := make(chan struct{}); close(c); return c }()

func (l *leaving) Done() <-chan struct{} {
	if atomic.AddInt32(&l.asked, 1) > l.after {
		return ended
	}
	return make(chan struct{})
}

func (l *leaving) Err() error {
	if atomic.LoadInt32(&l.asked) > l.after {
		return context.Canceled
	}
	return nil
}
