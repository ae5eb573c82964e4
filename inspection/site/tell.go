package site

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"gongkai/inspection/rule"
	"gongkai/workday"
)

// tell judges what only the whole walk shows, and yields every page with what was
// found on it and about it.
func (c *crawl) tell(ctx context.Context, yield func(PageResult) error) error {
	extra := map[int32][]rule.Finding{}
	add := func(n int32, f rule.Finding) {
		if n < 0 {
			n = c.front()
		}
		extra[n] = append(extra[n], f)
	}
	for n := range c.nodes {
		c.judge(int32(n), add)
	}
	c.judgeColumns(add)
	c.judgeHosts(add)
	for _, s := range slices.SortedFunc(maps.Values(c.shapes), func(a, b *series) int { return int(a.first - b.first) }) {
		if s.shut {
			add(s.first, c.rules.find("site.endless", "page", c.nodes[s.first].url))
		}
	}
	for _, n := range c.queue {
		if nd := &c.nodes[n]; !nd.visited || nd.moved >= 0 || nd.failure != "" && nd.failure != FailSoft && len(extra[n]) == 0 {
			continue
		}
		v, ok, err := c.state.Get(ctx, c.nodes[n].url)
		if err != nil {
			return err
		}
		if !ok || v.Kind != kindPage && v.Kind != kindFile && len(extra[n]) == 0 {
			continue
		}
		r := PageResult{URL: v.URL, Title: v.Title, Status: v.Status, Kind: v.Kind, Unread: v.Unread}
		r.Findings = append(extra[n], c.own(n, v.Findings)...)
		c.report.Findings += len(r.Findings)
		if err := yield(r); err != nil {
			return err
		}
	}
	return nil
}

// front is the page one starts at, after its redirections.
func (c *crawl) front() int32 {
	n, _ := c.end(0)
	return n
}

// end follows the redirections of a node; ok is false if they go in a circle or
// lead to what was not visited.
func (c *crawl) end(n int32) (last int32, ok bool) {
	for range c.o.Redirects + 1 {
		m := c.nodes[n].moved
		if m < 0 {
			return n, c.nodes[n].visited
		}
		n = m
	}
	return n, false
}

// own is the findings of a page without those that are said once for many pages.
func (c *crawl) own(n int32, found []Found) (all []rule.Finding) {
	for _, f := range found {
		if s := c.slips[slipKey{f.Rule, f.Line}]; f.Line != 0 && s != nil {
			pages := max(s.pages, int(c.lines.pages[f.Line]))
			if pages >= manyPages {
				if s.first != n {
					continue
				}
				f.Count = pages
			}
		}
		all = append(all, f.Finding)
	}
	return all
}

// judge says what is wrong with one address: to the page that links to it, or to
// itself.
func (c *crawl) judge(n int32, add func(int32, rule.Finding)) {
	nd := &c.nodes[n]
	if !nd.visited {
		return
	}
	words := nd.text
	if words == "" {
		words = nd.url
	}
	about := func(code string, args ...any) {
		f := c.rules.find(code, "link", nd.url, args...)
		if nd.in > 1 {
			f.Count = int(nd.in)
		}
		add(nd.from, f)
	}
	ours := c.net.inside(c.at(n))
	if nd.via && nd.failure != "" {
		return
	}
	last, whole := c.end(n)
	end := &c.nodes[last]
	circle := nd.moved >= 0 && !whole && end.moved >= 0
	switch {
	case nd.moved >= 0:
		c.report.Moved++
		if nd.via {
			return // said of the address that leads here
		}
		if circle {
			c.report.Dead++
			about("site.dead", words, whyLoop)
		} else if end.failure.dead() && c.net.inside(c.at(last)) {
			c.report.Dead++
			about("site.dead", words, end.why)
		} else if end.failure == FailSoft && nd.from >= 0 {
			about("site.error-page", words)
		} else if nd.forever && nd.from >= 0 {
			about("site.redirect", words)
		}
		return
	case ours && nd.failure.dead():
		c.report.Dead++
		about("site.dead", words, nd.why)
		return
	case ours && nd.failure == FailSoft && nd.from >= 0:
		c.report.Dead++
		about("site.error-page", words)
		return
	case !ours:
		c.judgeOutside(n, words, about)
		return
	case nd.failure != "":
		return
	}
	if nd.took >= c.o.Slow && nd.page {
		c.report.Slow++
		add(n, c.rules.find("site.slow", "page", nd.url, int(nd.took.Seconds())))
	}
	if nd.in == 0 && nd.from < 0 && nd.kind == linkStart && n != c.front() && !c.homes[nd.url] && c.report.Complete && !c.isStart(nd.url) {
		add(n, c.rules.find("site.orphan", "page", nd.url))
	}
	if nd.page && nd.item && !c.report.Stopped && nd.in < mostReferrers && nd.flags&(HasDate|Listing|SaysEmpty|Declared) == 0 && nd.runes >= shortestItem {
		add(n, c.rules.find("site.undated", "page", nd.url))
	}
	if nd.page && nd.runes < 4 && nd.flags&Media == 0 {
		add(n, c.rules.find("site.empty-page", "page", nd.url))
	}
}

