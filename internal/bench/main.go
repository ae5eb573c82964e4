package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"
)

// bench is one run: where the binary is, where to work, what to measure.
type bench struct {
	binary string
	dir    string
	only   []string
	long   time.Duration // of one load test
	size   int           // pages of the site that is walked over
}

func main() {
	if len(os.Args) > 2 && os.Args[1] == peaking {
		if err := runPeak(os.Args[2:]); err != nil {
			fmt.Fprintln(os.Stderr, "bench:", err)
			os.Exit(1)
		}
		return
	}
	b := bench{}
	flag.StringVar(&b.binary, "binary", "bin/gongkai", "the program to measure")
	flag.DurationVar(&b.long, "long", 8*time.Second, "how long each load test takes")
	flag.IntVar(&b.size, "pages", 10_000, "how many pages the site has that is walked over")
	only := flag.String("only", "", "measure only these, separated by commas: program, pages, acts, import, reports, inspect, crawl")
	flag.Parse()
	if *only != "" {
		b.only = strings.Split(*only, ",")
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := b.run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func (b *bench) run(ctx context.Context) (err error) {
	if b.binary, err = filepath.Abs(b.binary); err != nil {
		return err
	}
	if b.dir, err = os.MkdirTemp("", "gongkai-bench-"); err != nil {
		return err
	}
	defer os.RemoveAll(b.dir)
	// The proxy's workers give up root and must still reach the pages.
	if err := os.Chmod(b.dir, 0o755); err != nil {
		return err
	}
	b.machine()
	for _, step := range []struct {
		name string
		run  func(context.Context) error
	}{{"program", b.program}, {"pages", b.pages}, {"acts", b.acts}, {"import", b.imports}, {"reports", b.reports}, {"inspect", b.inspect}, {"crawl", b.crawl}} {
		if len(b.only) > 0 && !slices.Contains(b.only, step.name) {
			continue
		}
		if err := step.run(ctx); err != nil {
			return fmt.Errorf("%s: %w", step.name, err)
		}
	}
	return nil
}

// machine prints what the numbers were taken on.
func (b *bench) machine() {
	fmt.Printf("## Machine\n\n| | |\n|---|---|\n")
	fmt.Printf("| date | %s |\n", time.Now().Format(time.DateOnly))
	fmt.Printf("| processor | %s, %d cores |\n", field("/proc/cpuinfo", "model name"), runtime.NumCPU())
	var kib float64
	fmt.Sscan(field("/proc/meminfo", "MemTotal"), &kib)
	fmt.Printf("| memory | %.0f GiB |\n", kib/(1<<20))
	fmt.Printf("| system | %s, %s |\n", field("/etc/os-release", "PRETTY_NAME"), said("uname", "-r"))
	fmt.Printf("| gongkai | %s, %s |\n", strings.TrimPrefix(said(b.binary, "--version"), "gongkai "), runtime.Version())
	fmt.Printf("| beside it | %s, wrk %s |\n\n", strings.TrimPrefix(said(nginx(), "-v"), "nginx version: "), field2(said("wrk", "-v")))
}

// field finds "name : value" or NAME="value" in a file of the system.
func field(path, name string) string {
	b, _ := os.ReadFile(path)
	for _, line := range strings.Split(string(b), "\n") {
		rest, ok := strings.CutPrefix(line, name)
		if rest = strings.TrimLeft(rest, " \t"); ok && (strings.HasPrefix(rest, ":") || strings.HasPrefix(rest, "=")) {
			return strings.Trim(rest[1:], ` "`)
		}
	}
	return "unknown"
}

func field2(s string) string {
	if f := strings.Fields(s); len(f) > 1 {
		return f[1]
	}
	return s
}

// said is the first line that a program prints, on whichever stream.
func said(name string, args ...string) string {
	out, err := exec.Command(name, args...).CombinedOutput()
	if line, _, _ := strings.Cut(strings.TrimSpace(string(out)), "\n"); line != "" {
		return line
	}
	if err != nil {
		return "not there"
	}
	return ""
}

// nginx is the path of the server, which is not on everybody's path.
func nginx() string {
	if path, err := exec.LookPath("nginx"); err == nil {
		return path
	}
	return "/usr/sbin/nginx"
}

// median of a few durations.
func median(ds []time.Duration) time.Duration {
	slices.Sort(ds)
	return ds[len(ds)/2]
}

var errLate = errors.New("the program did not answer in time")
