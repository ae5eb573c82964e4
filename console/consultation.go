package console

import (
	"html/template"
	"net/http"
	"slices"
	"strings"

	"gongkai/document"
	"gongkai/identity"
	"gongkai/internal/blob"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/internal/web"
	"gongkai/internal/web/ui"
	"gongkai/ledger"
	"gongkai/org"
	"gongkai/publication"
	"gongkai/review/coordination"
	"gongkai/workday"
)

func consultationPath(id coordination.ID) string { return Root + "/consultations/" + string(id) }

// consultationPage is one consultation: what is asked about what, what may be
// done now, what was said.
type consultationPage struct {
	ui.Console
	ID       string
	State    ui.State
	Facts    []ui.Fact
	Question string
	Stands   *ui.Banner // what the answer means for the item
	Public   publicText
	Against  string // what the content is compared with: what this organ saw before
	Changes  []change
	Same     bool
	Diff     template.HTML
	Form     *web.Form
	Answer   []question
	Decide   []question
	Acts     []ui.Act
	None     string // why there is nothing to do
	Past     []ui.Event
}

func (c *Console) consultation(w http.ResponseWriter, r *http.Request) error {
	return c.showConsultation(w, r, web.NewForm(nil), http.StatusOK)
}

// consulted reads a consultation for somebody who has to do with it, with the
// item and the version that is asked about.
func consulted(tx *db.Tx, tree *org.Tree, by identity.Actor, id coordination.ID) (coordination.Consultation, publication.Row, publication.Version, error) {
	var (
		row publication.Row
		v   publication.Version
	)
	one, err := coordination.Get(tx, id)
	if err != nil {
		return one, row, v, err
	}
	organ := one.Organ != "" && by.Can(identity.ReviewConsult, one.Organ) && tree.Within(by.Unit, one.Organ)
	if !organ && !by.Can(identity.ReviewCoordinate, one.Unit) {
		if err := by.Check(identity.PublicationRead, one.Unit); err != nil {
			return one, row, v, err
		}
	}
	item := publication.ItemID(strings.TrimPrefix(one.Subject, "item/"))
	if row, err = publication.Get(tx, item); err != nil {
		return one, row, v, err
	}
	v, err = versionWith(tx, item, one.Digest)
	return one, row, v, err
}

// versionWith is the version with a digest. It fails with NotFound.
func versionWith(tx *db.Tx, id publication.ItemID, d ledger.Digest) (publication.Version, error) {
	all, err := publication.Versions(tx, id)
	if err != nil {
		return publication.Version{}, err
	}
	for _, v := range all {
		if v.Digest == d {
			return v, nil
		}
	}
	return publication.Version{}, fault.Say(fault.NotFound, sayNoVersion)
}

func (c *Console) showConsultation(w http.ResponseWriter, r *http.Request, f *web.Form, status int) error {
	by, id := actorOf(r), coordination.ID(r.PathValue("id"))
	var p consultationPage
	err := c.read(r, func(tx *db.Tx) error {
		tree, err := org.Load(tx)
		if err != nil {
			return err
		}
		one, row, v, err := consulted(tx, tree, by, id)
		if err != nil {
			return err
		}
		today := workday.Today(tx.Now)
		p = consultationPage{Console: c.frame(w, r, tree, "征求意见："+titleOf(one.Title), ui.Link{Text: "发布协调", URL: Root + "/consultations"}), ID: string(id),
			State: consultationState(one, today), Question: one.Question, Form: f}
		p.Facts = []ui.Fact{{Name: "征求单位", Say: tree.Name(one.Unit)}, {Name: "被征求机关", Say: one.To(tree)},
			{Name: "发出", Say: web.Moment(one.Sent)}, {Name: "答复期限", Say: web.LongDate(one.Due)}}
		if one.Demanded {
			p.Facts = append(p.Facts, ui.Fact{Name: "提出", Say: "审查人员要求征求"})
		}
		if by.Can(identity.PublicationRead, row.Unit) {
			p.Facts = append(p.Facts, ui.Fact{Name: "信息", Say: "查看这条信息", URL: workPath(row)})
			if why := one.Stands(tree, v.Digest, today); why != "" && row.Work != publication.NoWork {
				p.Stands = &ui.Banner{Kind: ui.Warn, Title: "这条信息还不能审定", Say: why + "。"}
			}
		}
		p.Public = c.publicOf(v.Content, tree, row)
		p.Public.throughConsultation(id)
		if err := p.compare(tx, one, v, row.ID); err != nil {
			return err
		}
		p.acts(tree, by, one, today)
		return p.past(tx, tree, one)
	})
	if err != nil {
		return err
	}
	return c.templates.Render(w, r, status, "consultation", p)
}

// throughConsultation has files and pictures fetched by way of the consultation,
// because the organ that is asked may not open the files of the asking unit.
func (t *publicText) throughConsultation(id coordination.ID) {
	here := consultationPath(id) + "/files/"
	t.Body = strings.ReplaceAll(t.Body, `src="`+Root+`/files/`, `src="`+here)
	for i := range t.Files {
		t.Files[i].URL = here + strings.TrimPrefix(t.Files[i].URL, Root+"/files/")
	}
}

