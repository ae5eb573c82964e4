package console

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"gongkai/document"
	"gongkai/identity"
	"gongkai/inspection"
	"gongkai/inspection/rule"
	"gongkai/internal/blob"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/internal/web"
	"gongkai/internal/web/ui"
	"gongkai/org"
	"gongkai/publication"
	"gongkai/workday"
)

// maxEvidence is how large a file may be that shows what was mended.
const maxEvidence = 20 << 20

// findingPage is one finding: what it is, what may be done now, what happened.
type findingPage struct {
	ui.Console
	Form              *web.Form
	Severity, State   ui.State
	Before, At, After string
	Facts             []ui.Fact
	Acts              []actForm
	Links             []ui.Act
	InDraft           bool // nobody but the writers sees it: to mend it is the first thing
	None              string
	Past              []ui.Event
	Paper             string // what it says of itself when it is printed
}

// actForm is an act with what it asks. It unfolds, and stands open when something
// typed into it was wrong.
type actForm struct {
	Title, Say, URL, Button      string
	Danger, Open, Files, Primary bool
	Questions                    []question
}

func (c *Console) finding(w http.ResponseWriter, r *http.Request) error {
	return c.showFinding(w, r, "", web.NewForm(nil), http.StatusOK)
}

// showFinding shows a finding; wrong is the act whose form is shown again.
func (c *Console) showFinding(w http.ResponseWriter, r *http.Request, wrong string, form *web.Form, status int) error {
	by := actorOf(r)
	var p findingPage
	err := c.read(r, func(tx *db.Tx) error {
		f, err := seenFinding(tx, by, inspection.ID(r.PathValue("id")))
		if err != nil {
			return err
		}
		tree, err := org.Load(tx)
		if err != nil {
			return err
		}
		today := todayOf(tx)
		p = findingPage{Console: c.frame(w, r, tree, c.Inspections.RuleName(f.Rule), ui.Link{Text: "检查", URL: inspectionPath}, ui.Link{Text: "检查结果", URL: inspectionPath + "/findings"}),
			Form: form, Severity: gravity(f.Severity), State: findingState(f, today)}
		p.Before, p.At, p.After = excerptOf(f)
		p.Facts, p.Paper = c.findingFacts(tree, f, today), paperLine(tree.Name(by.Unit), today)
		p.Acts = findingActs(by, f, wrong, form, today)
		p.Links, p.InDraft = findingLinks(by, f), onlyInDraft(f) && by.Can(identity.PublicationDraft, f.Unit)
		switch {
		case onlyInDraft(f) && f.Blocks() && !slices.ContainsFunc(p.Acts, func(a actForm) bool { return a.URL == findingPath(f.ID)+"/"+string(inspection.DoExcept) }):
			if p.None, err = whoExcepts(tx, f.Unit); err != nil {
				return err
			}
		case len(p.Acts) == 0:
			p.None = waitsFor(f.State)
		}
		return p.past(tx, tree, f)
	})
	if err != nil {
		return err
	}
	return c.templates.Render(w, r, status, "inspection-finding", p)
}

// seenFinding reads a finding for somebody who may see it; to others it is not
// there.
func seenFinding(tx *db.Tx, by identity.Actor, id inspection.ID) (inspection.Finding, error) {
	f, err := inspection.Get(tx, id)
	if err != nil {
		return f, err
	}
	return f, by.Check(identity.InspectionRead, f.Unit)
}

func (c *Console) findingFacts(tree *org.Tree, f inspection.Finding, today workday.Date) []ui.Fact {
	facts := []ui.Fact{{Name: "问题", Say: f.Message, Wide: true}}
	add := func(name, say, url string, wide bool) {
		if say != "" {
			facts = append(facts, ui.Fact{Name: name, Say: say, URL: url, Wide: wide})
		}
	}
	add("建议", strings.Join(f.Suggest, "；"), "", true)
	add("信息", titleOf(f.Title), subjectPath(f), true)
	add("位置", placeWords(f), "", false)
	add("公开页面", map[bool]string{true: "打开"}[f.Shown && f.Address != ""], f.Address, false)
	add("单位", tree.Name(f.Unit), "", false)
	if f.Count > 1 {
		add("同类", fmt.Sprintf("全文共%d处，此处是第一处", f.Count), "", false)
	}
	add("规则", c.Inspections.RuleName(f.Rule)+"（"+f.Rule+"）", inspectionPath+"/rules/"+f.Rule, false)
	add("依据", f.Source, "", true)
	add("可靠性", tierWord(f.Tier), "", false)
	if !f.Due.IsZero() && f.State == inspection.Confirmed {
		add("整改期限", f.Due.Chinese()+"，"+dueWords(today.DaysUntil(f.Due)), "", false)
	}
	if f.Returns > 0 {
		add("退回", fmt.Sprintf("复查仍然存在，已退回%d次", f.Returns), "", false)
	}
	switch {
	case f.Shown:
		add("现状", "公众可以看到", "", false)
	case f.Draft:
		add("现状", "只在草稿中", "", false)
	default:
		add("现状", "最近一次检查未再发现", "", false)
	}
	if f.Exception != "" {
		add("例外", "查看批准的例外", inspectionPath+"/exceptions/"+string(f.Exception), false)
	}
	return facts
}

