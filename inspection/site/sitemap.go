package site

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/xml"
	"io"
	"net/http"
	"net/url"
	"strings"
)

const (
	mostSitemaps = 200
	sitemapBytes = 50 << 20 // by the protocol
)

// sitemaps returns the addresses of the site that its own maps name, each once, in
// their order, at most the limit.
func (n *network) sitemaps(ctx context.Context, start *url.URL, limit int) ([]*url.URL, error) {
	var open []*url.URL
	if h := n.host(start); h.rules != nil {
		for _, s := range h.rules.sitemaps {
			if u := addressOf(start, s); u != nil {
				open = append(open, u)
			}
		}
	}
	open = append(open, addressOf(start, "/sitemap.xml"))
	seen, known := map[string]bool{}, map[string]bool{}
	var all []*url.URL
	for asked := 0; len(open) > 0 && asked < mostSitemaps && len(all) < limit; {
		u := open[0]
		open = open[1:]
		if seen[u.String()] || !n.inside(u) {
			continue
		}
		seen[u.String()] = true
		asked++
		a, err := n.ask(ctx, request{method: http.MethodGet, url: u, follow: true, maybe: true, limit: func(http.Header) int64 { return sitemapBytes }})
		if err != nil {
			return nil, err
		}
		if a.failure != "" {
			continue
		}
		maps, pages := parseSitemap(a.body)
		for _, s := range maps {
			if m := addressOf(u, s); m != nil {
				open = append(open, m)
			}
		}
		for _, s := range pages {
			if p := addressOf(u, s); p != nil && n.inside(p) && !known[p.String()] && len(all) < limit {
				known[p.String()] = true
				all = append(all, p)
			}
		}
	}
	return all, nil
}

// parseSitemap reads one file, packed or not, as far as it is whole: further maps
// of an index, or pages.
func parseSitemap(b []byte) (maps, pages []string) {
	if bytes.HasPrefix(b, []byte{0x1f, 0x8b}) {
		z, err := gzip.NewReader(bytes.NewReader(b))
		if err != nil {
			return nil, nil
		}
		b, _ = io.ReadAll(io.LimitReader(z, sitemapBytes)) // what is cut off is left out
	}
	d := xml.NewDecoder(bytes.NewReader(b))
	d.Strict = false
	in := ""
	for {
		t, err := d.Token()
		if err != nil {
			return maps, pages
		}
		e, ok := t.(xml.StartElement)
		if !ok {
			continue
		}
		switch e.Name.Local {
		case "sitemap", "url":
			in = e.Name.Local
		case "loc":
			var loc string
			if d.DecodeElement(&loc, &e) != nil {
				return maps, pages
			}
			if loc = strings.TrimSpace(loc); in == "sitemap" && len(maps) < mostSitemaps {
				maps = append(maps, loc)
			} else if in == "url" && len(pages) < 50_000 {
				pages = append(pages, loc)
			}
		}
	}
}
