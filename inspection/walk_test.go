package inspection_test

import (
	"bufio"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gongkai/document"
	"gongkai/identity/identitytest"
	"gongkai/inspection"
	"gongkai/inspection/engine"
	"gongkai/inspection/privacy"
	"gongkai/inspection/site"
	"gongkai/inspection/writing"
	"gongkai/internal/db"
	"gongkai/internal/db/dbtest"
	"gongkai/internal/fault"
	"gongkai/internal/jobs"
	"gongkai/org"
)

// chain is a site whose pages lead from one to the next; some have a slip or a
// dead link. It can be told to keep its visitor waiting at a page.
type chain struct {
	*httptest.Server
	pages int

	mu    sync.Mutex
	asked map[string]int
	wall  int           // the page at which a visitor waits, 0 for none
	open  chan struct{} // closed when he need not
}

func newChain(t *testing.T, pages int) *chain {
	c := &chain{pages: pages, asked: map[string]int{}, open: make(chan struct{})}
	c.Server = httptest.NewServer(c)
	c.Config.Handler = c
	t.Cleanup(func() { c.pass(); c.Close() })
	return c
}

// block has visitors wait at a page until pass.
func (c *chain) block(page int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.wall, c.open = page, make(chan struct{})
}

func (c *chain) pass() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.wall > 0 {
		c.wall = 0
		close(c.open)
	}
}

// forget empties the list of what was asked for and returns what it was.
func (c *chain) forget() map[string]int {
	c.mu.Lock()
	defer c.mu.Unlock()
	was := c.asked
	c.asked = map[string]int{}
	return was
}

func (c *chain) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	n := 0
	if r.URL.Path != "/" {
		if _, err := fmt.Sscanf(r.URL.Path, "/p/%d", &n); err != nil || n > c.pages {
			http.NotFound(w, r)
			return
		}
	}
	c.mu.Lock()
	c.asked[r.URL.Path]++
	wall, open := c.wall, c.open
	c.mu.Unlock()
	if wall > 0 && n == wall {
		select {
		case <-open:
		case <-r.Context().Done():
			return
		}
	}
	mark := fmt.Sprintf(`"%d"`, n)
	w.Header().Set("ETag", mark)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if r.Header.Get("If-None-Match") == mark {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	fmt.Fprintf(w, "<title>第%d页</title><main><p>这是第%d号消息“%c”的内容，各单位照此办理。</p>", n, n, 0x5200+n)
	switch {
	case n%10 == 3:
		fmt.Fprintf(w, "<p>第%d户联系人手机号码：139%08d。</p>", n, 12345678+n)
	case n%10 == 5:
		fmt.Fprintf(w, `<p><a href="/gone/%d">第%d号文件</a></p>`, n, n)
	}
	next := fmt.Sprintf("/p/%d", n+1)
	if n == c.pages {
		next = "/"
	}
	fmt.Fprintf(w, `<a href="%s">下一页</a></main>
<footer>主办：示例市明镜区教育局 网站标识码：1234560001 示ICP备12345678号 示公网安备 12345678901234号 <a href="/">联系我们</a></footer>`, next)
}

// hasty makes a queue's leases short enough to wait for.
func hasty(q *jobs.Queue) *jobs.Queue {
	q.Pace.Lease = 2 * time.Second
	return q
}

// walker is a queue that walks over sites of this machine.
func walker(d *db.DB, is *inspection.Inspections, o site.Options) *jobs.Queue {
	q := jobs.New(d, slog.New(slog.DiscardHandler))
	q.Pace.Poll, q.Pace.Grace = 20*time.Millisecond, 50*time.Millisecond
	o.Wait = func(ctx context.Context, _ time.Duration) error { return ctx.Err() }
	o.Inside, o.Delay, o.Now, o.Reader = true, -1, time.Now, document.NewPlainReader(document.Limits{})
	is.WorkSites(q, o)
	return q
}

// run has the queue work until the returned function is called.
func run(t *testing.T, q *jobs.Queue) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		if err := q.Run(ctx, 2); err != nil {
			t.Error(err)
		}
	}()
	stop = sync.OnceFunc(func() { cancel(); <-ended })
	t.Cleanup(stop)
	return stop
}