// waitsFor says who moves next, to somebody who cannot.
func waitsFor(s inspection.State) string {
	switch s {
	case inspection.Found:
		return "等待单位信息员或者政务公开办确认。"
	case inspection.Confirmed:
		return "等待单位整改。"
	case inspection.Mended:
		return "等待政务公开办复查。"
	case inspection.Gone:
		return "内容修改以后已经没有这个问题，不需要办理。"
	}
	return "已经处理完毕。"
}

// mostNamed is how many people a sentence names.
const mostNamed = 3

// whoExcepts says whom a writer asks to let something stand.
func whoExcepts(tx *db.Tx, unit org.ID) (string, error) {
	people, err := identity.Holders(tx, identity.ReviewSecret, unit)
	if err != nil {
		return "", err
	}
	if len(people) == 0 {
		return sayAskOffice, nil
	}
	var names []string
	for _, p := range people[:min(len(people), mostNamed)] {
		name := p.Name
		if p.Phone != "" {
			name += "（" + p.Phone + "）"
		}
		names = append(names, name)
	}
	return fmt.Sprintf(sayAskSecrecy, strings.Join(names, "、")), nil
}

// findingActs are the acts that the state allows and this person may do.
func findingActs(by identity.Actor, f inspection.Finding, wrong string, form *web.Form, today workday.Date) []actForm {
	settle, office := by.Can(identity.InspectionSettle, f.Unit), by.Can(identity.InspectionRules, f.Unit)
	secrecy := by.Can(identity.ReviewSecret, f.Unit)
	grave := f.Severity == rule.Block
	var out []actForm
	add := func(ok bool, do inspection.Do, a actForm, ask func(asker) []question) {
		if !ok || !f.State.May(do) {
			return
		}
		a.URL, a.Open = findingPath(f.ID)+"/"+string(do), wrong == string(do)
		view := form
		if !a.Open {
			view = web.NewForm(nil)
		}
		a.Questions = ask(asker{view})
		if !a.Open { // several forms of a page ask for the same things
			for i := range a.Questions {
				a.Questions[i].Key = "-" + string(do)
			}
		}
		a.Primary = len(out) == 0 && !onlyInDraft(f)
		out = append(out, a)
	}
	note := func(label, say string, refinements ...refine) func(asker) []question {
		return func(a asker) []question {
			return []question{a.ask("textarea", "note", label, append([]refine{lines(3), hint(say)}, refinements...)...)}
		}
	}
	add(settle && !onlyInDraft(f), inspection.DoConfirm, actForm{Title: "确认是问题", Say: "确认以后由单位限期整改，计入这条规则的准确率。", Button: "确认并要求整改"}, func(a asker) []question {
		return []question{daysQuestion(a), a.ask("textarea", "note", "整改要求", lines(2), optional)}
	})
	add(settle, inspection.DoMend, actForm{Title: "报告已经整改", Say: "写明整改情况。复查时系统重新检查，仍然存在的退回整改。", Button: "提交整改情况", Files: true}, func(a asker) []question {
		q := a.ask("upload", "file", "整改凭证", optional, hint("截图、盖章的说明等，可以不传。"))
		q.MaxBytes = maxEvidence
		return []question{a.ask("textarea", "note", "整改情况", lines(3), hint("如：已删去附件第7行的电话号码并重新发布。")), q}
	})
	add(settle && (!grave || office), inspection.DoDismiss, actForm{Title: "认定为误报", Say: "不再列为问题，计入这条规则的准确率；误报太多的规则会自动降级或者停用。", Button: "认定误报"}, note("认定误报的理由", "不少于4个字。"))
	add(grave && (secrecy || office) || !grave && settle, inspection.DoExcept, actForm{Title: "批准例外", Say: "允许这处内容保留到所写的日期，到期以后重新列为问题。", Button: "确认批准例外"}, func(a asker) []question { return exceptionQuestions(a, grave, office, today) })
	add(office, inspection.DoClose, actForm{Title: "复查", Say: "系统重新检查这条信息：已经消除的办结，仍然存在的退回单位整改。", Button: "复查办结"}, note("复查意见", "可以不写。", optional))
	add(office, inspection.DoReopen, actForm{Title: "重新打开", Say: "退回待确认，由人工重新判断。", Button: "重新打开"}, note("重新打开的理由", "不少于4个字。"))
	return out
}

