package portal_test

import (
	"encoding/xml"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"gongkai/internal/web/webtest"
	"gongkai/publication"
	"gongkai/review"
	"gongkai/workday"
)

func q(path string, pairs ...string) string {
	v := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Set(pairs[i], pairs[i+1])
	}
	return path + "?" + v.Encode()
}

// shown is the items a page lists, in order.
func shown(page string) (ids []publication.ItemID) {
	for _, m := range regexp.MustCompile(`<h3 class="result-title"><a href="/info/([a-z0-9]+)">`).FindAllStringSubmatch(page, -1) {
		ids = append(ids, publication.ItemID(m[1]))
	}
	return ids
}

func (v *district) lists(path string, want ...publication.ItemID) string {
	v.Helper()
	page := v.page(path)
	if got := shown(page); fmt.Sprint(got) != fmt.Sprint(want) {
		v.Errorf("GET %s lists %v, want %v", path, got, want)
	}
	return page
}

func TestThePolicyLibraryFiltersByItsAddress(t *testing.T) {
	each(t, func(v *district) {
		town := v.fill()
		page := v.lists("/policies", town.repeal, town.cites, town.old)
		v.has("the library", page, "共 3 件", "政策文件 <span class=\"count\">3</span>", "/policies?validity=repealed", "/policies?unit=mj-jyj", "/policies?theme=11", "/policies?year=2026")
		v.lists("/policies?validity=repealed", town.old)
		v.lists("/policies?validity=valid&sort=no", town.repeal, town.cites)
		v.lists("/policies?year=2025")
		v.lists("/policies?unit=mj-qs")
		v.lists("/policies?theme=11&unit=mj-jyj", town.repeal, town.cites, town.old)
		v.lists("/policies?kind=rule")
		page = v.lists(q("/policies", "no", "明教发[2025]3号"), town.old)
		v.has("the hit by 文号", page, "文号完全一致", "<mark>明教发〔2025〕3号</mark>")
		page = v.lists(q("/policies", "q", "义务教育", "validity", "valid"), town.repeal)
		v.has("the hit by words", page, "标题中有“义务教育”", "<mark>义务教育</mark>", `name="validity" value="valid"`, "取消：</span>有效", q("/policies", "q", "义务教育"))
		// A choice beside the list keeps the others, and what is chosen can be taken back.
		v.has("the choice of a unit", page, strings.ReplaceAll(q("/policies", "q", "义务教育", "unit", "mj-jyj", "validity", "valid"), "&", "&amp;"))
		empty := v.lists(q("/policies", "q", "没有这样的标题"))
		v.has("nothing found", empty, "没有找到符合条件的文件", q("/search", "q", "没有这样的标题"))
		// Half-understood addresses show the library rather than an error.
		v.lists("/policies?validity=zzz&year=abc&theme=99&unit=nobody&kind=news&sort=zzz&page=-4", town.repeal, town.cites, town.old)
	})
}

func TestLongListsHavePages(t *testing.T) {
	each(t, func(v *district) {
		for i := range 23 {
			v.publish(policy(fmt.Sprintf("第%02d号工作通知", i), fmt.Sprintf("明教发〔2026〕%d号", i+1)))
		}
		seen := map[publication.ItemID]bool{}
		for n, want := range map[int]int{1: 20, 2: 3, 99: 3} {
			for _, path := range []string{"/policies", "/units/mj-jyj/c01", "/search?q=%E9%80%9A%E7%9F%A5"} {
				page := v.page(fmt.Sprintf("%s%cpage=%d", path, map[bool]byte{true: '&', false: '?'}[strings.Contains(path, "?")], n))
				if got := shown(page); len(got) != want {
					v.Errorf("page %d of %s lists %d, want %d", n, path, len(got), want)
				} else if path == "/policies" && n < 99 {
					for _, id := range got {
						if seen[id] {
							v.Errorf("%s stands on two pages", id)
						}
						seen[id] = true
					}
				}
				v.has(path, page, "共 23 ", "第 "+fmt.Sprint(min(n, 2))+" / 2 页")
			}
		}
	})
}

