package site

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"gongkai/internal/fault"
	"gongkai/workday"
)

// linkStart is the kind of link an address has that one starts at or that a map of
// the site names.
const linkStart LinkKind = "start"

// A node is an address in the walk.
type node struct {
	url   string
	kind  LinkKind
	text  string // of the first link to it
	from  int32  // the first page that links to it; -1 for starts and maps
	in    uint32 // pages that link to it
	depth int16

	visited bool
	page    bool
	item    bool // a list names it
	via     bool // only a redirection leads to it
	flags   Flags
	runes   int32
	status  int16
	failure Failure
	why     string
	moved   int32  // node a redirection leads to; -1 for none
	strayed string // where an external address leads that is not a government's
	forever bool
	date    workday.Date
	took    time.Duration
}

// crawl is one run. Only the goroutine of Run touches what has no lock.
type crawl struct {
	o     Options
	rules *checker
	net   *network
	state State
	round Round
	today workday.Date

	nodes   []node
	byURL   map[string]int32
	queue   []int32 // of the site, in the order they are visited
	next    int
	visits  int     // addresses of the site that were taken in
	outside []int32 // external addresses
	homes   map[string]bool
	sure    map[string][]uint32 // how the site says that a page does not exist, by host
	asHome  map[string]bool     // hosts that show their home page instead
	lines   *lineCount
	shapes  map[string]*series
	columns map[string]*listed

	work  sync.WaitGroup
	slots chan struct{}
	mu    sync.Mutex // of what inspections hand in
	slips map[slipKey]*slip
	found int // slips so far
	err   error

	report  Report
	failing int // addresses of the site in a row that got no answer

	telling  sync.Mutex // of progress
	progress Progress
}

// Run walks over a site, remembers every visit in the state, and then yields the
// pages with what is wrong with them, in the order they were found. A cancelled
// context ends it with the context's error before anything is yielded; the state
// then holds what was done, and the next Run with it goes on. A walk ended by
// Options.Stop yields what was seen until then.
//
// It fails with Invalid for an address that cannot be visited, Forbidden for a
// private one or one robots.txt closes, NotFound if a start does not open, Conflict
// for the state of another site, and TooLate if the time ran out or the site
// stopped answering on the way; the state is good for a further Run then, too.
func Run(ctx context.Context, o Options, st State, yield func(PageResult) error) (Report, error) {
	o = o.or()
	begun := o.Now()
	c := &crawl{o: o, rules: newChecker(), net: newNetwork(o), state: st, today: workday.Today(begun),
		byURL: map[string]int32{}, homes: map[string]bool{}, sure: map[string][]uint32{}, asHome: map[string]bool{}, lines: newLineCount(),
		shapes: map[string]*series{}, columns: map[string]*listed{}, slots: make(chan struct{}, runtime.GOMAXPROCS(0)), slips: map[slipKey]*slip{}}
	defer c.net.close()
	c.net.resting = c.rest
	// Nothing is left out until a limit says so.
	c.report.Complete = true
	err := c.walk(ctx)
	c.work.Wait()
	if err == nil {
		err = c.trouble()
	}
	if err == nil {
		c.rest(0, RestTelling, time.Time{})
		err = c.tell(ctx, yield)
	}
	c.report.Requests, c.report.Bytes = int(c.net.requests.Load()), c.net.bytes.Load()
	c.report.Took = o.Now().Sub(begun)
	if err != nil || c.report.Stopped {
		c.report.Complete = false
		return c.report, err
	}
	return c.report, st.End(ctx, c.round)
}

func (c *crawl) trouble() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.err
}

func (c *crawl) walk(ctx context.Context) error {
	if err := c.start(ctx); err != nil {
		return err
	}
	if err := c.drain(ctx, &c.queue, 8, c.visit); err != nil || c.report.Stopped {
		return err
	}
	maps, err := c.net.sitemaps(ctx, c.at(0), 2*c.o.Pages)
	if err != nil {
		return err
	}
	for _, u := range maps {
		c.discover(u, linkStart, "", -1, 0)
	}
	if err := c.drain(ctx, &c.queue, 8, c.visit); err != nil || c.report.Stopped {
		return err
	}
	c.next = 0
	return c.drain(ctx, &c.outside, 32, c.check)
}

func (c *crawl) at(n int32) *url.URL {
	u, err := url.Parse(c.nodes[n].url)
	if err != nil {
		panic(err) // every node was an address before
	}
	return u
}

