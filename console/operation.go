package console

import (
	"net/http"
	"slices"
	"strconv"

	"gongkai/document"
	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/internal/jobs"
	"gongkai/internal/web"
	"gongkai/internal/web/ui"
	"gongkai/publication"
)

// jobWords says what a kind of job does.
var jobWords = map[jobs.Kind]string{
	"publication.publish":    "定时发布",
	"publication.lapse":      "按日期更新有效性",
	"identity.sweep":         "清理过期的登录",
	"search.rebuild":         "重建检索索引",
	"jobs.clean":             "清理已完成的任务",
	"ledger.verify":          "核验存证和文件",
	"document.read":          "重新读取文件",
	"ledger.checkpoint":      "签发存证检查点",
	"inspection.crawl":       "检查网站",
	"inspection.crawl-clean": "清理网站检查的进度记录",
	"inspection.sweep":       "检查已公开的信息",
	"inspection.lapse":       "结束到期的例外",
	"annualreport.remind":    "提醒年报期限",
}

func jobWord(k jobs.Kind) string {
	if w, ok := jobWords[k]; ok {
		return w
	}
	return string(k)
}

func jobState(s jobs.State) *ui.State {
	switch s {
	case jobs.Waiting:
		return &ui.State{Kind: ui.Mute, Say: "等待"}
	case jobs.Running:
		return &ui.State{Kind: ui.Note, Say: "正在运行"}
	case jobs.Done:
		return &ui.State{Kind: ui.Good, Say: "完成"}
	}
	return &ui.State{Kind: ui.Bad, Say: "失败"}
}

func (c *Console) jobs(w http.ResponseWriter, r *http.Request) error {
	q, now := r.URL.Query(), web.Now(r)
	tree, err := c.tree(r)
	if err != nil {
		return err
	}
	p := listPage{Console: c.frame(w, r, tree, "后台任务"), FilterURL: Root + "/jobs"}
	const size = 50
	var all []jobs.Job
	err = c.read(r, func(tx *db.Tx) (err error) {
		all, err = jobs.List(tx, jobs.Filter{Kind: jobs.Kind(q.Get("kind")), State: jobs.State(q.Get("state")), After: q.Get("after"), Limit: size})
		return err
	})
	if err != nil {
		return err
	}
	p.Table = ui.Table{Caption: "最近的任务", Walk: true, Columns: []ui.Column{{Text: "任务"}, {Text: "状态"}, {Text: "到期"}, {Text: "结束"}, {Text: "次数", Number: true}, {Text: "原因"}}}
	for _, j := range all {
		p.Table.Rows = append(p.Table.Rows, ui.Row{Bad: j.State == jobs.Failed, Cells: []ui.Cell{{Text: jobWord(j.Kind), URL: Root + "/jobs/" + j.ID, Note: j.Key}, {State: jobState(j.State)}, {Text: web.Moment(j.Due)}, {Text: web.Moment(j.Ended)}, {Text: strconv.Itoa(j.Tries)}, {Text: shorten(j.Error, 60)}}})
	}
	if len(all) == size {
		if p.More, err = web.Query(r.URL.RequestURI(), "after", all[size-1].ID); err != nil {
			return err
		}
	}
	kinds := []ui.Option{{Text: "全部任务"}}
	for _, k := range c.Queue.Kinds() {
		kinds = append(kinds, ui.Option{Value: string(k), Text: jobWord(k)})
	}
	a := asker{web.NewForm(q)}
	p.Filters = []question{a.ask("select", "kind", "任务", choose(kinds)), a.ask("select", "state", "状态", choose([]ui.Option{{Text: "全部状态"}, {Value: string(jobs.Waiting), Text: "等待"}, {Value: string(jobs.Running), Text: "正在运行"}, {Value: string(jobs.Failed), Text: "失败"}, {Value: string(jobs.Done), Text: "完成"}}))}
	p.Empty = ui.Empty{Title: "没有任务", Say: "定时发布、索引更新等需要在后台完成的工作会出现在这里。"}
	timetable := ui.Table{Caption: "时间表", Columns: []ui.Column{{Text: "任务"}, {Text: "下一次"}}}
	next := c.Queue.Timetable(now)
	var order []jobs.Kind
	for k := range next {
		order = append(order, k)
	}
	slices.Sort(order)
	for _, k := range order {
		timetable.Rows = append(timetable.Rows, ui.Row{Cells: []ui.Cell{{Text: jobWord(k)}, {Text: web.Moment(next[k])}}})
	}
	if len(timetable.Rows) > 0 {
		p.Tables = append(p.Tables, timetable)
	}
	if actorOf(r).CanAny(identity.JobsRun) {
		p.ActsTitle = "现在运行一个任务"
		for _, k := range c.runnable() {
			p.Acts = append(p.Acts, ui.Act{Ask: &ui.Confirm{Open: "现在运行：" + jobWord(k), Say: "不等时间表，立即运行一次。", URL: Root + "/jobs/run", Yes: "运行", Hidden: []ui.Hidden{{Name: "kind", Value: string(k)}}}})
		}
	}
	return c.show(w, r, "list", p)
}