const (
	shortestItem  = 60 // characters of content; below it is no information yet
	mostReferrers = 10 // pages that link to an item; what more link to is part of the menu
)

func (c *crawl) isStart(url string) bool {
	for _, s := range c.o.Start {
		if u := addressOf(nil, s); u != nil && u.String() == url {
			return true
		}
	}
	return false
}

func (c *crawl) judgeOutside(n int32, words string, about func(string, ...any)) {
	nd := &c.nodes[n]
	c.report.External++
	switch {
	case nd.failure == FailStatus && nd.status < 500, nd.failure == FailHost, nd.failure == FailLoop:
		c.report.Dead++
		about("site.dead", words, nd.why)
	case nd.failure.dead():
		c.report.Dead++
		about("site.unreachable", words, nd.why)
	case nd.failure == "" && nd.strayed != "" && government(c.at(n).Hostname()):
		about("site.astray", words)
	}
}

// judgeColumns compares every column with its period.
func (c *crawl) judgeColumns(add func(int32, rule.Finding)) {
	all := slices.SortedFunc(maps.Values(c.columns), func(a, b *listed) int { return int(a.first - b.first) })
	for _, k := range all {
		newest, shown := k.newest, k.dated && !k.newest.IsZero()
		if newest.IsZero() && !c.report.Stopped {
			for _, m := range k.items {
				if d := c.nodes[m].date; d.After(newest) {
					newest = d
				}
			}
		}
		at := c.nodes[k.first].url
		days := newest.DaysUntil(c.today)
		if c.home(at) {
			if !newest.IsZero() && days > c.rules.periods.HomeDays {
				add(k.first, c.rules.find("site.home-stale", "page", at, newest.String(), days))
			}
			continue
		}
		col := Column{Name: k.name, URL: at, Blank: k.blank}
		p, sure := c.rules.periods.declared(k.kind, c.nodes[k.first].depth)
		ok := sure
		if !ok {
			p, ok = c.rules.periods.of(k.name)
		}
		if ok {
			col.Period = p.Say
		}
		if !newest.IsZero() {
			col.Newest, col.Days = newest.String(), days
			col.Late = ok && days > p.Days
		}
		switch {
		case k.blank && k.sure:
			add(k.first, c.rules.find("site.blank", "page", k.name))
		case k.blank:
			add(k.first, c.rules.find("site.blank-likely", "page", k.name))
		case col.Late && !(sure && shown):
			add(k.first, c.rules.find("site.stale-named", "page", k.name, k.name, col.Newest, days, p.Say))
		case col.Late:
			add(k.first, c.rules.find("site.stale", "page", k.name, k.name, col.Newest, days, p.Say))
		}
		if ok || k.blank { // other lists have nothing to keep up with
			c.report.Columns = append(c.report.Columns, col)
		}
	}
}

// judgeHosts says what is wrong with the site as a whole, to its front page.
func (c *crawl) judgeHosts(add func(int32, rule.Finding)) {
	for _, host := range slices.Sorted(maps.Keys(c.asHome)) {
		add(-1, c.rules.find("site.no-404", "page", host))
	}
	for _, host := range slices.Sorted(maps.Keys(c.net.certs)) {
		if !c.net.site[host] && !c.portOf(host) {
			continue
		}
		x := c.net.certs[host]
		switch {
		case x.problem != nil:
			add(-1, c.rules.find("site.certificate", "page", host, certificateWords(x)))
		case x.until.Sub(c.o.Now()) < 30*24*time.Hour:
			add(-1, c.rules.find("site.certificate-soon", "page", host, workday.Today(x.until).String()))
		}
		if x.version < tls.VersionTLS12 {
			add(-1, c.rules.find("site.protocol", "page", host, tls.VersionName(x.version)))
		}
	}
}

// portOf tells whether the site is on that host under a port of its own.
func (c *crawl) portOf(host string) bool {
	for key := range c.net.site {
		if len(key) > len(host)+1 && key[:len(host)+1] == host+":" {
			return true
		}
	}
	return false
}

func certificateWords(x *certificate) string {
	if invalid, ok := errors.AsType[x509.CertificateInvalidError](x.problem); ok && invalid.Reason == x509.Expired {
		return fmt.Sprintf("已于%s到期，或者尚未生效", workday.Today(x.until))
	}
	if _, ok := errors.AsType[x509.HostnameError](x.problem); ok {
		return "不是发给这个域名的"
	}
	if _, ok := errors.AsType[x509.UnknownAuthorityError](x.problem); ok {
		return "不是受信任的机构签发的，或者没有带上中间证书"
	}
	return "通不过验证"
}
