package console

import (
	"net/http"
	"strconv"
	"strings"

	"gongkai/document"
	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/internal/web"
	"gongkai/internal/web/ui"
	"gongkai/ledger"
	"gongkai/org"
	"gongkai/publication"
	"gongkai/review"
	"gongkai/review/coordination"
	"gongkai/workday"
)

// consulting is what is agreed with other organs about an item (发布协调), as a
// section of the pages where the item is written, reviewed and shown.
type consulting struct {
	Say       string
	Obstacles []ui.Finding // why the last signature cannot be given yet
	Named     []ui.Link    // units the text names that were not asked
	Organs    []consultedOrgan
	Ask       string // where to ask an organ, "" where one cannot
}

// A consultedOrgan is one question to one organ, with where it stands.
type consultedOrgan struct {
	Name, URL, Question, Due string
	State                    ui.State
	Demanded                 bool
	Opinion                  string // what was said last
}

// consultingOf is the section about an item with the content that is being
// worked on. It is nil where there is nothing to say and nothing to ask.
func consultingOf(tx *db.Tx, tree *org.Tree, by identity.Actor, row publication.Row, content publication.Content) (*consulting, error) {
	all, err := coordination.Of(tx, row.ID.Subject())
	if err != nil {
		return nil, err
	}
	s := &consulting{}
	if mayAsk(by, row) {
		s.Ask = itemPath(row.ID) + "/consult"
		for _, n := range unasked(tree, row.Unit, content, all) {
			s.Named = append(s.Named, ui.Link{Text: tree.Name(n.Unit), URL: s.Ask + "?organ=" + string(n.Unit), Note: n.Where})
		}
	}
	if len(all) == 0 && s.Ask == "" {
		return nil, nil
	}
	open := row.Work != publication.NoWork
	s.Organs, s.Obstacles = s.organs(tree, all, content.Digest(), workday.Today(tx.Now), open)
	switch {
	case len(all) == 0:
		s.Say = "内容涉及其他机关职责的，公开前应当与有关机关协商、确认（条例第十一条）。"
	case open && len(s.Obstacles) == 0:
		s.Say = "有关机关的意见已经办结。"
	}
	return s, nil
}

func (s *consulting) organs(tree *org.Tree, all []coordination.Consultation, d ledger.Digest, today workday.Date, open bool) (out []consultedOrgan, obstacles []ui.Finding) {
	for _, c := range all {
		state := consultationState(c, today)
		if open && c.State.Live() && c.Digest != d {
			state = ui.State{Kind: ui.Warn, Say: "内容已修改，需再次征求"}
		}
		last, _ := c.Last()
		out = append(out, consultedOrgan{c.To(tree), consultationPath(c.ID), c.Question, web.LongDate(c.Due), state, c.Demanded, last.Opinion})
		why := c.Stands(tree, d, today)
		if why == "" || !open {
			continue
		}
		f := ui.Finding{Kind: ui.Warn, Say: why}
		if c.Digest != d && s.Ask != "" {
			f.URL = s.Ask + "?again=" + string(c.ID)
		} else {
			f.URL = consultationPath(c.ID)
		}
		obstacles = append(obstacles, f)
	}
	return out, obstacles
}

// unasked lists the units a text names that nobody has asked yet.
func unasked(tree *org.Tree, unit org.ID, content publication.Content, all []coordination.Consultation) []coordination.Suggestion {
	asked := map[org.ID]bool{}
	for _, c := range all {
		asked[c.Organ] = true
	}
	var out []coordination.Suggestion
	for _, n := range coordination.Suggest(tree, unit, content.Title, strings.Join(content.Joint, "\n"), document.Text(content.Body)) {
		if !asked[n.Unit] {
			out = append(out, n)
		}
	}
	return out
}

// mayAsk tells whether somebody may ask an organ about an item now: who writes
// it while it is written or reviewed, who reviews it while it is in review.
func mayAsk(by identity.Actor, row publication.Row) bool {
	switch row.Work {
	case publication.Draft:
		return by.Can(identity.PublicationDraft, row.Unit)
	case publication.InReview:
		return by.Can(identity.PublicationDraft, row.Unit) || demands(by, row)
	}
	return false
}

// demands tells whether somebody asks as a reviewer and not as an author.
func demands(by identity.Actor, row publication.Row) bool {
	if row.Work != publication.InReview || by.Can(identity.PublicationDraft, row.Unit) {
		return false
	}
	for _, right := range review.LevelRights() {
		if by.Can(right, row.Unit) {
			return true
		}
	}
	return false
}

// askPage asks an organ about an item.
type askPage struct {
	ui.Console
	ID         string
	Form       *web.Form
	Lead       string
	Consulting *consulting
	Named      []namedUnit
	Organ      question
	Outside    question
	Question   question
	Days       question
	Back       string
}

// A namedUnit is a unit whose name stands in the text.
type namedUnit struct{ Name, Where, Times, URL string }

func (c *Console) askOrgan(w http.ResponseWriter, r *http.Request) error {
	return c.showAsk(w, r, nil, http.StatusOK)
}

