package publication_test

import (
	"errors"
	"strings"
	"testing"

	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/publication"
	"gongkai/review"
	"gongkai/review/coordination"
	"gongkai/workday"
)

// TestAnActThatFailsAtAnyWriteLeavesNothing takes each act of an item's life and
// fails the database at its first write, its second, and so on to the commit.
// After each the item must be as it was and the ledger and index must agree.
func TestAnActThatFailsAtAnyWriteLeavesNothing(t *testing.T) {
	each(t, func(v *district) {
		old := v.publish(policy("关于旧办法的通知", "明教发〔2025〕90号"))
		c := policy("关于新办法的通知", "明教发〔2026〕91号")
		c.Relations = []publication.Relation{{Kind: publication.Replaces, To: old}}
		c.Body += "<p>《关于旧办法的通知》（明教发〔2025〕90号）同时废止。</p>"
		c.Files = []publication.File{{Digest: attachment, Name: "表.docx"}}

		var id publication.ItemID
		var s review.Submission
		var err error
		v.everyWrite("create", func() error { id, err = v.items.Create(ctx, v.writer, "mj-jyj", c); return err })
		v.everyWrite("save", func() error { _, err := v.items.Save(ctx, v.writer, id, 1, c, publication.Plan{}); return err })
		v.everyWrite("keep", func() error { _, err := v.items.Keep(ctx, v.writer, id, 2, "手工保存"); return err })
		head := v.person("head", "mj-qs", "mj-qs", identity.First)
		var asked coordination.Consultation
		v.everyWrite("consult", func() error {
			asked, err = v.items.Consult(ctx, v.writer, id, 2, coordination.Request{Organ: "mj-qs", Question: "请确认涉及你镇的安排。"})
			return err
		})
		v.everyWrite("submit", func() error { s, err = v.items.Submit(ctx, v.writer, id, 2); return err })
		v.everyWrite("demand", func() error {
			_, err := v.reviews.Demand(ctx, v.first, s.ID, s.Digest, coordination.Request{Organ: "mj", Question: "请确认涉及你单位的安排。"})
			return err
		})
		v.everyWrite("answer", func() error { return v.reviews.Consultations.Answer(ctx, head, asked.ID, coordination.Agree, "", "") })
		whole := v.person("office", "mj", "mj", identity.Second)
		v.read(func(tx *db.Tx) error {
			all, err := coordination.Of(tx, id.Subject())
			asked = all[len(all)-1]
			return err
		})
		v.everyWrite("answer for the government", func() error { return v.reviews.Consultations.Answer(ctx, whole, asked.ID, coordination.Agree, "", "") })
		for i, who := range []identity.Actor{v.first, v.secrecy, v.second, v.final} {
			v.everyWrite("sign", func() error {
				_, err := v.reviews.Sign(ctx, who, s.ID, review.View{Level: i, Digest: s.Digest}, "")
				return err
			})
		}
		clearance := v.clearance(id)
		v.everyWrite("publish", func() error { return v.items.Publish(ctx, v.writer, id, clearance) })
		v.everyWrite("repeal", func() error {
			return v.items.Rule(ctx, v.writer, id, publication.Ruling{Kind: publication.Repeals, Basis: "清理结果公告", On: workday.New(2026, 3, 2)})
		})
		v.everyWrite("reinstate", func() error { return v.items.Reinstate(ctx, v.writer, id, "登记有误") })
		v.everyWrite("hand over", func() error {
			_, err := v.items.HandOver(ctx, v.writer, publication.Transfer{Unit: "mj-jyj", Receiver: "明镜区档案馆", Way: "电子", Archive: true, Items: []publication.ItemID{id}})
			return err
		})
		v.everyWrite("withdraw", func() error { return v.items.Withdraw(ctx, v.writer, id, "附件中含有个人信息") })
		v.everyWrite("revise", func() error { return v.items.Revise(ctx, v.writer, id) })
		v.everyWrite("discard", func() error { return v.items.Discard(ctx, v.writer, id) })
	})
}

var errTripped = errors.New("the disk is full")

// everyWrite runs an act with the n-th write failing, for every n until it goes
// through.
func (v *district) everyWrite(what string, act func() error) {
	v.Helper()
	for n := 1; ; n++ {
		before := v.sums()
		writes := 0
		v.db.Trip(func(string) error {
			if writes++; writes == n {
				return errTripped
			}
			return nil
		})
		err := act()
		v.db.Trip(nil)
		if err == nil {
			if n < 3 && what != "save" {
				v.Errorf("%s: only %d writes were seen", what, n-1)
			}
			break
		}
		if !errors.Is(err, errTripped) {
			v.Fatalf("%s failing at write %d: %v", what, n, err)
		}
		if after := v.sums(); after != before {
			v.Fatalf("%s failing at write %d left something behind", what, n)
		}
	}
	v.verify()
}

// sums is a digest of all that is kept, the index included. What a machine saw in
// a text is left out: it is kept before the act that asks for it, holds for that
// text whatever becomes of the act, and can be made again.
func (v *district) sums() (all string) {
	v.Helper()
	tables, err := db.Tables([]string{"search_fts"}, publication.Schema)
	v.must(err)
	v.read(func(tx *db.Tx) error {
		for _, table := range tables {
			if strings.HasPrefix(table, "inspection_") {
				continue
			}
			s, err := db.Dump(tx, table, discard{})
			if err != nil {
				return err
			}
			all += table + s.Digest + "\n"
		}
		return nil
	})
	return all
}

type discard struct{}

func (discard) Write(b []byte) (int, error) { return len(b), nil }
