package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"hash/fnv"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// A townSite is a government site of so many pages that is made up as it is asked
// for: a front page, columns with their list pages, items, a document with every
// fiftieth of them; and what is wrong with it, planted where it can be counted.
type townSite struct {
	items, columns int
	today          time.Time
	menu           string
}

const listed = 20 // items on a list page

func newTownSite(pages int, today time.Time) *townSite {
	s := &townSite{today: today}
	s.columns = max(4, pages/2000)
	s.items = (pages - 3) * listed / (listed + 1) / s.columns * s.columns
	var b strings.Builder
	for c := range s.columns {
		fmt.Fprintf(&b, `<li><a href="/c/%d/">%s</a></li>`, c, s.column(c))
	}
	s.menu = b.String()
	return s
}

func (s *townSite) column(c int) string {
	return places[c%len(places)] + []string{"办事指南", "便民服务"}[c/len(places)%2]
}

// planted is what is wrong with the site: rules by address.
func (s *townSite) planted(base string) map[string][]string {
	all := map[string][]string{}
	add := func(path, code string) { all[base+path] = append(all[base+path], code) }
	add("/", "typo.dict") // in the foot of every page, told once
	add("/late/", "site.stale")
	add("/blank/", "site.blank")
	for i := range s.items {
		switch {
		case i%500 == 3:
			add(itemPath(i), "site.dead")
		case i%400 == 5:
			add(itemPath(i), "typo.dict")
		case i%1000 == 7:
			add(itemPath(i), "privacy.id")
		case i%500 == 11:
			add(filePath(i), "privacy.mobile")
		}
	}
	return all
}

func itemPath(i int) string { return fmt.Sprintf("/i/%d.html", i) }
func filePath(i int) string { return fmt.Sprintf("/f/%d.docx", i) }

func (s *townSite) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var n, at int
	path := r.URL.Path
	switch {
	case path == "/":
		s.page(w, r, "示例市明镜区人民政府", "", `<p>欢迎访问示例市明镜区人民政府网站。</p><p><a href="/late/">本区要闻</a> <a href="/blank/">社会救助事项</a></p>`)
	case path == "/late/":
		day := s.today.AddDate(0, 0, -40).Format(time.DateOnly)
		s.page(w, r, "本区要闻", "工作动态", fmt.Sprintf(`<ul><li><a href="%s">%s</a> <span>%s</span></li></ul>`, itemPath(0), s.title(0), day))
	case path == "/blank/":
		s.page(w, r, "社会救助事项", "社会救助", "<p>暂无内容</p>")
	case scan(path, "/c/%d/", &n) && n < s.columns:
		s.list(w, r, n, 0)
	case scan2(path, "/c/%d/list_%d.html", &n, &at) && n < s.columns && at > 0 && at < s.lists():
		s.list(w, r, n, at)
	case scan(path, "/i/%d.html", &n) && n < s.items:
		s.item(w, r, n)
	case scan(path, "/f/%d.docx", &n) && n < s.items:
		w.Header().Set("Content-Type", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
		w.Write(s.file(n))
	default:
		http.NotFound(w, r)
	}
}

func scan(path, form string, n *int) bool {
	_, err := fmt.Sscanf(path, form, n)
	return err == nil && *n >= 0 && fmt.Sprintf(form, *n) == path
}

func scan2(path, form string, n, m *int) bool {
	_, err := fmt.Sscanf(path, form, n, m)
	return err == nil && *n >= 0 && fmt.Sprintf(form, *n, *m) == path
}

// lists is how many list pages a column has.
func (s *townSite) lists() int { return (s.items/s.columns + listed - 1) / listed }

func (s *townSite) list(w http.ResponseWriter, r *http.Request, c, at int) {
	each := s.items / s.columns
	var b strings.Builder
	b.WriteString("<ul>")
	for k := at * listed; k < min((at+1)*listed, each); k++ {
		i := c*each + k
		fmt.Fprintf(&b, `<li><a href="%s">%s</a> <span>%s</span></li>`, itemPath(i), s.title(i), s.day(i))
	}
	b.WriteString(`</ul><div class="pages">`)
	fmt.Fprintf(&b, `<a href="/c/%d/">1</a> `, c)
	for k := 1; k < s.lists(); k++ {
		fmt.Fprintf(&b, `<a href="/c/%d/list_%d.html">%d</a> `, c, k, k+1)
	}
	b.WriteString("</div>")
	s.page(w, r, s.column(c), "", b.String())
}

// day is when an item was published: those that are listed first, last.
func (s *townSite) day(i int) string {
	return s.today.AddDate(0, 0, -(i%(s.items/s.columns))/4).Format(time.DateOnly)
}

func (s *townSite) title(i int) string {
	return "关于" + pick(i, 0, places) + pick(i, 1, matters) + "安排的通知"
}

