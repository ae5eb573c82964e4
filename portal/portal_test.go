package portal_test

import (
	"context"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/web/webtest"
	"gongkai/org"
	"gongkai/publication"
	"gongkai/review"
	"gongkai/workday"
)

// town is what a whole district has published, and what it has not.
type town struct {
	form, image                        publication.File
	old, repeal, cites, notice, report publication.ItemID
	withdrawn, draft, waiting, kept    publication.ItemID
	secretFile                         publication.File
}

// Words that stand only in what the public may not see.
const (
	draftWord, waitingWord, keptWord = "尚未定稿的内容", "正在审查的内容", "不予公开的内容"
	takenWord                        = "后来撤下的正文"
)

func (v *district) fill() town {
	v.Helper()
	ctx := context.Background()
	var t town
	t.form = v.keep("申报表.txt", "txt", []byte(formText))
	t.image = v.keep("示意图.png", "png", picture)
	c := policy("关于2025年义务教育入学工作的通知", "明教发〔2025〕3号")
	c.Files = []publication.File{t.form}
	c.Body += `<p><img src="/files/` + t.image.Digest + `/示意图.png" alt="学区示意图"></p>`
	t.old = v.publish(c)
	c = policy("关于做好招生工作的意见", "明教发〔2025〕8号")
	c.Body = "<p>按照《通知》（明教发〔2025〕3号）的要求办理。</p>"
	t.cites = v.publish(c)
	c = policy("关于2026年义务教育入学工作的通知", "明教发〔2026〕2号")
	c.Relations = []publication.Relation{{Kind: publication.Repeals, To: t.old}}
	t.repeal = v.publish(c)
	t.notice = v.publish(publication.Content{Title: "关于召开座谈会的公告", Kind: publication.Notice, Column: publication.NewsColumn, Openness: review.Openness{Attribute: review.Open}, Body: "<p>欢迎参加。</p>"})
	t.report = v.publish(publication.Content{Title: "明镜区教育局2025年政府信息公开工作年度报告", Kind: publication.Report, Column: publication.ReportColumn,
		Made: workday.New(2026, 1, 20), Openness: review.Openness{Attribute: review.Open}, Body: "<p>总体情况。</p>"})
	t.secretFile = v.keep("撤下的附件.txt", "txt", []byte("撤下的附件内容"))
	c = policy("关于错误数据的通知", "明教发〔2026〕4号")
	c.Body, c.Files = "<p>"+takenWord+"</p>", []publication.File{t.secretFile}
	t.withdrawn = v.publish(c)
	v.must(v.items.Withdraw(ctx, v.boss, t.withdrawn, "数据有误，需要重新核对"))
	c = policy("草稿标题"+draftWord, "明教发〔2026〕5号")
	t.draft = v.draft(c)
	c = policy("待审标题"+waitingWord, "明教发〔2026〕6号")
	t.waiting = v.draft(c)
	v.submit(t.waiting)
	c = policy("内部标题"+keptWord, "明教发〔2026〕7号")
	c.Openness = review.Openness{Attribute: review.Closed, Clause: "E14b", Reason: "属于内部事务信息，不予公开"}
	t.kept = v.draft(c)
	v.signAll(v.submit(t.kept))
	v.clock().Add(time.Hour)
	return t
}

// pages is every public route with addresses that must be answered with 200.
func (t town) pages() map[string][]string {
	info := "/info/" + string(t.old)
	return map[string][]string{
		"/{$}": {"/"}, "/units": {"/units"}, "/units/{unit}": {"/units/mj", "/units/mj-jyj", "/units/mj-qs"}, "/units/{unit}/apply": {"/units/mj-jyj/apply", "/units/mj-qs/apply"},
		"/units/{unit}/{column}": {"/units/mj-jyj/c01", "/units/mj-jyj/guide", "/units/mj-jyj/c02", "/units/mj-qs/e01", "/units/mj-jyj/c01?page=99"},
		"/apply":                 {"/apply"}, "/apply/form": {"/apply/form", "/apply/form?unit=mj-jyj"},
		"/policies":        {"/policies", "/policies?unit=mj-jyj&year=2026&theme=11&validity=repealed&sort=no&q=通知&no=明教发(2025)3号", "/policies?kind=rule", "/policies?q=不会有的词"},
		"/reports":         {"/reports", "/reports?year=2025", "/reports?year=1900"},
		"/search":          {"/search", "/search?q=入学", "/search?q=银杏树&unit=mj-jyj", "/search?q=不会有的词&kind=policy", "/search?q=明教发[2025]3号&from=2026-01-01&to=2026-12-31&sort=newest"},
		"/info/{id}":       {info, "/info/" + string(t.repeal), "/info/" + string(t.cites), "/info/" + string(t.notice), "/info/" + string(t.report)},
		"/info/{id}/proof": {info + "/proof", "/info/" + string(t.withdrawn) + "/proof"}, "/info/{id}/record.json": {info + "/record.json"},
		"/info/{id}/entry": {info + "/entry"}, "/info/{id}/tlog-proof": {info + "/tlog-proof"},
		"/files/{digest}/{name}": {"/files/" + t.form.Digest + "/a.txt", "/files/" + t.image.Digest + "/a.png"},
		"/about":                 {"/about"}, "/map": {"/map"}, "/sitemap.xml": {"/sitemap.xml"}, "/robots.txt": {"/robots.txt"}, "/ledger": {"/ledger"},
		"/ledger/checkpoint": {"/ledger/checkpoint"}, "/ledger/key": {"/ledger/key"}, "/ledger/tile/{path...}": {"/ledger/tile/0/000.p/5", "/ledger/tile/entries/000.p/2"},
		"/style-guide": {"/style-guide"}, "/assets/{name...}": nil,
	}
}

