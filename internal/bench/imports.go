package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// imports measures taking over 2,000 web pages of an old site, one file at a
// time and each act durable on disk, into a small district.
func (b *bench) imports(ctx context.Context) error {
	const n = 2000
	from := filepath.Join(b.dir, "old-site")
	if err := os.MkdirAll(from, 0o755); err != nil {
		return err
	}
	var size int64
	for i := range n {
		c := policy(i)
		page := fmt.Sprintf(`<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>%[1]s</title><meta name="PubDate" content="2025-%02[2]d-%02[3]d 09:00"></head>
<body><h1>%[1]s</h1><p>%[4]s</p>%[5]s<p>明镜区教育局</p><p>2025年%[2]d月%[3]d日</p></body></html>`,
			c.Title, i%12+1, i%28+1, strings.Replace(c.DocNo, "2026", "2025", 1), c.Body)
		size += int64(len(page))
		if err := os.WriteFile(filepath.Join(from, fmt.Sprintf("%04d.html", i)), []byte(page), 0o644); err != nil {
			return err
		}
	}
	data := filepath.Join(b.dir, "import")
	if out, err := exec.CommandContext(ctx, b.binary, "demo", "--data", data, "--items", "50", "--years", "1", "--build-only").CombinedOutput(); err != nil {
		return fmt.Errorf("%w\n%s", err, out)
	}
	cmd := exec.CommandContext(ctx, b.binary, "import", "--data", data, "--unit", "mj-jyj", "--column", "c01", "--from", "原门户网站", "--json", from)
	begin := time.Now()
	out, err := cmd.CombinedOutput()
	took := time.Since(begin)
	if err != nil {
		return fmt.Errorf("%w\n%s", err, out[:min(len(out), 2000)])
	}
	if got := strings.Count(string(out), `"item"`); got != n {
		return fmt.Errorf("%d of %d documents were taken over", got, n)
	}
	usage, _ := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	fmt.Printf("## Moving in\n\n%d web pages, %.1f MB, each read, cleaned, indexed, recorded and on disk before the next.\n\n", n, float64(size)/1e6)
	fmt.Printf("| documents/s | took | most memory |\n|---|---|---|\n| %.0f | %.1f s | %.0f MiB |\n\n", n/took.Seconds(), took.Seconds(), float64(usage.Maxrss)/1024)
	return nil
}