// runnable lists the kinds of jobs that a person may run by name: those that are
// not about one record.
func (c *Console) runnable() []jobs.Kind {
	return slices.DeleteFunc(c.Queue.Kinds(), func(k jobs.Kind) bool { return k == publication.PublishJob || k == document.KindRead })
}

// shorten cuts a text for a table.
func shorten(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n]) + "……"
	}
	return s
}

func (c *Console) job(w http.ResponseWriter, r *http.Request) error {
	var j jobs.Job
	err := c.read(r, func(tx *db.Tx) (err error) {
		j, err = jobs.Get(tx, r.PathValue("id"))
		return err
	})
	if err != nil {
		return err
	}
	tree, err := c.tree(r)
	if err != nil {
		return err
	}
	p := detailPage{Console: c.frame(w, r, tree, jobWord(j.Kind), ui.Link{Text: "后台任务", URL: Root + "/jobs"}), State: jobState(j.State), Text: j.Error}
	p.Facts = []ui.Fact{{Name: "名称", Say: string(j.Kind)}, {Name: "对象", Say: j.Key}, {Name: "加入", Say: web.Moment(j.Added)}, {Name: "到期", Say: web.Moment(j.Due)}, {Name: "结束", Say: web.Moment(j.Ended)}, {Name: "运行次数", Say: strconv.Itoa(j.Tries)}}
	if j.State == jobs.Failed && actorOf(r).CanAny(identity.JobsRun) {
		p.Acts = []ui.Act{{Title: "重新运行", Say: "放回队列，立即再试。", URL: Root + "/jobs/" + j.ID + "/again", Post: true}}
	}
	return c.show(w, r, "detail", p)
}

func (c *Console) jobAgain(w http.ResponseWriter, r *http.Request) error {
	if err := c.Queue.Again(r.Context(), r.PathValue("id")); err != nil {
		return err
	}
	return c.said(w, r, Root+"/jobs", sayJobAgain)
}

func (c *Console) runJob(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	kind := jobs.Kind(f.Text("kind"))
	if !slices.Contains(c.runnable(), kind) {
		return fault.Say(fault.NotFound, sayJobKind)
	}
	if err := c.Queue.RunNow(r.Context(), kind); err != nil {
		return err
	}
	return c.said(w, r, Root+"/jobs", sayJobRan)
}

