package console_test

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"gongkai/identity"
	"gongkai/internal/jobs"
	"gongkai/org"
	"gongkai/review"
)

func TestAPersonIsMadeByThreeAdministrators(t *testing.T) {
	w := sqlite(t)
	sys := w.as("sysadmin")
	sys.post("/console/people/new", "login", "X", "name", "新", "unit", string(school)).shows(400, "用户名须以小写字母开头")
	sys.post("/console/people/new", "login", "newcomer", "name", "新同事", "unit", string(school)).shows(200, "一次性口令是")
	secret := regexp.MustCompile(`<code class="code secret">([^<]+)</code>`).FindStringSubmatch(sys.body)
	if secret == nil {
		t.Fatalf("no password is shown: %s", sys.text())
	}
	if !strings.Contains(sys.header.Get("Cache-Control"), "no-store") {
		t.Errorf("the password may be kept by the browser: %s", sys.header.Get("Cache-Control"))
	}
	sys.get("/console/people?text=newcomer").shows(200, "新同事", "—")
	person := regexp.MustCompile(`/console/people/([0-9a-z]{20})"`).FindStringSubmatch(sys.body)
	if person == nil {
		t.Fatal("the new person is not in the list")
	}
	path := "/console/people/" + person[1]
	b := w.nobody()
	b.post("/console/signin", "login", "newcomer", "password", secret[1]).shows(403, "尚未启用")

	sec := w.as("secadmin")
	sec.get(path).shows(200, "启用账号")
	sec.post(path+"/activate").shows(200, "账号已启用")
	sec.get(path+"/grant").shows(200, "信息员")
	sec.post(path+"/grant", "role", "publisher", "unit", string(school)).shows(200, "角色已授予")
	sec.post(path+"/grant", "role", "sysadmin", "unit", string(gov))
	if sec.status != 403 && sec.status != 409 {
		t.Errorf("an administrator's role beside another was answered with %d", sec.status)
	}

	b.post("/console/signin", "login", "newcomer", "password", secret[1]).shows(200, "更换口令", "一次性口令")
	if b.get("/console/items"); b.url.Path != "/console/password" {
		t.Errorf("before the password is changed the list leads to %s", b.url.Path)
	}
	b.post("/console/password", "old", secret[1], "password", "short", "again", "short").shows(400)
	b.post("/console/password", "old", secret[1], "password", "Baiyun-3951", "again", "Baiyun-3952").shows(400, "两次输入的新口令不一样")
	b.post("/console/password", "old", secret[1], "password", "Baiyun-3951", "again", "Baiyun-3951").shows(200, "口令已更换", "现在要办")
	b.post("/console/signout").shows(200, "已退出登录")
	if b.get("/console"); b.url.Path != "/console/signin" {
		t.Errorf("after signing out the home page leads to %s", b.url.Path)
	}
	sec.post(path+"/lock", "why", "岗位调整").shows(200, "账号已停用")
	sec.post(path+"/unlock").shows(200, "账号已解锁")
	sec.post(path+"/revoke", "role", "publisher", "unit", string(school)).shows(200, "角色已收回")
	sys.post(path+"/reset").shows(200, "一次性口令是")
	sys.post(path+"/leave").shows(200, "账号已注销")
}

func TestWorkIsHandedToASuccessor(t *testing.T) {
	w := sqlite(t)
	sec := w.as("secadmin")
	path := "/console/people/" + string(w.ids["first"])
	sec.get(path+"/succeed").shows(200, "接替的人")
	sec.post(path+"/succeed", "to", string(w.ids["officer"])).shows(200, "交接已登记")
	if !w.actor("officer").Can(identity.ReviewFirst, school) || w.actor("first").Can(identity.ReviewFirst, school) {
		t.Error("the role has not moved")
	}
}

func TestAnAdministratorDoesNothingToThemselves(t *testing.T) {
	w := sqlite(t)
	sec := w.as("secadmin")
	path := "/console/people/" + string(w.ids["secadmin"])
	sec.get(path).shows(200, "您的角色只能查看")
	for _, act := range []string{"/lock", "/code"} {
		if sec.post(path+act, "why", "试一试"); sec.status < 400 {
			t.Errorf("%s on one's own account answered %d", act, sec.status)
		}
	}
}