func TestEveryPageIsWholeAndLeaksNothing(t *testing.T) {
	each(t, func(v *district) {
		town := v.fill()
		pages := town.pages()
		for _, route := range v.portal.Routes() {
			if route.Right != "" {
				v.Errorf("%s %s needs the right %q; the portal is for everybody", route.Method, route.Pattern, route.Right)
			}
			paths, known := pages[route.Pattern]
			if route.Method == http.MethodGet && !known {
				v.Errorf("no test asks for %s", route.Pattern)
			}
			for _, path := range paths {
				v.walk(path, town)
			}
		}
	})
}

func (v *district) walk(path string, town town) {
	v.Helper()
	a := v.get(path)
	if a.status != http.StatusOK {
		v.Errorf("GET %s: status %d, want 200\n%s", path, a.status, a.body)
		return
	}
	head := v.ask(http.MethodHead, path)
	if head.status != http.StatusOK || head.body != "" {
		v.Errorf("HEAD %s: status %d with %d bytes, want 200 with none", path, head.status, len(head.body))
	}
	if csp := a.header.Get("Content-Security-Policy"); !strings.Contains(csp, "default-src 'none'") || strings.Contains(csp, "script-src 'unsafe") {
		v.Errorf("GET %s: Content-Security-Policy is %q", path, csp)
	}
	if strings.HasPrefix(a.header.Get("Content-Type"), "text/html") {
		for _, wrong := range webtest.Inspect([]byte(a.body)) {
			v.Errorf("GET %s: %s", path, wrong)
		}
		if regexp.MustCompile(`<script(?: [^>]*)?>[^<]`).MatchString(a.body) || strings.Contains(a.body, ` style="`) {
			v.Errorf("GET %s holds script or style of its own", path)
		}
	}
	v.lacks("GET "+path, a.body, draftWord, waitingWord, keptWord, takenWord, string(town.draft), string(town.waiting), "撤下的附件", "经办人", "撤并局")
}

func TestWhatIsNotPublicIsNotThere(t *testing.T) {
	each(t, func(v *district) {
		town := v.fill()
		for _, id := range []publication.ItemID{town.draft, town.waiting, town.kept, "00000000000000000000", "x"} {
			for _, path := range []string{"", "/proof", "/record.json", "/entry", "/tlog-proof"} {
				if a := v.get("/info/" + string(id) + path); a.status != http.StatusNotFound {
					v.Errorf("GET /info/%s%s: status %d, want 404", id, path, a.status)
				} else {
					v.lacks("404 of "+string(id), a.body, draftWord, waitingWord, keptWord)
				}
			}
		}
		for _, path := range []string{
			"/units/no", "/units/mj-old", "/units/mj-jyj/e01", "/units/mj-jyj/zz", "/units/mj-old/apply", "/apply/form?unit=mj-old", "/files/" + town.secretFile.Digest + "/a.txt",
			"/files/" + strings.Repeat("0", 64) + "/a", "/files/zz/a", "/files/..%2f..%2fetc/passwd", "/ledger/tile/0/999", "/ledger/tile/zz", "/info/" + string(town.old) + "/entry?n=0", "/sitemap.xml?part=9",
		} {
			if a := v.get(path); a.status != http.StatusNotFound {
				v.Errorf("GET %s: status %d, want 404", path, a.status)
			} else {
				for _, wrong := range webtest.Inspect([]byte(a.body)) {
					v.Errorf("404 of %s: %s", path, wrong)
				}
			}
		}
	})
}

