package console

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/internal/web"
	"gongkai/internal/web/ui"
	"gongkai/ledger"
	"gongkai/org"
)

// A checking is a verification of the whole ledger that somebody asked for. One
// runs at a time.
type checking struct {
	mu          sync.Mutex
	running     bool
	what        string
	done, total int64
	began       time.Time
	ended       time.Time
	report      ledger.Report
	failed      bool
}

// ledgerPage lists the latest entries, with the state of a verification.
func (c *Console) ledgerPage(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	before, _ := strconv.ParseInt(q.Get("before"), 10, 64)
	act, subject := q.Get("act"), strings.TrimSpace(q.Get("subject"))
	const size = 100
	var p listPage
	err := c.read(r, func(tx *db.Tx) error {
		tree, err := org.Load(tx)
		if err != nil {
			return err
		}
		p = listPage{Console: c.frame(w, r, tree, "存证记录"), FilterURL: Root + "/ledger"}
		head, err := ledger.HeadOf(tx)
		if err != nil {
			return err
		}
		p.Lead = fmt.Sprintf("共%s条记录，树根 %s。每一条都由前面全部记录的摘要锁定，删改任何一条都会被核验发现。", web.Count(head.Size), head.Root.String())
		entries, last, err := chosen(tx, ledger.Seq(before), act, subject, size)
		if err != nil {
			return err
		}
		var who []string
		for _, e := range entries {
			who = append(who, e.Who)
		}
		names, err := identity.Names(tx, who...)
		if err != nil {
			return err
		}
		p.Table = ui.Table{Caption: "存证记录", Note: "最近的在前", Walk: true, Columns: []ui.Column{{Text: "序号", Number: true}, {Text: "操作"}, {Text: "对象"}, {Text: "办理人"}, {Text: "时间"}}}
		for _, e := range entries {
			say, _ := actWord(e.Act)
			p.Table.Rows = append(p.Table.Rows, ui.Row{Cells: []ui.Cell{{Text: strconv.FormatInt(int64(e.Seq), 10), URL: Root + "/ledger/" + strconv.FormatInt(int64(e.Seq), 10)}, {Text: say}, {Text: subjectWord(e.Subject)}, {Text: personIn(names, e.Who, tree, e.Unit)}, {Text: e.Time.In(beijing).Format(time.DateTime)}}})
		}
		if last > 1 {
			p.More, err = web.Query(r.URL.RequestURI(), "before", strconv.FormatInt(int64(last), 10))
		}
		return err
	})
	if err != nil {
		return err
	}
	a := asker{web.NewForm(q)}
	p.Filters = []question{a.ask("select", "act", "操作", choose(actOptions())), a.ask("input", "subject", "对象的编号", typed("search"))}
	p.Empty = ui.Empty{Title: "没有符合条件的记录", Say: "可以换一个操作，或者看更早的记录。", Links: []ui.Link{{Text: "清除筛选", URL: Root + "/ledger"}}}
	p.Links = []ui.Link{{Text: "签名检查点", URL: strings.TrimSuffix(c.Public, "/") + "/ledger/checkpoint"}}
	c.audit.show(&p)
	return c.show(w, r, "list", p)
}

// chosen reads entries of an act and subject, newest first. It looks back a
// bounded way; last is where the next page begins, 0 at the end.
func chosen(tx *db.Tx, before ledger.Seq, act, subject string, size int) (out []ledger.Entry, last ledger.Seq, err error) {
	for range 50 {
		page, err := ledger.Recent(tx, before, size)
		if err != nil || len(page) == 0 {
			return out, 0, err
		}
		for _, e := range page {
			if (act == "" || strings.HasPrefix(e.Act, act)) && (subject == "" || strings.Contains(e.Subject, subject)) {
				if out = append(out, e); len(out) == size {
					return out, e.Seq, nil
				}
			}
			before = e.Seq
		}
		if before <= 0 {
			return out, 0, nil
		}
	}
	return out, before, nil
}

func actOptions() []ui.Option {
	return []ui.Option{{Text: "全部操作"}, {Value: "publication.", Text: "信息公开"}, {Value: "review.", Text: "审查"}, {Value: "identity.", Text: "人员和角色"}, {Value: "org.", Text: "机构"}, {Value: "inspection.", Text: "检查"}, {Value: "publication.publish", Text: "首次公开"}, {Value: "publication.withdraw", Text: "撤回"}}
}

var subjectWords = map[string]string{"file": "文件", "item": "信息", "submission": "送审", "person": "人员", "unit": "机构", "chain": "审查流程", "transfer": "移送", "ledger": "存证",
	"step": "检查处理记录", "exception": "例外", "switch": "规则开关", "word": "词条"}

func subjectWord(s string) string {
	prefix, id, _ := strings.Cut(s, "/")
	if w, ok := subjectWords[prefix]; ok {
		return w + " " + id
	}
	return s
}