// walks are all walks, newest first.
func (w *world) walks() (all []inspection.Walk) {
	w.Helper()
	w.must(w.db.Read(ctx, func(tx *db.Tx) (err error) {
		all, err = inspection.Walks(tx, org.Everything(), 10)
		return err
	}))
	return all
}

// until waits for the newest walk to be as wanted.
func (w *world) until(what string, ok func(inspection.Walk) bool) inspection.Walk {
	w.Helper()
	var last inspection.Walk
	for end := time.Now().Add(40 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if all := w.walks(); len(all) > 0 {
			if last = all[0]; ok(last) {
				return last
			}
		}
	}
	w.Fatalf("the walk was not %s in time: %+v", what, last)
	return last
}

func over(x inspection.Walk) bool { return !x.State.Open() }

// told is what is known of a site, without its host.
func (w *world) told(base string) (all []string) {
	for _, f := range w.onSite() {
		if f.State.Open() {
			all = append(all, strings.ReplaceAll(fmt.Sprintf("%s %s %s %s", f.Rule, f.Address, f.Text, f.Message), base, ""))
		}
	}
	slices.Sort(all)
	return all
}

// TestWalkerToBeKilled is no test: it is the program that
// TestAKilledWalkGoesOnWhereItWas starts and kills.
func TestWalkerToBeKilled(t *testing.T) {
	dsn := os.Getenv("GONGKAI_TEST_WALKER")
	if dsn == "" {
		t.Skip("started by another test")
	}
	d, err := db.Open(ctx, dsn, db.Options{})
	if err != nil {
		t.Fatal(err)
	}
	fmt.Println("ready")
	hasty(walker(d, inspection.New(d, identitytest.Plain{}, func() *engine.Engine { return engine.New(privacy.New(), writing.New()) }), site.Options{})).Run(ctx, 1)
}

func TestAKilledWalkGoesOnWhereItWas(t *testing.T) {
	if testing.Short() {
		t.Skip("kills a process and waits for its lease")
	}
	t.Run("sqlite", func(t *testing.T) {
		killedWalk(t, "sqlite:"+filepath.Join(t.TempDir(), "gongkai.db"))
	})
	t.Run("postgres", func(t *testing.T) { killedWalk(t, dbtest.PostgresURL(t, nil)) })
}