// onlyInDraft tells whether a finding stands in nothing but what is being written:
// that is mended at once, and no deadline is given for it.
func onlyInDraft(f inspection.Finding) bool {
	return f.Draft && !f.Shown && f.State == inspection.Found
}

func exceptionQuestions(a asker, grave, office bool, today workday.Date) []question {
	scopes := []ui.Option{{Value: string(inspection.ThisPlace), Text: "仅此一处", Hint: "只对这条信息中的这一处"}, {Value: string(inspection.ThisText), Text: "本机关的同一内容", Hint: "本机关和下属单位所有信息中同样的文字"}}
	if office && !grave {
		scopes = append(scopes, ui.Option{Value: string(inspection.ThisRule), Text: "本机关的同一规则", Hint: "本机关和下属单位不再使用这条规则"})
	}
	if a.f.Value("scope") == "" {
		a.f.Set("scope", string(inspection.ThisPlace))
	}
	if a.f.Value("until") == "" {
		a.f.Set("until", today.AddMonths(6).String())
	}
	qs := []question{a.ask("radios", "scope", "适用范围", choose(scopes)), a.ask("textarea", "note", "理由", lines(3), hint("不少于4个字。"))}
	if grave {
		qs = append(qs, a.ask("input", "basis", "法律依据", hint("允许公开这项内容的法律、法规条款，如《社会救助暂行办法》第十一条。")))
	}
	return append(qs, a.ask("date", "until", "有效期至", hint("最长两年。")))
}

// findingLinks are where one goes from a finding, and the look that costs nothing.
func findingLinks(by identity.Actor, f inspection.Finding) []ui.Act {
	var out []ui.Act
	kind, id, _ := strings.Cut(f.Subject, "/")
	if kind == "item" && f.State.Open() && by.Can(identity.PublicationDraft, f.Unit) {
		edit := ui.Act{Title: "去修改这条信息", URL: itemPath(publication.ItemID(id)), Kind: "secondary", Say: "修改后经审查重新公开，系统会自动识别问题已经消除。"}
		if onlyInDraft(f) {
			edit.URL, edit.Kind, edit.Say = edit.URL+"/edit", "primary", "改正以后这个问题自动消除。"
		}
		out = append(out, edit)
	}
	if (kind == "item" || kind == "report") && by.Can(identity.InspectionSettle, f.Unit) && f.State.Open() {
		out = append(out, ui.Act{Title: "重新检查", URL: findingPath(f.ID) + "/look", Post: true, Kind: "secondary", Say: "检查现在的内容是否还有这个问题。"})
	}
	return append(out, ui.Act{Title: "这条信息的全部检查结果", URL: inspectionPath + "/findings?tab=all&where=all&subject=" + f.Subject, Kind: "secondary"})
}

// past is what happened to a finding: seen by the machine, settled by people.
func (p *findingPage) past(tx *db.Tx, tree *org.Tree, f inspection.Finding) error {
	steps, err := inspection.StepsOf(tx, f.ID)
	if err != nil {
		return err
	}
	var who []string
	for _, s := range steps {
		who = append(who, string(s.By))
	}
	names, err := identity.Names(tx, who...)
	if err != nil {
		return err
	}
	p.Past = []ui.Event{{Time: web.Moment(f.First), Machine: web.Machine(f.First), Title: "机器发现", Who: "系统", Kind: ui.Note}}
	for _, s := range steps {
		e := ui.Event{Time: web.Moment(s.At), Machine: web.Machine(s.At), Title: s.Do.Name(), Say: s.Note, Who: personIn(names, string(s.By), tree, string(s.Unit)), Kind: doKinds[s.Do]}
		if s.Do == inspection.DoConfirm && !s.Due.IsZero() {
			e.Title += "，" + firstOf(s) + s.Due.Chinese() + "前改正"
		}
		if n := len(s.Findings); n > 1 {
			e.Say = strings.TrimSpace(e.Say + fmt.Sprintf("（与另外%d处一并办理）", n-1))
		}
		if s.File != "" {
			if kept, err := document.Get(tx, blob.Digest(s.File)); err == nil {
				e.URL, e.Title = findingPath(f.ID)+"/evidence/"+s.File+"/"+percent("整改凭证"+endingOf(kept)), e.Title+"，附凭证"
			}
		}
		p.Past = append(p.Past, e)
	}
	return nil
}

var doKinds = map[inspection.Do]string{
	inspection.DoConfirm: ui.Warn, inspection.DoDismiss: ui.Note, inspection.DoExcept: ui.Note, inspection.DoMend: ui.Note, inspection.DoVanish: ui.Good,
	inspection.DoClose: ui.Good, inspection.DoBack: ui.Bad, inspection.DoAgain: ui.Bad, inspection.DoLapse: ui.Warn, inspection.DoReopen: ui.Warn,
}

