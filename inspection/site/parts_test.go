package site

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"gongkai/inspection/rule"
	"gongkai/internal/fault"
	"gongkai/workday"
)

var today = workday.MustParse("2026-11-22")

func TestAddressesHaveOneForm(t *testing.T) {
	base, err := url.Parse("http://www.example.gov.cn/a/b.html")
	if err != nil {
		t.Fatal(err)
	}
	for ref, want := range map[string]string{
		"c.html": "http://www.example.gov.cn/a/c.html", "../": "http://www.example.gov.cn/", "#top": "http://www.example.gov.cn/a/b.html",
		"HTTP://WWW.Example.gov.cn:80/X": "http://www.example.gov.cn/X", "//img.example.cn/1.png": "http://img.example.cn/1.png",
		"/p;jsessionid=AB12?x=1": "http://www.example.gov.cn/p?x=1", "?": "http://www.example.gov.cn/a/b.html", " /a b\n": "http://www.example.gov.cn/a%20b",
		"http://user:word@www.example.gov.cn/": "http://www.example.gov.cn/",
		"mailto:a@example.cn":                  "", "javascript:void(0)": "", "tel:12345": "", "ftp://x/": "", "http://[": "", "data:text/html,x": "", "http:///x": "", "file:///etc/passwd": "",
	} {
		got := ""
		if u := addressOf(base, ref); u != nil {
			got = u.String()
		}
		if got != want {
			t.Errorf("addressOf(%q) = %q, want %q", ref, got, want)
		}
	}
}

func TestTheSecondPageOfAListIsTheSameColumn(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"/tzgg/index.html", "/tzgg/index_2.html", true},
		{"/list", "/list?page=3", true},
		{"/units/mj/c01", "/units/mj/c02", false},
		{"/col/12", "/col/13", false},
	} {
		a, b := addressOf(nil, "http://a.cn"+c.a), addressOf(nil, "http://a.cn"+c.b)
		if got := seriesOf(a) == seriesOf(b); got != c.same {
			t.Errorf("%s and %s: same column %v, want %v", c.a, c.b, got, c.same)
		}
	}
}

func TestPrivateAddressesAreKnown(t *testing.T) {
	for s, want := range map[string]bool{
		"127.0.0.1": true, "10.1.2.3": true, "172.16.0.1": true, "192.168.1.1": true, "169.254.169.254": true, "0.0.0.0": true, "100.64.0.1": true, "224.0.0.1": true, "255.255.255.255": true,
		"::1": true, "fe80::1": true, "fd00::1": true, "::ffff:127.0.0.1": true, "::ffff:10.0.0.1": true, "64:ff9b::7f00:1": true, "2002:7f00:1::": true, "::": true,
		"114.114.114.114": false, "223.5.5.5": false, "2400:3200::1": false, "::ffff:223.5.5.5": false,
	} {
		if got := private(netip.MustParseAddr(s)); got != want {
			t.Errorf("private(%s) = %v, want %v", s, got, want)
		}
	}
}

func TestRobotsAreReadAsTheyAreMeant(t *testing.T) {
	r := parseRobots("\ufeffUser-agent: Googlebot\nDisallow: /\n\nUser-agent: a\nUser-agent: *\nDisallow: /console # staff\nDisallow: /*?sort=\nAllow: /console/help$\nDisallow: /*.bak$\nDisallow:\n" +
		"Sitemap: http://a.cn/map.xml\n")
	for at, want := range map[string]bool{
		"/": true, "/console": false, "/console/x": false, "/console/help": true, "/console/help/2": false, "/list?sort=1": false, "/list?page=1": true, "/a/b.bak": false, "/a/b.bak2": true,
	} {
		if got := r.allow(addressOf(nil, "http://a.cn"+at)); got != want {
			t.Errorf("allow(%s) = %v, want %v", at, got, want)
		}
	}
	if diff := cmp.Diff([]string{"http://a.cn/map.xml"}, r.sitemaps); diff != "" {
		t.Errorf("sitemaps (-want +got):\n%s", diff)
	}
	stars := &robots{rules: []robotsRule{{false, "/" + strings.Repeat("*a", 1000) + "$"}}}
	if !stars.allow(addressOf(nil, "http://a.cn/"+strings.Repeat("a", 1500)+"b")) {
		t.Error("a pattern of a thousand stars matches what does not end as it does")
	}
}

