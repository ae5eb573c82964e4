package web

import (
	"bytes"
	"context"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Cache keeps finished public pages. An entry is served while the generation it
// was made in is still the present one and it is younger than the time limit;
// so an act that changes what the public sees only has to move the generation.
type Cache struct {
	generation func() uint64
	now        func() time.Time
	ttl        time.Duration
	room       int64 // bytes for one shard

	shards [cacheShards]shard

	hits, misses atomic.Int64
}

const cacheShards = 16

// CacheConfig says when kept pages are valid and how much memory they may use.
type CacheConfig struct {
	Generation func() uint64 // moves whenever public content changes
	Now        func() time.Time
	TTL        time.Duration // zero: one minute
	Bytes      int64         // zero: 64 MiB
}

// NewCache makes an empty cache.
func NewCache(c CacheConfig) *Cache {
	if c.TTL == 0 {
		c.TTL = time.Minute
	}
	if c.Bytes == 0 {
		c.Bytes = 64 << 20
	}
	cache := &Cache{generation: c.Generation, now: c.Now, ttl: c.TTL, room: c.Bytes / cacheShards}
	for i := range cache.shards {
		cache.shards[i].pages = map[pageKey]*page{}
		cache.shards[i].making = map[pageKey]*making{}
	}
	return cache
}

// Counts returns how many requests were answered from the cache and how many
// pages had to be made.
func (c *Cache) Counts() (hits, misses int64) { return c.hits.Load(), c.misses.Load() }

type pageKey struct{ host, path, query, variant string }

// page is a finished answer, ready to be put on the wire.
type page struct {
	key        pageKey
	generation uint64
	made       time.Time
	etag       string
	header     []headerLine // with the plain body's length
	zipHeader  []headerLine // with the compressed body's length
	notModif   []headerLine
	plain      []byte
	zip        []byte // nil when it would not help
	used       atomic.Bool
}

func (p *page) size() int64 {
	return int64(len(p.plain)+len(p.zip)+len(p.key.path)+len(p.key.query)) + 1024
}

type shard struct {
	mu     sync.RWMutex
	pages  map[pageKey]*page
	ring   []*page // in order of arrival; the hand of the clock goes round it
	bytes  int64
	making map[pageKey]*making
}

// making is a page under way: the others wait for the first.
type making struct {
	done chan struct{}
	page *page // nil when the answer could not be kept
}

func (c *Cache) shard(k *pageKey) *shard {
	h := uint32(2166136261)
	for i := 0; i < len(k.path); i++ {
		h = (h ^ uint32(k.path[i])) * 16777619
	}
	for i := 0; i < len(k.query); i++ {
		h = (h ^ uint32(k.query[i])) * 16777619
	}
	return &c.shards[h%cacheShards]
}

// look returns the valid page for a key, or nil.
func (c *Cache) look(k *pageKey) *page {
	s := c.shard(k)
	s.mu.RLock()
	p := s.pages[*k]
	s.mu.RUnlock()
	if p == nil || p.generation != c.generation() || c.now().Sub(p.made) > c.ttl {
		return nil
	}
	if !p.used.Load() {
		p.used.Store(true)
	}
	return p
}

// put stores a page and makes room for it: the hand goes round, spares once
// what was used since its last visit, and drops the rest.
func (s *shard) put(p *page, room int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if old := s.pages[p.key]; old != nil {
		s.bytes -= old.size()
		for i, q := range s.ring {
			if q == old {
				s.ring[i] = p
			}
		}
	} else {
		s.ring = append(s.ring, p)
	}
	s.pages[p.key] = p
	s.bytes += p.size()
	for spared := 0; s.bytes > room && len(s.ring) > 0; {
		q := s.ring[0]
		s.ring = s.ring[1:]
		if q.used.Swap(false) && spared < len(s.ring) {
			s.ring = append(s.ring, q)
			spared++
			continue
		}
		delete(s.pages, q.key)
		s.bytes -= q.size()
	}
}

// keyOf makes the key of a request and says whether the cache may be used.
func (rs *Routes) keyOf(r *http.Request) (pageKey, bool) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead || r.URL.RawPath != "" || len(r.Header["Authorization"]) > 0 {
		return pageKey{}, false
	}
	variant, ok := rs.face.Variant(r)
	if !ok || len(r.URL.RawQuery) > 512 {
		return pageKey{}, false
	}
	return pageKey{r.Host, r.URL.Path, r.URL.RawQuery, variant}, true
}

// serveKept answers from the cache. This is the way most requests to a
// government site take, so it touches nothing it need not touch.
func (rs *Routes) serveKept(w http.ResponseWriter, r *http.Request) bool {
	key, ok := rs.keyOf(r)
	if !ok {
		return false
	}
	p := rs.face.Cache.look(&key)
	if p == nil {
		return false
	}
	rs.face.Cache.hits.Add(1)
	p.send(w, r)
	return true
}

