package main

import (
	"bufio"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"gongkai/internal/browser"
)

// The browser test looks at the running program as people do: citizens on the
// portal, officers on the console, each with a browser of their own. One demo
// district and one Chromium serve all of it.
func TestInTheBrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("the browser test is long")
	}
	b := browser.Start(t)
	data := filepath.Join(t.TempDir(), "demo")
	first := startDemo(t, data)
	atFirst := homePage(t, b, first)
	first.stop()
	d := startDemo(t, data)
	if again := homePage(t, b, d); again != atFirst {
		t.Errorf("the second start shows another home page:\n%s\nthe first was:\n%s", again, atFirst)
	}
	if strings.Contains(d.said, "示例已建立") {
		t.Errorf("the second start built the demo again:\n%s", d.said)
	}

	stories := []struct {
		name string
		tell func(*testing.T, *district)
	}{
		{"every public page", publicPages},
		{"every page of the console", consolePages},
		{"a citizen finds a document and reads it", citizen},
		{"a citizen without scripts", citizenWithoutScript},
		{"a citizen of seventy", elder},
		{"from a Word file to a public page", publishing},
		{"two people on one draft", twoOnOneDraft},
		{"a session that ends while somebody writes", expiredSession},
		{"a document that waits for its time", scheduled},
		{"a document that is repealed by another", repeal},
		{"a document that is withdrawn", withdrawal},
		{"a text that touches another bureau", agreeing},
		{"the proof of a page", proof},
		{"a year's report", annualReport},
		{"the real reports", realReports},
	}
	t.Run("stories", func(t *testing.T) {
		kept := &sessions{of: map[string]browser.Cookies{}}
		two := make(chan struct{}, 2) // tabs at once; more only wait for the processor
		for _, s := range stories {
			t.Run(s.name, func(t *testing.T) {
				t.Parallel()
				two <- struct{}{}
				defer func() { <-two }()
				at := *d
				at.t, at.browser, at.sessions = t, b, kept
				s.tell(t, &at)
			})
		}
	})
}

// district is the running demo.
type district struct {
	cmd    *exec.Cmd
	base   string
	said   string            // what it printed
	logins map[string]string // login → password
	ended  chan struct{}

	t        *testing.T
	browser  *browser.Browser
	sessions *sessions
}

type sessions struct {
	mu sync.Mutex
	of map[string]browser.Cookies
}

var (
	addressLine = regexp.MustCompile(`^门户\s+(http://[0-9.:]+)/`)
	loginLine   = regexp.MustCompile(`^  ([a-z][a-z0-9.-]+)\s+(\S+)\s+\S`)
)

// startDemo starts the program as a child of this test, on a small demo, and
// reads what it prints for people.
func startDemo(t *testing.T, data string) *district {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(t.TempDir(), "gongkai") // TestMain runs the program under this name
	if err := os.Symlink(self, program); err != nil {
		t.Fatal(err)
	}
	d := &district{logins: map[string]string{}, ended: make(chan struct{})}
	d.cmd = exec.Command(program, "demo", "--data", data, "--items", "80", "--years", "1", "--listen", "127.0.0.1:0",
		"--cache", filepath.Join(os.TempDir(), "gongkai-test-wazero"))
	d.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	log := &strings.Builder{}
	d.cmd.Stderr = log
	out, err := d.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := d.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		d.stop()
		if t.Failed() {
			t.Logf("the program said on standard error:\n%s", log)
		}
	})
	for lines := bufio.NewReader(out); ; {
		line, err := lines.ReadString('\n')
		d.said += line
		if m := loginLine.FindStringSubmatch(line); m != nil {
			d.logins[m[1]] = m[2]
		}
		if m := addressLine.FindStringSubmatch(line); m != nil {
			d.base = m[1]
			go func() {
				io.Copy(io.Discard, lines)
				d.cmd.Wait()
				close(d.ended)
			}()
			break
		}
		if err != nil {
			d.cmd.Wait()
			t.Fatalf("the demo did not start: %v\n%s\n%s", err, d.said, log)
		}
	}
	for _, who := range []string{"jyj.publisher", "jyj.first", "jyj.secrecy", "jyj.second", "jyj.final", "supervisor", "auditor", "sysadmin", "secadmin", "auditadmin"} {
		if d.logins[who] == "" {
			t.Errorf("the demo prints no login for %s:\n%s", who, d.said)
		}
	}
	return d
}

// stop ends the program as an operator does, and waits.
func (d *district) stop() {
	select {
	case <-d.ended:
		return
	default:
	}
	d.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-d.ended:
	case <-time.After(30 * time.Second):
		d.cmd.Process.Kill()
		<-d.ended
	}
}

// homePage is what the home page says.
func homePage(t *testing.T, b *browser.Browser, d *district) string {
	t.Helper()
	p := b.Page(t, d.base, browser.Desktop).Open("/").See("示例市明镜区", "各机关公开栏目")
	return browser.Eval[string](p, `document.querySelector("main").innerText`)
}

// visitor opens the portal.
func (d *district) visitor(v browser.View) *browser.Page {
	d.t.Helper()
	return d.browser.Page(d.t, d.base, v)
}

// officer opens the console signed in. Signing in is dear, so the stories share
// one session for each login.
func (d *district) officer(login string, v browser.View) *browser.Page {
	d.t.Helper()
	p := d.browser.Page(d.t, d.base, v)
	d.sessions.mu.Lock()
	defer d.sessions.mu.Unlock()
	if c := d.sessions.of[login]; c != nil {
		return p.TakeCookies(c)
	}
	d.signIn(p.Open("/console").See("登录"), login)
	d.sessions.of[login] = p.Cookies()
	return p
}

func (d *district) signIn(p *browser.Page, login string) *browser.Page {
	d.t.Helper()
	p.Fill("用户名", login).Fill("口令", d.logins[login]).Click("登录")
	if slices.Contains(p.Texts("main h1"), "登录") {
		d.t.Fatalf("%s could not sign in: %s", login, p.Texts("main"))
	}
	return p
}

// firstLink is the path of the first link on the page that matches.
func firstLink(t *testing.T, p *browser.Page, pattern string) string {
	t.Helper()
	re := regexp.MustCompile(pattern)
	links := p.Links()
	i := slices.IndexFunc(links, re.MatchString)
	if i < 0 {
		t.Fatalf("%s: no link matches %s; there are %q", p.Path(), pattern, links)
	}
	return links[i]
}

var bothViews = []browser.View{browser.Desktop, browser.Phone}

func query(s string) string { return url.QueryEscape(s) }
