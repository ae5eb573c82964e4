package console

import (
	"fmt"
	"net/http"
	"strings"

	"gongkai/identity"
	"gongkai/inspection"
	"gongkai/inspection/rule"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/internal/web"
	"gongkai/internal/web/ui"
	"gongkai/org"
	"gongkai/workday"
)

// ruleUnit is the unit a page of rules is about: the one chosen, or one's own.
func ruleUnit(r *http.Request, f *web.Form) org.ID {
	if u := f.Value("unit"); u != "" {
		return org.ID(u)
	}
	if u := r.URL.Query().Get("unit"); u != "" {
		return org.ID(u)
	}
	return actorOf(r).Unit
}

// inspectionRules lists the rules with what they rest on, how they were measured
// and what people said of them here.
func (c *Console) inspectionRules(w http.ResponseWriter, r *http.Request) error {
	by, q := actorOf(r), r.URL.Query()
	form := web.NewForm(q)
	unit, family, only, words := ruleUnit(r, form), q.Get("family"), q.Get("only"), strings.TrimSpace(q.Get("words"))
	if err := by.Check(identity.InspectionRead, unit); err != nil {
		return err
	}
	var p listPage
	err := c.read(r, func(tx *db.Tx) error {
		tree, err := org.Load(tx)
		if err != nil {
			return err
		}
		p = listPage{Console: c.frame(w, r, tree, "检查规则", ui.Link{Text: "检查", URL: inspectionPath}), FilterURL: inspectionPath + "/rules", FilterDo: "查看",
			Lead: "每条规则都有依据和实测结果。本地的准确率由确认和误报累积：误报太多的规则会自动降级或者停用，保护个人信息和国家秘密的规则除外。"}
		all, err := c.Inspections.Rules(tx, unit)
		if err != nil {
			return err
		}
		if family == "" && only == "" && words == "" {
			p.Table = familiesOfRules(all, unit)
		} else {
			p.Table = ui.Table{Caption: tree.Name(unit) + "使用的规则", Walk: true, Tight: true, Columns: []ui.Column{{Text: "规则"}, {Text: "严重程度"}, {Text: "依据"}, {Text: "误报"}, {Text: "现在"}}}
			for _, x := range all {
				if family != "" && !strings.HasPrefix(x.Code, family+".") || only == "off" && x.Off == nil || only == "muted" && !x.Muted || only == "judged" && x.Record.Confirmed+x.Record.Dismissed == 0 ||
					!strings.Contains(x.Name+"\n"+x.Code, words) {
					continue
				}
				severity, state := gravity(x.Severity), ruleState(x)
				p.Table.Rows = append(p.Table.Rows, ui.Row{Bad: x.Muted, Cells: []ui.Cell{{Text: x.Name, URL: inspectionPath + "/rules/" + x.Code + "?unit=" + string(unit), Note: familyWord(x.Code) + "，" + x.Code},
					{State: &severity, Note: string(x.Tier) + "级"}, {Text: x.Source}, {Text: strings.Replace("实测"+measuredWords(x.Measured), "实测未测", "未测", 1), Note: recordNote(x.Record)}, {State: &state}}})
			}
			p.Table.Note = fmt.Sprintf("共%d条", len(p.Table.Rows))
			p.ClearURL = inspectionPath + "/rules?unit=" + string(unit)
		}
		a := asker{form.Set("unit", string(unit))}
		families := []ui.Option{{Text: "全部类别"}}
		for _, f := range familyWords {
			families = append(families, ui.Option{Value: f.code, Text: f.name})
		}
		p.Filters = []question{a.ask("select", "unit", "单位", choose(scopeUnits(tree, by.Scope(identity.InspectionRead)))), a.ask("select", "family", "类别", choose(families)),
			a.ask("select", "only", "只看", choose([]ui.Option{{Text: "全部"}, {Value: "off", Text: "已关闭的"}, {Value: "muted", Text: "因误报多而降级的"}, {Value: "judged", Text: "有人判断过的"}})), a.ask("input", "words", "规则名称中的字", optional, narrow(12))}
		p.Empty = ui.Empty{Title: "没有符合条件的规则", Links: []ui.Link{{Text: "全部规则", URL: inspectionPath + "/rules"}}}
		return nil
	})
	if err != nil {
		return err
	}
	p.Links = []ui.Link{{Text: "本机关词表", URL: inspectionPath + "/words"}}
	return c.show(w, r, "list", p)
}

// withoutBlanks puts dots where a rule's sentence takes in the words it found.
func withoutBlanks(message string) string {
	return strings.NewReplacer("%s", "……", "%d", "……", "%v", "……", "%%", "%").Replace(message)
}

// enoughJudged is from how many judgements on a bound of the precision says something.
const enoughJudged = 10