func endingOf(f document.File) string { return "." + string(f.Kind) }

// onFinding reads the form of an act on one finding, does it, and goes back to the
// finding, or shows it again with what was wrong.
func (c *Console) onFinding(do inspection.Do, act func(r *http.Request, id inspection.ID, f *web.Form) (string, error)) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		f, err := web.ReadForm(r)
		if err != nil {
			return err
		}
		id := inspection.ID(r.PathValue("id"))
		if err := c.read(r, func(tx *db.Tx) error { _, err := seenFinding(tx, actorOf(r), id); return err }); err != nil {
			return err
		}
		say, err := act(r, id, f)
		if err != nil {
			if inspectionRefused(f, err) {
				return c.showFinding(w, r, string(do), f, web.StatusOf(err))
			}
			return err
		}
		return c.said(w, r, findingPath(id), say)
	}
}

// settleOne is an act that needs no more than the list asks.
func (c *Console) settleOne(do inspection.Do) web.Handler {
	return c.onFinding(do, func(r *http.Request, id inspection.ID, f *web.Form) (string, error) {
		return c.settle(r, do, []inspection.ID{id}, f)
	})
}

func (c *Console) confirmFinding(w http.ResponseWriter, r *http.Request) error {
	return c.settleOne(inspection.DoConfirm)(w, r)
}

func (c *Console) dismissFinding(w http.ResponseWriter, r *http.Request) error {
	return c.settleOne(inspection.DoDismiss)(w, r)
}

func (c *Console) closeFinding(w http.ResponseWriter, r *http.Request) error {
	return c.settleOne(inspection.DoClose)(w, r)
}

func (c *Console) reopenFinding(w http.ResponseWriter, r *http.Request) error {
	return c.settleOne(inspection.DoReopen)(w, r)
}

// mendFinding takes the unit's word, and the file that shows it.
func (c *Console) mendFinding(w http.ResponseWriter, r *http.Request) error {
	return c.onFinding(inspection.DoMend, func(r *http.Request, id inspection.ID, f *web.Form) (string, error) {
		uploads, err := f.Uploads("file", 1, maxEvidence)
		if err != nil {
			return "", err
		}
		if len([]rune(f.Text("note"))) < 4 {
			return "", fault.Problems(fault.Problem{Field: "note", Say: sayHowMended})
		}
		if len(uploads) == 1 {
			kept, _, _, err := c.keepFile(r.Context(), actorOf(r), uploads[0])
			if err != nil && kept.Digest == "" {
				return "", err
			}
			f.Set("evidence", string(kept.Digest))
		}
		return c.settle(r, inspection.DoMend, []inspection.ID{id}, f)
	})(w, r)
}

func (c *Console) exceptFinding(w http.ResponseWriter, r *http.Request) error {
	return c.onFinding(inspection.DoExcept, func(r *http.Request, id inspection.ID, f *web.Form) (string, error) {
		until, err := workday.ParseDate(f.Date("until"))
		if err != nil && f.Err() == nil {
			f.Problem("until", sayUntilNeeded)
		}
		if err := f.Err(); err != nil {
			return "", err
		}
		s, err := c.Inspections.Except(r.Context(), actorOf(r), []inspection.ID{id}, inspection.Terms{Scope: inspection.Scope(f.Text("scope")), Reason: f.Text("note"), Basis: f.Text("basis"), Until: until})
		if err != nil {
			return "", err
		}
		return fmt.Sprintf(sayExcepted, until.Chinese(), len(s.Findings)), nil
	})(w, r)
}

// lookAgain inspects what a finding stands in as it is now.
func (c *Console) lookAgain(w http.ResponseWriter, r *http.Request) error {
	by, id := actorOf(r), inspection.ID(r.PathValue("id"))
	var f inspection.Finding
	look := func() error {
		return c.read(r, func(tx *db.Tx) (err error) { f, err = seenFinding(tx, by, id); return err })
	}
	if err := look(); err != nil {
		return err
	}
	for _, check := range []func() error{
		func() error { _, err := c.Inspections.CheckShown(r.Context(), by, f.Subject); return err },
		func() error { _, err := c.Inspections.Check(r.Context(), by, f.Subject); return err },
	} {
		if err := check(); err != nil && fault.KindOf(err) != fault.NotFound {
			return err
		}
	}
	if err := look(); err != nil {
		return err
	}
	say := sayStillThere
	if !f.Shown && !f.Draft {
		say = sayNoLonger
	}
	return c.said(w, r, findingPath(id), say)
}
