package site

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/fnv"
	"mime"
	"net/http"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"gongkai/document"
	"gongkai/inspection/engine"
	"gongkai/inspection/rule"
	"gongkai/internal/fault"
)

// What Visit.Kind may be.
const (
	kindPage  = "page"
	kindFile  = "file"
	kindOther = "other"
)

// looked is a visit with what has not been inspected yet.
type looked struct {
	Visit
	reused bool // nothing new: findings are those of an earlier visit
	kept   bool // the state has it: it is of this round
	page   *page
	file   *rule.File // what is inspected, nil if there is nothing
}

// look asks for an address of the site and reads what comes.
func (c *crawl) look(ctx context.Context, at *url.URL, kind LinkKind) (*looked, error) {
	l := &looked{Visit: Visit{URL: at.String(), Round: c.round.N, Rules: c.o.Rules}}
	before, ok, err := c.state.Get(ctx, l.URL)
	if err != nil {
		return nil, err
	}
	if ok && before.Rules == c.o.Rules && before.Round == c.round.N {
		return &looked{Visit: before, reused: true, kept: true}, nil
	}
	known := ok && before.Rules == c.o.Rules && before.Failure == "" && before.Status == http.StatusOK
	r := request{method: http.MethodGet, url: at, header: http.Header{}, limit: c.wanted(at)}
	if kind != LinkPage && kind != linkStart || opaque[extension(at)] {
		r.method = http.MethodHead
	}
	if known {
		if before.ETag != "" {
			r.header.Set("If-None-Match", before.ETag)
		}
		if before.Modified != "" {
			r.header.Set("If-Modified-Since", before.Modified)
		}
	}
	a, err := c.net.ask(ctx, r)
	if err != nil {
		return nil, err
	}
	if a.status == http.StatusNotModified && known {
		before.Round, before.Same = c.round.N, true
		return &looked{Visit: before, reused: true}, nil
	}
	l.Status, l.Failure, l.Why, l.Took, l.Forever = a.status, a.failure, a.why, a.took, a.forever
	if a.moved != nil {
		l.Moved = a.moved.String()
		return l, nil
	}
	if a.failure != "" {
		return l, nil
	}
	l.ETag, l.Modified = a.header.Get("ETag"), a.header.Get("Last-Modified")
	sum := sha256.Sum256(a.body)
	l.Digest = hex.EncodeToString(sum[:12])
	if known && before.Digest == l.Digest && len(a.body) > 0 && before.Kind != kindOther {
		before.Round, before.Same, before.ETag, before.Modified, before.Took = c.round.N, true, l.ETag, l.Modified, l.Took
		return &looked{Visit: before, reused: true}, nil
	}
	switch {
	case len(a.body) == 0 && r.method == http.MethodHead, !isHTML(a.header, a.body) && c.wanted(at)(a.header) < 0:
		l.Kind = kindOther
	case isHTML(a.header, a.body):
		err = c.readPage(ctx, l, a)
	default:
		err = c.readFile(ctx, l, a)
	}
	return l, err
}

// wanted says how much of an answer is read: pages and documents only.
func (c *crawl) wanted(at *url.URL) func(http.Header) int64 {
	return func(h http.Header) int64 {
		kind, _, _ := mime.ParseMediaType(h.Get("Content-Type"))
		switch {
		case strings.Contains(kind, "html"), kind == "":
			return c.o.PageBytes
		case opaque[extension(at)], strings.HasPrefix(kind, "image/"), strings.HasPrefix(kind, "video/"), strings.HasPrefix(kind, "audio/"), strings.HasPrefix(kind, "font/"):
			return -1
		case readable[extension(at)], kind == "application/pdf", kind == "application/msword", strings.Contains(kind, "officedocument"), strings.Contains(kind, "opendocument"), kind == "application/vnd.ms-powerpoint", kind == "application/rtf", kind == "application/ofd":
			return c.o.FileBytes
		}
		return -1
	}
}

func isHTML(h http.Header, body []byte) bool {
	kind, _, _ := mime.ParseMediaType(h.Get("Content-Type"))
	return strings.Contains(kind, "html") || kind == "" && document.KindOf("", body) == document.KindHTML
}