// compare shows what has changed since the same organ was asked before.
func (p *consultationPage) compare(tx *db.Tx, one coordination.Consultation, v publication.Version, item publication.ItemID) error {
	all, err := coordination.Of(tx, one.Subject)
	if err != nil {
		return err
	}
	var before *coordination.Consultation
	for i, old := range all {
		if old.Organ == one.Organ && old.Outside == one.Outside && old.Sent.Before(one.Sent) && old.Digest != one.Digest {
			before = &all[i]
		}
	}
	if before == nil {
		return nil
	}
	old, err := versionWith(tx, item, before.Digest)
	if err != nil {
		return err
	}
	p.Against = web.Moment(before.Sent) + "征求意见时的内容"
	p.Changes, p.Same = changes(old.Content, v.Content), old.Content.Body == v.Content.Body
	p.Diff = template.HTML(strings.ReplaceAll(document.Compare(old.Content.Body, v.Content.Body), `src="/files/`, `src="`+consultationPath(one.ID)+`/files/`))
	return nil
}

// acts lists what the person may do now.
func (p *consultationPage) acts(tree *org.Tree, by identity.Actor, one coordination.Consultation, today workday.Date) {
	a := asker{p.Form}
	path := consultationPath(one.ID)
	options := func(acts []coordination.Act) (out []ui.Option) {
		for _, act := range acts {
			out = append(out, ui.Option{Value: string(act), Text: act.Name()})
		}
		return out
	}
	refused := one.MayAnswer(tree, by)
	if refused == nil {
		proof := a.ask("input", "evidence", "答复文号", optional, hint("以函件答复的，写文号和日期。"))
		if one.Organ == "" {
			proof = a.ask("input", "evidence", "来函的文号和日期", hint("平台以外机关的答复，由您按来函登记。"))
		}
		p.Answer = []question{a.ask("radios", "verdict", "答复", choose(options(coordination.Verdicts()))),
			a.ask("textarea", "opinion", "意见", lines(4), optional, hint("不同意或者有修改意见的，写明哪一处应当怎样改、依据是什么。")), proof}
	}
	if one.MayDecide(tree, by) == nil {
		p.Decide = []question{a.ask("radios", "outcome", "协调结果", choose(options(coordination.Outcomes()))),
			a.ask("textarea", "opinion", "理由", lines(4), hint("写明采纳哪一方意见和依据（不少于6个字）。")),
			a.ask("input", "evidence", "协调纪要或者批示", optional, hint("名称、文号和日期。"))}
	}
	if one.MayEscalate(by, today) == nil {
		p.Acts = append(p.Acts, ui.Act{Ask: &ui.Confirm{Open: "报请协调", Say: "报请上一级的政务公开主管部门协调。协调结果出来以前，这条信息不能审定。", URL: path + "/escalate", Yes: "确认报请",
			Reason: "需要协调的问题", Hint: "写明双方意见和分歧（不少于6个字）。", Key: "-escalate", Wrong: p.Form.Wrong("why-escalate"), Typed: p.Form.Value("why-escalate")}})
	}
	if one.MayWithdraw(by) == nil {
		p.Acts = append(p.Acts, ui.Act{Ask: &ui.Confirm{Open: "撤回征求意见", Say: "撤回以后，对方的意见不再影响这条信息的审定。撤回的理由记录在案，审查人员可以看到。", URL: path + "/withdraw", Yes: "确认撤回",
			Reason: "撤回的理由", Hint: "例如有关条款已经删除（不少于6个字）。", Key: "-withdraw", Wrong: p.Form.Wrong("why-withdraw"), Typed: p.Form.Value("why-withdraw"), Danger: true}})
	}
	if p.Answer == nil && p.Decide == nil && len(p.Acts) == 0 {
		p.None = "现在没有需要您办理的事。"
		if fault.KindOf(refused) == fault.Forbidden && one.State == coordination.Asked {
			p.None = fault.Sentence(refused)
		}
	}
}

// past is what was said, the latest first.
func (p *consultationPage) past(tx *db.Tx, tree *org.Tree, one coordination.Consultation) error {
	events, err := consultationEvents(tx, tree, []coordination.Consultation{one})
	if err != nil {
		return err
	}
	for _, e := range events {
		e.URL = ""
		p.Past = append(p.Past, e.Event)
	}
	slices.Reverse(p.Past)
	return nil
}