func TestUnitsAreDescribedByTheirOwnAndEditedByTheAdministrator(t *testing.T) {
	w := sqlite(t)
	b := w.as("publisher")
	form := b.get("/console/units/mj-jyj/edit").shows(200, "主要职能").hides("统一社会信用代码").form("/console/units/mj-jyj/edit")
	form.Set("phone", "0577-00000000")
	form.Set("leaders", "林某｜局长｜主持全面工作\n何某|副局长|分管基础教育")
	form.Set("name", "改名局")
	b.postValues("/console/units/mj-jyj/edit", form).shows(200, "机构资料已保存", "副局长", "0577-00000000")
	if u := w.unit("mj-jyj"); u.Name != "示例市明镜区教育局" || len(u.Leaders) != 2 || u.Leaders[1].Post != "副局长" {
		t.Errorf("after describing the unit is %+v", u)
	}
	b.get("/console/units/mj-jyj/edit").hides("本机关有职责的栏目")
	form.Set("asked", "columns")
	b.postValues("/console/units/mj-jyj/edit", form).shows(200, "机构资料已保存")
	if u := w.unit("mj-jyj"); len(u.Without) > 0 {
		t.Errorf("the publisher took the columns %v away", u.Without)
	}
	office := w.as("supervisor")
	form = office.get("/console/units/mj-jyj/edit").shows(200, "本机关有职责的栏目", "公务员招考").form("/console/units/mj-jyj/edit")
	form["columns"] = slices.DeleteFunc(form["columns"], func(c string) bool { return c == "c14" })
	office.postValues("/console/units/mj-jyj/edit", form).shows(200, "机构资料已保存", "没有的栏目", "公务员招考")
	if u := w.unit("mj-jyj"); !slices.Equal(u.Without, []string{"c14"}) {
		t.Errorf("after unticking a column the unit is without %v, want c14", u.Without)
	}
	form = office.get("/console/units/mj-jyj/edit").form("/console/units/mj-jyj/edit")
	if slices.Contains(form["columns"], "c14") || !slices.Contains(form["columns"], "c03") {
		t.Errorf("the form holds the columns %v, want all but c14", form["columns"])
	}
	if b.get(edit(w.draft("关于招生的通知"))); strings.Contains(b.body, `value="c14"`) || !strings.Contains(b.body, `value="c11"`) {
		t.Error("a writer is offered a column the unit has not")
	}

	sys := w.as("sysadmin")
	form = sys.get("/console/units/mj-jyj/edit").shows(200, "11370322004222241N/2026-00001").form("/console/units/mj-jyj/edit")
	form.Set("index_template", "{unit}-{nothing}")
	sys.postValues("/console/units/mj-jyj/edit", form).shows(400, "无法识别")
	form.Set("index_template", "{unit}/{yyyy}-{serial:4}")
	form.Set("act", "other")
	sys.postValues("/console/units/mj-jyj/edit", form).shows(200, "mj-jyj/2026-0001")
	form.Del("act")
	sys.postValues("/console/units/mj-jyj/edit", form).shows(200, "机构资料已保存")
	sys.post("/console/units/new", "id", "mj-mzj", "name", "示例市明镜区民政局", "short", "区民政局", "kind", "department", "parent", "mj", "active", "1").shows(200, "机构已增加")
	sys.post("/console/units/new", "id", "mj-mzj", "name", "示例市明镜区民政局", "short", "区民政局", "kind", "department", "parent", "mj", "active", "1").shows(409)
	sys.get("/console/units").shows(200, "示例市明镜区民政局")
}

func (w *world) unit(id org.ID) org.Unit {
	w.Helper()
	t, err := org.New(w.db).Tree(context.Background())
	w.must(err)
	u, err := t.Get(id)
	w.must(err)
	return u
}

func TestAChainIsSetForAUnit(t *testing.T) {
	w := sqlite(t)
	b := w.as("supervisor")
	b.get("/console/chains").shows(200, "还没有单独设置的流程")
	form := b.get("/console/chains/edit").shows(200, "第一级").form("/console/chains/edit")
	form.Set("unit", string(school))
	form.Set("right-1", "") // without the secrecy review
	b.postValues("/console/chains/edit", form)
	if b.status != 400 {
		t.Errorf("a chain without a secrecy review answered %d:\n%s", b.status, b.text())
	}
	form.Set("right-1", string(identity.ReviewSecret))
	form.Set("name-0", "科室初审")
	b.postValues("/console/chains/edit", form).shows(200, "审查流程已保存", "科室初审")
	sid := w.submit(w.draft("关于春季开学安排的通知"))
	w.as("first").get("/console/reviews/"+string(sid)).shows(200, "科室初审")
	b.post("/console/chains/drop", "unit", string(school), "kind", review.AnyKind).shows(200, "还没有单独设置的流程")
}

