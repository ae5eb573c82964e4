package web_test

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"gongkai/internal/web"
)

// kept is a face with a cache whose generation and clock the test moves.
type kept struct {
	*web.Routes
	cache      *web.Cache
	generation atomic.Uint64
	now        atomic.Int64
	made       atomic.Int64
}

func newKept(bytes int64) *kept {
	k := &kept{}
	now := func() time.Time { return monday.Add(time.Duration(k.now.Load())) }
	k.cache = web.NewCache(web.CacheConfig{Generation: k.generation.Load, Now: now, TTL: time.Minute, Bytes: bytes})
	k.Routes = web.New(web.Face{Now: now, Cache: k.cache})
	k.Get("/page/{n}", web.Public, func(w http.ResponseWriter, r *http.Request) error {
		n := k.made.Add(1)
		return web.HTML(w, r, fmt.Appendf(nil, "<p>%s made %d %s</p>%s", r.PathValue("n"), n, r.URL.RawQuery, strings.Repeat("公开", 2000)))
	}).Cached()
	return k
}

func (k *kept) first(t *testing.T, target string, change ...func(*http.Request)) string {
	t.Helper()
	w := ask(k, "GET", target, change...)
	if w.Code != 200 {
		t.Fatalf("GET %s = %d, want 200", target, w.Code)
	}
	return strings.SplitN(w.Body.String(), "</p>", 2)[0]
}

func TestAPageIsMadeOnceForEachAddressUntilTheGenerationMoves(t *testing.T) {
	k := newKept(0)
	for _, step := range []struct {
		what, target, want string
		before             func()
	}{
		{"first", "/page/a", "<p>a made 1 ", nil},
		{"again", "/page/a", "<p>a made 1 ", nil},
		{"with a query", "/page/a?y=1", "<p>a made 2 y=1", nil},
		{"another host", "http://other.example/page/a", "<p>a made 3 ", nil},
		{"after an act", "/page/a", "<p>a made 4 ", func() { k.generation.Add(1) }},
		{"again after the act", "/page/a", "<p>a made 4 ", nil},
		{"a minute and a bit later", "/page/a", "<p>a made 5 ", func() { k.now.Store(int64(61 * time.Second)) }},
	} {
		if step.before != nil {
			step.before()
		}
		if got := k.first(t, step.target); got != step.want {
			t.Errorf("%s: GET %s = %q, want %q", step.what, step.target, got, step.want)
		}
	}
	if hits, misses := k.cache.Counts(); hits != 2 || misses != 5 {
		t.Errorf("Counts() = %d, %d; want 2 hits, 5 misses", hits, misses)
	}
}

func TestAVisitorWithACookieIsNotServedFromTheCache(t *testing.T) {
	k := newKept(0)
	k.first(t, "/page/a")
	if got := k.first(t, "/page/a", header("Cookie", "gk_said=x")); got != "<p>a made 2 " {
		t.Errorf("with a cookie = %q, want a page made anew", got)
	}
}

func TestTheLookOfAPageIsPartOfItsKey(t *testing.T) {
	made := 0
	cache := web.NewCache(web.CacheConfig{Generation: func() uint64 { return 1 }, Now: clock})
	rs := web.New(web.Face{Now: clock, Cache: cache, Variant: func(r *http.Request) (string, bool) { return r.Header.Get("Look"), true }})
	rs.Get("/", web.Public, func(w http.ResponseWriter, r *http.Request) error {
		made++
		return web.HTML(w, r, []byte(r.Header.Get("Look")))
	}).Cached()
	for range 2 {
		for _, look := range []string{"", "elder"} {
			if got := ask(rs, "GET", "/", header("Look", look)).Body.String(); got != look {
				t.Errorf("look %q = %q", look, got)
			}
		}
	}
	if made != 2 {
		t.Errorf("pages made = %d, want 2", made)
	}
}

func TestTheSameBytesComeCompressedPlainAndAsNotModified(t *testing.T) {
	k := newKept(0)
	plain := ask(k, "GET", "/page/a")
	for range 2 {
		zip := ask(k, "GET", "/page/a", header("Accept-Encoding", "br, gzip"))
		if zip.Header().Get("Content-Encoding") != "gzip" {
			t.Fatalf("Content-Encoding = %q, want gzip", zip.Header().Get("Content-Encoding"))
		}
		z, err := gzip.NewReader(zip.Body)
		if err != nil {
			t.Fatal(err)
		}
		if b, err := io.ReadAll(z); err != nil || string(b) != plain.Body.String() {
			t.Errorf("unpacked = %d bytes, %v; want the plain page of %d", len(b), err, plain.Body.Len())
		}
	}
	if w := ask(k, "GET", "/page/a", header("Accept-Encoding", "gzip;q=0")); w.Header().Get("Content-Encoding") != "" {
		t.Errorf("a reader who refuses gzip got %q", w.Header().Get("Content-Encoding"))
	}
	tag := plain.Header().Get("Etag")
	w := ask(k, "GET", "/page/a", header("If-None-Match", tag))
	if w.Code != 304 || w.Body.Len() != 0 || tag == "" {
		t.Errorf("If-None-Match %s = %d with %d bytes, want 304 with none", tag, w.Code, w.Body.Len())
	}
	if w.Header().Get("Content-Security-Policy") == "" || plain.Header().Get("Content-Security-Policy") == "" {
		t.Error("an answer from the cache has lost its policy")
	}
	if w := ask(k, "HEAD", "/page/a"); w.Body.Len() != 0 || w.Header().Get("Content-Length") != fmt.Sprint(plain.Body.Len()) {
		t.Errorf("HEAD = %d bytes, length %s; want none, %d", w.Body.Len(), w.Header().Get("Content-Length"), plain.Body.Len())
	}
}

