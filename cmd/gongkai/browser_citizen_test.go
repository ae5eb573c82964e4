package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"gongkai/internal/browser"
	"gongkai/ledger"
)

// get fetches what a page offers for download.
func (d *district) get(path string) (*http.Response, []byte) {
	d.t.Helper()
	res, err := http.Get(d.base + path)
	if err != nil {
		d.t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		d.t.Fatal(err)
	}
	if res.StatusCode != http.StatusOK {
		d.t.Fatalf("GET %s: %s", path, res.Status)
	}
	return res, b
}

// withAttachment is the path of a page that has an attachment.
func (d *district) withAttachment(p *browser.Page) string {
	d.t.Helper()
	for _, list := range []string{"/policies", "/reports", "/search?q=" + query("附件"), "/policies?page=2"} {
		p.Open(list)
		for _, path := range p.Links() {
			if !strings.HasPrefix(path, "/info/") {
				continue
			}
			if _, b := d.get(path); strings.Contains(string(b), `class="attachments"`) {
				return path
			}
		}
	}
	d.t.Fatal("no page of the demo has an attachment")
	return ""
}

func citizen(t *testing.T, d *district)              { d.read(t, browser.Desktop); d.read(t, browser.Phone) }
func citizenWithoutScript(t *testing.T, d *district) { d.read(t, browser.Phone.WithoutScript()) }

// read is the way of a citizen: home, search, page, library, unit.
func (d *district) read(t *testing.T, v browser.View) {
	p := d.visitor(v).Open("/")
	p.Fill("搜索标题、文号或者正文", "教育").Click("搜索").See("检索：教育", "找到")
	if marks := p.Texts(".result mark"); !slices.Contains(marks, "教育") {
		t.Errorf("%s: the search marks %q, want “教育”", v.Name, marks)
	}
	p.Open(firstLink(t, p, `^/info/[a-z0-9]+$`)).See("索引号", "发布机构", "生成日期", "发布日期")
	for _, name := range []string{"SiteName", "ArticleTitle", "PubDate", "ContentSource"} {
		if browser.Eval[string](p, `document.querySelector('meta[name="'+$0+'"]')?.content ?? ""`, name) == "" {
			t.Errorf("%s: %s has no meta tag %s", v.Name, p.Path(), name)
		}
	}

	// An attachment says what it is and how large, and it comes whole.
	p.Open(d.withAttachment(p)).See("附件").Check("portal-info-attachment")
	facts := strings.Join(p.Texts(".attachment-facts"), " ")
	res, content := d.get(p.Attribute(".attachments a", "href"))
	if !strings.ContainsAny(facts, "KB") || len(content) == 0 || !strings.Contains(res.Header.Get("Content-Disposition"), "filename") {
		t.Errorf("%s: the attachment is described as %q and comes as %s with %d bytes", v.Name, facts, res.Header.Get("Content-Disposition"), len(content))
	}

	// From one page to the next and back.
	p.Open("/policies").Open(firstLink(t, p, `^/info/[a-z0-9]+$`))
	here := p.Path()
	next := firstLink(t, p, "^"+p.Attribute(".neighbours a", "href")+"$")
	p.Open(next)
	if links := p.Links(); !slices.Contains(links, here) {
		t.Errorf("%s: from %s no way leads back to %s", v.Name, next, here)
	}
	p.OnPaper(func() { p.Fits("paper"); p.Picture("portal-info-paper") })

	d.library(t, p, v)

	p.Open("/units/mj-jyj").See("政府信息公开指南", "政府信息公开制度", "法定主动公开内容", "政府信息公开年报", "依申请公开")
	empty := ""
	for _, path := range p.Open("/units/mj-jyj").Links() {
		if !strings.HasPrefix(path, "/units/mj-jyj/") || strings.HasSuffix(path, "/apply") {
			continue
		}
		if p.Open(path); len(p.Texts(".empty")) > 0 {
			empty = path
			break
		}
	}
	if empty == "" {
		t.Logf("%s: no column of this unit is empty", v.Name)
	} else {
		p.See("教育局").Check("portal-column-empty")
	}
	p.Open("/units/mj-jyj/apply").See("工作日", "第三十三条", "申请表")
}