func TestTheLedgerIsVerifiedFromItsPage(t *testing.T) {
	w := sqlite(t)
	w.public("关于春季开学安排的通知")
	b := w.as("auditadmin")
	b.get("/console/ledger?act=publication.publish").shows(200, "首次公开").hides("增加机构")
	b.post("/console/ledger/verify").shows(200)
	for range 100 {
		if strings.Contains(b.get("/console/ledger").text(), "核验通过") {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	b.shows(200, "核验通过", "没有发现改动")
	b.get("/console/ledger/3").shows(200, "记录摘要", "存证摘要")
	b.get("/console/ledger/999999").shows(404)
	b.get("/console/ledger/x").shows(404)
	b.get("/console/logins").shows(200, "登录成功", "沈审")
}

func TestAFailedJobIsPutBack(t *testing.T) {
	w := sqlite(t)
	w.queue.Handle("test.fails", func(context.Context, jobs.Job) error { return jobs.Hopeless(errTest) })
	w.must(w.db.Write(context.Background(), addJob))
	_, err := w.queue.RunDue(context.Background())
	w.must(err)
	b := w.as("sysadmin")
	b.get("/console/jobs?state=failed").shows(200, "失败")
	path := regexp.MustCompile(`/console/jobs/[0-9a-z]{20}`).FindString(b.body)
	b.get(path).shows(200, "重新运行")
	b.post(path+"/again").shows(200, "任务已重新排队")
	b.post("/console/jobs/run", "kind", "publication.lapse").shows(200, "任务已运行完成")
	b.post("/console/jobs/run", "kind", "publication.publish").shows(404)
	if w.as("auditadmin").post("/console/jobs/run", "kind", "publication.lapse").status != 403 {
		t.Error("the audit administrator may run a job")
	}
	b.get("/console/settings").shows(200, "监听地址", "口令最短长度")
}

func TestTheSecondFactorIsSetUpAndAskedFor(t *testing.T) {
	w := sqlite(t)
	b := w.as("publisher")
	b.get("/console/code").shows(200, "启用动态口令")
	secret := regexp.MustCompile(`<code class="code secret">([A-Z2-7]+)</code>`).FindStringSubmatch(b.body)
	if secret == nil {
		t.Fatal("no secret is shown")
	}
	if !strings.Contains(b.body, `src="data:image/png;base64,`) {
		t.Error("no QR code is drawn")
	}
	b.post("/console/code", "code", "000000").shows(400, "验证码不正确", "重新显示二维码")
	b.post("/console/code", "code", totp(t, secret[1], w.clock.Now())).shows(200, "请保存恢复码")
	recovery := regexp.MustCompile(`<li><code class="code">([^<]+)</code>`).FindStringSubmatch(b.body)
	b.get("/console/account").shows(200, "已启用", "个恢复码")

	again := w.nobody()
	w.clock.Add(time.Minute)
	again.post("/console/signin", "login", "publisher", "password", password).shows(200, "输入动态口令")
	if again.get("/console/items"); again.url.Path != "/console/signin" && again.url.Path != "/console/signin/code" {
		t.Errorf("with half a session the list leads to %s", again.url)
	}
	again.post("/console/signin/code", "code", "111111").shows(403, "动态口令或恢复码不正确")
	again.post("/console/signin/code", "code", totp(t, secret[1], w.clock.Now())).shows(200)
	if again.get("/console"); again.url.Path != "/console" {
		t.Errorf("after the code the home page leads to %s", again.url)
	}
	third := w.nobody()
	third.post("/console/signin", "login", "publisher", "password", password)
	third.post("/console/signin/code", "code", recovery[1]).shows(200, "现在要办")
	third.post("/console/code/drop", "password", "wrong").shows(400)
	third.post("/console/code/drop", "password", password).shows(200, "动态口令已停用")
	third.post("/console/account/sessions").shows(200, "已退出登录")
}