func (c *Console) loginAudit(w http.ResponseWriter, r *http.Request) error {
	by, q := actorOf(r), r.URL.Query()
	tree, err := c.tree(r)
	if err != nil {
		return err
	}
	const size = 100
	f := identity.LoginFilter{Result: identity.LoginResult(q.Get("result")), Before: q.Get("before"), Limit: size}
	if from, ok := momentOf(q.Get("from"), "00:00"); ok {
		f.From = from
	}
	if to, ok := momentOf(q.Get("to"), "00:00"); ok {
		f.To = to.AddDate(0, 0, 1)
	}
	all, err := c.People.Logins(r.Context(), by, f)
	if err != nil {
		return err
	}
	names := map[identity.ID]string{}
	var who []string
	for _, l := range all {
		who = append(who, string(l.Person))
	}
	err = c.read(r, func(tx *db.Tx) error {
		known, err := identity.Names(tx, who...)
		for id, name := range known {
			names[identity.ID(id)] = name
		}
		return err
	})
	if err != nil {
		return err
	}
	p := listPage{Console: c.frame(w, r, tree, "登录审计"), FilterURL: Root + "/logins", Table: loginTable("登录记录", all, names)}
	if len(all) == size {
		if p.More, err = web.Query(r.URL.RequestURI(), "before", all[size-1].ID); err != nil {
			return err
		}
	}
	a := asker{web.NewForm(q)}
	results := []ui.Option{{Text: "全部结果"}}
	for _, res := range []identity.LoginResult{identity.LoginOpened, identity.LoginHalf, identity.LoginWrong, identity.LoginWrongCode, identity.LoginLockout, identity.LoginLocked, identity.LoginClosed, identity.LoginOut} {
		results = append(results, ui.Option{Value: string(res), Text: res.Title()})
	}
	p.Filters = []question{a.ask("date", "from", "从"), a.ask("date", "to", "到"), a.ask("select", "result", "结果", choose(results))}
	p.Empty = ui.Empty{Title: "没有符合条件的登录记录", Say: "可以换一段时间。"}
	return c.show(w, r, "list", p)
}

func (c *Console) settings(w http.ResponseWriter, r *http.Request) error {
	tree, err := c.tree(r)
	if err != nil {
		return err
	}
	p := listPage{Console: c.frame(w, r, tree, "系统配置"), Lead: "这里是系统正在使用的配置。修改配置要在服务器上进行，密码和密钥不显示。"}
	byGroup := map[string]int{}
	for _, s := range c.Settings {
		i, ok := byGroup[s.Group]
		if !ok {
			i = len(p.Tables)
			byGroup[s.Group] = i
			p.Tables = append(p.Tables, ui.Table{Caption: s.Group, Columns: []ui.Column{{Text: "名称"}, {Text: "现在的值"}}})
		}
		p.Tables[i].Rows = append(p.Tables[i].Rows, ui.Row{Cells: []ui.Cell{{Text: s.Name, Note: s.Note}, {Text: s.Value}}})
	}
	policy := c.People.Policy()
	p.Table = ui.Table{Caption: "口令与登录", Columns: []ui.Column{{Text: "名称"}, {Text: "现在的值"}}}
	row := func(name, value string) {
		p.Table.Rows = append(p.Table.Rows, ui.Row{Cells: []ui.Cell{{Text: name}, {Text: value}}})
	}
	row("口令最短长度", strconv.Itoa(policy.MinLength)+"个字符")
	row("口令至少包含", strconv.Itoa(policy.MinKinds)+"种字符")
	row("口令有效期", strconv.Itoa(int(policy.PasswordAge.Hours()/24))+"天")
	row("连续输错锁定", strconv.Itoa(policy.Failures)+"次，锁定"+strconv.Itoa(int(policy.Lockout.Minutes()))+"分钟")
	row("无操作退出", strconv.Itoa(int(policy.Idle.Minutes()))+"分钟")
	row("一次登录最长", strconv.Itoa(int(policy.Absolute.Hours()))+"小时")
	row("登录记录保存", strconv.Itoa(int(policy.LoginsKept.Hours()/24))+"天")
	codeFor := ""
	for _, role := range policy.CodeFor {
		codeFor = joinNote(codeFor, role.Title())
	}
	if codeFor == "" {
		codeFor = "由本人决定"
	}
	row("必须使用动态口令的角色", codeFor)
	return c.show(w, r, "list", p)
}
