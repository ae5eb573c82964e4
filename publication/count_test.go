package publication_test

import (
	"testing"

	"gongkai/internal/db"
	"gongkai/org"
	"gongkai/publication"
	"gongkai/workday"
)

func TestEveryFacetCountsWhatItsFilterWouldList(t *testing.T) {
	each(t, func(v *district) {
		titles := []string{"甲办法", "乙办法", "丙意见"}
		for i, life := range []publication.Life{{}, {Effective: workday.New(2026, 12, 1)}, {Effective: workday.New(2026, 1, 1), Expires: workday.New(2026, 3, 5)}} {
			c := policy(titles[i], "")
			c.DocNo, c.Theme, c.Effective, c.Expires = "明教发〔2026〕"+string(rune('1'+i))+"号", []publication.Theme{"11", "11", "13"}[i], life.Effective, life.Expires
			v.publish(c)
		}
		v.clock().Set(workday.New(2026, 12, 31).End().Add(-1)) // the last moment of the year in Beijing
		v.publish(policy("年末通知", "明教发〔2026〕9号"))
		v.clock().Add(2)
		c := policy("新年通知", "明教发〔2027〕1号")
		c.Kind, c.DocNo = publication.Rule, ""
		v.publish(c)
		day := workday.New(2027, 1, 1)
		all := org.Everything()
		for _, f := range []publication.Filter{
			{}, {Kind: publication.Policy}, {Theme: "11"}, {Year: 2026}, {Validity: publication.Valid}, {Unit: "mj-jyj", Theme: "13"},
			{Words: "办法"}, {Words: "办法", Validity: publication.Expired}, {Unit: "mj-qs"}, {Year: 2027, Kind: publication.Rule}, {DocNo: "明教发〔2026〕2号"},
		} {
			f.Units, f.On, f.Size = all, day, 1
			v.read(func(tx *db.Tx) error {
				got, err := publication.FacetsOf(tx, f)
				if err != nil {
					return err
				}
				same := func(what string, g publication.Filter, n int) {
					if _, want, err := publication.List(tx, g); err != nil || n != want {
						v.Errorf("FacetsOf(%+v) counts %d for %s, List finds %d (%v)", f, n, what, want, err)
					}
				}
				for _, u := range []org.ID{"mj", "mj-jyj", "mj-qs"} {
					g := f
					g.Unit = u
					same("unit "+string(u), g, got.Units[u])
				}
				for _, th := range []publication.Theme{"11", "13", "22"} {
					g := f
					g.Theme = th
					same("theme "+string(th), g, got.Themes[th])
				}
				for _, k := range []publication.Kind{publication.Policy, publication.Rule, publication.News} {
					g := f
					g.Kind = k
					same("kind "+string(k), g, got.Kinds[k])
				}
				for _, val := range publication.Validities() {
					g := f
					g.Validity = val
					same("validity "+string(val), g, got.Validities[val])
				}
				for _, y := range []int{2025, 2026, 2027} {
					g := f
					g.Year = y
					same("year", g, got.Years[y])
				}
				return nil
			})
		}
	})
}