func TestSitemapsAreReadAsFarAsTheyAreWhole(t *testing.T) {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	fmt.Fprint(z, `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc> http://a.cn/1 </loc><lastmod>2026-01-01</lastmod></url><url><loc>http://a.cn/2</loc></url>`)
	z.Close()
	if _, pages := parseSitemap(packed.Bytes()); !cmp.Equal(pages, []string{"http://a.cn/1", "http://a.cn/2"}) {
		t.Errorf("got %v, want the two pages of a cut, packed map", pages)
	}
	maps, _ := parseSitemap([]byte(`<sitemapindex><sitemap><loc>http://a.cn/m1</loc></sitemap></sitemapindex>`))
	if !cmp.Equal(maps, []string{"http://a.cn/m1"}) {
		t.Errorf("got %v, want the map of the index", maps)
	}
}

func TestColumnsHaveTheirPeriods(t *testing.T) {
	ps := newChecker().periods
	for name, want := range map[string]int{
		"工作动态": 14, "政务要闻": 14, "通知公告": 184, "政策解读": 184, "规范性文件": 184, "人事信息": 366, "财政预算、决算": 366, "政府信息公开年报": 366,
		"机构职能": 0, "领导之窗": 0, "关于本站": 0, "区财政局": 0, "关于做好2026年度政务公开工作的通知": 0,
	} {
		p, ok := ps.of(name)
		if p.Days != want || ok != (want > 0) {
			t.Errorf("of(%s) = %d days, want %d", name, p.Days, want)
		}
	}
}

func TestDatesOfListsAreRead(t *testing.T) {
	for s, want := range map[string]string{
		"消息 2026-11-20": "2026-11-20", "[2026/1/5]消息": "2026-01-05", "2026年3月1日": "2026-03-01", "2026.02.28 消息": "2026-02-28", "2025-01-01至2026-01-01": "2026-01-01",
		"2026-02-30": "", "2027-01-01": "", "1-2-3": "", "电话 0571-2026": "",
	} {
		got := ""
		if d := lastDate(s, today); !d.IsZero() {
			got = d.String()
		}
		if got != want {
			t.Errorf("lastDate(%q) = %q, want %q", s, got, want)
		}
	}
	for s, want := range map[string]string{"消息 [11-20]": "2026-11-20", "12-31": "2025-12-31", "02-29": "2024-02-29"} {
		if got := monthDay(s, today).String(); got != want {
			t.Errorf("monthDay(%q) = %s, want %s", s, got, want)
		}
	}
	if d := dateOfAddress(addressOf(nil, "http://a.cn/202611/t20261120_1.html"), today); d.String() != "2026-11-20" {
		t.Errorf("date of the address: got %s, want 2026-11-20", d)
	}
}

// Lists in scripts, pages by number and front pages that only lead on are what most
// sites are built with; a browser shows them, so they are read.
func TestWhatScriptsHoldIsRead(t *testing.T) {
	all := play(t, "/ | <script>window.location.href='/portal/';</script>\n"+
		"/portal/ | <p>首页内容有一些文字。</p><a href=/tzgg/index.html>通知公告</a><select><option value=SITE/friend>友情链接</option></select>\n/friend | <p>友情链接的网页</p>\n"+
		"/tzgg/index.html | <h1>通知公告</h1><script type='text/xml'><datastore><recordset><record><![CDATA[<li><a href='/a'>关于停水检修的公告</a><span>2026-11-20</span></li>]]></record></recordset></datastore></script><script>createPageHTML(3, 0, \"index\", \"html\");</script>\n"+
		"/tzgg/index_1.html | <h1>通知公告</h1><ul><li><a href=/b>关于停电检修的公告</a> 2026-01-20</li></ul>\n/tzgg/index_2.html | <h1>通知公告</h1><p>完</p>\n/a | <p>2026-11-20 停水</p>\n/b | <p>2026-01-20 停电</p>")
	var pages []string
	for _, p := range all {
		u, err := url.Parse(p.URL)
		if err != nil {
			t.Fatal(err)
		}
		pages = append(pages, u.Path)
	}
	slices.Sort(pages)
	if diff := cmp.Diff([]string{"/a", "/b", "/friend", "/portal/", "/tzgg/index.html", "/tzgg/index_1.html", "/tzgg/index_2.html"}, pages); diff != "" {
		t.Errorf("pages (-want +got):\n%s", diff)
	}
	if got := codes("", all); len(got) != 0 {
		t.Errorf("got %v, want nothing: the front page is no page of its own, and the list is not old", got)
	}
}

