package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"
)

// gzipFrom is the size below which compression costs more than it saves.
const gzipFrom = 1 << 10

// Compressors for an answer made for one reader, for a page kept for many, and
// for a file kept as long as the program runs.
var (
	answerZips = zips(gzip.BestSpeed)
	pageZips   = zips(gzip.DefaultCompression)
	assetZips  = zips(gzip.BestCompression)
)

func zips(level int) *sync.Pool {
	return &sync.Pool{New: func() any {
		z, err := gzip.NewWriterLevel(io.Discard, level)
		if err != nil {
			panic(err) // the levels above exist
		}
		return z
	}}
}

// squeeze compresses with a writer of the pool.
func squeeze(pool *sync.Pool, plain []byte) ([]byte, error) {
	var b bytes.Buffer
	b.Grow(len(plain) / 3)
	z := pool.Get().(*gzip.Writer)
	defer pool.Put(z)
	z.Reset(&b)
	if _, err := z.Write(plain); err != nil {
		return nil, fmt.Errorf("compress: %w", err)
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("compress: %w", err)
	}
	return bytes.Clone(b.Bytes()), nil
}

// Write sends finished bytes: compressed when the reader understands it and it
// helps, with an ETag, and as 304 when the reader already has them. Pages that
// belong to a person are not kept by caches on the way: unless the handler has
// set Cache-Control, "private, no-cache" is sent.
func Write(w http.ResponseWriter, r *http.Request, status int, contentType string, body []byte) error {
	h := w.Header()
	h["Content-Type"] = []string{contentType}
	if rec, ok := w.(*recorder); ok {
		rec.WriteHeader(status)
		_, err := rec.Write(body)
		return err
	}
	if h.Get("Cache-Control") == "" {
		h["Cache-Control"] = []string{"private, no-cache"}
	}
	h.Add("Vary", "Accept-Encoding")
	if status == http.StatusOK {
		tag := etag(body)
		h["Etag"] = []string{tag}
		if matches(r, tag) {
			w.WriteHeader(http.StatusNotModified)
			return nil
		}
	}
	if len(body) >= gzipFrom && compressible(contentType) && takesGzip(r) {
		zip, err := squeeze(answerZips, body)
		if err != nil {
			return err
		}
		h["Content-Encoding"] = []string{"gzip"}
		body = zip
	}
	h["Content-Length"] = []string{strconv.Itoa(len(body))}
	w.WriteHeader(status)
	if r.Method == http.MethodHead {
		return nil
	}
	_, _ = w.Write(body) // a reader who left is not our failure
	return nil
}

// HTML sends a finished page with status 200.
func HTML(w http.ResponseWriter, r *http.Request, body []byte) error {
	return Write(w, r, http.StatusOK, "text/html; charset=utf-8", body)
}

// JSON sends a value, for the small scripts of our own pages.
func JSON(w http.ResponseWriter, r *http.Request, status int, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("encode answer: %w", err)
	}
	return Write(w, r, status, "application/json; charset=utf-8", b)
}

// File says how a stored file is sent.
type File struct {
	Name   string // the name the reader sees and saves it under
	Type   string // media type; empty means unknown
	Digest string // content hash, the ETag; empty for none
	Time   time.Time
	Inline bool // show in the browser where it is harmless (images, PDF), otherwise save
	Public bool // caches on the way may keep it
}

// ServeFile sends a stored file, in ranges if asked. Whatever is in it, it
// cannot act as a page of ours: types that can carry script are only ever
// saved, and the answer is sandboxed.
func ServeFile(w http.ResponseWriter, r *http.Request, f File, content io.ReadSeeker) error {
	h := w.Header()
	kind := f.Type
	if kind == "" {
		kind = "application/octet-stream"
	}
	how := "attachment"
	if f.Inline && harmless(kind) {
		how = "inline"
	}
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", how+"; filename*=UTF-8''"+strings.ReplaceAll(url.QueryEscape(f.Name), "+", "%20"))
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")
	if f.Digest != "" {
		h.Set("Etag", `"`+f.Digest+`"`)
	}
	if f.Public {
		h.Set("Cache-Control", "public, no-cache")
	} else {
		h.Set("Cache-Control", "private, no-cache")
	}
	http.ServeContent(w, r, "", f.Time, content)
	return nil
}

// harmless types are shown by browsers without running anything of the file.
func harmless(contentType string) bool {
	t, _, _ := mime.ParseMediaType(contentType)
	switch t {
	case "application/pdf", "image/png", "image/jpeg", "image/gif", "image/webp", "text/plain":
		return true
	}
	return false
}

func compressible(contentType string) bool {
	return strings.HasPrefix(contentType, "text/") || strings.HasPrefix(contentType, "application/json") ||
		strings.HasPrefix(contentType, "application/xml") || strings.HasPrefix(contentType, "application/rss") ||
		strings.HasPrefix(contentType, "image/svg")
}

// etag is weak: the compressed and the plain form share it.
func etag(body []byte) string {
	sum := sha256.Sum256(body)
	return `W/"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`
}

// matches compares weakly, as If-None-Match wants. It does not allocate.
func matches(r *http.Request, tag string) bool {
	for _, line := range r.Header["If-None-Match"] {
		if line == tag || line == "*" || strings.Contains(line, strings.TrimPrefix(tag, "W/")) {
			return true
		}
	}
	return false
}

// takesGzip reads Accept-Encoding without allocating.
func takesGzip(r *http.Request) bool {
	for _, line := range r.Header["Accept-Encoding"] {
		i := strings.Index(line, "gzip")
		if i < 0 {
			continue
		}
		rest := strings.TrimLeft(line[i+4:], " ")
		if strings.HasPrefix(rest, ";") {
			rest = strings.TrimLeft(rest[1:], " ")
			if strings.HasPrefix(rest, "q=0") && strings.Trim(until(rest[3:], ','), " .0") == "" {
				continue
			}
		}
		return true
	}
	return false
}

func until(s string, c byte) string {
	if i := strings.IndexByte(s, c); i >= 0 {
		return s[:i]
	}
	return s
}