// showAsk shows the form. f is what somebody typed, nil for a new question.
func (c *Console) showAsk(w http.ResponseWriter, r *http.Request, f *web.Form, status int) error {
	by, id := actorOf(r), publication.ItemID(r.PathValue("id"))
	var p askPage
	err := c.read(r, func(tx *db.Tx) error {
		row, tree, err := readable(tx, by, id)
		if err != nil {
			return err
		}
		if !mayAsk(by, row) {
			return fault.Say(fault.Conflict, sayCannotAsk)
		}
		title := titleNow(tx, row)
		p = askPage{Console: c.frame(w, r, tree, "征求有关机关意见", ui.Link{Text: "信息列表", URL: Root + "/items"}, ui.Link{Text: title, URL: workPath(row)}), ID: string(id), Back: workPath(row)}
		p.Lead = "《" + title + "》涉及其他机关职责、数据、名称的内容，公开前请对方确认，保证各机关公开的信息准确一致（条例第十一条）。意见只对现在这一版内容有效，内容修改后需要再次征求。"
		if demands(by, row) {
			p.Lead = "您以审查人员的身份要求就《" + title + "》征求有关机关意见。没有办结以前，最后一级不能签署同意。"
		}
		content, err := newest(tx, row)
		if err != nil {
			return err
		}
		all, err := coordination.Of(tx, row.ID.Subject())
		if err != nil {
			return err
		}
		if f == nil {
			f = askFormOf(r, all)
		}
		if row.Work == publication.Draft && f.Value("version") == "" {
			cp, err := publication.CopyOf(tx, id)
			if err != nil {
				return err
			}
			f.Set("version", strconv.Itoa(cp.Rev))
		}
		if p.Consulting, err = consultingOf(tx, tree, by, row, content); err != nil {
			return err
		}
		p.Consulting.Ask, p.Consulting.Named = "", nil
		for _, n := range unasked(tree, row.Unit, content, all) {
			p.Named = append(p.Named, namedUnit{tree.Name(n.Unit), n.Where, strconv.Itoa(n.Count), itemPath(id) + "/consult?organ=" + string(n.Unit) + "#ask"})
		}
		p.Form = f
		a := asker{f}
		units := []ui.Option{{Text: "请选择"}}
		for _, o := range scopeUnits(tree, org.Everything()) {
			if o.Value != string(row.Unit) {
				units = append(units, o)
			}
		}
		p.Organ = a.ask("select", "organ", "平台内的机关", choose(units), optional, narrow(20))
		p.Outside = a.ask("input", "outside", "平台以外的机关", optional, narrow(20), hint("写全称，如“国家税务总局明镜区税务局”。对方书面答复后，由您登记来函的文号和日期。"))
		p.Question = a.ask("textarea", "question", "请对方确认什么", lines(4), hint("写明是哪一条、哪些数据或者名称。"))
		p.Days = a.ask("input", "days", "几个工作日内答复", narrow(4), hint("1至30个工作日，节假日不计算在内。"))
		return nil
	})
	if err != nil {
		return err
	}
	return c.templates.Render(w, r, status, "consult-ask", p)
}

// askFormOf is a new question: about an organ the address names, or again to one
// that was asked about an earlier text.
func askFormOf(r *http.Request, all []coordination.Consultation) *web.Form {
	f := web.NewForm(nil)
	f.Set("organ", r.URL.Query().Get("organ")).Set("days", strconv.Itoa(coordination.DefaultDays))
	for _, c := range all {
		if string(c.ID) == r.URL.Query().Get("again") {
			f.Set("organ", string(c.Organ)).Set("outside", c.Outside).Set("question", c.Question)
		}
	}
	return f
}

// sendAsk asks the organ: for an author about the draft as it was saved, for a
// reviewer about what is in review.
func (c *Console) sendAsk(w http.ResponseWriter, r *http.Request) error {
	by, id := actorOf(r), publication.ItemID(r.PathValue("id"))
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	var row publication.Row
	var s review.Submission
	if err := c.read(r, func(tx *db.Tx) (err error) {
		if row, _, err = readable(tx, by, id); err != nil || !demands(by, row) {
			return err
		}
		all, err := review.Of(tx, id.Subject())
		if err == nil && len(all) > 0 {
			s = all[len(all)-1]
		}
		return err
	}); err != nil {
		return err
	}
	q := coordination.Request{Organ: org.ID(f.Text("organ")), Outside: f.Text("outside"), Question: f.Text("question")}
	if days := f.Text("days"); days != "" {
		q.Days = int(f.Int("days"))
	}
	if f.Err() != nil {
		return c.showAsk(w, r, f, http.StatusBadRequest)
	}
	back := workPath(row)
	if demands(by, row) {
		back = reviewPath(s.ID)
		_, err = c.Reviews.Demand(r.Context(), by, s.ID, s.Digest, q)
	} else {
		rev, _ := strconv.Atoi(f.Text("version"))
		_, err = c.Items.Consult(r.Context(), by, id, rev, q)
	}
	switch fault.KindOf(err) {
	case fault.Invalid, fault.Conflict:
		if !f.Take(err) {
			f.Problem("", fault.Sentence(err))
		}
		f.Set("version", "") // of the next try, which builds on what is saved now
		return c.showAsk(w, r, f, web.StatusOf(err))
	}
	if err != nil {
		return err
	}
	return c.said(w, r, back+"#consulting", sayAskedOrgan)
}
