package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// load is what one load test gave.
type load struct {
	rate float64
	p99  string
}

var (
	wrkRate = regexp.MustCompile(`Requests/sec:\s+([\d.]+)`)
	wrkP99  = regexp.MustCompile(`(?m)^\s+99%\s+(\S+)`)
	wrkBad  = regexp.MustCompile(`Non-2xx or 3xx responses: (\d+)|Socket errors: .*`)
)

func (b *bench) wrk(ctx context.Context, url, encoding string) (load, error) {
	cmd := exec.CommandContext(ctx, "wrk", "-t2", "-c64", "-d"+b.long.String(), "--latency", "-H", "Accept-Encoding: "+encoding, url)
	out, err := cmd.CombinedOutput()
	if err != nil {
		return load{}, fmt.Errorf("wrk: %w\n%s", err, out)
	}
	if bad := wrkBad.Find(out); bad != nil {
		return load{}, fmt.Errorf("%s: %s", url, bad)
	}
	rate, p99 := wrkRate.FindSubmatch(out), wrkP99.FindSubmatch(out)
	if rate == nil || p99 == nil {
		return load{}, fmt.Errorf("wrk said something else:\n%s", out)
	}
	var l load
	fmt.Sscan(string(rate[1]), &l.rate)
	l.p99 = string(p99[1])
	return l, nil
}

// get fetches a page as a browser does.
func get(url string) ([]byte, error) {
	r, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	defer r.Body.Close()
	if r.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", url, r.Status)
	}
	return io.ReadAll(r.Body)
}

// itemPage finds the address of a published item on the site's own map.
func itemPage(base string) (string, error) {
	page, err := get(base + "/")
	if err != nil {
		return "", err
	}
	m := regexp.MustCompile(`href="(/info/[a-z0-9]+)"`).FindSubmatch(page)
	if m == nil {
		return "", fmt.Errorf("no item is linked from the home page")
	}
	return string(m[1]), nil
}

// pages measures public pages against nginx with the same bytes on disk. The
// two take turns, twice, on an otherwise quiet machine.
func (b *bench) pages(ctx context.Context) error {
	dir, _, err := b.demo(ctx)
	if err != nil {
		return err
	}
	s, err := b.start(ctx, time.Minute, "serve", "--data", dir)
	if err != nil {
		return err
	}
	defer s.stop()
	item, err := itemPage(s.base)
	if err != nil {
		return err
	}
	paths := map[string]string{"home page": "/", "information page": item}
	www := filepath.Join(b.dir, "www")
	if err := os.MkdirAll(www, 0o755); err != nil {
		return err
	}
	static, stop, err := b.nginx(ctx, www)
	if err != nil {
		return err
	}
	defer stop()

	fmt.Printf("## Public pages\n\nwrk, 2 threads, 64 connections, %s each, in turns; both ends on this machine.\n\n", b.long)
	fmt.Printf("| page | bytes | gongkai req/s | p99 | nginx req/s | p99 | ratio |\n|---|---|---|---|---|---|---|\n")
	for _, name := range []string{"home page", "information page"} {
		for _, encoding := range []string{"gzip", "identity"} {
			body, err := get(s.base + paths[name])
			if err != nil {
				return err
			}
			if encoding == "gzip" {
				var z bytes.Buffer
				w, _ := gzip.NewWriterLevel(&z, gzip.BestCompression)
				w.Write(body)
				w.Close()
				body = z.Bytes()
			}
			file := strings.ReplaceAll(name, " ", "-") + "-" + encoding + ".html"
			if err := os.WriteFile(filepath.Join(www, file), body, 0o644); err != nil {
				return err
			}
			var ours, theirs load
			for range 2 {
				o, err := b.wrk(ctx, s.base+paths[name], encoding)
				if err != nil {
					return err
				}
				n, err := b.wrk(ctx, static+"/"+encoding+"/"+file, encoding)
				if err != nil {
					return err
				}
				if o.rate > ours.rate {
					ours = o
				}
				if n.rate > theirs.rate {
					theirs = n
				}
			}
			fmt.Printf("| %s, %s | %d | %.0f | %s | %.0f | %s | %.2f |\n", name, encoding, len(body), ours.rate, ours.p99, theirs.rate, theirs.p99, ours.rate/theirs.rate)
		}
	}
	fmt.Printf("\nMemory after the load: %.0f MiB.\n\n", s.resident())
	return nil
}

// nginx serves a folder with a plain configuration.
func (b *bench) nginx(ctx context.Context, www string) (base string, stop func(), err error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	addr := l.Addr().String()
	l.Close()
	conf := filepath.Join(b.dir, "nginx.conf")
	text := fmt.Sprintf(`
daemon off; worker_processes auto; pid %[1]s/nginx.pid; error_log stderr error;
events { worker_connections 1024; }
http {
	access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; open_file_cache max=100;
	client_body_temp_path %[1]s/t1; proxy_temp_path %[1]s/t2; fastcgi_temp_path %[1]s/t3; uwsgi_temp_path %[1]s/t4; scgi_temp_path %[1]s/t5;
	server {
		listen %[3]s;
		default_type "text/html; charset=utf-8";
		location /identity/ { alias %[2]s/; }
		location /gzip/ { alias %[2]s/; add_header Content-Encoding gzip; add_header Vary Accept-Encoding; }
	}
}
`, b.dir, www, addr)
	if err := os.WriteFile(conf, []byte(text), 0o644); err != nil {
		return "", nil, err
	}
	cmd := exec.CommandContext(ctx, nginx(), "-p", b.dir, "-c", conf)
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		return "", nil, err
	}
	stop = func() { cmd.Process.Signal(os.Interrupt); cmd.Wait() }
	for range 100 {
		if c, err := net.Dial("tcp", addr); err == nil {
			c.Close()
			return "http://" + addr, stop, nil
		}
		time.Sleep(20 * time.Millisecond)
	}
	stop()
	return "", nil, errLate
}
