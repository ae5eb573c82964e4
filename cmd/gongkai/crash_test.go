package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/db/dbtest"
	"gongkai/internal/fault"
	"gongkai/internal/web"
	"gongkai/ledger"
	"gongkai/org"
	"gongkai/publication"
	"gongkai/review"
	"gongkai/workday"
)

// The crash test runs a whole server in a child process: the web faces, the job
// workers, and officers who write as fast as they can. Each act that returned is
// acknowledged on a pipe. The child is killed with SIGKILL at a random moment,
// again and again, and after each kill the records are opened anew and compared
// with every acknowledgement so far.

const (
	crashChild = "GONGKAI_CRASH_CHILD" // data folder of the child
	crashKills = "GONGKAI_CRASHES"     // how often to kill; make crash sets 200
)

func TestNothingAcknowledgedIsLostWhenTheServerIsKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("the crash test is long")
	}
	kills := 25
	if n, err := strconv.Atoi(os.Getenv(crashKills)); err == nil {
		kills = n
	}
	t.Run("sqlite", func(t *testing.T) { crash(t, kills, "") })
	t.Run("postgres", func(t *testing.T) { crash(t, kills, dbtest.PostgresURL(t, nil)) })
}

func crash(t *testing.T, kills int, database string) {
	dir := t.TempDir()
	c := Config{Data: dir, Database: database, Listen: "127.0.0.1:0", Workers: 2}
	acks := map[string]map[string]bool{} // item → acts acknowledged
	acts, midway := 0, 0
	for kill := range kills {
		n := crashOnce(t, c, acks)
		acts += n
		if n > 0 {
			midway++
		}
		checkAfterCrash(t, c, acks, kill == kills-1)
		if t.Failed() {
			t.Fatalf("after kill %d", kill+1)
		}
	}
	t.Logf("%d kills, %d during writes, %d acts acknowledged and none lost, %d items", kills, midway, acts, len(acks))
	if acts < kills {
		t.Errorf("only %d acts in %d runs: the test proves little", acts, kills)
	}
}

// crashOnce runs the server for a short while, kills it, and adds what it
// acknowledged to acks.
func crashOnce(t *testing.T, c Config, acks map[string]map[string]bool) int {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run", "^TestCrashChild$")
	cmd.Env = append(os.Environ(), crashChild+"="+c.Data, "GONGKAI_DATABASE="+c.Database)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var said strings.Builder
	cmd.Stderr = &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	n, ready := 0, false
	for lines.Scan() {
		f := strings.Fields(lines.Text())
		if len(f) == 1 && f[0] == "ready" {
			ready = true
			time.AfterFunc(time.Duration(5+rand.IntN(350))*time.Millisecond, func() { cmd.Process.Signal(syscall.SIGKILL) })
		}
		if len(f) == 3 && f[0] == "ack" {
			if acks[f[2]] == nil {
				acks[f[2]] = map[string]bool{}
			}
			acks[f[2]][f[1]] = true
			n++
		}
	}
	cmd.Wait()
	if !ready {
		t.Fatalf("the server did not come up: %s", said.String())
	}
	return n
}

