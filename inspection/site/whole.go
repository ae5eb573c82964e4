package site

import (
	"context"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"gongkai/workday"
)

// nowhere asks for an address nobody can have, to learn how the site says that a
// page does not exist: with the status that is meant for it, with an error page, or
// with its home page.
func (c *crawl) nowhere(ctx context.Context, home *answer) error {
	key := hostKey(home.final)
	if _, ok := c.sure[key]; ok {
		return nil
	}
	at := &url.URL{Scheme: home.final.Scheme, Host: home.final.Host, Path: "/gongkai-inspect-" + strconv.FormatUint(uint64(hash(key)), 36) + ".html"}
	a, err := c.net.chain(ctx, request{method: http.MethodGet, url: at, header: http.Header{}, follow: true, limit: func(http.Header) int64 { return c.o.PageBytes }})
	if err != nil {
		return err
	}
	c.sure[key] = nil
	if a.failure != "" || !isHTML(a.header, a.body) {
		return nil
	}
	says := c.linesOf(a)
	if alike(says, c.linesOf(home)) {
		c.asHome[key] = true
	} else {
		c.sure[key] = says
	}
	return nil
}

func (c *crawl) linesOf(a *answer) []uint32 {
	text, _ := decode(a.body, a.header.Get("Content-Type"))
	p, err := readPage(text, a.final, c.today, c.net.inside, c.rules)
	if err != nil {
		return nil
	}
	return lineHashes(append(p.lines, p.title))
}

// alike tells pages nine tenths of whose lines are the same.
func alike(a, b []uint32) bool {
	if len(a) == 0 || len(b) == 0 {
		return len(a) == len(b)
	}
	in := make(map[uint32]bool, len(a))
	for _, h := range a {
		in[h] = true
	}
	both := 0
	for _, h := range b {
		if in[h] {
			both++
		}
	}
	return 10*both >= 9*(len(a)+len(b)-both)
}

// isErrorPage tells a page that opens and says that there is none.
func (c *crawl) isErrorPage(p *page) bool {
	if errorTitle.MatchString(p.title) && p.runes < 400 {
		return true
	}
	says := c.sure[hostKey(p.at)]
	return len(says) > 0 && alike(says, lineHashes(append(p.lines[:len(p.lines):len(p.lines)], p.title)))
}

var errorTitle = regexp.MustCompile(`(?i)^\s*((40[034]|50[0-4])\s*($|[-—_|:：，,]|not found|页面|错误)|error\b|not found|(很?抱歉|对不起)?[，,]?(您)?(要)?(访问|查找|浏览|请求)?的?(页面|网页)(不存在|已删除|未找到|找不到|没有找到|走丢))`)

// progressOf watches for pages without end: of addresses alike in form that have
// brought neither new text nor new addresses of another form for long, no more are
// queued.
func (c *crawl) progressOf(n int32, l *looked, fresh int) {
	shape := shapeOf(c.at(n))
	s := c.shapes[shape]
	if s == nil {
		if len(c.shapes) > mostShapes {
			return
		}
		s = &series{first: n, gists: map[uint32]bool{}}
		c.shapes[shape] = s
	}
	if fresh > 0 || !s.gists[l.Gist] {
		s.barren = 0
	} else {
		s.barren++
	}
	if len(s.gists) < mostGists {
		s.gists[l.Gist] = true
	}
	if s.barren >= mostBarren {
		s.shut = true
	}
}

// A series is the pages whose addresses differ in numbers only.
type series struct {
	first  int32
	barren int
	shut   bool
	gists  map[uint32]bool
}

const (
	mostBarren = 40
	mostShapes = 20_000
	mostGists  = 500
)

func (c *crawl) shut(u *url.URL) bool {
	s := c.shapes[shapeOf(u)]
	return s != nil && s.shut
}

// listed is a column, all its pages together.
type listed struct {
	first  int32
	name   string
	newest workday.Date
	kind   string // its declared type
	dated  bool
	items  []int32
	blank  bool
	sure   bool // that it is blank
}

const mostItems = 60 // whose own dates tell how old a column without dates is

// column notes a page that lists others, or says that it has nothing to list.
func (c *crawl) column(n int32, l *looked) {
	nothing := l.Flags&Listing == 0
	if nothing && l.Flags&SaysEmpty == 0 || l.Flags&Article != 0 || l.Failure != "" || !c.home(l.URL) && utf8.RuneCountInString(l.Name) > 16 {
		return
	}
	at := c.at(n)
	key := seriesOf(at)
	k := c.columns[key]
	if k == nil {
		k = &listed{first: n, name: l.Name, kind: l.Column, blank: nothing && l.Runes <= mostBlank && at.RawQuery == "", sure: l.Flags&(Declared|Program|Media) == Declared}
		c.columns[key] = k
	}
	if !nothing {
		k.blank = false
	}
	if d := dayOf(l.Newest); d.After(k.newest) {
		k.newest = d
	}
	k.dated = k.dated || l.Flags&Dated != 0
	for _, i := range l.Items {
		u, err := url.Parse(l.Links[i].URL)
		if err != nil || len(k.items) >= mostItems {
			break
		}
		if m, ok := c.byURL[u.String()]; ok {
			k.items = append(k.items, m)
		}
	}
}

// mostBlank is the longest content of a column that has nothing to show: its
// heading, what it is for, that it is empty.
const mostBlank = 160

// identity says what a home page lacks of what the norms want at its foot.
func (c *crawl) identity(p *page) (all []Found) {
	text := strings.Join(p.lines, "\n")
	for _, w := range []struct {
		say string
		ok  bool
	}{
		{"网站标识码", siteCode.MatchString(text) || tenDigits.MatchString(p.site["siteidcode"])},
		{"ICP备案号", icp.MatchString(text)},
		{"公安备案号", police.MatchString(text)},
		{"主办单位", sponsor.MatchString(text)},
		{"联系方式", contact.MatchString(text)},
	} {
		if !w.ok {
			all = append(all, Found{Finding: c.rules.find("site.identity", "page", w.say)})
		}
	}
	if name := p.at.Hostname(); net.ParseIP(name) == nil && name != "localhost" && strings.Contains(name, ".") && !government(name) {
		all = append(all, Found{Finding: c.rules.find("site.domain", "page", name)})
	}
	return all
}

func government(host string) bool { return host == "gov.cn" || strings.HasSuffix(host, ".gov.cn") }

var (
	siteCode  = regexp.MustCompile(`标识码\D{0,6}[A-Za-z]{0,2}\d{8,10}`)
	tenDigits = regexp.MustCompile(`^\s*[A-Za-z]{0,2}\d{8,10}\s*$`)
	icp       = regexp.MustCompile(`(?i)ICP备\s*\d{4,}`)
	police    = regexp.MustCompile(`公网安备\s*\d{8,}`)
	sponsor   = regexp.MustCompile(`主办|版权所有`)
	contact   = regexp.MustCompile(`联系我们|联系方式|联系电话|(电话|邮箱|传真)[：:\s]*[\d(（a-zA-Z]|地址[：:\s]`)
)
