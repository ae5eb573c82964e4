package console

import (
	"context"
	"fmt"
	"html/template"
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
)

func reviewPath(id review.SubmissionID) string { return Root + "/reviews/" + string(id) }

// queue lists what somebody may sign now.
func (c *Console) queue(w http.ResponseWriter, r *http.Request) error {
	by, now := actorOf(r), web.Now(r)
	var p listPage
	err := c.read(r, func(tx *db.Tx) error {
		tree, err := org.Load(tx)
		if err != nil {
			return err
		}
		p = listPage{Console: c.frame(w, r, tree, "待我审查")}
		all, err := review.Queue(tx, by)
		if err != nil {
			return err
		}
		p.Table = ui.Table{Caption: "按送审先后排列", Walk: true, Columns: []ui.Column{{Text: "标题"}, {Text: "环节"}, {Text: "公开属性"}, {Text: "单位"}, {Text: "送审"}, {Text: "已等待"}}}
		for _, s := range all {
			late := now.Sub(s.Submitted) > waitLong
			row := ui.Row{Cells: []ui.Cell{{Text: s.Title, URL: reviewPath(s.ID)}, {Text: s.Next().Name}, {Text: s.Openness.Attribute.Name()}, {Text: tree.Name(s.Unit)}, {Text: web.Moment(s.Submitted)}, {Text: waited(now.Sub(s.Submitted))}}}
			if late {
				row.Cells[5].Note = noteLong
			}
			p.Table.Rows = append(p.Table.Rows, row)
		}
		return nil
	})
	if err != nil {
		return err
	}
	p.Tabs = reviewTabs("queue")
	p.Empty = ui.Empty{Title: "没有等待您审查的信息", Say: "轮到您这一级的信息会出现在这里。自己起草或者已经签过一级的信息，由其他人审查。", Links: []ui.Link{{Text: "查看我签过的", URL: Root + "/reviews/signed"}}}
	return c.show(w, r, "list", p)
}

func reviewTabs(now string) ui.Tabs {
	return ui.Tabs{Label: "审查", Links: []ui.Link{{Text: "待我审查", URL: Root + "/reviews", Current: now == "queue"}, {Text: "我签过的", URL: Root + "/reviews/signed", Current: now == "signed"}}}
}

