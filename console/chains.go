package console

import (
	"net/http"
	"strings"

	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/web"
	"gongkai/internal/web/ui"
	"gongkai/org"
	"gongkai/publication"
	"gongkai/review"
)

func chainKind(kind string) string {
	if kind == review.AnyKind {
		return "各类信息"
	}
	return publication.Kind(kind).Name()
}

func levelWords(levels []review.Level) string {
	var words []string
	for _, l := range levels {
		words = append(words, l.Name)
	}
	return strings.Join(words, " → ")
}

func chainPath(unit org.ID, kind string) string {
	return Root + "/chains/edit?unit=" + string(unit) + "&kind=" + percent(kind)
}

// chains lists the ways of review: what was set, and what counts elsewhere.
func (c *Console) chains(w http.ResponseWriter, r *http.Request) error {
	by := actorOf(r)
	var p listPage
	err := c.read(r, func(tx *db.Tx) error {
		tree, err := org.Load(tx)
		if err != nil {
			return err
		}
		p = listPage{Console: c.frame(w, r, tree, "审查流程"), Lead: "没有单独设置的单位，使用上级的流程；都没有设置的，使用系统默认的流程：" + levelWords(review.DefaultLevels()) + "。"}
		all, err := review.Chains(tx)
		if err != nil {
			return err
		}
		scope := by.Scope(identity.ReviewChain)
		p.Table = ui.Table{Caption: "单独设置的流程", Walk: true, Columns: []ui.Column{{Text: "单位"}, {Text: "信息类别"}, {Text: "环节"}}}
		for _, ch := range all {
			if tree.Covers(scope, ch.Unit) {
				p.Table.Rows = append(p.Table.Rows, ui.Row{Cells: []ui.Cell{{Text: tree.Name(ch.Unit), URL: chainPath(ch.Unit, ch.Kind)}, {Text: chainKind(ch.Kind)}, {Text: levelWords(ch.Levels)}}})
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	p.Links = []ui.Link{{Text: "设置流程", URL: Root + "/chains/edit"}}
	p.Empty = ui.Empty{Title: "还没有单独设置的流程", Say: "所有单位都使用系统默认的流程。需要增减环节时，为单位单独设置；至少三级审签，并包括保密审查。", Links: p.Links}
	return c.show(w, r, "list", p)
}

func (c *Console) chainForm(w http.ResponseWriter, r *http.Request, f *web.Form) (formPage, error) {
	by := actorOf(r)
	var p formPage
	err := c.read(r, func(tx *db.Tx) error {
		tree, err := org.Load(tx)
		if err != nil {
			return err
		}
		all, err := review.Chains(tx)
		if err != nil {
			return err
		}
		if f.Value("unit") == "" {
			f.Set("unit", string(by.Unit))
		}
		if f.Value("kind") == "" {
			f.Set("kind", review.AnyKind)
		}
		unit, kind := org.ID(f.Value("unit")), f.Value("kind")
		own := false
		for _, ch := range all {
			own = own || ch.Unit == unit && ch.Kind == kind
		}
		if f.Value("name-0") == "" {
			for i, l := range review.Pick(all, tree, unit, kind) {
				f.Set("name-"+digit(i), l.Name).Set("right-"+digit(i), string(l.Right))
			}
		}
		p = formPage{Console: c.frame(w, r, tree, "设置审查流程", ui.Link{Text: "审查流程", URL: Root + "/chains"}), Form: f, Action: Root + "/chains/edit", Button: "保存流程", Other: "读取这个单位现在的流程", Back: Root + "/chains",
			Lead: "至少三级审签，包括保密审查，终审在最后（条例第十七条；国办发〔2019〕61号）。已经在审查中的信息仍按原来的流程办理。"}
		a := asker{f}
		rights := []ui.Option{{Text: "不设这一级"}}
		for _, right := range review.LevelRights() {
			rights = append(rights, ui.Option{Value: string(right), Text: right.Title()})
		}
		kinds := append([]ui.Option{{Value: review.AnyKind, Text: "各类信息"}}, kindOptions()...)
		p.Groups = []group{{Questions: []question{a.ask("select", "unit", "单位", choose(scopeUnits(tree, by.Scope(identity.ReviewChain)))), a.ask("select", "kind", "信息类别", choose(kinds), narrow(12))}}}
		for i := range maxLevels {
			n := digit(i)
			p.Groups = append(p.Groups, group{Title: "第" + string([]rune("一二三四五六七八")[i]) + "级", Questions: []question{a.ask("input", "name-"+n, "名称", narrow(12), optional), a.ask("select", "right-"+n, "由谁审查", choose(rights), narrow(12), optional)}})
		}
		if own {
			p.After = []ui.Act{{Ask: &ui.Confirm{Open: "取消单独设置", Say: "取消以后，这个单位使用上级或者系统默认的流程。", URL: Root + "/chains/drop", Yes: "确认取消", Hidden: []ui.Hidden{{Name: "unit", Value: string(unit)}, {Name: "kind", Value: kind}}}}}
		}
		return nil
	})
	return p, err
}

const maxLevels = 6

func digit(i int) string { return string(rune('0' + i)) }

func (c *Console) chainPage(w http.ResponseWriter, r *http.Request) error {
	p, err := c.chainForm(w, r, web.NewForm(r.URL.Query()))
	if err != nil {
		return err
	}
	return c.show(w, r, "form", p)
}

func (c *Console) setChain(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	if f.Text("act") == "other" {
		return web.SeeOther(w, r, chainPath(org.ID(f.Text("unit")), f.Text("kind")))
	}
	ch := review.Chain{Unit: org.ID(f.Text("unit")), Kind: f.Text("kind")}
	for i := range maxLevels {
		if right := f.Text("right-" + digit(i)); right != "" {
			ch.Levels = append(ch.Levels, review.Level{Name: f.Text("name-" + digit(i)), Right: identity.Right(right)})
		}
	}
	if err := c.Reviews.SetChain(r.Context(), actorOf(r), ch); err != nil {
		return c.formAgain(w, r, f, err, func() (formPage, error) { return c.chainForm(w, r, f) })
	}
	return c.said(w, r, Root+"/chains", sayChainSet)
}

func (c *Console) dropChain(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	if err := c.Reviews.DropChain(r.Context(), actorOf(r), org.ID(f.Text("unit")), f.Text("kind")); err != nil {
		return err
	}
	return c.said(w, r, Root+"/chains", sayChainDropped)
}
