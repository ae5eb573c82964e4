package inspection

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"gongkai/identity"
	"gongkai/inspection/rule"
	"gongkai/inspection/site"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/internal/jobs"
	"gongkai/ledger"
	"gongkai/org"
)

// CrawlJob walks over a website somebody named and keeps what is found there.
const CrawlJob jobs.Kind = "inspection.crawl"

// sitePrefix is what the subjects of pages begin with.
const sitePrefix = "site"

// crawlTime is the longest walk over one site.
const crawlTime = 5 * time.Hour

// A Crawl is a walk over a website, asked for by somebody.
type Crawl struct {
	Unit    org.ID      `json:"unit"`    // whose site it is, and who must mend it
	Address string      `json:"address"` // where to begin
	By      identity.ID `json:"by"`

	State jobs.State `json:"-"`
	Added time.Time  `json:"-"`
	Ended time.Time  `json:"-"` // zero until it is done or has failed for good
	Tries int        `json:"-"`
}

// CrawlSoon queues a walk over a website for a unit. A walk over the same site that
// waits already is the same one. It fails with Forbidden without
// identity.InspectionRules in the unit, NotFound for an unknown unit, and Invalid
// for the field "address".
func (is *Inspections) CrawlSoon(ctx context.Context, by identity.Actor, unit org.ID, address string) error {
	address, err := siteAddress(address)
	if err != nil {
		return err
	}
	return is.db.Write(ctx, func(tx *db.Tx) error {
		if err := by.Check(identity.InspectionRules, unit); err != nil {
			return err
		}
		tree, err := org.Load(tx)
		if err != nil {
			return err
		}
		if _, err := tree.Get(unit); err != nil {
			return err
		}
		c := Crawl{Unit: unit, Address: address, By: identity.ID(by.LedgerWho())}
		return jobs.Add(tx, CrawlJob, string(unit)+" "+address, c, time.Time{})
	})
}

// siteAddress is an address as a walk begins at: of the web, with a host, without
// anything that names or identifies a visitor.
func siteAddress(s string) (string, error) {
	s = strings.TrimSpace(s)
	if !strings.Contains(s, "://") {
		s = "http://" + s
	}
	u, err := url.Parse(s)
	if err != nil || len(s) > 300 || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil || !strings.Contains(u.Hostname(), ".") && !isIP(u.Hostname()) {
		return "", fault.Problems(fault.Problem{Field: "address", Say: saySiteAddress})
	}
	if u.Path == "" {
		u.Path = "/"
	}
	u.Fragment = ""
	return u.String(), nil
}

func isIP(host string) bool {
	_, err := netip.ParseAddr(host)
	return err == nil
}

// Crawls lists the latest walks over the sites of some units, newest first.
func Crawls(tx *db.Tx, scope org.Scope, n int) ([]Crawl, error) {
	tree, err := org.Load(tx)
	if err != nil {
		return nil, err
	}
	list, err := jobs.List(tx, jobs.Filter{Kind: CrawlJob, Limit: 200})
	if err != nil {
		return nil, err
	}
	var all []Crawl
	for _, j := range list {
		var c Crawl
		if err := j.Decode(&c); err != nil {
			return nil, err
		}
		if len(all) < n && tree.Covers(scope, c.Unit) {
			c.State, c.Added, c.Ended, c.Tries = j.State, j.Added, j.Ended, j.Tries
			all = append(all, c)
		}
	}
	return all, nil
}

// WorkSites gives the queue the walks over websites. o says how to read what is
// found there and what time it is; where to begin, the rules and the limits are
// filled in.
func (is *Inspections) WorkSites(q *jobs.Queue, o site.Options) {
	q.Handle(CrawlJob, func(ctx context.Context, j jobs.Job) error {
		var c Crawl
		if err := j.Decode(&c); err != nil {
			return jobs.Hopeless(err)
		}
		err := is.crawl(ctx, c, o)
		switch fault.KindOf(err) {
		case fault.Invalid, fault.Forbidden: // another try would end in the same way
			return jobs.Hopeless(errors.New(fault.Sentence(err)))
		case fault.NotFound, fault.TooLate:
			return errors.New(fault.Sentence(err))
		}
		return err
	}, jobs.Limit(crawlTime+time.Hour), jobs.Tries(2))
}

// crawl walks over a site once and brings the findings of its pages up to what was
// seen. What vanished from the site is forgotten when all of it was seen.
func (is *Inspections) crawl(ctx context.Context, c Crawl, o site.Options) error {
	if err := is.begin(ctx); err != nil {
		return err
	}
	var l *lens
	if err := is.db.Read(ctx, func(tx *db.Tx) (err error) { l, err = is.lens(tx, c.Unit); return err }); err != nil {
		return err
	}
	o.Start, o.Time, o.Rules = []string{c.Address}, crawlTime, l.version
	o.Inspect = func(f *rule.File) []rule.Finding {
		found, _ := l.run(context.WithoutCancel(ctx), is.engine(), f) // the crawler stops between pages, so none counts as clean that is not
		return l.sift(f, found)
	}
	hosts, met := map[string]bool{}, map[string]bool{}
	report, err := site.Run(ctx, o, site.NewMemory(), func(p site.PageResult) error {
		if u, err := url.Parse(p.URL); err == nil {
			hosts[u.Host] = true
		}
		piece := Piece{Subject: pageSubject(p.URL), Unit: c.Unit, Title: p.Title, Address: p.URL, Digest: ledger.DigestOf(p), Public: true, Unread: p.Unread}
		if piece.Title == "" {
			piece.Title = p.URL
		}
		met[piece.Subject] = true
		_, err := is.Take(ctx, machine, piece, p.Findings)
		return err
	})
	if err != nil || !report.Complete {
		return err
	}
	return is.forgetPages(ctx, c.Unit, hosts, met)
}

// pageSubject is a page of a site as the records name it; addresses are too long
// and may say too much.
func pageSubject(address string) string {
	sum := sha256.Sum256([]byte(address))
	return sitePrefix + "/" + hex.EncodeToString(sum[:12])
}

// forgetPages takes the findings of pages of these hosts back that were not met.
func (is *Inspections) forgetPages(ctx context.Context, unit org.ID, hosts, met map[string]bool) error {
	var lost []string
	err := is.db.Read(ctx, func(tx *db.Tx) error {
		lost = nil
		all, err := reportsOfSource(tx, sitePrefix, "", "")
		for _, k := range all {
			u, uerr := url.Parse(k.Address)
			if k.Unit == unit && !met[k.Subject] && uerr == nil && hosts[u.Host] {
				lost = append(lost, k.Subject)
			}
		}
		return err
	})
	if err != nil {
		return err
	}
	for _, subject := range lost {
		if err := is.db.Write(ctx, func(tx *db.Tx) error { return forget(tx, subject, public) }); err != nil {
			return err
		}
	}
	return nil
}
