package portal

import (
	"context"
	"encoding/json"
	"io"
	"path"
	"slices"
	"strings"
	"sync"

	"gongkai/annualreport/form"
	"gongkai/annualreport/paper"
	"gongkai/internal/blob"
	"gongkai/internal/web/ui"
	"gongkai/org"
	"gongkai/publication"
)

// reportView is what the page of an annual report shows beside its text when
// the figures are known: the report is attached as the contract's JSON.
type reportView struct {
	Downloads []ui.Attachment // the same report in all formats
	Fixed     int             // figures that a person corrected
	Charts    []ui.Chart

	own     []publication.File // JSON files of this item, to be opened
	earlier []publication.File // and of the unit's reports of the years before
}

// Bounds of what a page looks through for figures.
const (
	mostPaperBytes = 1 << 20
	mostPapers     = 512 // parsed papers kept in memory
	trendYears     = 4   // before the report's own
)

// reportFiles collects what the page of a report has to open. It reads the
// database only; the files are read after the snapshot is let go.
func (v *view) reportFiles(it publication.Page) (*reportView, error) {
	own := figureFiles(it.Content.Files)
	if it.Content.Kind != publication.Report || len(own) == 0 {
		return nil, nil
	}
	rv := &reportView{own: own}
	year := reportYear(it.Row)
	rows, _, err := publication.List(v.tx, publication.Filter{Units: org.Everything(), Unit: it.Unit, Kind: publication.Report, Size: 50})
	if err != nil {
		return nil, err
	}
	seen := map[int]bool{}
	for _, row := range rows { // newest first: of two reports on a year the later counts
		y := reportYear(row)
		if row.ID == it.ID || y >= year || y < year-trendYears || seen[y] || row.Face == publication.Withdrawn {
			continue
		}
		version, err := publication.VersionOf(v.tx, row.ID, row.Shown)
		if err != nil {
			return nil, err
		}
		if files := figureFiles(version.Content.Files); len(files) > 0 {
			seen[y] = true
			rv.earlier = append(rv.earlier, files[0])
		}
	}
	return rv, nil
}

// figureFiles are the attachments that may hold a report's figures.
func figureFiles(files []publication.File) []publication.File {
	var out []publication.File
	for _, f := range files {
		if strings.EqualFold(path.Ext(f.Name), ".json") && f.Size <= mostPaperBytes {
			out = append(out, f)
		}
	}
	return out
}

// fillReport opens the files and makes the page's charts and downloads of them.
// Files that are no report of ours stay ordinary attachments.
func (p *Portal) fillReport(ctx context.Context, page *infoPage) error {
	rv := page.Report
	if rv == nil {
		return nil
	}
	var known *paper.Paper
	var name string
	for _, f := range rv.own {
		found, err := p.papers.of(ctx, p.Blobs, f)
		if err != nil {
			return err
		}
		if found != nil {
			known, name = found, strings.TrimSuffix(f.Name, path.Ext(f.Name))
			break
		}
	}
	if known == nil {
		page.Report = nil
		return nil
	}
	shown := *known
	for _, f := range rv.earlier {
		before, err := p.papers.of(ctx, p.Blobs, f)
		if err != nil {
			return err
		}
		if before != nil {
			shown.Years = append(shown.Years, before.Report)
		}
	}
	slices.SortStableFunc(shown.Years, func(a, b *form.Report) int { return a.Year - b.Year })
	rv.Fixed = len(shown.Fixes)
	for _, c := range shown.Charts() {
		chart := ui.Chart{Title: c.Title, Note: c.Note, Axis: c.Axis, Line: c.Line, Labels: c.Labels}
		for _, s := range c.Series {
			chart.Series = append(chart.Series, ui.Series{Name: s.Name, Values: s.Values})
		}
		rv.Charts = append(rv.Charts, chart)
	}
	rv.Downloads, page.Attachments = parted(page.Attachments, name)
	return nil
}

// paperKinds are the formats of a report in the order people look for them.
var paperKinds = []paperKind{{".docx", "Word 文档"}, {".pdf", "PDF 文档"}, {".xlsx", "Excel 表格"}, {".csv", "CSV 数据"}, {".json", "JSON 数据"}}

type paperKind struct{ ext, name string }

// parted takes the attachments of the report's own name and formats off the
// others.
func parted(all []ui.Attachment, name string) (own, rest []ui.Attachment) {
	rank := func(a ui.Attachment) int {
		ext := path.Ext(a.Name)
		if strings.TrimSuffix(a.Name, ext) != name {
			return -1
		}
		return slices.IndexFunc(paperKinds, func(k paperKind) bool { return k.ext == strings.ToLower(ext) })
	}
	for _, a := range all {
		if i := rank(a); i >= 0 {
			a.Kind = paperKinds[i].name
			own = append(own, a)
		} else {
			rest = append(rest, a)
		}
	}
	slices.SortStableFunc(own, func(a, b ui.Attachment) int { return rank(a) - rank(b) })
	return own, rest
}

// papers remembers the reports that attachments hold, by digest; a digest
// whose file is no report is remembered as such.
type papers struct {
	mu    sync.Mutex
	known map[string]*paper.Paper
}

// of returns the report in a file, nil if it holds none. It fails if the file
// cannot be read.
func (c *papers) of(ctx context.Context, store blob.Store, f publication.File) (*paper.Paper, error) {
	c.mu.Lock()
	found, have := c.known[f.Digest]
	c.mu.Unlock()
	if have {
		return found, nil
	}
	r, err := store.Open(ctx, blob.Digest(f.Digest))
	if err != nil {
		return nil, err
	}
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, mostPaperBytes+1))
	if err != nil {
		return nil, err
	}
	if len(b) <= mostPaperBytes && json.Valid(b) {
		if found, err = paper.Parse(b); err != nil || found.Report.Form == nil {
			found = nil // somebody's JSON, not a report
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.known == nil || len(c.known) >= mostPapers {
		c.known = map[string]*paper.Paper{}
	}
	c.known[f.Digest] = found
	return found, nil
}
