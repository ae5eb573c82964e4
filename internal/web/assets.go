package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// moduleLine finds what cannot stand inside a block.
var moduleLine = regexp.MustCompile(`(?m)^(import|export)\b`)

// Assets are a face's static files, held in memory with their compressed form.
// Each is served under a name with a hash of its content and may be kept by
// browsers for ever.
type Assets struct {
	prefix string
	byName map[string]*asset // "ui.css"
	byURL  map[string]*asset // "ui.3f9a0c21.css"
}

type asset struct {
	url, hash, kind string
	plain, zip      []byte
}

// NewAssets makes an empty set served below prefix, such as "/assets/".
func NewAssets(prefix string) *Assets {
	if !strings.HasPrefix(prefix, "/") || !strings.HasSuffix(prefix, "/") {
		panic("web: asset prefix must begin and end with a slash: " + prefix)
	}
	return &Assets{prefix: prefix, byName: map[string]*asset{}, byURL: map[string]*asset{}}
}

// Add adds one file under a plain name such as "portal.css".
func (a *Assets) Add(name string, content []byte) error {
	if a.byName[name] != nil {
		return fmt.Errorf("asset %s is added twice", name)
	}
	ext := path.Ext(name)
	kind := mime.TypeByExtension(ext)
	switch ext {
	case ".js", ".mjs":
		kind = "text/javascript; charset=utf-8"
	case ".css":
		kind = "text/css; charset=utf-8"
	case ".svg":
		kind = "image/svg+xml"
	case ".woff2":
		kind = "font/woff2"
	}
	if kind == "" {
		return fmt.Errorf("asset %s: unknown type", name)
	}
	sum := sha256.Sum256(content)
	hash := hex.EncodeToString(sum[:8])
	s := &asset{hash: hash, kind: kind, plain: content}
	file := strings.TrimSuffix(name, ext) + "." + hash + ext
	s.url = a.prefix + file
	if compressible(kind) || strings.HasPrefix(kind, "text/") {
		zip, err := squeeze(assetZips, content)
		if err != nil {
			return err
		}
		if len(zip) < len(content) {
			s.zip = zip
		}
	}
	a.byName[name], a.byURL[file] = s, s
	return nil
}

// Bundle joins files into one asset, in the given order. Patterns are as in
// fs.Glob. A script is wrapped in a block, so that its names stay its own.
func (a *Assets) Bundle(name string, from fs.FS, patterns ...string) error {
	var b bytes.Buffer
	for _, pat := range patterns {
		files, err := fs.Glob(from, pat)
		if err != nil {
			return fmt.Errorf("bundle %s: %w", name, err)
		}
		if len(files) == 0 {
			return fmt.Errorf("bundle %s: no file matches %s", name, pat)
		}
		for _, f := range files {
			content, err := fs.ReadFile(from, f)
			if err != nil {
				return fmt.Errorf("bundle %s: %w", name, err)
			}
			if strings.HasSuffix(name, ".js") {
				if moduleLine.Match(content) {
					return fmt.Errorf("bundle %s: %s imports or exports, add it by itself", name, f)
				}
				fmt.Fprintf(&b, "{\n%s\n}\n", content)
				continue
			}
			b.Write(content)
			b.WriteByte('\n')
		}
	}
	return a.Add(name, b.Bytes())
}

// URL returns the address of an asset. Unknown names are an error, so that a
// template with a misspelt one fails its test.
func (a *Assets) URL(name string) (string, error) {
	s := a.byName[name]
	if s == nil {
		return "", fmt.Errorf("no asset is called %q", name)
	}
	return s.url, nil
}

// MustURL is URL for the start of the program: it panics on an unknown name.
func (a *Assets) MustURL(name string) string {
	u, err := a.URL(name)
	if err != nil {
		panic("web: " + err.Error())
	}
	return u
}

func (a *Assets) serve(w http.ResponseWriter, r *http.Request) error {
	s := a.byURL[r.PathValue("name")]
	if s == nil {
		return Status(http.StatusNotFound, "")
	}
	h := w.Header()
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("Content-Type", s.kind)
	h.Set("Vary", "Accept-Encoding")
	tag := `W/"` + s.hash + `"`
	h.Set("Etag", tag)
	if matches(r, tag) {
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	if s.zip != nil && takesGzip(r) {
		h.Set("Content-Encoding", "gzip")
		h.Set("Content-Length", strconv.Itoa(len(s.zip)))
		_, _ = w.Write(s.zip)
		return nil
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(s.plain))
	return nil
}