// show tells how the verification stands.
func (k *checking) show(p *listPage) {
	k.mu.Lock()
	defer k.mu.Unlock()
	switch {
	case k.running:
		say := k.what
		if k.total > 0 {
			say += fmt.Sprintf("：%s / %s", web.Count(k.done), web.Count(k.total))
		}
		p.Banner = &ui.Banner{Kind: ui.Note, Title: "正在核验", Say: say, Links: []ui.Link{{Text: "刷新进度", URL: Root + "/ledger"}}}
		return
	case k.failed:
		p.Banner = &ui.Banner{Kind: ui.Warn, Title: "核验没有完成", Say: "核验中途出现故障，没有得出结论。可以再核验一次。"}
	case !k.ended.IsZero() && k.report.OK():
		p.Banner = &ui.Banner{Kind: ui.Good, Title: "核验通过", Say: fmt.Sprintf("%s 核验了%s条存证和对应的全部记录，没有发现改动。", web.Moment(k.ended), web.Count(k.report.Entries))}
	case !k.ended.IsZero():
		p.Banner = &ui.Banner{Kind: ui.Bad, Title: fmt.Sprintf("核验发现%d处不符", len(k.report.Findings)+k.report.More), Say: web.Moment(k.ended) + " 核验。请保留现场，立即报告安全管理员和系统管理员。"}
		t := ui.Table{Caption: "不符之处", Columns: []ui.Column{{Text: "问题"}, {Text: "对象"}}}
		for _, f := range k.report.Findings {
			t.Rows = append(t.Rows, ui.Row{Bad: true, Cells: []ui.Cell{{Text: f.Say}, {Text: subjectWord(f.Subject)}}})
		}
		p.Tables = append(p.Tables, t)
	}
	p.Acts = append(p.Acts, ui.Act{Title: "现在核验", Say: "重新计算全部存证，并与现在的记录逐一比对。", URL: Root + "/ledger/verify", Post: true, Kind: "secondary"})
}

// verify begins a verification; the page of the ledger tells how it stands.
func (c *Console) verify(w http.ResponseWriter, r *http.Request) error {
	k := &c.audit
	k.mu.Lock()
	if k.running {
		k.mu.Unlock()
		return web.SeeOther(w, r, Root+"/ledger")
	}
	k.running, k.failed, k.began, k.ended, k.done, k.total, k.what = true, false, c.Now(), time.Time{}, 0, 0, "读取存证"
	k.mu.Unlock()
	audit := ledger.Audit{Keepers: c.Keepers, Progress: func(what string, done, total int64) {
		k.mu.Lock()
		defer k.mu.Unlock()
		k.what, k.done, k.total = what, done, total
	}}
	if c.Ledger != nil {
		v, err := ledger.ParseVerifier(c.Ledger.Key().Verifier())
		if err != nil {
			return err
		}
		audit.Verifier = v
	}
	// The verification outlives the request that asked for it.
	ctx := context.WithoutCancel(r.Context())
	go func() {
		var report ledger.Report
		err := c.DB.Read(ctx, func(tx *db.Tx) (err error) {
			report, err = audit.Run(tx)
			return err
		})
		if err != nil {
			c.Log.ErrorContext(ctx, "verification failed", "err", err)
		}
		k.mu.Lock()
		defer k.mu.Unlock()
		k.running, k.ended, k.report, k.failed = false, c.Now(), report, err != nil
	}()
	return web.SeeOther(w, r, Root+"/ledger")
}

// entry shows one entry as it stands in the log.
func (c *Console) entry(w http.ResponseWriter, r *http.Request) error {
	n, err := strconv.ParseInt(r.PathValue("seq"), 10, 64)
	if err != nil {
		return fault.Say(fault.NotFound, "没有这条存证记录")
	}
	var p detailPage
	err = c.read(r, func(tx *db.Tx) error {
		e, err := ledger.Get(tx, ledger.Seq(n))
		if err != nil {
			return err
		}
		tree, err := org.Load(tx)
		if err != nil {
			return err
		}
		names, err := identity.Names(tx, e.Who)
		if err != nil {
			return err
		}
		say, _ := actWord(e.Act)
		p = detailPage{Console: c.frame(w, r, tree, fmt.Sprintf("第%d条存证", n), ui.Link{Text: "存证记录", URL: Root + "/ledger"})}
		p.Facts = []ui.Fact{{Name: "时间", Say: e.Time.In(beijing).Format("2006-01-02 15:04:05.000")}, {Name: "操作", Say: say}, {Name: "对象", Say: subjectWord(e.Subject)}, {Name: "办理人", Say: personIn(names, e.Who, tree, e.Unit)}, {Name: "记录摘要", Say: e.Record.String(), Wide: true}, {Name: "存证摘要", Say: e.Hash.String(), Wide: true}}
		p.Text = e.Public
		entries, err := ledger.BySubject(tx, e.Subject)
		if err != nil {
			return err
		}
		p.Past, err = events(tx, tree, entries)
		return err
	})
	if err != nil {
		return err
	}
	return c.show(w, r, "detail", p)
}