func (p *page) send(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	if matches(r, p.etag) {
		for i := range p.notModif {
			h[p.notModif[i].name] = p.notModif[i].value
		}
		w.WriteHeader(http.StatusNotModified)
		return
	}
	body, lines := p.plain, p.header
	if p.zip != nil && takesGzip(r) {
		body, lines = p.zip, p.zipHeader
	}
	for i := range lines {
		h[lines[i].name] = lines[i].value
	}
	w.WriteHeader(http.StatusOK)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // a reader who left is not our failure
	}
}

// keep makes a page once, whoever else asks for it meanwhile, and stores it if
// it is a plain success without cookies.
func (rs *Routes) keep(rt *Route, w *tracked, r *http.Request) error {
	c := rs.face.Cache
	key, ok := rs.keyOf(r)
	if !ok {
		return rt.handler(w, r)
	}
	s := c.shard(&key)
	s.mu.Lock()
	if m := s.making[key]; m != nil {
		s.mu.Unlock()
		select {
		case <-m.done:
		case <-r.Context().Done():
			return r.Context().Err()
		}
		if m.page != nil {
			c.hits.Add(1)
			m.page.send(w, r)
			return nil
		}
		return rt.handler(w, r)
	}
	m := &making{done: make(chan struct{})}
	s.making[key] = m
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		delete(s.making, key)
		s.mu.Unlock()
		close(m.done)
	}()

	c.misses.Add(1)
	generation, made := c.generation(), c.now()
	rec := &recorder{header: w.Header().Clone()}
	// The page is for everybody, so it is finished even if the first reader leaves.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), rt.timeout)
	defer cancel()
	req := r.WithContext(ctx)
	if req.Method == http.MethodHead {
		req.Method = http.MethodGet
	}
	if err := rt.handler(rec, req); err != nil {
		return err
	}
	if !rec.keepable() {
		return rec.replay(w, r)
	}
	p, err := finish(key, rec, generation, made)
	if err != nil {
		return err
	}
	if p.size() <= c.room/4 {
		s.put(p, c.room)
	}
	m.page = p
	p.send(w, r)
	return nil
}

// finish turns a recorded answer into bytes and header lines for the wire.
func finish(key pageKey, rec *recorder, generation uint64, made time.Time) (*page, error) {
	plain := rec.body.Bytes()
	p := &page{key: key, generation: generation, made: made, plain: plain, etag: etag(plain)}
	p.key.host, p.key.path = strings.Clone(key.host), strings.Clone(key.path)
	p.key.query, p.key.variant = strings.Clone(key.query), strings.Clone(key.variant)
	h := rec.header
	h.Set("Etag", p.etag)
	h.Set("Vary", "Accept-Encoding, Cookie")
	if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", "public, no-cache")
	}
	for name, value := range h {
		line := headerLine{name, value}
		p.header = append(p.header, line)
		p.zipHeader = append(p.zipHeader, line)
		if name != "Content-Type" {
			p.notModif = append(p.notModif, line)
		}
	}
	p.header = append(p.header, headerLine{"Content-Length", []string{strconv.Itoa(len(plain))}})
	if len(plain) >= gzipFrom && compressible(h.Get("Content-Type")) {
		zip, err := squeeze(pageZips, plain)
		if err != nil {
			return nil, err
		}
		p.zip = zip
		p.zipHeader = append(p.zipHeader, headerLine{"Content-Encoding", []string{"gzip"}},
			headerLine{"Content-Length", []string{strconv.Itoa(len(zip))}})
	}
	return p, nil
}

// recorder takes an answer down instead of sending it.
type recorder struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (rec *recorder) Header() http.Header { return rec.header }

func (rec *recorder) WriteHeader(status int) {
	if rec.status == 0 {
		rec.status = status
	}
}

func (rec *recorder) Write(b []byte) (int, error) {
	rec.WriteHeader(http.StatusOK)
	return rec.body.Write(b)
}

func (rec *recorder) keepable() bool {
	cc := rec.header.Get("Cache-Control")
	return rec.status == http.StatusOK && len(rec.header["Set-Cookie"]) == 0 &&
		!strings.Contains(cc, "no-store") && !strings.Contains(cc, "private")
}

// replay sends an answer that cannot be kept.
func (rec *recorder) replay(w http.ResponseWriter, r *http.Request) error {
	h := w.Header()
	for name, value := range rec.header {
		h[name] = value
	}
	if rec.status == 0 {
		rec.status = http.StatusOK
	}
	if rec.status == http.StatusOK {
		return Write(w, r, rec.status, rec.header.Get("Content-Type"), rec.body.Bytes())
	}
	w.WriteHeader(rec.status)
	_, _ = w.Write(rec.body.Bytes())
	return nil
}