func TestAUnitShowsNoColumnsForDutiesItHasNot(t *testing.T) {
	each(t, func(v *district) {
		v.fill()
		const offered, filled, always = "c14", "c01", "c07"
		v.has("the unit's home before", v.page("/units/mj-jyj"), "公务员招考")
		v.has("an empty column", v.page("/units/mj-jyj/"+offered), "这个栏目还没有内容", "这里将公布公务员招考的职位、名额", "依申请公开")
		u := v.unit("mj-jyj")
		u.Without = []string{offered, filled, always}
		v.must(org.New(v.db).Change(context.Background(), identity.System("test"), u))
		home := v.page("/units/mj-jyj")
		v.lacks("the unit's home", home, "公务员招考")
		v.has("the unit's home", home, "规范性文件", "财政预算、决算")
		v.lacks("another column's list of columns", v.page("/units/mj-jyj/"+always), "公务员招考")
		v.has("the column that is asked for all the same", v.page("/units/mj-jyj/"+offered), "这个机关没有这方面的职责", "按机构查找")
		v.has("another unit", v.page("/units/mj-qs"), "公务员招考")
	})
}

func TestAWithdrawnItemLeavesATombstone(t *testing.T) {
	each(t, func(v *district) {
		town := v.fill()
		path := "/info/" + string(town.withdrawn)
		a := v.get(path)
		if a.status != http.StatusGone {
			v.Fatalf("GET %s: status %d, want 410", path, a.status)
		}
		v.has("the tombstone", a.body, "本信息已撤回", "数据有误，需要重新核对", "关于错误数据的通知", `content="noindex"`)
		v.lacks("the tombstone", a.body, takenWord, "撤下的附件", "经办人")
		for _, wrong := range webtest.Inspect([]byte(a.body)) {
			v.Errorf("the tombstone: %s", wrong)
		}
		if a := v.get(path + "/record.json"); a.status != http.StatusGone || strings.Contains(a.body, takenWord) {
			v.Errorf("GET record.json of a withdrawn item: status %d, want 410 without the text", a.status)
		}
		for _, list := range []string{"/", "/units/mj-jyj", "/units/mj-jyj/c01", "/policies", "/search?q=错误数据", "/sitemap.xml"} {
			v.lacks(list, v.page(list), string(town.withdrawn))
		}
	})
}

func TestValidityIsSaidOnThePageAndOnWhatCitesIt(t *testing.T) {
	each(t, func(v *district) {
		town := v.fill()
		old := v.page("/info/" + string(town.old))
		v.has("the repealed document", old, "本文件已废止", "明教发〔2026〕2号", "引用本文件的信息", "/info/"+string(town.cites))
		v.has("the repealing document", v.page("/info/"+string(town.repeal)), "本文件废止", "/info/"+string(town.old))
		cites := v.page("/info/" + string(town.cites))
		v.has("the citing document", cites, "引用的文件", "/info/"+string(town.old), `tag-bad`, "废止")
		v.lacks("the citing document", cites, "本文件已废止")

		c := policy("关于临时措施的通知", "明教发〔2026〕11号")
		c.Effective, c.Expires = workday.New(2026, 4, 1), workday.New(2026, 4, 30)
		id := "/info/" + string(v.publish(c))
		for _, step := range []struct {
			day  workday.Date
			want string
		}{{workday.New(2026, 3, 20), "本文件尚未施行"}, {workday.New(2026, 4, 30), ""}, {workday.New(2026, 5, 1), "本文件已失效"}} {
			v.clock().Set(step.day.Start().Add(10 * time.Hour))
			page := v.page(id)
			if step.want == "" {
				v.lacks("on "+step.day.String(), page, `class="banner`)
			} else {
				v.has("on "+step.day.String(), page, step.want)
			}
		}
	})
}

func TestAnInformationPageHasWhatTheNormsAsk(t *testing.T) {
	each(t, func(v *district) {
		town := v.fill()
		page := v.page("/info/" + string(town.old))
		for _, name := range []string{"SiteName", "SiteDomain", "SiteIDCode", "ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType", "ArticleTitle", "PubDate", "ContentSource", "Keywords", "Author", "Description", "Url"} {
			if !regexp.MustCompile(`<meta name="` + name + `" content="[^"]+">`).MatchString(page) {
				v.Errorf("the page has no meta tag %s with content", name)
			}
		}
		v.has("the page", page, "索引号", "发布机构", "生成日期", "有效性", "公开方式", "主动公开", "申报表.txt", "文本，", "上一篇", "网站标识码", "我为政府网站找错",
			`rel="canonical" href="https://www.mingjing.example/info/`+string(town.old)+`"`, "/files/"+town.image.Digest)
		order := []string{"索引号：", "主题分类", "发文字号", "生成日期", "有效性", "发布日期"}
		at := 0
		for _, name := range order {
			i := strings.Index(page[at:], "<dt>"+strings.TrimSuffix(name, "："))
			if i < 0 {
				v.Errorf("%s does not stand behind what goes before it in the metadata block", name)
				break
			}
			at += i
		}
	})
}

