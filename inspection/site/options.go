package site

import (
	"context"
	"crypto/x509"
	"time"

	"gongkai/inspection/engine"
	"gongkai/inspection/rule"
)

// Options say what to look at and how gently. The zero value of every field but
// Start and Now is safe.
type Options struct {
	Start []string // addresses to begin at; their hosts are the site
	Hosts []string // further hosts that belong to it, "www.example.gov.cn"

	Pages     int           // most addresses of the site that are visited; 0 is 100,000
	Depth     int           // most links from a start; 0 is 60
	PageBytes int64         // of a page, unpacked; 0 is 8 MiB
	FileBytes int64         // of an attachment; 0 is 32 MiB
	Redirects int           // most redirections in a row; 0 is 8
	Tries     int           // requests for an address that fails; 0 is 3, at least 2
	Delay     time.Duration // between two requests to a host; 0 is 500 ms, below 0 none
	Timeout   time.Duration // of one request with its answer; 0 is 30 s
	Slow      time.Duration // from here on a page is slow; 0 is 15 s (国办秘函〔2019〕19号)
	Time      time.Duration // of the whole run; 0 is without end

	External bool   // also ask whether external links answer
	Inside   bool   // the start may be a private or loopback address
	Agent    string // User-Agent; "" is the program's own

	Roots *x509.CertPool // trusted roots; nil is the machine's

	// Now tells the time. Wait pauses, and returns early with the error of a
	// cancelled context; nil waits in real time.
	Now  func() time.Time
	Wait func(ctx context.Context, d time.Duration) error

	// Reader turns a page or an attachment into text and Inspect finds what is wrong
	// with it. Without them only the rules of this package run. Both are called by
	// several goroutines.
	Reader  engine.Reader
	Inspect func(f *rule.File) []rule.Finding

	// Rules names the rules behind Inspect, with their version. What an earlier
	// visit found is only taken over if the name is the same.
	Rules string

	// Progress is told after every address and before every long rest how far the
	// work is, one call at a time; nil is nobody.
	Progress func(Progress)
	// Stop ends the walk when it is closed: what was seen until then is told, and
	// the round stays open, so that the next Run goes on with it. nil is never.
	Stop <-chan struct{}

	dial func(address string) string // where tests find a host
}

// Progress is how far a run is.
type Progress struct {
	Visited, Known int    // addresses of the site
	URL            string // the one that was looked at last
	Round          int

	Pages, Files int // read, those of an interrupted run included
	Unchanged    int // of these, as they were in an earlier round
	Disallowed   int // addresses robots.txt keeps us from
	Found        int // slips and dead addresses so far; what only the whole walk shows comes at its end

	Pause time.Duration // between two requests to the host asked last
	Rest  Rest          // why nothing is being asked just now
	Until time.Time     // when it will be again
}

// Rest is what a run waits for.
type Rest string

// The rests.
const (
	RestNone    Rest = ""        // nothing
	RestPause   Rest = "pause"   // the pause between two requests, where it is long
	RestRetry   Rest = "retry"   // a server that failed or asked for patience
	RestTelling Rest = "telling" // the walk is over, what was found is told
)

// A PageResult is what is wrong with one page or attachment. Findings about links
// stand with the first page that has the link, findings about the whole site with
// its home page.
//
// The text of a finding of this package is an address, a title or the words of a
// link, and its offsets count in that text: Part is "link" for addresses the page
// leads to, "page" for the page itself. Findings of the engine have their offsets
// in the text extracted from the page; part "margin" is what stands around it.
// Count is the number of pages with the same slip or link.
type PageResult struct {
	URL      string
	Title    string
	Status   int    // as the server answered; 0 if it did not
	Kind     string // "page", "file", "other"
	Findings []rule.Finding
	Unread   []string // what could not be inspected, in Chinese
}

// A Column is a page that lists others, as its period sees it.
type Column struct {
	Name, URL string
	Newest    string // the newest date in it, "2026-11-22"; "" if it has none
	Period    string // "每2周更新"; "" if none is known
	Days      int    // since Newest
	Late      bool
	Blank     bool
}

// A Report sums a run up.
type Report struct {
	Pages      int      // pages read, those unchanged since the last round included
	Files      int      // attachments read
	Links      int      // addresses of the site that were found
	External   int      // external addresses that were asked
	Unchanged  int      // pages and files that are as they were in an earlier round
	Dead       int      // addresses that do not open
	Moved      int      // addresses that lead on to another
	Slow       int      // pages slower than allowed
	Disallowed int      // addresses robots.txt keeps us from
	Beyond     int      // addresses left out by the limits
	Requests   int      // requests made in this run
	Bytes      int64    // bytes received in this run
	Findings   int      // findings told
	Columns    []Column // those with a period, and blank ones
	Took       time.Duration
	Complete   bool // nothing was left out by a limit
	Stopped    bool // the walk was ended by Options.Stop
	TimeUp     bool // the walk was ended by Options.Time
}

const (
	defaultAgent = "gongkai-inspect/1 (government website check; obeys robots.txt)"
	manyPages    = 5   // a line on that many pages belongs to the frame
	mostFindings = 200 // kept of one page
)

func (o Options) or() Options {
	fill(&o.Pages, 100_000)
	fill(&o.Depth, 60)
	fill(&o.PageBytes, 8<<20)
	fill(&o.FileBytes, 32<<20)
	fill(&o.Redirects, 8)
	fill(&o.Tries, 3)
	o.Tries = max(o.Tries, 2)
	if o.Delay == 0 {
		o.Delay = 500 * time.Millisecond
	}
	o.Delay = max(o.Delay, 0)
	fill(&o.Timeout, 30*time.Second)
	fill(&o.Slow, 15*time.Second)
	if o.Agent == "" {
		o.Agent = defaultAgent
	}
	if o.Wait == nil {
		o.Wait = wait
	}
	if o.Progress == nil {
		o.Progress = func(Progress) {}
	}
	return o
}

func fill[T int | int64 | time.Duration](v *T, def T) {
	if *v <= 0 {
		*v = def
	}
}

// wait pauses in real time.
func wait(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