// checkAfterCrash opens the records as a restarted server does and compares
// them with all that was acknowledged. At the end it also does all jobs.
func checkAfterCrash(t *testing.T, c Config, acks map[string]map[string]bool, last bool) {
	t.Helper()
	ctx := context.Background()
	h, err := open(ctx, shell{err: io.Discard, now: time.Now}, c, dbOptions{})
	if err != nil {
		t.Fatalf("open after the crash: %v", err)
	}
	defer h.close()
	if last {
		time.Sleep(300 * time.Millisecond) // the last scheduled moments pass
		dbWait(t, h)
	}
	a, err := h.verify(ctx, nil, func(string, int64, int64) {})
	if err != nil {
		t.Fatal(err)
	}
	if !a.ok() {
		t.Fatalf("after the crash ledger, records, index and files do not agree: %+v", a)
	}
	if err := h.db.Read(ctx, func(tx *db.Tx) error {
		for id, acts := range acks {
			row, err := publication.Get(tx, publication.ItemID(id))
			if err != nil {
				t.Errorf("item %s was acknowledged and is gone: %v", id, err)
				continue
			}
			for act := range acts {
				if !holds(row, act) {
					t.Errorf("item %s: %s was acknowledged, but it is %s/%s version %d shown %d", id, act, row.Face, row.Work, row.Version, row.Shown)
				}
			}
			if last && acts["sign"] && row.Face != publication.Public && row.Face != publication.Withdrawn && row.Work != publication.Ready {
				t.Errorf("item %s was cleared for a time and is %s/%s: its job was lost", id, row.Face, row.Work)
			}
			entries, err := ledger.BySubject(tx, publication.ItemID(id).Subject())
			if err != nil {
				return err
			}
			published := 0
			for _, e := range entries {
				if e.Act == "publication.publish" {
					published++
				}
			}
			if published > 1 {
				t.Errorf("item %s was published %d times", id, published)
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

// dbWait does all jobs that are due, as a restarted server would. Jobs whose
// worker was killed wait for their lease to end, so they are done by name.
func dbWait(t *testing.T, h *house) {
	t.Helper()
	ctx := context.Background()
	if _, err := h.queue.RunDue(ctx); err != nil {
		t.Fatal(err)
	}
	deadline := time.Now().Add(2 * time.Minute)
	for {
		var left []publication.Row
		if err := h.db.Read(ctx, func(tx *db.Tx) (err error) {
			left, _, err = publication.List(tx, publication.Filter{Units: org.Everything(), Works: []publication.Work{publication.Scheduled},
				Faces: []publication.Face{publication.Unseen}, Size: 100})
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if len(left) == 0 || time.Now().After(deadline) {
			return
		}
		time.Sleep(time.Second)
		if _, err := h.queue.RunDue(ctx); err != nil {
			t.Fatal(err)
		}
	}
}

// holds tells whether an item shows the traces of an act.
func holds(row publication.Row, act string) bool {
	switch act {
	case "create":
		return true
	case "submit":
		return row.Version > 0 && row.IndexNo != ""
	case "sign": // the last signature
		return row.Work == publication.Ready || row.Work == publication.Scheduled || row.Shown > 0
	case "publish":
		return row.Shown > 0
	case "withdraw":
		return row.Face == publication.Withdrawn
	}
	return false
}

// TestCrashChild is the server that is killed. It does nothing unless the crash
// test has started it.
func TestCrashChild(t *testing.T) {
	dir := os.Getenv(crashChild)
	if dir == "" {
		t.Skip("only within the crash test")
	}
	ctx := context.Background()
	c := Config{Data: dir, Database: os.Getenv("GONGKAI_DATABASE"), Listen: "127.0.0.1:0", Workers: 2}
	h, err := open(ctx, shell{err: os.Stderr, now: time.Now}, c, dbOptions{log: io.Discard})
	if err != nil {
		t.Fatal(err)
	}
	staff, err := crashStaff(ctx, h)
	if err != nil {
		t.Fatal(err)
	}
	handler, err := h.handler()
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", c.Listen)
	if err != nil {
		t.Fatal(err)
	}
	go web.Server(c.Listen, handler).Serve(l)
	go h.queue.Run(ctx, c.Workers)
	go func() { // a reader, so that pages are made while others write
		for {
			if res, err := http.Get("http://" + l.Addr().String() + "/policies"); err == nil {
				io.Copy(io.Discard, res.Body)
				res.Body.Close()
			}
			time.Sleep(5 * time.Millisecond)
		}
	}()
	fmt.Println("ready")
	var wg sync.WaitGroup
	for w := range 4 {
		wg.Go(func() {
			for n := 0; ; n++ {
				if err := crashWork(ctx, h, staff, w, n); err != nil {
					fmt.Fprintln(os.Stderr, err)
					os.Exit(3)
				}
			}
		})
	}
	wg.Wait()
}

// crashStaff finds the officers, or makes them at the first start.
func crashStaff(ctx context.Context, h *house) ([]identity.Actor, error) {
	sys := identity.System("crash")
	if err := h.units.Add(ctx, sys, org.Unit{ID: "mj", Kind: org.Government, Name: "示例市明镜区人民政府", Short: "区政府",
		IndexTemplate: "{unit}/{yyyy}-{serial:6}", Active: true}); err != nil && !errors.Is(err, fault.Conflict) {
		return nil, err
	}
	var actors []identity.Actor
	for _, role := range []identity.Role{identity.Publisher, identity.First, identity.Secrecy, identity.Second, identity.Final} {
		p, err := h.people.ByLogin(ctx, sys, string(role))
		if errors.Is(err, fault.NotFound) {
			id, _, err := h.people.Create(ctx, sys, string(role), identity.Details{Name: "示例" + string(role), Unit: "mj"})
			if err != nil {
				return nil, err
			}
			p.ID = id
		} else if err != nil {
			return nil, err
		}
		if err := h.people.Activate(ctx, sys, p.ID); err != nil && !errors.Is(err, fault.Conflict) {
			return nil, err
		}
		if err := h.people.Grant(ctx, sys, p.ID, role, "mj"); err != nil && !errors.Is(err, fault.Conflict) {
			return nil, err
		}
		var a identity.Actor
		if err := h.db.Read(ctx, func(tx *db.Tx) (err error) { a, err = identity.ActorOf(tx, p.ID); return err }); err != nil {
			return nil, err
		}
		actors = append(actors, a)
	}
	return actors, nil
}

// crashWork takes one item from nothing to the public, telling each act.
func crashWork(ctx context.Context, h *house, staff []identity.Actor, w, n int) error {
	writer := staff[0]
	c := publication.Content{
		Title: fmt.Sprintf("关于第%d组第%d项工作的通知", w, n), Kind: publication.Notice, Column: publication.NewsColumn, Made: workday.New(2026, 3, 2),
		Openness: review.Openness{Attribute: review.Open}, Body: "<p>现将有关事项通知如下，请认真执行。</p>",
	}
	id, err := h.items.Create(ctx, writer, "mj", c)
	if err != nil {
		return err
	}
	ack("create", id)
	plan := publication.Plan{When: []publication.Moment{publication.ByHand, publication.AtOnce, publication.AtTime}[n%3], At: time.Now().Add(60 * time.Millisecond)}
	rev, err := h.items.Save(ctx, writer, id, 1, c, plan)
	if err != nil {
		return err
	}
	s, err := h.items.Submit(ctx, writer, id, rev)
	if errors.Is(err, fault.Invalid) && plan.When == publication.AtTime { // its time passed meanwhile
		return nil
	}
	if err != nil {
		return err
	}
	ack("submit", id)
	for level, signer := range staff[1:] {
		if s, err = h.reviews.Sign(ctx, signer, s.ID, review.View{Level: level, Digest: s.Digest}, ""); err != nil {
			return err
		}
	}
	ack("sign", id)
	switch plan.When {
	case publication.ByHand:
		var clearance review.Clearance
		if err := h.db.Read(ctx, func(tx *db.Tx) (err error) { clearance, err = review.ClearanceOf(tx, id.Subject()); return err }); err != nil {
			return err
		}
		if err := h.items.Publish(ctx, writer, id, clearance); err != nil {
			return err
		}
		ack("publish", id)
		if n%2 == 0 {
			if err := h.items.Withdraw(ctx, writer, id, "崩溃测试中的撤回"); err != nil {
				return err
			}
			ack("withdraw", id)
		}
	case publication.AtOnce:
		ack("publish", id)
	}
	return nil
}

// ack tells the parent that an act has returned. One write is one line.
func ack(act string, id publication.ItemID) {
	os.Stdout.WriteString("ack " + act + " " + string(id) + "\n")
}
