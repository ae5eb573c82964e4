package main

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/chromedp/chromedp"
)

func main() {
	binary := flag.String("binary", "bin/gongkai", "the program to look at")
	to := flag.String("to", "bin/screenshots", "where the pictures go")
	data := flag.String("data", "", "folder of the demo; empty: a new one that is thrown away")
	only := flag.String("only", "", "take only pages whose name contains this")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *binary, *data, *to, *only); err != nil {
		fmt.Fprintln(os.Stderr, "screenshots:", err)
		os.Exit(1)
	}
}

// site is the program under way.
type site struct {
	cmd    *exec.Cmd
	base   string
	logins []login
}

type login struct{ name, password string }

var (
	addressLine = regexp.MustCompile(`(http://[0-9.:]+)/?\s*$`)
	loginLine   = regexp.MustCompile(`^  ([a-z][a-z0-9.-]+)\s+(\S+)\s+\S`)
)

// serve starts the demo and reads what it prints until it answers.
func serve(ctx context.Context, binary, data string) (*site, error) {
	s := &site{cmd: exec.CommandContext(ctx, binary, "demo", "--data", data, "--listen", "127.0.0.1:0")}
	s.cmd.Stderr = os.Stderr
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if m := loginLine.FindStringSubmatch(lines.Text()); m != nil {
			s.logins = append(s.logins, login{m[1], m[2]})
		}
		if m := addressLine.FindStringSubmatch(lines.Text()); m != nil {
			s.base = m[1]
			go io.Copy(io.Discard, out)
			return s, nil
		}
	}
	s.cmd.Process.Kill()
	return nil, fmt.Errorf("the demo did not start")
}

func run(ctx context.Context, binary, data, to, only string) error {
	if data == "" {
		dir, err := os.MkdirTemp("", "gongkai-screenshots-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		data = filepath.Join(dir, "demo")
	}
	if err := os.MkdirAll(to, 0o755); err != nil {
		return err
	}
	s, err := serve(ctx, binary, data)
	if err != nil {
		return err
	}
	defer func() { s.cmd.Process.Signal(syscall.SIGTERM); s.cmd.Wait() }()

	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox, chromedp.DisableGPU)
	alloc, cancel := chromedp.NewExecAllocator(ctx, options...)
	defer cancel()
	c := camera{site: s, to: to, only: only}
	if err := c.visit(alloc, login{}, public); err != nil {
		return err
	}
	for _, l := range s.logins {
		if err := c.visit(alloc, l, staff); err != nil {
			return fmt.Errorf("%s: %w", l.name, err)
		}
	}
	fmt.Printf("%d pictures in %s\n", c.taken, to)
	return nil
}

// A stop is a page to look at. Each follow goes on from there to the first link
// that matches, so that pages with an id can be reached.
type stop struct {
	name, path string
	follow     []string
}

const anyItem = `^/console/items/[a-z0-9]+$`

var public = []stop{
	{"home", "/", nil},
	{"units", "/units", nil},
	{"unit", "/units", []string{`^/units/[a-z0-9-]+$`}},
	{"column", "/units/mj/c01", nil},
	{"policies", "/policies", nil},
	{"info", "/policies", []string{`^/info/[a-z0-9]+$`}},
	{"search", "/search?q=义务教育", nil},
	{"nothing-found", "/search?q=此词不会出现", nil},
	{"reports", "/reports", nil},
	{"apply", "/apply", nil},
	{"ledger", "/ledger", nil},
	{"style-guide", "/style-guide", nil},
	{"not-found", "/no-such-page", nil},
}

var staff = []stop{
	{"home", "/console", nil},
	{"items", "/console/items", nil},
	{"item", "/console/items", []string{anyItem}},
	{"new", "/console/new", nil},
	{"draft", "/console/items?tab=draft", []string{anyItem, `^/console/items/[a-z0-9]+/edit$`}},
	{"versions", "/console/items", []string{anyItem, `^/console/items/[a-z0-9]+/versions$`}},
	{"reviews", "/console/reviews", nil},
	{"review", "/console/reviews", []string{`^/console/reviews/[a-z0-9]+$`}},
	{"people", "/console/people", nil},
	{"units", "/console/units", nil},
	{"chains", "/console/chains", nil},
	{"overview", "/console/overview", nil},
	{"transfers", "/console/transfers", nil},
	{"logins", "/console/logins", nil},
	{"settings", "/console/settings", nil},
	{"ledger", "/console/ledger", nil},
	{"jobs", "/console/jobs", nil},
	{"account", "/console/account", nil},
}

type camera struct {
	site  *site
	to    string
	only  string
	taken int
}

// visit walks the stops as one person, in a browser of their own.
func (c *camera) visit(alloc context.Context, who login, stops []stop) error {
	ctx, cancel := chromedp.NewContext(alloc)
	defer cancel()
	ctx, cancel = context.WithTimeout(ctx, 10*time.Minute)
	defer cancel()
	prefix := "portal"
	if who.name != "" {
		prefix = who.name
		if err := chromedp.Do(ctx, chromedp.Navigate(c.site.base+"/console/signin"),
			chromedp.SendKeys(chromedp.CSS(`input[name="login"]`), who.name),
			chromedp.SendKeys(chromedp.CSS(`input[name="password"]`), who.password),
			chromedp.Submit(chromedp.CSS(`input[name="password"]`)),
		); err != nil {
			return err
		}
		time.Sleep(time.Second)
	}
	for _, st := range stops {
		name := prefix + "-" + st.name
		if c.only != "" && !strings.Contains(name, c.only) {
			continue
		}
		shown, err := c.open(ctx, st)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if !shown {
			continue
		}
		for _, size := range []struct {
			name          string
			width, height int64
		}{{"desk", 1280, 900}, {"phone", 390, 844}} {
			if err := chromedp.Do(ctx, chromedp.EmulateViewport(size.width, size.height)); err != nil {
				return err
			}
			time.Sleep(150 * time.Millisecond)
			png, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
			if err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			if err := os.WriteFile(filepath.Join(c.to, name+"-"+size.name+".png"), png, 0o644); err != nil {
				return err
			}
			c.taken++
		}
	}
	return nil
}

// open goes to a stop. It reports false for a page that this person may not see
// or that has no link to follow.
func (c *camera) open(ctx context.Context, st stop) (bool, error) {
	r, err := chromedp.Run(ctx, chromedp.NavigateResponse(c.site.base+st.path))
	if err != nil {
		return false, err
	}
	if r.Status == 403 {
		return false, nil
	}
	for _, pattern := range st.follow {
		links, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](`[...document.querySelectorAll('main a[href]')].map(a => new URL(a.href).pathname)`))
		if err != nil {
			return false, err
		}
		i := slices.IndexFunc(links, regexp.MustCompile(pattern).MatchString)
		if i < 0 {
			return false, nil
		}
		if err := chromedp.Do(ctx, chromedp.Navigate(c.site.base+links[i])); err != nil {
			return false, err
		}
	}
	return true, nil
}