func TestSearchFindsTextAttachmentsAndNumbers(t *testing.T) {
	each(t, func(v *district) {
		town := v.fill()
		page := v.lists(q("/search", "q", "银杏树"), town.old)
		v.has("the hit in an attachment", page, "附件《申报表.txt》中的内容", "<mark>银杏树</mark>")
		page = v.lists(q("/search", "q", "明教发（2025）3号"), town.old, town.cites)
		v.has("the hit by 文号", page, "文号完全一致")
		v.lists(q("/search", "q", "入学", "kind", "news"))
		v.lists(q("/search", "q", "入学", "validity", "repealed"), town.old)
		v.lists(q("/search", "q", "入学", "to", "2020-01-01"))
		page = v.lists(q("/search", "q", "入学", "sort", "oldest", "unit", "mj-jyj"), town.old, town.repeal)
		v.has("the search in one unit", page, "在全部机关中检索", `name="unit" value="mj-jyj"`)
		v.has("a part of what was asked", v.page(q("/search", "q", "银杏树 火星移民")), "没有找到包含全部词语的信息")
		v.has("nothing found", v.page(q("/search", "q", "火星移民")), "没有找到相关信息", "/apply")
		v.has("the empty question", v.page("/search"), "怎样检索", "文号")
		v.lists("/search?kind=notice&sort=newest", town.notice)
	})
}

// hostile are questions that somebody may ask to do harm.
var hostile = []string{
	`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `' OR 1=1 --`, `%`, `_`, `"`, `“`, `-`, `NEAR(a b)`, `* AND ^`, `a:b`, "\x00\x01", "\xff\xfe",
	`</title><script>`, strings.Repeat("长", 3000), strings.Repeat("a ", 500), `{{.}}`, `javascript:alert(1)`, "𠮷🐉", "！", `\`, `!%`,
}

func TestHostileQuestionsAreOnlyText(t *testing.T) {
	each(t, func(v *district) {
		v.publish(policy(`关于<script>alert(1)</script>与"引号"&符号的通知`, "明教发〔2026〕40号"))
		for _, h := range hostile {
			for _, path := range []string{q("/search", "q", h), q("/policies", "q", h), q("/policies", "no", h), q("/search", "q", "通知", "unit", h, "year", h, "kind", h, "from", h, "page", h), q("/reports", "year", h)} {
				a := v.get(path)
				if a.status != http.StatusOK && a.status != http.StatusTooManyRequests {
					v.Errorf("GET %.80q: status %d, want 200", path, a.status)
					continue
				}
				v.lacks(fmt.Sprintf("GET %.80q", path), a.body, "<script>alert", "<img src=x", `href="javascript:`)
				for _, wrong := range webtest.Inspect([]byte(a.body)) {
					v.Errorf("GET %.80q: %s", path, wrong)
				}
				v.clock().Add(5 * time.Second) // the limiter lets an honest reader through
			}
		}
		page := v.page(q("/search", "q", "alert"))
		v.has("the marked title", page, "&lt;script&gt;<mark>alert</mark>")
	})
}

func TestReportsStandByYearWithTheMissingOnes(t *testing.T) {
	each(t, func(v *district) {
		town := v.fill() // it is March 2026: departments are due, the government until the 31st
		page := v.page("/reports")
		v.has("the reports of 2025", page, "2025年度：已公布 1 份", "/info/"+string(town.report), "尚未到期", "应于2026年3月31日前公布")
		v.lacks("the reports of 2025", page, "逾期未公布", "撤并局")
		v.clock().Set(workday.New(2026, 4, 1).Start().Add(9 * time.Hour))
		v.has("the reports in April", v.page("/reports?year=2025"), "1 个机关逾期未公布", "示例市明镜区人民政府")
		v.clock().Set(workday.New(2027, 2, 1).Start().Add(9 * time.Hour))
		page = v.page("/reports?year=2026")
		v.has("the reports of 2026 in February 2027", page, "2026年度：已公布 0 份，1 个机关逾期未公布", "应于2027年1月31日前公布")
		v.has("a year without reports", v.page("/reports"), "2025年度：已公布 1 份")
	})
}

