package site

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"

	"gongkai/inspection/rule"
)

// A world is a site made for a test, with a clock of its own: waiting moves the
// clock, and nobody waits.
type world struct {
	t *testing.T
	*httptest.Server
	o Options

	mu     sync.Mutex
	now    time.Time
	waits  []time.Duration
	asked  []string // "GET /a"
	busy   int
	most   int            // requests at once
	sent   map[string]int // answers by "GET /a 200"
	handle http.Handler
}

var noon = time.Date(2026, 11, 22, 4, 0, 0, 0, time.UTC) // a Sunday in Beijing

func newWorld(t *testing.T, h http.Handler) *world {
	w := unstarted(t, h)
	w.Start()
	w.o.Start = []string{w.URL + "/"}
	return w
}

func unstarted(t *testing.T, h http.Handler) *world {
	w := &world{t: t, now: noon, handle: h, sent: map[string]int{}}
	w.Server = httptest.NewUnstartedServer(w)
	w.Config.ErrorLog = log.New(io.Discard, "", 0)
	t.Cleanup(w.Close)
	w.o = Options{Inside: true, Now: w.clock, Wait: w.pause, Timeout: 5 * time.Second}
	return w
}

func (w *world) clock() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

func (w *world) pause(ctx context.Context, d time.Duration) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
	w.waits = append(w.waits, d)
	return ctx.Err()
}

func (w *world) pass(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
}

func (w *world) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	w.mu.Lock()
	w.busy++
	w.most = max(w.most, w.busy)
	w.asked = append(w.asked, r.Method+" "+r.URL.RequestURI())
	w.mu.Unlock()
	rec := &recorder{ResponseWriter: rw, status: 200}
	w.handle.ServeHTTP(rec, r)
	w.mu.Lock()
	w.busy--
	w.sent[fmt.Sprintf("%s %s %d", r.Method, r.URL.RequestURI(), rec.status)]++
	w.mu.Unlock()
}

type recorder struct {
	http.ResponseWriter
	status int
}

func (r *recorder) WriteHeader(s int) { r.status = s; r.ResponseWriter.WriteHeader(s) }

func (r *recorder) Flush() { r.ResponseWriter.(http.Flusher).Flush() }

// crawl runs over the world and returns every page with its findings.
func (w *world) crawl(st State) (Report, []PageResult) {
	w.t.Helper()
	var all []PageResult
	r, err := Run(context.Background(), w.o, st, func(p PageResult) error {
		all = append(all, p)
		return nil
	})
	if err != nil {
		w.t.Fatalf("Run: %v", err)
	}
	return r, all
}

// codes lists rules found, with the path of their page: "site.dead /".
func codes(base string, all []PageResult) (found []string) {
	for _, p := range all {
		for _, f := range p.Findings {
			found = append(found, f.Rule+" "+strings.TrimPrefix(p.URL, base))
		}
	}
	slices.Sort(found)
	return found
}

const foot = `<footer>主办：示例市明镜区人民政府 网站标识码：1234560001 示ICP备12345678号 示公网安备 12345678901234号 <a href="/">联系我们</a></footer>`

// script reads the small sites of the pack's examples: an address a line, with
// status and marks before the bar and the body behind it. Pages without the mark
// bare have the foot the norms want.
type script struct {
	pages           map[string]*scripted
	tls, host, base string
	other           string
	external        bool
	calendar        bool
	w               *world
}

type scripted struct {
	status         int
	charset        string
	gb, once, bare bool
	slow           time.Duration
	body           string
	served         int
}

func newScript(t *testing.T, text string) *script {
	s := &script{pages: map[string]*scripted{}}
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		head, body, _ := strings.Cut(line, " | ")
		marks := strings.Fields(head)
		p := &scripted{status: 200, body: body}
		for _, m := range marks[1:] {
			k, v, _ := strings.Cut(m, "=")
			switch k {
			case "once":
				p.once = true
			case "bare":
				p.bare = true
			case "gb18030":
				p.gb = true
			case "charset":
				p.charset = v
			case "external":
				s.external = true
			case "slow":
				n, err := strconv.Atoi(v)
				if err != nil {
					t.Fatal(err)
				}
				p.slow = time.Duration(n) * time.Second
			default:
				n, err := strconv.Atoi(k)
				if err != nil {
					t.Fatalf("example %q: mark %q", text, m)
				}
				p.status = n
			}
		}
		switch k, v, _ := strings.Cut(marks[0], "="); k {
		case "tls":
			s.tls = v
		case "host":
			s.host = v
		case "calendar":
			s.calendar = true
		default:
			s.pages[marks[0]] = p
		}
	}
	return s
}