func (c *crawl) readPage(ctx context.Context, l *looked, a *answer) error {
	l.Kind = kindPage
	if a.cut {
		l.Unread = append(l.Unread, fmt.Sprintf(sayLargePage, c.o.PageBytes>>20))
		l.Flags |= Media
	}
	text, wrong := decode(a.body, a.header.Get("Content-Type"))
	p, err := readPage(text, a.final, c.today, c.net.inside, c.rules)
	if err != nil {
		l.Unread = append(l.Unread, sayUnreadable)
		l.Flags |= Media
		return nil
	}
	if to := p.leadsOn(); to != nil {
		l.Moved, l.Kind = to.String(), ""
		return nil
	}
	l.page = p
	l.Title, l.Name, l.Runes, l.Flags = short(p.title, 80), p.column, p.runes, l.Flags|p.flags
	l.Column = short(p.site["columntype"], 40)
	if !p.date.IsZero() {
		l.Date = p.date.String()
	}
	if !p.newest.IsZero() {
		l.Newest = p.newest.String()
	}
	if !p.noFollow {
		l.Links, l.Items = p.links, p.items
	}
	l.Lines, l.Gist = lineHashes(p.lines), gist(p.lines)
	l.Findings = p.findings
	if wrong {
		f := c.rules.find("site.charset", "page", l.URL)
		l.Findings = append(l.Findings, Found{Finding: f})
	}
	if home := c.home(l.URL); home {
		l.Findings = append(l.Findings, c.identity(p)...)
	} else if c.isErrorPage(p) {
		l.Failure, l.Why = FailSoft, whySoft
		return nil
	}
	return c.open(ctx, l, "page.html", []byte("<meta charset=utf-8>"+text))
}

func (c *crawl) readFile(ctx context.Context, l *looked, a *answer) error {
	l.Kind = kindFile
	l.Title = short(path.Base(a.final.Path), 80)
	if a.cut {
		l.Unread = append(l.Unread, fmt.Sprintf(sayLargeFile, c.o.FileBytes>>20))
		return nil
	}
	return c.open(ctx, l, path.Base(a.final.Path), a.body)
}

// open prepares what was read for the engine, or says why it cannot. A page of
// pictures has no text, which is no fault of its own. Links and pictures that the
// rules of the site judge are left to them.
func (c *crawl) open(ctx context.Context, l *looked, name string, data []byte) error {
	if c.o.Reader == nil || c.o.Inspect == nil {
		return nil
	}
	f, unread, err := engine.Open(ctx, c.o.Reader, name, data)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if say := fault.Sentence(err); say != "" && errors.Is(err, fault.Invalid) {
		if l.Kind == kindFile || l.Runes > 0 {
			l.Unread = append(l.Unread, say)
		}
		return nil
	}
	if err != nil {
		return err
	}
	f.Name = l.URL
	if b := f.Page; b != nil {
		b.Links = slices.DeleteFunc(b.Links, func(l rule.PageLink) bool { return !l.Dead && strings.TrimSpace(l.Text) != "" })
		b.Pictures = slices.DeleteFunc(b.Pictures, func(p rule.PagePicture) bool { return !p.HasAlt })
	}
	l.file, l.Unread = f, append(l.Unread, unread...)
	return nil
}

// plain is a line without its spaces, by which lines are compared.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

func hash(s string) uint32 {
	h := fnv.New32a()
	h.Write([]byte(s))
	return h.Sum32()
}

// gist is the same for pages that say the same about other days.
func gist(lines []string) (sum uint32) {
	seen := map[uint32]bool{}
	for _, s := range lines {
		h := hash(numerals.ReplaceAllString(plain(s), ""))
		if !seen[h] {
			seen[h] = true
			sum += h
		}
	}
	return sum
}

var numerals = regexp.MustCompile(`[\d〇一二三四五六七八九十]+`)

// Of a long page the first and the last lines are remembered: the frame is there.
const headLines, tailLines = 250, 150

func lineHashes(lines []string) []uint32 {
	if len(lines) > headLines+tailLines {
		lines = append(lines[:headLines:headLines], lines[len(lines)-tailLines:]...)
	}
	seen := make(map[uint32]bool, len(lines))
	all := make([]uint32, 0, len(lines))
	for _, s := range lines {
		if h := hash(plain(s)); !seen[h] {
			seen[h] = true
			all = append(all, h)
		}
	}
	return all
}