// consultationEvents is what was asked and said, for a history, oldest first.
func consultationEvents(tx *db.Tx, tree *org.Tree, all []coordination.Consultation) ([]timedEvent, error) {
	var who []string
	for _, c := range all {
		who = append(who, string(c.Asker))
		for _, w := range c.Words {
			who = append(who, string(w.By))
		}
	}
	names, err := identity.Names(tx, who...)
	if err != nil {
		return nil, err
	}
	kinds := map[coordination.Act]string{coordination.Agree: ui.Good, coordination.Publish: ui.Good, coordination.Change: ui.Warn,
		coordination.Refuse: ui.Bad, coordination.Withhold: ui.Bad, coordination.Rewrite: ui.Warn, coordination.Escalate: ui.Note, coordination.Withdraw: ui.Warn}
	var out []timedEvent
	for _, c := range all {
		to, path := c.To(tree), consultationPath(c.ID)
		title := "征求" + to + "意见"
		if c.Demanded {
			title = "审查人员要求征求" + to + "意见"
		}
		out = append(out, timedEvent{db.Ms(c.Sent), ui.Event{Time: web.Moment(c.Sent), Machine: web.Machine(c.Sent), Title: title, Kind: ui.Note, URL: path,
			Who: personIn(names, string(c.Asker), tree, string(c.Unit)), Say: c.Question}})
		for _, w := range c.Words {
			title := to + "：" + w.Act.Name()
			switch {
			case slices.Contains(coordination.Outcomes(), w.Act):
				title = "协调结果：" + w.Act.Name()
			case w.Act == coordination.Escalate:
				title = "就" + to + "的意见报请协调"
			case w.Act == coordination.Withdraw:
				title = "撤回对" + to + "的征求意见"
			}
			out = append(out, timedEvent{db.Ms(w.At), ui.Event{Time: web.Moment(w.At), Machine: web.Machine(w.At), Title: title, Kind: kinds[w.Act], URL: path,
				Who: personIn(names, string(w.By), tree, string(w.Unit)), Say: joinSay(w.Opinion, w.Evidence)}})
		}
	}
	return out, nil
}

func (c *Console) answerConsultation(w http.ResponseWriter, r *http.Request) error {
	return c.onConsultation(w, r, "", sayAnswered, func(id coordination.ID, f *web.Form) error {
		return c.Reviews.Consultations.Answer(r.Context(), actorOf(r), id, coordination.Act(f.Text("verdict")), f.Text("opinion"), f.Text("evidence"))
	})
}

func (c *Console) escalate(w http.ResponseWriter, r *http.Request) error {
	return c.onConsultation(w, r, "why-escalate", sayAskedAbove, func(id coordination.ID, f *web.Form) error {
		return c.Reviews.Consultations.Escalate(r.Context(), actorOf(r), id, f.Text("why"))
	})
}

func (c *Console) decideConsultation(w http.ResponseWriter, r *http.Request) error {
	return c.onConsultation(w, r, "", sayDecided, func(id coordination.ID, f *web.Form) error {
		return c.Reviews.Consultations.Decide(r.Context(), actorOf(r), id, coordination.Act(f.Text("outcome")), f.Text("opinion"), f.Text("evidence"))
	})
}

func (c *Console) withdrawConsultation(w http.ResponseWriter, r *http.Request) error {
	return c.onConsultation(w, r, "why-withdraw", sayQuestionBack, func(id coordination.ID, f *web.Form) error {
		return c.Reviews.Consultations.Withdraw(r.Context(), actorOf(r), id, f.Text("why"))
	})
}

// onConsultation does one act and shows the consultation again. reason is the
// field of the page in which the act's opinion was typed, "" for its own name.
func (c *Console) onConsultation(w http.ResponseWriter, r *http.Request, reason, done string, act func(coordination.ID, *web.Form) error) error {
	id := coordination.ID(r.PathValue("id"))
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	err = act(id, f)
	switch fault.KindOf(err) {
	case fault.Invalid, fault.Conflict:
		if reason != "" {
			for _, problem := range fault.Fields(err) {
				f.Problem(reason, problem.Say)
			}
			f.Set(reason, f.Text("why"))
		} else if !f.Take(err) {
			f.Problem("", fault.Sentence(err))
		}
		if f.Err() == nil {
			f.Problem("", fault.Sentence(err))
		}
		return c.showConsultation(w, r, f, web.StatusOf(err))
	}
	if err != nil {
		return err
	}
	return c.said(w, r, consultationPath(id), done)
}

// consultationFile serves a file of the content that is asked about.
func (c *Console) consultationFile(w http.ResponseWriter, r *http.Request) error {
	digest := r.PathValue("digest")
	var kept document.File
	if err := c.read(r, func(tx *db.Tx) error {
		tree, err := org.Load(tx)
		if err != nil {
			return err
		}
		_, _, v, err := consulted(tx, tree, actorOf(r), coordination.ID(r.PathValue("id")))
		if err != nil {
			return err
		}
		attached := slices.ContainsFunc(v.Content.Files, func(f publication.File) bool { return f.Digest == digest })
		if !attached && !strings.Contains(v.Content.Body, `src="/files/`+digest) {
			return fault.Say(fault.NotFound, sayNoFile)
		}
		kept, err = document.Get(tx, blob.Digest(digest))
		return err
	}); err != nil {
		return err
	}
	return c.serveFile(w, r, kept)
}