func TestAPageNeverKeptIsMadeEachTime(t *testing.T) {
	for _, tt := range []struct {
		name   string
		status int
		answer web.Handler
	}{
		{"a failure", 500, func(http.ResponseWriter, *http.Request) error { return errors.New("no") }},
		{"not found", 404, func(w http.ResponseWriter, r *http.Request) error { return web.Status(404, "") }},
		{"with a cookie", 200, func(w http.ResponseWriter, r *http.Request) error {
			web.SetCookie(w, r, "a", "b", "/", 0)
			return web.HTML(w, r, []byte("x"))
		}},
		{"no-store", 200, func(w http.ResponseWriter, r *http.Request) error {
			w.Header().Set("Cache-Control", "no-store")
			return web.HTML(w, r, []byte("x"))
		}},
		{"a redirect", 303, func(w http.ResponseWriter, r *http.Request) error { return web.SeeOther(w, r, "/y") }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			made := 0
			cache := web.NewCache(web.CacheConfig{Generation: func() uint64 { return 1 }, Now: clock})
			rs := web.New(web.Face{Now: clock, Cache: cache})
			rs.Get("/x", web.Public, func(w http.ResponseWriter, r *http.Request) error { made++; return tt.answer(w, r) }).Cached()
			for range 2 {
				if w := ask(rs, "GET", "/x"); w.Code != tt.status {
					t.Errorf("GET /x = %d, want %d", w.Code, tt.status)
				}
			}
			if made != 2 {
				t.Errorf("made %d times, want 2", made)
			}
		})
	}
}

func TestTheCacheStaysWithinItsMemory(t *testing.T) {
	k := newKept(16 * 60_000) // about four pages of 14 KB in each of 16 shards
	for i := range 400 {
		k.first(t, fmt.Sprintf("/page/%d", i))
	}
	before, _ := k.cache.Counts()
	for i := range 400 {
		k.first(t, fmt.Sprintf("/page/%d", 399-i))
	}
	after, _ := k.cache.Counts()
	if still := after - before; still == 0 || still > 80 {
		t.Errorf("pages still kept after 400 = %d, want some of the 64 that fit", still)
	}
}

func TestManyReadersAtOnceMakeAPageOnce(t *testing.T) {
	var made atomic.Int64
	release := make(chan struct{})
	cache := web.NewCache(web.CacheConfig{Generation: func() uint64 { return 1 }, Now: clock})
	rs := web.New(web.Face{Now: clock, Cache: cache})
	rs.Get("/x", web.Public, func(w http.ResponseWriter, r *http.Request) error {
		made.Add(1)
		<-release
		return web.HTML(w, r, []byte("one"))
	}).Cached()
	var readers sync.WaitGroup
	for range 20 {
		readers.Go(func() {
			if got := ask(rs, "GET", "/x").Body.String(); got != "one" {
				t.Errorf("GET /x = %q, want one", got)
			}
		})
	}
	time.Sleep(20 * time.Millisecond)
	close(release)
	readers.Wait()
	if made.Load() != 1 {
		t.Errorf("made %d times, want once", made.Load())
	}
}

// sink is an answer that costs nothing, to measure the cache alone.
type sink struct {
	header http.Header
	n      int
}

func (s *sink) Header() http.Header         { return s.header }
func (s *sink) WriteHeader(int)             {}
func (s *sink) Write(b []byte) (int, error) { s.n += len(b); return len(b), nil }

func TestAHitAllocatesNothing(t *testing.T) {
	k := newKept(0)
	k.first(t, "/page/a")
	r := httptest.NewRequest("GET", "/page/a", nil)
	r.Header.Set("Accept-Encoding", "gzip, deflate, br")
	s := &sink{header: http.Header{}}
	k.ServeHTTP(s, r)
	if n := testing.AllocsPerRun(100, func() { k.ServeHTTP(s, r) }); n > 0 {
		t.Errorf("a hit allocates %v times, want 0", n)
	}
}

func BenchmarkHit(b *testing.B) {
	k := newKept(0)
	ask(k, "GET", "/page/a")
	r := httptest.NewRequest("GET", "/page/a", nil)
	r.Header.Set("Accept-Encoding", "gzip, deflate, br")
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		s := &sink{header: http.Header{}}
		for pb.Next() {
			k.ServeHTTP(s, r)
		}
	})
}

func BenchmarkMiss(b *testing.B) {
	k := newKept(0)
	r := httptest.NewRequest("GET", "/page/a", nil)
	b.ReportAllocs()
	for b.Loop() {
		k.generation.Add(1)
		k.ServeHTTP(&sink{header: http.Header{}}, r)
	}
}
