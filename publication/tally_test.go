package publication_test

import (
	"testing"

	"gongkai/internal/db"
	"gongkai/org"
	"gongkai/publication"
	"gongkai/workday"
)

func TestDocumentsAreCountedForTheirYear(t *testing.T) {
	each(t, func(v *district) {
		made := func(title, no string, day workday.Date) publication.ItemID {
			c := policy(title, no)
			c.Made = day
			return v.publish(c)
		}
		old := made("关于印发《明镜区校车管理办法》的通知", "明教发〔2024〕5号", workday.New(2024, 5, 6))
		made("关于修改《明镜区校园食堂管理办法》部分条款的通知", "明教发〔2025〕2号", workday.New(2025, 3, 3))
		made("关于印发《作业管理细则（试行）》的通知", "明教发〔2025〕3号", workday.New(2025, 4, 3))
		made("关于做好春季学期工作的通知", "明教规〔2025〕1号", workday.New(2025, 2, 3))
		made("关于印发2025年工作要点的通知", "明教发〔2025〕1号", workday.New(2025, 1, 3))
		made("明镜区临时管理规定", "明镜区人民政府令第3号", workday.New(2025, 6, 3))
		v.must(v.items.Rule(ctx, v.writer, old, publication.Ruling{Kind: publication.Repeals, Basis: "清理结果公告", On: workday.New(2025, 7, 1)}))
		gone := made("关于示例的通知", "明教发〔2025〕9号", workday.New(2025, 8, 3))
		v.must(v.items.Withdraw(ctx, v.writer, gone, "附件中含有个人信息"))
		want := map[publication.DocumentFact]int{"normative.issued": 3, "normative.repealed": 1, "normative.in_force": 3, "regulation.issued": 1,
			"normative.published": 0, "normative.total": 0, publication.PublishedItems: 0}
		v.read(func(tx *db.Tx) error {
			all, err := publication.DocumentCounts(tx, org.Under("mj"), 2025)
			if err != nil {
				return err
			}
			for fact, n := range want {
				if got := all["mj-jyj"][fact]; got != n {
					v.Errorf("%s = %d, want %d", fact, got, n)
				}
				rows, total, err := publication.DocumentsOf(tx, "mj-jyj", 2025, fact, 1, 2)
				if err != nil || total != n || len(rows) != min(n, 2) {
					v.Errorf("documents behind %s = %d of %d, %v, want %d", fact, len(rows), total, err, n)
				}
			}
			if n, ok := all["mj-qs"]["normative.issued"]; !ok || n != 0 {
				v.Errorf("a unit without documents counts %d, %v, want 0", n, ok)
			}
			rows, _, err := publication.DocumentsOf(tx, "mj-jyj", 2025, "normative.issued", 2, 2)
			if err == nil && len(rows) != 1 {
				v.Errorf("page 2 has %d documents, want 1", len(rows))
			}
			now, err := publication.DocumentCounts(tx, org.Under("mj"), 2026)
			if err != nil {
				return err
			}
			for fact, n := range map[publication.DocumentFact]int{publication.PublishedItems: 7, publication.Interpretations: 0, publication.WithdrawnItems: 1, "normative.published": 4} {
				rows, total, err := publication.DocumentsOf(tx, "mj-jyj", 2026, fact, 1, 3)
				if now["mj-jyj"][fact] != n || err != nil || total != n || len(rows) != min(n, 3) {
					v.Errorf("%s = %d, with %d of %d items, %v, want %d", fact, now["mj-jyj"][fact], len(rows), total, err, n)
				}
			}
			before, err := publication.DocumentCounts(tx, org.Under("mj-jyj"), 2024)
			if n := before["mj-jyj"]["normative.in_force"]; err == nil && n != 1 {
				v.Errorf("in force at the end of 2024 = %d, want 1", n)
			}
			return err
		})
	})
}
