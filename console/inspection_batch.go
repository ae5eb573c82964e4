package console

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"gongkai/identity"
	"gongkai/inspection"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/internal/web"
	"gongkai/internal/web/ui"
)

// doWords are the buttons of acts on many.
var doWords = map[inspection.Do]batchAct{
	inspection.DoConfirm: {"confirm", "确认并要求整改", "primary"},
	inspection.DoDismiss: {"dismiss", "认定为误报", "secondary"},
	inspection.DoMend:    {"mend", "报告已经整改", "primary"},
	inspection.DoClose:   {"close", "复查办结", "primary"},
	inspection.DoReopen:  {"reopen", "重新打开", "secondary"},
}

func (p *findingsPage) batch(by identity.Actor, acts []inspection.Do) {
	if len(p.Rows) == 0 || !by.CanAny(identity.InspectionSettle) {
		return
	}
	for _, do := range acts {
		if (do == inspection.DoClose || do == inspection.DoReopen) && !by.CanAny(identity.InspectionRules) {
			continue
		}
		p.Batch = append(p.Batch, doWords[do])
	}
	if len(p.Batch) == 0 {
		return
	}
	a := asker{p.Form}
	p.Reason = a.ask("textarea", "note", "说明", lines(3), hint(reasonHint(acts)))
	if slices.Contains(acts, inspection.DoConfirm) {
		q := daysQuestion(a)
		p.Days = &q
	}
}

func reasonHint(acts []inspection.Do) string {
	switch acts[0] {
	case inspection.DoConfirm:
		return "说明适用于所选的每一处。认定误报必须写明理由，确认可以不写。"
	case inspection.DoMend:
		return "适用于所选的每一处：整改情况，或者认定误报的理由。不少于4个字。"
	case inspection.DoClose:
		return "可以不写。办结以前系统重新检查这些信息，仍然存在的退回整改。"
	}
	return "说明适用于所选的每一处。不少于4个字。"
}

func daysQuestion(a asker) question {
	return a.ask("select", "days", "整改期限", choose([]ui.Option{{Value: "0", Text: "按严重程度（必须处理的1个工作日，其他5个工作日）"}, {Value: "1", Text: "1个工作日"}, {Value: "3", Text: "3个工作日"}, {Value: "5", Text: "5个工作日"}, {Value: "10", Text: "10个工作日"}, {Value: "20", Text: "20个工作日"}}))
}

// settleMany does one act with many findings: those that are ticked, or all of
// the list.
func (c *Console) settleMany(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	q, err := url.ParseQuery(f.Value("list"))
	if err != nil {
		return fault.Say(fault.Invalid, sayBadList)
	}
	do := inspection.Do(f.Text("do"))
	var ids []inspection.ID
	if f.Text("reach") == "all" {
		err = c.read(r, func(tx *db.Tx) (err error) {
			filter, _ := findingFilter(q, actorOf(r), todayOf(tx))
			ids, err = inspection.IDs(tx, filter)
			return err
		})
		if err != nil {
			return err
		}
		if word, ok := doWords[do]; ok && len(ids) > findingsPerPage && f.Text("sure") != string(do) { // more than the page shows
			f.Set("sure", string(do)).Set("ask", fmt.Sprintf(sayAllOfThem, web.Count(int64(len(ids))), word.Title))
			return c.showFindings(w, r, q, f, http.StatusOK)
		}
	} else {
		for _, id := range f.Values("id") {
			ids = append(ids, inspection.ID(id))
		}
	}
	say, err := c.settle(r, do, ids, f)
	if err != nil {
		if inspectionRefused(f, err) {
			return c.showFindings(w, r, q, f, web.StatusOf(err))
		}
		return err
	}
	q.Del("page")
	return c.said(w, r, inspectionPath+"/findings?"+q.Encode(), say)
}

// firstOf says before the date of a step that others of its findings may have
// more time.
func firstOf(s inspection.Step) string {
	if len(s.Findings) > 1 {
		return "最早"
	}
	return ""
}

// settle does an act and says in a sentence what came of it.
func (c *Console) settle(r *http.Request, do inspection.Do, ids []inspection.ID, f *web.Form) (string, error) {
	by, ctx, note := actorOf(r), r.Context(), f.Text("note")
	switch do {
	case inspection.DoConfirm:
		days := int(f.Int("days"))
		if err := f.Err(); err != nil {
			return "", err
		}
		s, err := c.Inspections.Confirm(ctx, by, ids, days, note)
		return fmt.Sprintf(sayConfirmed, len(s.Findings), firstOf(s)+s.Due.Chinese()), err
	case inspection.DoDismiss:
		s, err := c.Inspections.Dismiss(ctx, by, ids, note)
		return fmt.Sprintf(sayDismissed, len(s.Findings)), err
	case inspection.DoMend:
		s, err := c.Inspections.Mend(ctx, by, ids, note, f.Text("evidence"))
		return fmt.Sprintf(sayMended, len(s.Findings)), err
	case inspection.DoClose:
		done, err := c.Inspections.Close(ctx, by, ids, note)
		if len(done.Closed) == 0 && len(done.Back) > 0 {
			return fmt.Sprintf(sayNoneClosed, len(done.Back)), err
		}
		if len(done.Back) > 0 {
			return fmt.Sprintf(sayClosedSome, len(done.Closed), len(done.Back)), err
		}
		return fmt.Sprintf(sayClosed, len(done.Closed)), err
	case inspection.DoReopen:
		s, err := c.Inspections.Reopen(ctx, by, ids, note)
		return fmt.Sprintf(sayReopened, len(s.Findings)), err
	}
	return "", fault.Say(fault.Invalid, sayChooseAct)
}