// library walks the filters of the policy library, which are links.
func (d *district) library(t *testing.T, p *browser.Page, v browser.View) {
	t.Helper()
	total := func(path string) int {
		p.Open(path)
		var n int
		fmt.Sscanf(strings.NewReplacer("共", "", "件", "", ",", "").Replace(strings.Join(p.Texts(".list-head [role=status]"), "")), "%d", &n)
		return n
	}
	all := total("/policies")
	if all < 10 {
		t.Fatalf("%s: the library shows %d documents of the demo", v.Name, all)
	}
	for _, filter := range []string{"unit", "year", "theme", "validity"} {
		p.Open("/policies")
		path := ""
		for _, l := range p.Links() {
			if strings.Contains(l, filter+"=") && strings.HasPrefix(l, "/policies?") {
				path = l
				break
			}
		}
		if path == "" {
			t.Errorf("%s: the library has no filter %s among %q", v.Name, filter, p.Links())
			continue
		}
		if n := total(path); n == 0 || n > all {
			t.Errorf("%s: %s shows %d of %d documents", v.Name, path, n, all)
		}
		if p.Attribute(`link[rel=canonical]`, "href") == "" && p.Status() != 200 {
			t.Errorf("%s: %s answers %d", v.Name, path, p.Status())
		}
	}
	p.Open("/policies")
	order := p.Texts(".result h3, .result-title")
	sorted := slices.ContainsFunc(p.Links(), func(l string) bool {
		if !strings.HasPrefix(l, "/policies?") || !strings.Contains(l, "sort=") {
			return false
		}
		other := p.Open(l).Texts(".result h3, .result-title")
		p.Open("/policies")
		return !slices.Equal(other, order)
	})
	if !sorted {
		t.Errorf("%s: no order of the library differs from the first", v.Name)
	}
	p.Open("/policies")
	no := ""
	for _, s := range p.Texts(".result .docno, .result-docno, .docno") {
		if strings.Contains(s, "〔") {
			no = s
			break
		}
	}
	if no == "" {
		t.Fatalf("%s: the library shows no 文号: %q", v.Name, p.Texts(".result"))
	}
	// People type the brackets they find on the keyboard.
	p.Fill("文号", strings.NewReplacer("〔", "[", "〕", "]").Replace(no)).Click("查找").See("共 1 件", no)
}

// elder: larger type stays while one walks on; the elder mode works on a phone.
func elder(t *testing.T, d *district) {
	for _, v := range bothViews {
		p := d.visitor(v).Open("/policies").Open(firstLink(t, d.visitor(v).Open("/policies"), `^/info/[a-z0-9]+$`))
		size := func() float64 {
			return browser.Eval[float64](p, `parseFloat(getComputedStyle(document.querySelector(".doc-body p, .doc-body")).fontSize)`)
		}
		normal := size()
		if normal < 18 {
			t.Errorf("%s: the body of a document is %v px, want at least 18", v.Name, normal)
		}
		p.Click("特大").See("索引号")
		larger := size()
		if larger <= normal {
			t.Errorf("%s: 特大 leaves the type at %v px", v.Name, larger)
		}
		p.Open(p.Path())
		if again := size(); again != larger {
			t.Errorf("%s: on the next page the type is %v px, want %v", v.Name, again, larger)
		}
		p.Check("portal-info-larger")
		p.Click("长者模式").See("退出长者模式").Check("portal-info-elder")
		p.Open("/").See("退出长者模式").Check("portal-home-elder")
		p.Open("/policies").Check("portal-policies-elder")
		p.Open("/units/mj-jyj/apply").Check("portal-apply-elder")
		p.Click("退出长者模式").See("工作日")
		if !p.Has("长者模式") {
			t.Errorf("%s: one cannot leave the elder mode", v.Name)
		}
	}
}

// proof: the page says in words what was checked, and its four files prove it
// without trust in this site.
func proof(t *testing.T, d *district) {
	p := d.visitor(browser.Desktop).Open("/policies")
	info := firstLink(t, p, `^/info/[a-z0-9]+$`)
	p.Open(info).See("存证").Click("查看存证和核验方法").See("这条信息的存证", "核对了什么", "自己核验")
	stated := p.Texts(".meta code")

	_, record := d.get(info + "/record.json")
	_, entry := d.get(info + "/entry")
	_, text := d.get(info + "/tlog-proof")
	_, key := d.get("/ledger/key")

	sum := sha256.Sum256(record)
	digest := hex.EncodeToString(sum[:])
	if !slices.Contains(stated, digest) {
		t.Errorf("sha256 of record.json is %s; the page states %q", digest, stated)
	}
	var e struct {
		Content string `json:"content"`
	}
	if !strings.Contains(string(entry), digest) {
		t.Errorf("the entry does not hold the digest %s: %s", digest, entry)
	}
	if err := json.Unmarshal(entry, &e); err != nil {
		t.Errorf("the entry is not JSON: %v", err)
	}
	v, err := ledger.ParseVerifier(strings.TrimSpace(string(key)))
	if err != nil {
		t.Fatalf("the public key: %v", err)
	}
	head, err := ledger.VerifyProof(text, entry, v)
	if err != nil || head.Size == 0 {
		t.Errorf("VerifyProof = %+v, %v", head, err)
	}
	wrong := append([]byte{}, entry...)
	wrong[len(wrong)/2] ^= 1
	if _, err := ledger.VerifyProof(text, wrong, v); err == nil {
		t.Error("VerifyProof accepts an entry with one changed bit")
	}

	p.Click("什么是存证").See("最近的公开记录", "公钥")
}