// signed lists what somebody has signed or returned.
func (c *Console) signed(w http.ResponseWriter, r *http.Request) error {
	by := actorOf(r)
	var p listPage
	err := c.read(r, func(tx *db.Tx) error {
		tree, err := org.Load(tx)
		if err != nil {
			return err
		}
		p = listPage{Console: c.frame(w, r, tree, "我签过的", ui.Link{Text: "待我审查", URL: Root + "/reviews"})}
		all, err := review.SignedBy(tx, by.Person, 200)
		if err != nil {
			return err
		}
		p.Table = ui.Table{Caption: "最近签署的在前", Walk: true, Columns: []ui.Column{{Text: "标题"}, {Text: "我的意见"}, {Text: "时间"}, {Text: "现在"}, {Text: "单位"}}}
		for _, s := range all {
			for i := len(s.Signatures) - 1; i >= 0; i-- {
				sig := s.Signatures[i]
				if sig.By != by.Person {
					continue
				}
				say := sig.Name + "：同意"
				if !sig.Sign {
					say = sig.Name + "：退回"
				}
				p.Table.Rows = append(p.Table.Rows, ui.Row{Cells: []ui.Cell{{Text: s.Title, URL: reviewPath(s.ID)}, {Text: say, Note: sig.Opinion}, {Text: web.Moment(sig.At)}, {State: submissionState(s)}, {Text: tree.Name(s.Unit)}}})
				break
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	p.Tabs = reviewTabs("signed")
	p.Empty = ui.Empty{Title: "还没有签过", Say: "您同意或者退回过的信息会出现在这里，可以随时查看当时的意见。"}
	return c.show(w, r, "list", p)
}

func submissionState(s review.Submission) *ui.State {
	switch s.State {
	case review.Waiting:
		return &ui.State{Kind: ui.Note, Say: "等待" + s.Next().Name}
	case review.Cleared:
		return &ui.State{Kind: ui.Good, Say: "已审定"}
	case review.Returned:
		return &ui.State{Kind: ui.Warn, Say: "已退回"}
	case review.Spent:
		return &ui.State{Kind: ui.Good, Say: s.State.Name()}
	}
	return &ui.State{Kind: ui.Mute, Say: s.State.Name()}
}

// reviewPage is a submission: what it is, what may be done, what happened.
type reviewPage struct {
	ui.Console
	ID       string
	State    ui.State
	Steps    ui.Steps
	Writers  string
	Openness []ui.Fact
	Public   publicText
	More     []ui.Fact
	Original []ui.Attachment
	Warnings []ui.Finding
	Against  string // what it is compared with, "" for a first submission
	Changes  []change
	Same     bool
	Diff     template.HTML
	May      bool
	Refused  string // why not
	Level    string
	Digest   string
	NextName string
	After    string // what the signature causes
	Form     *web.Form
	Past     []ui.Event
	Item     string
	// Consulting is what is agreed with other organs.
	Consulting *consulting
	Inspected  *inspected
	Shut       string // why the last signature cannot be given, "" if it can
}

func (c *Console) submission(w http.ResponseWriter, r *http.Request) error {
	return c.showSubmission(w, r, web.NewForm(nil), http.StatusOK)
}

func (c *Console) showSubmission(w http.ResponseWriter, r *http.Request, f *web.Form, status int) error {
	by, id := actorOf(r), review.SubmissionID(r.PathValue("id"))
	if err := c.inspectUnderReview(r, id); err != nil {
		return err
	}
	var p reviewPage
	var content publication.Content
	err := c.read(r, func(tx *db.Tx) error {
		s, err := review.Get(tx, id)
		if err != nil {
			return err
		}
		if err := by.Check(identity.ReviewRead, s.Unit); err != nil {
			return err
		}
		tree, err := org.Load(tx)
		if err != nil {
			return err
		}
		item := publication.ItemID(strings.TrimPrefix(s.Subject, "item/"))
		row, err := publication.Get(tx, item)
		if err != nil {
			return err
		}
		versions, err := publication.Versions(tx, item)
		if err != nil {
			return err
		}
		all, err := review.Of(tx, s.Subject)
		if err != nil {
			return err
		}
		mine, earlier := submitted(versions, s, all, row)
		if mine == nil {
			return fault.Say(fault.NotFound, sayNoVersion)
		}
		content = mine.Content
		p = reviewPage{Console: c.frame(w, r, tree, "审查："+s.Title, ui.Link{Text: "待我审查", URL: Root + "/reviews"}), ID: string(id), Form: f,
			State: *submissionState(s), Openness: opennessFacts(s.Openness), Public: c.publicOf(content, tree, row),
			Level: strconv.Itoa(s.Level), Digest: s.Digest.String(), Item: itemPath(item)}
		if !canReview(by) {
			p.Crumbs[1] = ui.Link{Text: "信息列表", URL: Root + "/items"}
		}
		notes, err := notesOf(tx, content.Original)
		if err != nil {
			return err
		}
		p.Warnings = noteFindings(notes)
		p.More = reviewFacts(content, row, tx)
		compiled, err := reportFacts(tx, by, row)
		if err != nil {
			return err
		}
		p.Openness = append(p.Openness, compiled...)
		if err := p.people(tx, tree, s, row); err != nil {
			return err
		}
		if earlier != nil {
			p.Against = fmt.Sprintf("第%d版（%s）", earlier.N, web.Moment(earlier.At))
			if earlier.N == row.Shown {
				p.Against = "现在公开的" + p.Against
			}
			p.Changes, p.Same = changes(earlier.Content, content), earlier.Content.Body == content.Body
			p.Diff = template.HTML(bodyHere(document.Compare(earlier.Content.Body, content.Body)))
		}
		if err := s.MaySign(by); err != nil {
			p.Refused = fault.Sentence(err)
		} else {
			p.May = true
		}
		p.After = after(s, tx, item)
		if p.Consulting, err = consultingOf(tx, tree, by, row, content); err != nil {
			return err
		}
		if p.Inspected, err = c.inspectedOf(tx, tree, by, s, versions, f); err != nil {
			return err
		}
		if p.Inspected != nil {
			p.Inspected.Looked = looked(content)
		}
		if p.Shut, err = shutBecause(tx, s); err != nil {
			return err
		}
		return nil
	})
	if err != nil {
		return err
	}
	if o := content.Original; o != nil {
		p.Original = attachments([]publication.File{*o})
	}
	return c.templates.Render(w, r, status, "review", p)
}

// submitted finds the version that was handed in, and the one a reviewer knows:
// what is public, or what was handed in before.
func submitted(versions []publication.Version, s review.Submission, all []review.Submission, row publication.Row) (mine, earlier *publication.Version) {
	of := func(s review.Submission) *publication.Version {
		for i := len(versions) - 1; i >= 0; i-- {
			if versions[i].Digest == s.Digest {
				return &versions[i]
			}
		}
		return nil
	}
	mine = of(s)
	for _, before := range all {
		if before.ID != s.ID && before.Submitted.Before(s.Submitted) && before.Digest != s.Digest {
			earlier = of(before)
		}
	}
	if mine != nil && row.Shown > 0 && row.Shown < mine.N {
		earlier = &versions[row.Shown-1]
	}
	return mine, earlier
}

// reviewFacts is what reviewers see beside the public text.
func reviewFacts(c publication.Content, row publication.Row, tx *db.Tx) []ui.Fact {
	var facts []ui.Fact
	for _, ch := range c.Channels {
		facts = append(facts, ui.Fact{Name: "其他渠道", Say: strings.TrimSpace(ch.Way.Name() + " " + ch.What + " " + ch.On.String()), Wide: true})
	}
	for _, rel := range c.Relations {
		title := string(rel.To)
		if other, err := publication.Get(tx, rel.To); err == nil {
			title = "《" + other.Title + "》" + other.DocNo
		}
		say := rel.Kind.Name() + title
		if !rel.On.IsZero() {
			say += "，自" + web.LongDate(rel.On) + "起"
		}
		facts = append(facts, ui.Fact{Name: "文件关系", Say: joinSay(say, rel.Note), URL: itemPath(rel.To), Wide: true})
	}
	return facts
}

func joinSay(a, b string) string {
	if b == "" {
		return a
	}
	return a + "（" + b + "）"
}

// people fills who wrote, who has signed, and the way of the submission.
func (p *reviewPage) people(tx *db.Tx, tree *org.Tree, s review.Submission, row publication.Row) error {
	who := []string{string(s.Proposer)}
	for _, a := range s.Authors {
		who = append(who, string(a))
	}
	for _, sig := range s.Signatures {
		who = append(who, string(sig.By))
	}
	names, err := identity.Names(tx, who...)
	if err != nil {
		return err
	}
	var writers []string
	for _, a := range s.Authors {
		writers = append(writers, names[string(a)])
	}
	p.Writers = strings.Join(writers, "、")
	p.Steps.Label = "审查环节"
	for i, l := range s.Levels {
		step := ui.Step{Text: l.Name, State: "todo"}
		switch {
		case i < s.Level:
			step.State = "done"
		case i == s.Level && s.State == review.Waiting:
			step.State = "now"
		}
		for _, sig := range s.Signatures {
			if sig.Level == i {
				step.Note = names[string(sig.By)] + "，" + web.Moment(sig.At)
				if !sig.Sign {
					step.State, step.Note = "now", step.Note+"，退回"
				}
			}
		}
		p.Steps.Steps = append(p.Steps.Steps, step)
	}
	if s.State == review.Waiting {
		p.NextName = s.Next().Name
	}
	p.Past, err = history(tx, tree, row)
	return err
}

// after says what a signature causes.
func after(s review.Submission, tx *db.Tx, item publication.ItemID) string {
	if s.State != review.Waiting {
		return ""
	}
	if s.Level+1 < len(s.Levels) {
		return "同意以后，转到下一环节：" + s.Levels[s.Level+1].Name + "。"
	}
	if s.Openness.Attribute != review.Open {
		return "这是最后一个环节。同意以后，这条信息确定为“" + s.Openness.Attribute.Name() + "”，不在网站上公布。"
	}
	cp, err := publication.CopyOf(tx, item)
	if err != nil {
		return ""
	}
	switch cp.Plan.When {
	case publication.AtOnce:
		return "这是最后一个环节。同意以后，这条信息立即公开。"
	case publication.AtTime:
		return "这是最后一个环节。同意以后，这条信息在 " + web.Moment(cp.Plan.At) + " 自动公开。"
	}
	return "这是最后一个环节。同意以后，由起草单位发布。"
}

func (c *Console) sign(w http.ResponseWriter, r *http.Request) error {
	return c.decide(w, r, c.Reviews.Sign, func(s review.Submission) string {
		return fmt.Sprintf(saySigned, s.Signatures[len(s.Signatures)-1].Name)
	})
}

func (c *Console) sendBack(w http.ResponseWriter, r *http.Request) error {
	return c.decide(w, r, c.Reviews.Return, func(review.Submission) string { return sayReturned })
}

// signing is Reviews.Sign or Reviews.Return.
type signing func(ctx context.Context, by identity.Actor, id review.SubmissionID, seen review.View, opinion string) (review.Submission, error)

// decide signs or returns what the signer had before their eyes.
func (c *Console) decide(w http.ResponseWriter, r *http.Request, act signing, say func(review.Submission) string) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	digest, derr := ledger.ParseDigest(f.Text("digest"))
	level, lerr := strconv.Atoi(f.Text("level"))
	seen := review.View{Level: level, Digest: digest}
	if derr != nil || lerr != nil {
		seen = review.View{Level: -1} // nothing was seen, so nothing can be signed
	}
	s, err := act(r.Context(), actorOf(r), review.SubmissionID(r.PathValue("id")), seen, f.Text("opinion"))
	if err != nil {
		switch fault.KindOf(err) {
		case fault.Invalid, fault.Conflict, fault.Forbidden:
			if !f.Take(err) {
				f.Problem("", fault.Sentence(err))
			}
			return c.showSubmission(w, r, f, web.StatusOf(err))
		}
		return err
	}
	return c.said(w, r, Root+"/reviews", say(s))
}
