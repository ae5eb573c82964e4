package portal

import (
	"context"
	"embed"
	"io/fs"
	"log/slog"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"gongkai/internal/blob"
	"gongkai/internal/db"
	"gongkai/internal/web"
	"gongkai/internal/web/ui"
	"gongkai/ledger"
	"gongkai/org"
	"gongkai/publication"
)

// Deps is what the portal works with.
type Deps struct {
	DB     *db.DB
	Units  *org.Units
	Items  *publication.Items
	Blobs  blob.Store
	Ledger *ledger.Log

	Log     *slog.Logger
	Now     func() time.Time
	Site    string // public address without a slash at the end, "" if not known
	Secure  bool
	Proxies []netip.Prefix
	Key     []byte // signs the messages between pages
}

// Portal is the public face: an http.Handler.
type Portal struct {
	Deps
	routes     *web.Routes
	templates  *web.Templates
	assets     *web.Assets
	generation atomic.Uint64
	perSitemap int
	papers     papers

	mu    sync.Mutex
	views map[publication.ItemID]int
}

//go:embed page
var files embed.FS

// New puts the portal together. It fails when a template is wrong.
func New(d Deps) (*Portal, error) {
	if d.Log == nil {
		d.Log = slog.New(slog.DiscardHandler)
	}
	p := &Portal{Deps: d, assets: web.NewAssets("/assets/"), perSitemap: mostURLs, views: map[publication.ItemID]int{}}
	if err := ui.AddTo(p.assets); err != nil {
		return nil, err
	}
	if err := p.assets.Bundle("portal.css", files, "page/*.css"); err != nil {
		return nil, err
	}
	pages, err := fs.Sub(files, "page")
	if err != nil {
		return nil, err
	}
	shared, err := fs.Sub(files, "page/shared")
	if err != nil {
		return nil, err
	}
	if p.templates, err = web.ParseTemplates(web.TemplateConfig{
		Funcs: ui.Funcs(p.assets), Shared: []fs.FS{ui.Components(), shared}, Pages: noFolder{pages, "shared"},
		More: []fs.FS{ui.StyleGuidePages()}, Types: pageTypes,
	}); err != nil {
		return nil, err
	}
	d.DB.AfterWrite(func() { p.generation.Add(1) })
	p.routes = web.New(web.Face{
		Name: "portal", Now: d.Now, Log: d.Log, ErrorPage: p.errorPage, Proxies: d.Proxies, Secure: d.Secure, Variant: ui.Variant,
		Cache: web.NewCache(web.CacheConfig{Generation: p.generation.Load, Now: d.Now, TTL: time.Minute}),
	})
	p.addRoutes()
	return p, nil
}

// noFolder is a file system without one folder.
type noFolder struct {
	fs.FS
	without string
}

func (n noFolder) Open(name string) (fs.File, error) {
	if name == n.without || strings.HasPrefix(name, n.without+"/") {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return n.FS.Open(name)
}

func (n noFolder) ReadDir(name string) ([]fs.DirEntry, error) {
	all, err := fs.ReadDir(n.FS, name)
	kept := all[:0]
	for _, e := range all {
		if e.Name() != n.without {
			kept = append(kept, e)
		}
	}
	return kept, err
}

// Routes is the table of the portal, for the test that walks it.
func (p *Portal) Routes() []web.Route { return p.routes.Table() }

// ServeHTTP answers a request. Views of items are counted here, around the
// cache, in memory.
func (p *Portal) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	id, ok := strings.CutPrefix(r.URL.Path, "/info/")
	if !ok || r.Method != http.MethodGet || len(id) != 20 {
		p.routes.ServeHTTP(w, r)
		return
	}
	seen := &seen{ResponseWriter: w}
	p.routes.ServeHTTP(seen, r)
	if seen.status == http.StatusOK || seen.status == http.StatusNotModified {
		p.count(publication.ItemID(id))
	}
}

// seen remembers how a request was answered: only a page that was there has
// been read.
type seen struct {
	http.ResponseWriter
	status int
}

// WriteHeader begins the answer.
func (s *seen) WriteHeader(status int) {
	s.status = status
	s.ResponseWriter.WriteHeader(status)
}

// Unwrap lets http.ResponseController reach the connection.
func (s *seen) Unwrap() http.ResponseWriter { return s.ResponseWriter }

// mostViews bounds the counters held between two writes.
const mostViews = 20000

func (p *Portal) count(id publication.ItemID) {
	p.mu.Lock()
	if _, known := p.views[id]; known || len(p.views) < mostViews {
		p.views[id]++
	}
	p.mu.Unlock()
}

// Run does the portal's own upkeep until ctx ends: it writes the counters of
// views every few seconds, and notices acts of other processes, so that no page
// is kept longer than a second after something changed.
func (p *Portal) Run(ctx context.Context) {
	look, write := time.NewTicker(time.Second), time.NewTicker(10*time.Second)
	defer look.Stop()
	defer write.Stop()
	var size int64
	for {
		select {
		case <-ctx.Done():
			p.writeViews(context.WithoutCancel(ctx))
			return
		case <-write.C:
			p.writeViews(ctx)
		case <-look.C:
			if err := p.DB.Read(ctx, func(tx *db.Tx) error {
				head, err := ledger.HeadOf(tx)
				if err == nil && head.Size != size {
					size = head.Size
					p.generation.Add(1)
				}
				return err
			}); err != nil && ctx.Err() == nil {
				p.Log.Error("look for changes", "err", err)
			}
		}
	}
}

func (p *Portal) writeViews(ctx context.Context) {
	p.mu.Lock()
	views := p.views
	p.views = map[publication.ItemID]int{}
	p.mu.Unlock()
	if len(views) == 0 {
		return
	}
	if err := p.Items.AddViews(ctx, views); err != nil {
		p.Log.Error("write views", "err", err)
	}
}