func (s *script) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p := s.pages[r.URL.RequestURI()]
	if p == nil && strings.HasPrefix(r.URL.Path, "/calendar") && s.calendar {
		n, _ := strconv.Atoi(r.URL.Query().Get("n"))
		p = &scripted{status: 200, body: fmt.Sprintf("<p>%d月</p><a href=/calendar?n=%d>下月</a>", n, n+1)}
	}
	if p == nil && !strings.HasSuffix(r.URL.Path, ".txt") && !strings.HasSuffix(r.URL.Path, ".xml") {
		p = s.pages["*"]
	}
	if p == nil {
		http.NotFound(w, r)
		return
	}
	p.served++
	status, first := p.status, p.served == 1
	if p.once && !first {
		status = 200
	}
	if p.slow > 0 && (first || !p.once) {
		s.w.pass(p.slow)
	}
	if status/100 == 3 {
		http.Redirect(w, r, p.body, status)
		return
	}
	body := strings.NewReplacer("SITE", s.base, "OTHER", s.other, "GOV", "http://www.old.gov.cn", "LONG", strings.Repeat("会议研究部署了下一阶段重点工作。", 10)).Replace(p.body)
	kind := "text/html"
	switch {
	case strings.HasSuffix(r.URL.Path, ".xml"):
		kind = "application/xml"
	case strings.HasSuffix(r.URL.Path, ".png"):
		kind = "image/png"
	default:
		if !p.bare {
			body += foot
		}
	}
	b := []byte(body)
	if p.gb {
		b, _ = simplifiedchinese.GB18030.NewEncoder().Bytes(b)
	}
	if p.charset != "" {
		kind += "; charset=" + p.charset
	} else if kind == "text/html" {
		kind += "; charset=utf-8"
	}
	w.Header().Set("Content-Type", kind)
	w.WriteHeader(status)
	w.Write(b)
}

// play serves a small site and returns what is found on it.
func play(t *testing.T, text string) []PageResult {
	t.Helper()
	s := newScript(t, text)
	w := unstarted(t, s)
	s.w = w
	switch {
	case s.tls != "":
		w.secure(s.tls)
	default:
		w.Start()
	}
	other := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) { io.WriteString(rw, "<p>另一个网站</p>") }))
	t.Cleanup(other.Close)
	old := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/moved-away" {
			http.Redirect(rw, r, "http://www.other.example/", http.StatusFound)
		}
	}))
	t.Cleanup(old.Close)
	s.base, s.other = w.URL, "http://www.other.example"
	w.o.External = s.external
	w.o.dial = func(address string) string {
		switch host, _, _ := net.SplitHostPort(address); host {
		case "www.other.example":
			return other.Listener.Addr().String()
		case "www.old.gov.cn":
			return old.Listener.Addr().String()
		case "nobody.invalid":
			return "127.0.0.1:1"
		case s.host:
			return w.Listener.Addr().String()
		}
		return address
	}
	w.o.Start = []string{w.URL + "/"}
	if s.host != "" {
		w.o.Start = []string{"http://" + s.host + "/"}
	}
	_, all := w.crawl(NewMemory())
	return all
}

// Every rule of the pack is run on the small sites of its examples.
func TestTheRulesKeepTheirExamples(t *testing.T) {
	for _, r := range Pack().Rules {
		t.Run(r.Code, func(t *testing.T) {
			has := func(all []PageResult) bool {
				return slices.ContainsFunc(all, func(p PageResult) bool {
					return slices.ContainsFunc(p.Findings, func(f rule.Finding) bool { return f.Rule == r.Code })
				})
			}
			for _, s := range r.Find {
				if all := play(t, s); !has(all) {
					t.Errorf("%s is not found on\n%s\nfound %v", r.Code, s, codes("", all))
				}
			}
			for _, s := range r.Pass {
				if all := play(t, s); has(all) {
					t.Errorf("%s is found on\n%s\nfound %v", r.Code, s, codes("", all))
				}
			}
		})
	}
}

// secure starts the world with a certificate that is good, or not.
func (w *world) secure(how string) {
	w.t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		w.t.Fatal(err)
	}
	c := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "example"}, NotBefore: noon.AddDate(-1, 0, 0), NotAfter: noon.AddDate(1, 0, 0),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}}
	w.TLS = &tls.Config{}
	switch how {
	case "expired":
		c.NotAfter = noon.AddDate(0, 0, -1)
	case "soon":
		c.NotAfter = noon.AddDate(0, 0, 10)
	case "other-name":
		c.IPAddresses = []net.IP{net.IPv4(127, 0, 0, 2)}
	case "old":
		w.TLS.MinVersion, w.TLS.MaxVersion = tls.VersionTLS10, tls.VersionTLS11
	}
	der, err := x509.CreateCertificate(rand.Reader, c, c, &key.PublicKey, key)
	if err != nil {
		w.t.Fatal(err)
	}
	w.TLS.Certificates = []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}
	w.o.Roots = x509.NewCertPool()
	if leaf, err := x509.ParseCertificate(der); err == nil && how != "unknown" {
		w.o.Roots.AddCert(leaf)
	}
	w.StartTLS()
}