func TestThePreviewShowsThePageBeforeItIsPublic(t *testing.T) {
	each(t, func(v *district) {
		v.fill()
		content := policy("尚未公开的通知", "明教发〔2026〕20号")
		unit, w := v.unit("mj-jyj"), newRecorder()
		row := publication.Row{Unit: "mj-jyj", Title: content.Title, Kind: content.Kind, Column: content.Column, DocNo: content.DocNo}
		if err := v.portal.Preview(w, newRequest("/console/preview"), unit, row, content); err != nil {
			v.Fatal(err)
		}
		page := w.Body.String()
		v.has("the preview", page, "预览", "尚未公开的通知", "明教发〔2026〕20号", "各镇人民政府")
		v.lacks("the preview", page, "浏览次数", "查看存证", `action="/look"`)
		for _, wrong := range webtest.Inspect(w.Body.Bytes()) {
			v.Errorf("the preview: %s", wrong)
		}
	})
}

func TestAnActIsSeenAtOnce(t *testing.T) {
	each(t, func(v *district) {
		town := v.fill()
		path := "/info/" + string(town.cites)
		first := v.get(path)
		again := v.get(path, "If-None-Match", first.header.Get("Etag"))
		if again.status != http.StatusNotModified {
			v.Errorf("GET %s again with its ETag: status %d, want 304", path, again.status)
		}
		home := v.page("/")
		id := v.publish(policy("刚刚公布的通知", "明教发〔2026〕30号"))
		v.lacks("the home page before", home, string(id))
		v.has("the home page after", v.page("/"), string(id))
		v.must(v.items.Withdraw(context.Background(), v.boss, id, "发布后发现内容有误"))
		v.lacks("the home page after the withdrawal", v.page("/"), string(id))
		v.must(v.items.Rule(context.Background(), v.writer, town.cites, publication.Ruling{Kind: publication.Repeals, On: workday.New(2026, 3, 1), Basis: "明政发〔2026〕1号文件决定废止"}))
		if a := v.get(path, "If-None-Match", first.header.Get("Etag")); a.status != http.StatusOK || !strings.Contains(a.body, "本文件已废止") {
			v.Errorf("GET %s after it was repealed: status %d, want 200 with the banner", path, a.status)
		}
	})
}

func TestViewsAreCountedForPagesThatAreThere(t *testing.T) {
	each(t, func(v *district) {
		town := v.fill()
		path := "/info/" + string(town.notice)
		for range 5 { // some from the cache
			v.get(path)
		}
		v.ask(http.MethodHead, path)
		v.get("/info/00000000000000000000")
		v.get("/info/" + string(town.draft))
		ctx, stop := context.WithCancel(context.Background())
		done := make(chan struct{})
		go func() { v.portal.Run(ctx); close(done) }()
		stop()
		<-done
		for id, want := range map[publication.ItemID]int{town.notice: 5, town.draft: 0} {
			v.must(v.db.Read(context.Background(), func(tx *db.Tx) error {
				p, err := publication.PageOf(tx, id)
				if id == town.notice && p.Views != want {
					v.Errorf("views of %s = %d, want %d", id, p.Views, want)
				}
				if id == town.draft && err == nil {
					v.Errorf("PageOf of a draft gave a page")
				}
				return nil
			}))
		}
	})
}

func TestAUnitsDomainOpensItsOwnColumn(t *testing.T) {
	each(t, func(v *district) {
		v.fill()
		own, region := v.get("/", "Host", "jyj.mingjing.example:8080").body, v.page("/")
		v.has("the unit's domain", own, "明镜区教育局政府信息公开", "法定主动公开内容")
		v.has("the region's domain", region, "示例市明镜区人民政府信息公开")
	})
}

func TestTheReadersLookIsKept(t *testing.T) {
	each(t, func(v *district) {
		v.fill()
		v.has("elder mode", v.get("/", "Cookie", "gk_look=elder").body, "look-elder", "退出长者模式")
		v.lacks("the usual look", v.page("/"), "look-elder")
	})
}