func ruleState(x inspection.Rule) ui.State {
	switch {
	case x.Off != nil:
		return ui.State{Kind: ui.Mute, Say: "已关闭"}
	case x.Alone && x.Tier == rule.A:
		return ui.State{Kind: ui.Warn, Say: "误报多，在本单位只作疑似"}
	case x.Alone:
		return ui.State{Kind: ui.Warn, Say: "误报多，在本单位停用"}
	case x.Muted && x.Tier == rule.A:
		return ui.State{Kind: ui.Warn, Say: "误报多，只作疑似"}
	case x.Muted:
		return ui.State{Kind: ui.Warn, Say: "误报多，停用"}
	case x.Tier == rule.C:
		return ui.State{Kind: ui.Mute, Say: "提示，默认不用"}
	}
	return ui.State{Kind: ui.Good, Say: "使用中"}
}

func measuredWords(m *rule.Measure) string {
	if m == nil || m.Chars == 0 {
		return "未测"
	}
	return fmt.Sprintf("每百万字%.2f处", float64(m.Alarms)*1e6/float64(m.Chars))
}

func recordWords(r inspection.Record) string {
	n := r.Confirmed + r.Dismissed
	if n == 0 {
		return "暂无"
	}
	return fmt.Sprintf("确认%d处，误报%d处，准确率%.0f%%", r.Confirmed, r.Dismissed, 100*r.Precision())
}

// recordNote is recordWords as a list has room for it.
func recordNote(r inspection.Record) string {
	if r.Confirmed+r.Dismissed == 0 {
		return "本地暂无"
	}
	return fmt.Sprintf("本地确认%d，误报%d，准确率%.0f%%", r.Confirmed, r.Dismissed, 100*r.Precision())
}

// familiesOfRules are the rules by what they look for: two hundred in one list are
// read by nobody.
func familiesOfRules(all []inspection.Rule, unit org.ID) ui.Table {
	t := ui.Table{Caption: "规则的类别", Note: fmt.Sprintf("共%d条规则", len(all)), Walk: true, Tight: true, Columns: []ui.Column{{Text: "类别"}, {Text: "规则", Number: true}, {Text: "现在"}, {Text: "本地确认和误报"}}}
	for _, f := range familyWords {
		n, off, muted := 0, 0, 0
		var record inspection.Record
		for _, x := range all {
			if !strings.HasPrefix(x.Code, f.code+".") {
				continue
			}
			n++
			record.Confirmed += x.Record.Confirmed
			record.Dismissed += x.Record.Dismissed
			switch {
			case x.Off != nil:
				off++
			case x.Muted:
				muted++
			}
		}
		if n == 0 {
			continue
		}
		state := ui.State{Kind: ui.Good, Say: "使用中"}
		switch {
		case off == n:
			state = ui.State{Kind: ui.Mute, Say: "已关闭"}
		case off > 0:
			state = ui.State{Kind: ui.Warn, Say: fmt.Sprintf("%d条已关闭", off)}
		case muted > 0:
			state = ui.State{Kind: ui.Warn, Say: fmt.Sprintf("%d条误报多", muted)}
		}
		t.Rows = append(t.Rows, ui.Row{Bad: muted > 0, Cells: []ui.Cell{{Text: f.name, URL: inspectionPath + "/rules?family=" + f.code + "&unit=" + string(unit)}, {Text: fmt.Sprintf("%d条", n)}, {State: &state}, {Text: recordNote(record)}}})
	}
	return t
}

func (c *Console) inspectionRule(w http.ResponseWriter, r *http.Request) error {
	return c.showRule(w, r, web.NewForm(nil), http.StatusOK)
}

func (c *Console) showRule(w http.ResponseWriter, r *http.Request, form *web.Form, status int) error {
	by, code := actorOf(r), r.PathValue("code")
	unit := ruleUnit(r, form)
	if err := by.Check(identity.InspectionRead, unit); err != nil {
		return err
	}
	var p rulePage
	err := c.read(r, func(tx *db.Tx) error {
		tree, err := org.Load(tx)
		if err != nil {
			return err
		}
		all, err := c.Inspections.Rules(tx, unit)
		if err != nil {
			return err
		}
		for _, x := range all {
			if x.Code == code {
				p = rulePage{Console: c.frame(w, r, tree, x.Name, ui.Link{Text: "检查", URL: inspectionPath}, ui.Link{Text: "检查规则", URL: inspectionPath + "/rules"}), Form: form, State: ruleState(x), Path: inspectionPath + "/rules/" + code}
				p.fill(tree, by, x, unit)
				return nil
			}
		}
		return fault.Say(fault.NotFound, sayNoSuchRule)
	})
	if err != nil {
		return err
	}
	return c.templates.Render(w, r, status, "inspection-rule", p)
}