// item is one notice of four paragraphs. Each has its number in it, so that no two
// pages have a line in common but the frame.
func (s *townSite) item(w http.ResponseWriter, r *http.Request, i int) {
	place, matter, office := pick(i, 0, places), pick(i, 1, matters), pick(i, 2, offices)
	var b strings.Builder
	fmt.Fprintf(&b, `<p class="date">发布日期：%s</p>`, s.day(i))
	fmt.Fprintf(&b, "<p>%s%s由%s组织实施，惠及居民%d户，%s。</p>", place, matter, office, 1000+i, pick(i, 3, reasons))
	fmt.Fprintf(&b, "<p>%s负责统筹，%s配合，全年安排资金%d元，%s。</p>", office, pick(i, 4, partners), 30000+i, pick(i, 5, manners))
	fmt.Fprintf(&b, "<p>居民可以到%s便民服务中心%d号窗口咨询，工作人员会当面答复，%s。</p>", place, 1+i, pick(i, 6, services))
	switch {
	case i%500 == 3:
		fmt.Fprintf(&b, `<p>附图见<a href="/gone/%d.html">第%d号示意图</a>。</p>`, i, i)
	case i%400 == 5:
		fmt.Fprintf(&b, "<p>本月在%s按装路灯%d盏。</p>", place, 1+i)
	case i%1000 == 7:
		fmt.Fprintf(&b, "<p>第%d户经办人身份证号码：%s。</p>", 1+i, inventedID(i))
	case i%50 == 11:
		fmt.Fprintf(&b, `<p><a href="%s">%s%s第%d号清单</a></p>`, filePath(i), place, matter, i)
	}
	s.page(w, r, s.title(i), "item", b.String())
}

// page answers with the frame around a content. Half of the pages have a mark by
// which a visitor can ask whether they have changed.
func (s *townSite) page(w http.ResponseWriter, r *http.Request, title, kind, content string) {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	if f := fnv.New32a(); len(r.URL.Path)%2 == 0 {
		f.Write([]byte(content))
		mark := strconv.Quote(strconv.FormatUint(uint64(f.Sum32()), 36))
		h.Set("ETag", mark)
		if r.Header.Get("If-None-Match") == mark {
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	meta := ""
	switch kind {
	case "":
	case "item":
		meta = `<meta name="ArticleTitle" content="` + title + `">`
	default:
		meta = `<meta name="ColumnName" content="` + title + `"><meta name="ColumnType" content="` + kind + `">`
	}
	fmt.Fprintf(w, `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>%[1]s</title>%[2]s</head><body>
<nav><ul><li><a href="/">首页</a></li>%[3]s</ul></nav><main><h1>%[1]s</h1>%[4]s</main>
<footer><p>主办：示例市明镜区人民政府 网站标识码：1234560001 示ICP备12345678号 示公网安备 12345678901234号</p><p>联系电话：0000-12345678</p><p>本站提供按装说明。</p></footer></body></html>`,
		title, meta, s.menu, content)
}

// file is a small Word document.
func (s *townSite) file(i int) []byte {
	text := fmt.Sprintf("%s%s清单第%d号，由%s编制。", pick(i, 0, places), pick(i, 1, matters), i, pick(i, 2, offices))
	if i%500 == 11 {
		text += fmt.Sprintf("联系手机：138%08d。", 10_000_000+i)
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range [][2]string{
		{"[Content_Types].xml", `<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`},
		{"_rels/.rels", `<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`},
		{"word/document.xml", `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>` + text + `</w:t></w:r></w:p></w:body></w:document>`},
	} {
		w, err := z.Create(f[0])
		if err == nil {
			_, err = w.Write([]byte(f[1]))
		}
		if err != nil {
			panic(err) // memory does not fail
		}
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// inventedID is an identity number of nobody, with the right check digit.
func inventedID(i int) string {
	s := fmt.Sprintf("130102%s%03d", time.Date(1950, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, i%18000).Format("20060102"), i%1000)
	sum := 0
	for k, weight := range []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += weight * int(s[k]-'0')
	}
	return s + string("10X98765432"[sum%11])
}

// pick chooses the k-th word of an item, the same each time.
func pick(i, k int, from []string) string {
	x := uint64(i)*2654435761 + uint64(k)*40503
	x ^= x >> 15
	x *= 0x2c1b3c6d
	x ^= x >> 12
	return from[x%uint64(len(from))]
}

var (
	places = []string{"青山街道", "清水镇", "东河镇", "南关街道", "柳林镇", "新桥镇", "石塘乡", "龙泉街道", "白云镇", "梅园街道", "大井乡", "双湖镇", "北塔街道", "长岭乡", "红旗街道", "三里镇",
		"枣园镇", "松坡乡", "金沙街道", "花桥镇", "天马街道", "竹溪镇", "古城街道", "平湖镇", "高坪乡"}
	matters = []string{"老旧小区改造", "农村饮水维护", "居民用气检查", "冬季供暖", "道路养护", "河道清理", "绿化养护", "垃圾分类", "图书借阅", "公交停靠站维护", "路灯检修", "健康体检", "技能培训", "防汛物资储备",
		"消防设施检查", "校车安全检查", "老年食堂运营", "社区体育设施维护", "农机检修", "果树病虫防治"}
	offices  = []string{"区住房城乡建设局", "区交通运输局", "区水利局", "区农业农村局", "区教育局", "区民政局", "区应急管理局", "区文化和旅游局", "区卫生健康局", "区财政局"}
	partners = []string{"各镇政府", "各街道办事处", "有关企业", "各社区居民委员会", "各村民委员会"}
	reasons  = []string{"方便群众生活", "解决群众反映的问题", "保障冬季安全", "提高服务质量", "改善居住环境", "减少安全隐患"}
	manners  = []string{"按进度拨付", "专款专用", "接受社会监督", "年底组织验收", "结果向社会公布"}
	services = []string{"也可以拨打服务电话", "周末正常办理", "材料齐全的当场办结", "行动不便的可以预约上门", "需要的可以领取宣传册"}
)