// start finds where the starts lead: a site may begin under another name.
func (c *crawl) start(ctx context.Context) error {
	if len(c.o.Start) == 0 {
		return fault.Say(fault.Invalid, sayNoStart)
	}
	var keys []string
	var starts []*url.URL
	for _, s := range c.o.Start {
		u := addressOf(nil, s)
		if u == nil {
			return fault.Say(fault.Invalid, sayBadStart, s)
		}
		starts = append(starts, u)
		keys = append(keys, u.String())
		c.net.add(u)
		c.net.starts[hostKey(u)] = true
	}
	for _, h := range c.o.Hosts {
		if u := addressOf(nil, "http://"+h); u != nil {
			c.net.add(u)
		}
	}
	slices.Sort(keys)
	var err error
	if c.round, err = c.state.Begin(ctx, strings.Join(keys, " "), c.o.Now()); err != nil {
		return err
	}
	for _, u := range starts {
		n := c.discover(u, linkStart, "", -1, 0)
		front := n >= 0 && atRoot(u)
		for at, hop := u, 0; at != nil && hop <= mostFronts; hop++ {
			if front {
				c.homes[at.String()] = true
			}
			if at, err = c.enter(ctx, at, front); err != nil {
				return err
			}
		}
	}
	return nil
}

const mostFronts = 3 // front pages that only lead on to the next

// enter asks for the address one starts at, or that its front page leads on to, and
// returns where that leads on in turn, nil if it is the site itself.
func (c *crawl) enter(ctx context.Context, u *url.URL, front bool) (*url.URL, error) {
	a, err := c.net.ask(ctx, request{method: http.MethodGet, url: u, header: http.Header{}, follow: true, limit: func(http.Header) int64 { return c.o.PageBytes }})
	switch {
	case err != nil:
		return nil, err
	case a.failure == FailPrivate:
		return nil, fault.Say(fault.Forbidden, sayPrivate, u.Host)
	case a.failure == FailRobots && a.why == whyClosed:
		return nil, fault.Say(fault.NotFound, sayRobotsDown, u.Host)
	case a.failure == FailRobots:
		return nil, fault.Say(fault.Forbidden, sayRobots, u.Host)
	case a.failure != "":
		return nil, fault.Say(fault.NotFound, sayNoAnswer, u, a.why)
	}
	c.net.add(a.final) // a site may stand under another name than people use
	if front {
		c.homes[a.final.String()] = true
	}
	text, _ := decode(a.body, a.header.Get("Content-Type"))
	if p, err := readPage(text, a.final, c.today, c.net.inside, c.rules); err == nil {
		if to := p.leadsOn(); to != nil {
			return to, nil
		}
	}
	return nil, c.nowhere(ctx, a)
}

func atRoot(u *url.URL) bool {
	return u.RawQuery == "" && (u.Path == "/" || strings.HasPrefix(u.Path, "/index.") || strings.HasPrefix(u.Path, "/default."))
}

func (c *crawl) home(url string) bool { return c.homes[url] }

// drain visits a queue that grows, several ahead of the one being taken in, so
// that a page is read while the next one is fetched; they are taken in order.
func (c *crawl) drain(ctx context.Context, queue *[]int32, ahead int, visit func(context.Context, int32) (*looked, error)) error {
	ctx, cancel := context.WithCancel(ctx)
	type flight struct {
		n    int32
		done chan struct{}
		l    *looked
		err  error
	}
	var flying []*flight
	defer func() {
		cancel()
		for _, f := range flying {
			<-f.done
		}
	}()
	until := c.round.Began
	if c.o.Time > 0 {
		until = c.o.Now().Add(c.o.Time)
	}
	for {
		select {
		case <-c.o.Stop:
			c.report.Stopped = true
			return c.trouble()
		default:
		}
		for len(flying) < ahead && c.next < len(*queue) {
			f := &flight{n: (*queue)[c.next], done: make(chan struct{})}
			c.next++
			flying = append(flying, f)
			go func() {
				defer close(f.done)
				f.l, f.err = visit(ctx, f.n)
			}()
		}
		if len(flying) == 0 {
			return c.trouble()
		}
		f := flying[0]
		select {
		case <-f.done:
		case <-c.o.Stop:
			continue
		}
		flying = flying[1:]
		if f.err != nil {
			return f.err
		}
		if err := c.take(ctx, f.n, f.l); err != nil {
			return err
		}
		if c.o.Time > 0 && !f.l.reused && c.o.Now().After(until) { // whoever goes on comes further
			c.report.TimeUp = true
			return fault.Say(fault.TooLate, sayTimeIsUp)
		}
	}
}

// visit looks at an address of the site. It runs beside the walk, so it reads only
// what does not change of a node.
func (c *crawl) visit(ctx context.Context, n int32) (*looked, error) {
	c.mu.Lock()
	at, kind := c.nodes[n].url, c.nodes[n].kind
	c.mu.Unlock()
	u, err := url.Parse(at)
	if err != nil {
		return nil, err
	}
	return c.look(ctx, u, kind)
}