// rulePage is one rule, with the switch for a unit.
type rulePage struct {
	ui.Console
	Form  *web.Form
	Path  string
	State ui.State
	Facts []ui.Fact
	Find  []string // examples it finds
	Pass  []string // examples it leaves alone
	Off   []question
	None  string
	Links []ui.Act
}

func (p *rulePage) fill(tree *org.Tree, by identity.Actor, x inspection.Rule, unit org.ID) {
	severity := gravity(x.Severity)
	p.Facts = []ui.Fact{{Name: "说明", Say: withoutBlanks(x.Message), Wide: true}, {Name: "依据", Say: x.Source, Wide: true}, {Name: "编号", Say: x.Code}, {Name: "类别", Say: familyWord(x.Code)},
		{Name: "严重程度", Say: severity.Say}, {Name: "可靠性", Say: tierWord(x.Tier)}, {Name: "规则包", Say: x.Pack}, {Name: "实测误报", Say: measuredWords(x.Measured)}, {Name: "本地记录", Say: recordWords(x.Record)}, {Name: "单位", Say: tree.Name(unit)}}
	if x.Record.Confirmed+x.Record.Dismissed >= enoughJudged {
		p.Facts = append(p.Facts, ui.Fact{Name: "本地准确率", Say: fmt.Sprintf("准确率不低于%.0f%%（置信度90%%）", 100*x.Record.Sure())})
	}
	if x.Own != x.Record && x.Own.Confirmed+x.Own.Dismissed > 0 {
		p.Facts = append(p.Facts, ui.Fact{Name: "本单位记录", Say: recordWords(x.Own)})
	}
	if x.Off != nil {
		until := "没有期限"
		if !x.Off.Until.IsZero() {
			until = "至" + x.Off.Until.Chinese()
		}
		p.Facts = append(p.Facts, ui.Fact{Name: "已关闭", Say: tree.Name(x.Off.Unit) + "，" + until + "，理由：" + x.Off.Reason, Wide: true})
	}
	p.Find, p.Pass = x.Find[:min(len(x.Find), 5)], x.Pass[:min(len(x.Pass), 5)]
	p.Links = []ui.Act{{Title: "这条规则查出的问题", URL: inspectionPath + "/findings?tab=all&rule=" + x.Code, Kind: "secondary"}}
	switch {
	case !by.Can(identity.InspectionRules, unit):
		p.None = "您的角色只能查看规则。"
	case !x.MayOff || x.Guarded && x.Severity == rule.Block:
		p.None = "保护个人信息和国家秘密、可以阻止发布的规则不能关闭，只能对具体内容批准例外。"
	case x.Off != nil && x.Off.Unit == unit && x.Off.Rule == x.Code:
		p.Links = append([]ui.Act{{Title: "重新启用", URL: p.Path + "/on", Post: true, Hidden: []ui.Hidden{{Name: "unit", Value: string(unit)}}, Say: "下一次检查起重新使用。"}}, p.Links...)
	case x.Off != nil:
		p.None = "这条规则由上级单位或者按类别关闭，请在那里重新启用。"
	default:
		a := asker{p.Form}
		if p.Form.Value("unit") == "" {
			p.Form.Set("unit", string(unit))
		}
		p.Off = []question{a.ask("select", "unit", "在哪个单位关闭（连同下属单位）", choose(scopeUnits(tree, by.Scope(identity.InspectionRules)))),
			a.ask("textarea", "reason", "理由", lines(3), hint("不少于4个字，写入存证。")), a.ask("date", "until", "关闭到哪一天", optional, hint("不填为没有期限。"))}
	}
}

func (c *Console) switchOff(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	var until workday.Date
	if day := f.Date("until"); day != "" {
		if until, err = workday.ParseDate(day); err != nil {
			return err
		}
	}
	if err = f.Err(); err == nil {
		err = c.Inspections.SwitchOff(r.Context(), actorOf(r), org.ID(f.Text("unit")), r.PathValue("code"), f.Text("reason"), until)
	}
	if err != nil {
		if fault.KindOf(err) != fault.Forbidden && inspectionRefused(f, err) {
			return c.showRule(w, r, f, web.StatusOf(err))
		}
		return err
	}
	return c.said(w, r, inspectionPath+"/rules/"+r.PathValue("code")+"?unit="+f.Text("unit"), sayRuleOff)
}

func (c *Console) switchOn(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	if err := c.Inspections.SwitchOn(r.Context(), actorOf(r), org.ID(f.Text("unit")), r.PathValue("code")); err != nil {
		return err
	}
	return c.said(w, r, inspectionPath+"/rules/"+r.PathValue("code")+"?unit="+f.Text("unit"), sayRuleOn)
}