func TestApplyingIsExplainedWithTheDatesOfToday(t *testing.T) {
	each(t, func(v *district) {
		v.fill()
		// 2026-03-02 is a Monday; Tomb-sweeping Day, 4 to 6 April 2026, lies after the period.
		v.clock().Set(workday.New(2026, 3, 2).Start().Add(10 * time.Hour))
		page := v.page("/units/mj-jyj/apply")
		due, _ := workday.National().After(workday.New(2026, 3, 2), 20)
		v.has("the page on applying", page, "今天是2026年3月2日（星期一）。如果今天收到申请", due.Chinese(), "2026年3月30日", "2026年3月11日", "示例市明镜区中心路1号", "0000-8800001", "第二十九条", "第四十二条",
			"示例市明镜区人民政府申请行政复议", "/apply/form?unit=mj-jyj")
		v.lacks("the page on applying", page, "<form method=\"post\" action=\"/apply")
		v.has("a unit without contact", v.page("/units/mj-qs/apply"), "还没有公布联系方式")
		v.has("the choice of a unit", v.page("/apply"), "/units/mj-qs/apply", "/units/mj/apply")
		v.lacks("the choice of a unit", v.page("/apply"), "mj-old")
		v.has("the form", v.page("/apply/form?unit=mj-jyj"), "政府信息公开申请表", "身份证明", "内容描述", "明镜区教育局", "示例市明镜区中心路1号")
	})
}

func TestTheSitemapIsSplitWhenItIsLong(t *testing.T) {
	each(t, func(v *district) {
		town := v.fill()
		type one struct {
			Loc string `xml:"loc"`
		}
		var set struct {
			XMLName xml.Name
			URLs    []one `xml:"url"`
			Maps    []one `xml:"sitemap"`
		}
		if err := xml.Unmarshal([]byte(v.page("/sitemap.xml")), &set); err != nil || set.XMLName.Local != "urlset" || len(set.URLs) != 4+4+5 {
			v.Fatalf("sitemap.xml is %s with %d addresses, err %v; want a urlset with 13", set.XMLName.Local, len(set.URLs), err)
		}
		v.has("robots.txt", v.page("/robots.txt"), "Sitemap: https://www.mingjing.example/sitemap.xml", "Disallow: /console")
		v.portal.LimitSitemap(2)
		set.URLs, set.Maps = nil, nil
		if err := xml.Unmarshal([]byte(v.page("/sitemap.xml")), &set); err != nil || set.XMLName.Local != "sitemapindex" || len(set.Maps) != 3 {
			v.Fatalf("sitemap.xml of 5 items, 2 a file: %s with %d files, err %v; want an index of 3", set.XMLName.Local, len(set.Maps), err)
		}
		all := ""
		for n := range set.Maps {
			all += v.page(fmt.Sprintf("/sitemap.xml?part=%d", n+1))
		}
		for _, id := range []publication.ItemID{town.old, town.cites, town.repeal, town.notice, town.report} {
			v.has("the parts", all, "https://www.mingjing.example/info/"+string(id))
		}
		v.lacks("the parts", all, string(town.withdrawn), string(town.draft))
	})
}

func TestAColumnWithoutItemsSaysWhatBelongsThere(t *testing.T) {
	each(t, func(v *district) {
		v.has("an empty column", v.page("/units/mj-jyj/c04"), "这个栏目还没有内容", "国民经济和社会发展统计信息", "/units/mj-jyj/apply")
		v.has("the guide", v.page("/units/mj-jyj/guide"), "0000-8800000", "第十二条")
		v.has("the column of organs", v.page("/units/mj-jyj/c02"), "负责学前教育和义务教育。", "李示例", "综合协调")
		unit := v.page("/units/mj-jyj")
		at := 0
		for _, part := range []string{"政府信息公开指南", "政府信息公开制度", "法定主动公开内容", "政府信息公开年报", "依申请公开"} {
			i := strings.Index(unit[at:], "<h2><a href") // parts with pages of their own
			if j := strings.Index(unit[at:], part+"<"); j < 0 || i < 0 && part != "法定主动公开内容" {
				v.Errorf("the frame lacks %s in its place", part)
			} else {
				at += j
			}
		}
		v.publish(publication.Content{Title: "教育统计公报", Kind: publication.Statistics, Column: "c04", Made: workday.New(2026, 2, 1), Openness: review.Openness{Attribute: review.Open}, Body: "<p>统计。</p>"})
		v.lacks("the column", v.page("/units/mj-jyj/c04"), "这个栏目还没有内容")
	})
}