func TestTheJournalRefusesWhatIsNotOne(t *testing.T) {
	name := filepath.Join(t.TempDir(), "letter.txt")
	if err := os.WriteFile(name, []byte("一封信\n第二行\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenJournal(name); !errors.Is(err, fault.Invalid) {
		t.Errorf("a letter: got %v, want Invalid", err)
	}
	if b, _ := os.ReadFile(name); string(b) != "一封信\n第二行\n" {
		t.Errorf("the letter was changed to %q", b)
	}
	if _, err := OpenJournal(filepath.Join(t.TempDir(), "none", "state")); !errors.Is(err, fault.Forbidden) {
		t.Errorf("no folder: got %v, want Forbidden", err)
	}
	j := openJournal(t, filepath.Join(t.TempDir(), "state"))
	defer j.Close()
	ctx := context.Background()
	if _, err := j.Begin(ctx, "http://a.cn/", noon); err != nil {
		t.Fatal(err)
	}
	if _, err := j.Begin(ctx, "http://b.cn/", noon); !errors.Is(err, fault.Conflict) {
		t.Errorf("another site: got %v, want Conflict", err)
	}
}

func TestTheJournalGivesBackWhatItTook(t *testing.T) {
	ctx := context.Background()
	name := filepath.Join(t.TempDir(), "state")
	j := openJournal(t, name)
	r, err := j.Begin(ctx, "http://a.cn/", noon)
	if err != nil {
		t.Fatal(err)
	}
	visit := func(i, round int) Visit {
		return Visit{URL: fmt.Sprintf("http://a.cn/%d", i), Round: round, Status: 200, Kind: kindPage, Title: "标题", Lines: []uint32{1, 0xffffffff, uint32(i)}, Flags: Listing,
			Links: []Link{{"http://a.cn/", "首页", ""}, {fmt.Sprintf("http://a.cn/%d.png", i), "", LinkPicture}}, Items: []int{1}, Took: time.Second,
			Findings: []Found{{rule.Finding{Rule: "typo.dict", Tier: rule.A, Text: "任然"}, 7}}}
	}
	const n = 600
	for round := 1; round <= 4; round++ {
		for i := range n {
			if err := j.Put(ctx, visit(i, round)); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := j.End(ctx, r); err != nil {
		t.Fatal(err)
	}
	before := j.size
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	j = openJournal(t, name)
	defer j.Close()
	if j.size*2 > before {
		t.Errorf("four rounds take %d bytes after opening, %d before: want the old visits gone", j.size, before)
	}
	for i := range n {
		got, ok, err := j.Get(ctx, fmt.Sprintf("http://a.cn/%d", i))
		if err != nil || !ok {
			t.Fatalf("Get(%d): %v, %v", i, ok, err)
		}
		if diff := cmp.Diff(visit(i, 4), got); diff != "" {
			t.Fatalf("visit %d (-put +got):\n%s", i, diff)
		}
	}
	if next, err := j.Begin(ctx, "http://a.cn/", noon); err != nil || next.N != 2 {
		t.Errorf("the next round is %d, %v, want 2", next.N, err)
	}

	// What stayed the same takes a short line, and is all there.
	before = j.size
	same := func(i int) Visit {
		v := visit(i, 5)
		v.Same, v.ETag, v.Took = true, `"later"`, 2*time.Second
		return v
	}
	for i := range n {
		if err := j.Put(ctx, same(i)); err != nil {
			t.Fatal(err)
		}
	}
	if grown := j.size - before; grown > 120*n {
		t.Errorf("%d visits that found nothing new took %d bytes", n, grown)
	}
	small, err := os.Create(filepath.Join(t.TempDir(), "small"))
	if err != nil {
		t.Fatal(err)
	}
	compact, err := j.Compact(small)
	if err != nil {
		t.Fatal(err)
	}
	if err := compact.Close(); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{name, small.Name()} {
		k := openJournal(t, name)
		for i := range n {
			got, ok, err := k.Get(ctx, fmt.Sprintf("http://a.cn/%d", i))
			if err != nil || !ok {
				t.Fatalf("Get(%d): %v, %v", i, ok, err)
			}
			if diff := cmp.Diff(same(i), got); diff != "" {
				t.Fatalf("visit %d that found nothing new (-put +got):\n%s", i, diff)
			}
		}
		if err := k.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// Whatever a megabyte is made of, it is read in the time a megabyte takes.
func TestHostilePagesCostWhatTheirLengthCosts(t *testing.T) {
	at := addressOf(nil, "https://www.example.gov.cn/")
	c := newChecker()
	fill := func(s string) string { return strings.Repeat(s, (1<<20)/len(s)) }
	for name, s := range map[string]string{
		"links": fill(`<a href=/x>关于某事的公告</a>`), "different links": strings.Join(strings.SplitAfter(fill("<a href=/x"), "x"), fmt.Sprint(7)), "items": fill(`<li><a href=/a>关于某事的公告</a> 2026-11-20`),
		"lines": fill("<p>一行"), "one line": fill("字"), "nested items": strings.Repeat("<div>", 400) + "<a href=/a>关于某事的公告</a>2026-11-20" + fill("<i></i>"), "open": fill("<"), "attributes": "<a " + fill("x=1 ") + ">",
		"comments": fill("<!--"), "tables": fill("<table>"), "records": "<script>" + fill("<record><![CDATA[<li>") + "</script>", "location": "<script>" + fill("location=") + "</script>", "dates": fill("2026-11-2"),
		"entities": fill("&amp"), "headings": fill("<h1>"), "pictures": fill("<img src=a>"), "base": fill("<base href=/a/>"),
	} {
		begun := time.Now()
		if _, err := readPage(s, at, today, func(*url.URL) bool { return true }, c); err != nil && !errors.Is(err, errDeep) {
			t.Errorf("%s: %v", name, err)
		}
		t.Logf("%s: %s", name, time.Since(begun).Round(time.Millisecond))
		if d := time.Since(begun); d > 10*time.Second {
			t.Errorf("%s: %s", name, d)
		}
	}
}

// FuzzPage feeds pages of any kind to everything that reads them.
func FuzzPage(f *testing.F) {
	for _, s := range []string{"<a href=/x>链接</a>", "<ul><li><a href=a>一二三四五</a> 2026-11-20", "<base href=':'><a href=''>甲</a>", "<meta http-equiv=refresh content='0;url=/x'>",
		"<img src='http://[::1]/'><a href='//'>", "\xca\xbe\xc0\xfd", "<script><record><![CDATA[<li><a href=/1>甲</a>]]></record></script><script>createPageHTML(9999,1,'index','html');location='/x'</script>", "<table><tr><td><a href=/1>关于某事的公告</a><td>[11-20]", strings.Repeat("<div>", 600)} {
		f.Add([]byte(s), "text/html; charset=gbk")
	}
	at := addressOf(nil, "https://www.example.gov.cn/a/")
	c := newChecker()
	f.Fuzz(func(t *testing.T, b []byte, kind string) {
		text, _ := decode(b, kind)
		if !utf8.ValidString(text) {
			t.Fatalf("decode(%q) is no UTF-8", b)
		}
		p, err := readPage(text, at, today, func(u *url.URL) bool { return u.Host == at.Host }, c)
		if err != nil {
			return
		}
		for _, i := range p.items {
			if i < 0 || i >= len(p.links) {
				t.Fatalf("item %d of %d links", i, len(p.links))
			}
		}
		for _, l := range p.links {
			if u, err := url.Parse(l.URL); err != nil || addressOf(nil, l.URL) == nil || u.Fragment != "" {
				t.Fatalf("link %q", l.URL)
			}
		}
	})
}

// Without an engine behind it: two thousand pages with a frame of fifty links.
func BenchmarkRun(b *testing.B) {
	const pages = 2000
	menu := strings.Repeat(`<li><a href="/p/1">栏目名称</a></li>`, 50)
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		i := 0
		fmt.Sscanf(r.URL.Path, "/p/%d", &i)
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, "<title>第%d页</title><nav><ul>%s</ul></nav><main><p>第%c号消息的内容。</p>%s</main><a href=/p/%d>下一页</a>", i, menu, 0x4e00+i, strings.Repeat("<p>一段文字，说明情况。</p>", 20), (i+1)%pages)
	})
	n := 0
	for b.Loop() {
		s := httptest.NewServer(h)
		if _, err := Run(context.Background(), Options{Start: []string{s.URL + "/"}, Inside: true, Delay: -1, Depth: 10000, Now: time.Now}, NewMemory(), func(PageResult) error { n++; return nil }); err != nil {
			b.Fatal(err)
		}
		s.Close()
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "pages/s")
}