// onClock is a world whose clock is the machine's, because leases are.
func onClock(t *testing.T, dsn string) *world {
	d, err := db.Open(ctx, dsn, db.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	if err := d.Migrate(ctx, inspection.Schema); err != nil {
		t.Fatal(err)
	}
	w := newWorld(t, d)
	w.is = inspection.New(d, identitytest.Plain{}, func() *engine.Engine { return engine.New(privacy.New(), writing.New()) })
	return w
}

func killedWalk(t *testing.T, dsn string) {
	const pages, wall = 50, 35
	c := newChain(t, pages)

	// One that nobody disturbs.
	whole := onClock(t, "sqlite:"+filepath.Join(t.TempDir(), "whole.db"))
	whole.must(whole.is.CrawlSoon(ctx, whole.office, "mj-jyj", c.URL))
	if _, err := walker(whole.db, whole.is, site.Options{}).RunDue(ctx); err != nil {
		t.Fatal(err)
	}
	want := whole.told(c.URL)
	if len(want) != 10 {
		t.Fatalf("the undisturbed walk told %d findings, want 5 numbers and 5 dead links: %q", len(want), want)
	}
	c.forget()

	w := onClock(t, dsn)
	w.must(w.is.CrawlSoon(ctx, w.office, "mj-jyj", c.URL))
	c.block(wall)
	child := exec.Command(os.Args[0], "-test.run=^TestWalkerToBeKilled$")
	child.Env = append(os.Environ(), "GONGKAI_TEST_WALKER="+dsn)
	out, err := child.StdoutPipe()
	w.must(err)
	w.must(child.Start())
	if line, err := bufio.NewReader(out).ReadString('\n'); line != "ready\n" {
		t.Errorf("the program said %q, %v", line, err)
	}
	seen := w.until("at the wall", func(x inspection.Walk) bool { return x.Visited >= wall })
	if seen.State != inspection.WalkRunning || seen.Pages < wall-1 || seen.Found == 0 || seen.Seen.IsZero() || seen.Started.IsZero() {
		t.Errorf("the walk under way is %+v, want it running with its pages and what it found so far", seen)
	}
	w.must(child.Process.Kill())
	child.Wait()
	first := c.forget()
	c.pass()

	stop := run(t, hasty(walker(w.db, w.is, site.Options{})))
	done := w.until("over", over)
	stop()
	if done.State != inspection.WalkDone || done.Note != "" || done.Pages != pages+1 {
		t.Errorf("the walk ended as %+v, want it done with %d pages", done, pages+1)
	}
	if diff := cmp.Diff(want, w.told(c.URL)); diff != "" {
		t.Errorf("findings of the killed walk (-undisturbed +killed):\n%s", diff)
	}
	for path, n := range c.forget() {
		if path != "/" && path != fmt.Sprintf("/p/%d", wall) && first[path] > 0 {
			t.Errorf("%s was asked for %d times again", path, n)
		}
	}

	// The next round asks for everything and takes it over.
	w.must(w.is.CrawlSoon(ctx, w.office, "mj-jyj", c.URL))
	stop = run(t, hasty(walker(w.db, w.is, site.Options{})))
	next := w.until("over", func(x inspection.Walk) bool { return x.ID != done.ID && over(x) })
	stop()
	if next.State != inspection.WalkDone || next.Unchanged != pages+1 || next.Round != 2 {
		t.Errorf("the next walk ended as %+v, want round 2 with %d pages unchanged", next, pages+1)
	}
	if diff := cmp.Diff(want, w.told(c.URL)); diff != "" {
		t.Errorf("findings of the next round (-want +got):\n%s", diff)
	}

	// What is kept of it is damaged: it begins anew and says so.
	w.must(w.db.Write(ctx, func(tx *db.Tx) error {
		n, err := tx.Exec(`UPDATE inspection_walk_journal SET body = $1 WHERE part = 0`, []byte("damaged"))
		if n != 1 {
			t.Errorf("%d journals were there to be damaged", n)
		}
		return err
	}))
	w.must(w.is.CrawlSoon(ctx, w.office, "mj-jyj", c.URL))
	stop = run(t, hasty(walker(w.db, w.is, site.Options{})))
	anew := w.until("over", func(x inspection.Walk) bool { return x.ID != next.ID && over(x) })
	stop()
	if anew.State != inspection.WalkDone || anew.Unchanged != 0 || anew.Round != 1 || !strings.Contains(anew.Note, "从头检查") {
		t.Errorf("after damage the walk ended as %+v, want all of it anew, and said", anew)
	}
	if diff := cmp.Diff(want, w.told(c.URL)); diff != "" {
		t.Errorf("findings after damage (-want +got):\n%s", diff)
	}
}

func TestAWalkIsStoppedAndGoesOnLater(t *testing.T) {
	each(t, func(w *world) {
		c := newChain(w.TB.(*testing.T), 30)
		c.block(20)
		w.must(w.is.CrawlSoon(ctx, w.office, "mj-jyj", c.URL))
		stop := run(w.TB.(*testing.T), walker(w.db, w.is, site.Options{}))
		x := w.until("at the wall", func(x inspection.Walk) bool { return x.Visited >= 20 })

		// Another site waits for its turn.
		w.must(w.is.CrawlSoon(ctx, w.office, "mj-qs", c.URL))
		w.until("in the queue", func(x inspection.Walk) bool { return x.Unit == "mj-qs" && x.Note != "" })
		second := w.walks()[0]
		if second.State != inspection.WalkWaiting || !strings.Contains(second.Note, "排队") {
			t := w.TB
			t.Errorf("the second walk is %+v, want it to wait for the first", second)
		}
		w.must(w.is.StopCrawl(ctx, w.office, second.ID))
		if s := w.walks()[0]; s.State != inspection.WalkStopped {
			w.Errorf("a waiting walk that was stopped is %+v", s)
		}

		if err := w.is.StopCrawl(ctx, w.writer, x.ID); fault.KindOf(err) != fault.Forbidden {
			w.Errorf("StopCrawl of a publisher = %v, want Forbidden", err)
		}
		if err := w.is.StopCrawl(ctx, w.office, "nothing"); fault.KindOf(err) != fault.NotFound {
			w.Errorf("StopCrawl of an unknown walk = %v, want NotFound", err)
		}
		w.must(w.is.StopCrawl(ctx, w.office, x.ID))
		find := func(ok func(inspection.Walk) bool) func(inspection.Walk) bool {
			return func(inspection.Walk) bool {
				all := w.walks()
				i := slices.IndexFunc(all, func(y inspection.Walk) bool { return y.ID == x.ID })
				x = all[i]
				return ok(x)
			}
		}
		w.until("over", find(over))
		stop()
		if x.State != inspection.WalkStopped || x.Stop == "" || x.Pages != 20 || x.Whole {
			w.Errorf("the walk ended as %+v, want it stopped with 20 pages", x)
		}
		if told := w.told(c.URL); len(told) != 4 {
			w.Errorf("a stopped walk told %q, want the numbers on pages 3 and 13 and the dead links on 5 and 15", told)
		}
		if err := w.is.StopCrawl(ctx, w.office, x.ID); fault.KindOf(err) != fault.Conflict {
			w.Errorf("StopCrawl again = %v, want Conflict", err)
		}

		c.pass()
		was := c.forget()
		w.must(w.is.CrawlSoon(ctx, w.office, "mj-jyj", c.URL))
		q := walker(w.db, w.is, site.Options{Time: time.Nanosecond}) // a stretch for every page
		if n, err := q.RunDue(ctx); err != nil || n < 10 {
			w.Errorf("RunDue = %d, %v, want a stretch for every page", n, err)
		}
		if y := w.walks()[0]; y.State != inspection.WalkDone || y.Pages != 31 || y.Round != 1 {
			w.Errorf("the walk that goes on ended as %+v, want all pages of round 1", y)
		}
		if told := w.told(c.URL); len(told) != 6 {
			w.Errorf("in the end %q are told, want 3 numbers and 3 dead links", told)
		}
		for path, n := range c.forget() {
			if path != "/" && was[path] > 0 && path != "/p/20" {
				w.Errorf("%s was asked for %d times again", path, n)
			}
		}
	})
}

func TestAProgramThatEndsLeavesItsWalkToTheNext(t *testing.T) {
	each(t, func(w *world) {
		c := newChain(w.TB.(*testing.T), 12)
		c.block(9)
		w.must(w.is.CrawlSoon(ctx, w.office, "mj-jyj", c.URL))
		stop := run(w.TB.(*testing.T), walker(w.db, w.is, site.Options{}))
		w.until("at the wall", func(x inspection.Walk) bool { return x.Visited >= 9 })
		stop()
		if x := w.walks()[0]; x.State != inspection.WalkWaiting || x.Note != "" || !x.Ended.IsZero() || x.Pages != 9 {
			w.Errorf("after the end of the program the walk is %+v, want it to wait with its 9 pages", x)
		}
		was := c.forget()
		c.pass()
		if _, err := walker(w.db, w.is, site.Options{}).RunDue(ctx); err != nil {
			w.Fatal(err)
		}
		if x := w.walks()[0]; x.State != inspection.WalkDone || x.Pages != 13 || x.Round != 1 {
			w.Errorf("the next program ended the walk as %+v, want it done with 13 pages", x)
		}
		for path, n := range c.forget() {
			if path != "/" && path != "/p/9" && was[path] > 0 {
				w.Errorf("%s was asked for %d times again", path, n)
			}
		}
	})
}

func TestWalksThatNobodyGoesOnWithAreToldAsFailed(t *testing.T) {
	each(t, func(w *world) {
		w.must(w.is.CrawlSoon(ctx, w.office, "mj-jyj", "http://www.example.gov.cn/"))
		w.must(w.db.Write(ctx, func(tx *db.Tx) error {
			return jobs.Cancel(tx, inspection.CrawlJob, "mj-jyj http://www.example.gov.cn/")
		}))
		if x := w.walks()[0]; x.State != inspection.WalkFailed || x.Note == "" {
			w.Errorf("a walk without a job is told as %+v, want failed and why", x)
		}
		// Asked for again it is the same walk.
		w.must(w.is.CrawlSoon(ctx, w.office, "mj-jyj", "http://www.example.gov.cn/"))
		if all := w.walks(); len(all) != 1 || all[0].State != inspection.WalkWaiting {
			w.Errorf("asked for again the walks are %+v, want the one, waiting", all)
		}
	})
}

func TestASiteThatDoesNotAnswerIsTriedAgain(t *testing.T) {
	each(t, func(w *world) {
		c := newChain(w.TB.(*testing.T), 3)
		c.Close()
		w.must(w.is.CrawlSoon(ctx, w.office, "mj-jyj", c.URL))
		q := walker(w.db, w.is, site.Options{})
		_, err := q.RunDue(ctx)
		w.must(err)
		x := w.walks()[0]
		if x.State != inspection.WalkWaiting || !strings.Contains(x.Note, "打不开") || !strings.Contains(x.Note, "再试") {
			w.Errorf("the walk over a site that is down is %+v, want it to wait and say why", x)
		}
		for range 3 {
			dbtest.Clock(w.db).Add(2 * time.Hour)
			_, err = q.RunDue(ctx)
			w.must(err)
		}
		if x = w.walks()[0]; x.State != inspection.WalkFailed || !strings.Contains(x.Note, "打不开") || strings.Contains(x.Note, "再试") {
			w.Errorf("after four tries the walk is %+v, want it failed and why", x)
		}
	})
}

// A shut is a Sealer whose seals can be told from what they hold.
type shut struct{}

func (shut) Seal(b []byte) ([]byte, error) { return flip(b), nil }
func (shut) Open(b []byte) ([]byte, error) { return flip(b), nil }

func flip(b []byte) []byte {
	c := slices.Clone(b)
	for i := range c {
		c[i] ^= 0x55
	}
	return c
}

func TestTheJournalIsSealedAndForgottenInTime(t *testing.T) {
	each(t, func(w *world) {
		c := newChain(w.TB.(*testing.T), 8)
		is := inspection.New(w.db, shut{}, func() *engine.Engine { return engine.New(privacy.New()) })
		w.must(is.CrawlSoon(ctx, w.office, "mj-jyj", c.URL))
		q := walker(w.db, is, site.Options{})
		_, err := q.RunDue(ctx)
		w.must(err)
		bodies := func() (all []string) {
			w.must(w.db.Read(ctx, func(tx *db.Tx) (err error) {
				all, err = db.All(tx, func(r db.Row) (string, error) {
					var b []byte
					err := r.Scan(&b)
					return string(b), err
				}, `SELECT body FROM inspection_walk_journal ORDER BY part`)
				return err
			}))
			return all
		}
		number := "139" + "12345681"
		kept := strings.Join(bodies(), "")
		if strings.Contains(kept, number) || !strings.Contains(string(flip([]byte(kept))), number) {
			w.Errorf("the journal is %d bytes and quotes the number openly or not at all", len(kept))
		}
		dbtest.Clock(w.db).Add(199 * 24 * time.Hour)
		w.must(q.RunNow(ctx, "inspection.crawl-clean"))
		if len(bodies()) != 1 {
			w.Error("the journal was forgotten before its time")
		}
		dbtest.Clock(w.db).Add(2 * 24 * time.Hour)
		w.must(q.RunNow(ctx, "inspection.crawl-clean"))
		if n := len(bodies()); n != 0 || len(w.walks()) != 1 {
			w.Errorf("after 201 days %d pieces and %d walks are kept, want no piece and the walk", n, len(w.walks()))
		}
	})
}
