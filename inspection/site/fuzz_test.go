package site

import (
	"net/url"
	"os"
	"path/filepath"
	"testing"
	"time"

	"gongkai/internal/fault"
)

// FuzzRobots reads what a site asks of robots, and asks it for an address.
func FuzzRobots(f *testing.F) {
	for _, s := range []string{"User-agent: *\nDisallow: /a*b*c$\nAllow: /\nCrawl-delay: 1.5\nSitemap: /s.xml", "user-agent: gongkai-inspect\nuser-agent: *\ndisallow:\n", "\ufeffDisallow: /\nCrawl-delay: NaN\nCrawl-delay: 1e308", "User-agent\x00: *"} {
		f.Add(s, "/a/b?c=d")
	}
	f.Fuzz(func(t *testing.T, s, at string) {
		r := parseRobots(s)
		if r.delay < 0 || r.delay > time.Hour || len(r.rules) > mostRobotRules || len(r.sitemaps) > mostSitemaps {
			t.Fatalf("%q asks for a pause of %v, %d rules and %d maps", s, r.delay, len(r.rules), len(r.sitemaps))
		}
		if u, err := url.Parse(at); err == nil {
			r.allow(u)
		}
	})
}

// FuzzSitemap reads maps, packed or not, whole or not.
func FuzzSitemap(f *testing.F) {
	for _, s := range []string{`<urlset><url><loc>http://a/b</loc></url></urlset>`, `<sitemapindex><sitemap><loc> /a </loc></sitemap>`, `<url><loc><loc><a>&b;`, "\x1f\x8b\x08\x00\x00", `<!DOCTYPE a [<!ENTITY b "c">]><url><loc>&b;</loc>`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		maps, pages := parseSitemap(b)
		if len(maps) > mostSitemaps || len(pages) > 50_000 {
			t.Fatalf("%d maps and %d pages", len(maps), len(pages))
		}
		at := addressOf(nil, "https://www.example.gov.cn/a/")
		for _, p := range append(maps, pages...) {
			if u := addressOf(at, p); u != nil && addressOf(nil, u.String()) == nil {
				t.Fatalf("%q is the address %q, which is none", p, u)
			}
		}
	})
}

// FuzzJournal goes on with a state that is damaged in any way: it is refused with a
// sentence, or can be written on and read again.
func FuzzJournal(f *testing.F) {
	f.Add([]byte("{\"journal\":1}\n{\"link\":[\"/a\",\"甲\",\"\"]}\n{\"visit\":{\"url\":\"http://a/\",\"links\":[0,7,-1],\"lines\":\"AAAA\"}}\n{\"end\":1}\n"))
	f.Add([]byte("{\"journal\":1}\n{\"begin\":{}}\n{\"visit\":{\"links\":[99999999999]}}\n{\"vis"))
	f.Add([]byte("{\"journal\":2}\n"))
	f.Add([]byte("甲\n"))
	name := filepath.Join(f.TempDir(), "state")
	f.Fuzz(func(t *testing.T, b []byte) {
		if err := os.WriteFile(name, b, 0o600); err != nil {
			t.Fatal(err)
		}
		file, err := os.OpenFile(name, os.O_RDWR, 0)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		j, err := LoadJournal(file)
		if err != nil {
			if fault.Sentence(err) == "" {
				t.Fatalf("LoadJournal(%q) = %v, want a sentence", b, err)
			}
			return
		}
		if j.Size() < 0 || j.Worn() && len(b) < 1000 {
			t.Fatalf("LoadJournal(%q): size %d", b, j.Size())
		}
	})
}