// discover notes an address, and queues it if it is the site's and was not known.
// It returns its node, or -1 if it is beyond the limits.
func (c *crawl) discover(u *url.URL, kind LinkKind, text string, from int32, depth int16) int32 {
	s := u.String()
	if n, ok := c.byURL[s]; ok {
		return n
	}
	ours := c.net.inside(u)
	if !ours && (!c.o.External || kind != LinkPage) {
		return -1
	}
	if ours && (int(depth) > c.o.Depth || len(c.queue) >= c.o.Pages) || !ours && len(c.outside) >= c.o.Pages || ours && from >= 0 && c.shut(u) {
		c.report.Beyond++
		c.report.Complete = false
		return -1
	}
	n := int32(len(c.nodes))
	c.mu.Lock()
	c.nodes = append(c.nodes, node{url: s, kind: kind, text: text, from: from, depth: depth, moved: -1})
	c.mu.Unlock()
	c.byURL[s] = n
	if ours {
		c.queue = append(c.queue, n)
		c.report.Links++
	} else {
		c.outside = append(c.outside, n)
	}
	return n
}

// take takes in what one visit saw and queues what it leads to.
func (c *crawl) take(ctx context.Context, n int32, l *looked) error {
	nd := &c.nodes[n]
	nd.visited, nd.status, nd.failure, nd.why = true, int16(l.Status), l.Failure, l.Why
	nd.flags, nd.runes, nd.page, nd.took, nd.forever = l.Flags, int32(l.Runes), l.Kind == kindPage, l.Took, l.Forever
	nd.date = dayOf(l.Date)
	ours := c.net.inside(c.at(n))
	switch {
	case l.Failure == FailRobots && ours:
		c.report.Disallowed++
	case l.Failure == FailTime || l.Failure == FailConnect || l.Failure == FailHost:
		if ours {
			if c.failing++; c.failing >= mostFailing {
				return fault.Say(fault.TooLate, sayDown, c.at(n).Host, c.failing)
			}
		}
	default:
		c.failing = 0
	}
	if !ours {
		nd.strayed = l.Moved
	} else if l.Moved != "" {
		if to := addressOf(nil, l.Moved); to != nil {
			known := len(c.nodes)
			m := c.discover(to, nd.kind, nd.text, nd.from, nd.depth)
			nd = &c.nodes[n] // discover may have moved it
			nd.moved = m
			if m >= 0 {
				c.nodes[m].in += max(nd.in, 1)
				c.nodes[m].via = c.nodes[m].via || int(m) == known
			}
		}
	}
	fresh := c.follow(n, l)
	if nd = &c.nodes[n]; nd.page {
		c.report.Pages++
		c.progressOf(n, l, fresh)
		c.column(n, l)
		c.lines.add(l.Lines)
	} else if l.Kind == kindFile {
		c.report.Files++
	}
	if l.Same && l.Failure == "" && (l.Kind == kindPage || l.Kind == kindFile) {
		c.report.Unchanged++
	}
	if ours && nd.failure.dead() {
		c.mu.Lock()
		c.found++
		c.mu.Unlock()
	}
	c.tellProgress(n, ours)
	if l.reused && l.Round == c.round.N {
		c.remember(n, l.Findings)
	}
	return c.keep(ctx, n, l)
}

const mostFailing = 10

// follow queues the links of a page and returns how many addresses of another shape
// were new.
func (c *crawl) follow(n int32, l *looked) (fresh int) {
	if len(l.Links) == 0 {
		return 0
	}
	depth := c.nodes[n].depth + 1
	own := shapeOf(c.at(n))
	items := map[int]bool{}
	for _, i := range l.Items {
		items[i] = true
	}
	seen := map[int32]bool{}
	for i, k := range l.Links {
		u, err := url.Parse(k.URL)
		if err != nil {
			continue
		}
		before := len(c.queue)
		m := c.discover(u, k.Kind, k.Text, n, depth)
		if m < 0 || m == n {
			continue
		}
		if len(c.queue) > before && shapeOf(u) != own {
			fresh++
		}
		if items[i] {
			c.nodes[m].item = true
		}
		if !seen[m] {
			seen[m] = true
			if o := &c.nodes[m]; o.via {
				o.via, o.from, o.text = false, n, k.Text
			}
			c.nodes[m].in++
		}
	}
	return fresh
}

// keep inspects what was read, beside the walk, and puts the visit into the state.
func (c *crawl) keep(ctx context.Context, n int32, l *looked) error {
	if l.kept {
		return c.trouble()
	}
	task := c.inspection(l)
	select {
	case c.slots <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	c.work.Add(1)
	go func() {
		defer c.work.Done()
		defer func() { <-c.slots }()
		err := c.trouble()
		if err == nil && task != nil {
			l.Findings = append(l.Findings, task()...)
			l.Findings = l.Findings[:min(len(l.Findings), mostFindings)]
			c.remember(n, l.Findings)
		} else if err == nil && !l.reused {
			c.remember(n, l.Findings)
		}
		if err == nil {
			err = c.state.Put(ctx, l.Visit)
		}
		if err != nil {
			c.mu.Lock()
			c.err = errors.Join(c.err, err)
			c.mu.Unlock()
		}
	}()
	return c.trouble()
}

func dayOf(s string) workday.Date {
	d, err := workday.ParseDate(s)
	if err != nil {
		return workday.Date{}
	}
	return d
}
