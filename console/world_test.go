package console_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/net/html"

	"gongkai/annualreport"
	"gongkai/console"
	"gongkai/document"
	"gongkai/identity"
	"gongkai/identity/identitytest"
	"gongkai/inspection"
	"gongkai/inspection/inspectiontest"
	"gongkai/internal/blob"
	"gongkai/internal/db"
	"gongkai/internal/db/dbtest"
	"gongkai/internal/fault"
	"gongkai/internal/jobs"
	"gongkai/ledger"
	"gongkai/org"
	"gongkai/publication"
	"gongkai/register"
	"gongkai/review"
	"gongkai/review/coordination"
	"gongkai/workday"
)

// A world is a small government with people in every role, and the console it
// works with, served over HTTP.
type world struct {
	*testing.T
	db      *db.DB
	clock   *dbtest.FakeClock
	people  *identity.People
	reviews *review.Reviews
	// inspections has the rules that can block.
	inspections *inspection.Inspections
	items       *publication.Items
	reports     *annualreport.Reports
	queue       *jobs.Queue
	console     *console.Console
	server      *httptest.Server
	ids         map[string]identity.ID
}

const (
	gov    = org.ID("mj")
	school = org.ID("mj-jyj")
	town   = org.ID("mj-qs")
)

const password = "Qingshan-4827"

type texts struct{}

func (texts) TextOf(tx *db.Tx, digest string) (string, error) {
	s, err := document.TextOf(tx, blob.Digest(digest))
	if fault.KindOf(err) == fault.NotFound {
		return "", nil
	}
	return s, err
}

// schema is everything the console stands on.
var schema = db.NewSchema("console-test", fstest.MapFS{}, publication.Schema, document.Schema, register.Schema, annualreport.Schema)

func sqlite(t *testing.T) *world {
	t.Helper()
	return newWorld(t, dbtest.SQLite(t, schema))
}

func newWorld(t *testing.T, d *db.DB) *world {
	t.Helper()
	ctx := context.Background()
	w := &world{T: t, db: d, clock: dbtest.Clock(d), ids: map[string]identity.ID{}}
	sys := identity.System("test")
	units := org.New(d)
	for _, u := range []org.Unit{
		{ID: gov, Kind: org.Government, Name: "示例市明镜区人民政府", Short: "区政府", USCC: "11441700007280420Y", Active: true},
		{ID: school, Parent: gov, Kind: org.Department, Name: "示例市明镜区教育局", Short: "区教育局", USCC: "11370322004222241N", Order: 1, Active: true},
		{ID: town, Parent: gov, Kind: org.Town, Name: "示例市明镜区清水镇人民政府", Short: "清水镇", USCC: "11341702486344515H", Order: 2, Active: true},
	} {
		w.must(units.Add(ctx, sys, u))
	}
	w.people = identitytest.People(t, d)
	w.reviews = review.New(d)
	w.items = publication.New(d, texts{})
	w.reviews.Follow("item", w.items)
	w.inspections = inspectiontest.Inspections(d, w.items.Inspected(publication.Documents{}))
	w.items.InspectWith(w.inspections)
	w.reviews.InspectWith(w.inspections)
	w.queue = jobs.New(d, slog.New(slog.DiscardHandler))
	w.queue.Handle(publication.PublishJob, w.items.RunPublish)
	w.queue.Handle(publication.LapseJob, func(ctx context.Context, _ jobs.Job) error { _, err := w.items.Lapse(ctx); return err })
	w.queue.Every(publication.LapseJob, "5 0 * * *")
	for _, p := range []struct {
		login, name string
		home, at    org.ID
		role        identity.Role
	}{
		{"publisher", "林信", school, school, identity.Publisher}, {"colleague", "何同", school, school, identity.Publisher},
		{"first", "陈初", school, school, identity.First}, {"secrecy", "周密", gov, gov, identity.Secrecy},
		{"second", "吴复", gov, gov, identity.Second}, {"final", "郑终", gov, gov, identity.Final},
		{"officer", "王申", school, school, identity.Officer}, {"supervisor", "冯公", gov, gov, identity.Supervisor},
		{"auditor", "褚查", gov, gov, identity.Auditor}, {"sysadmin", "卫统", gov, gov, identity.SysAdmin},
		{"secadmin", "蒋安", gov, gov, identity.SecAdmin}, {"auditadmin", "沈审", gov, gov, identity.AuditAdmin},
		{"elsewhere", "韩镇", town, town, identity.Publisher},
	} {
		id, _, err := w.people.Create(ctx, sys, p.login, identity.Details{Name: p.name, Unit: p.home})
		w.must(err)
		w.must(w.people.Activate(ctx, sys, id))
		w.must(w.people.Grant(ctx, sys, id, p.role, p.at))
		w.must(w.people.SetPassword(ctx, sys, id, password, false))
		w.ids[p.login] = id
	}
	store := blob.Files(t.TempDir())
	files := document.NewFiles(d, store, document.NewPlainReader(document.Limits{}))
	w.reports = annualreport.New(d, w.items, files, annualreport.Registers{}, annualreport.Documents{})
	c, err := console.New(console.Deps{
		DB: d, Units: units, People: w.people, Inspections: w.inspections, Reviews: w.reviews, Items: w.items, Registers: register.New(d), Reports: w.reports, Queue: w.queue, Blob: store,
		Files:   files,
		Keepers: []ledger.Keeper{org.Keeper, identity.Keeper, document.Keeper, review.SubmissionKeeper, review.ChainKeeper, coordination.Keeper, publication.Keeper, publication.TransferKeeper, register.LineKeeper, register.BookKeeper, annualreport.ReportKeeper, annualreport.RoundKeeper, annualreport.PastKeeper},
		Log:     slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelError})),
		Now:     w.clock.Now, Key: bytes.Repeat([]byte{7}, 32), Settings: []console.Setting{{Group: "服务", Name: "监听地址", Value: "127.0.0.1:8080"}},
	})
	w.must(err)
	w.console = c
	w.server = httptest.NewServer(c)
	t.Cleanup(w.server.Close)
	return w
}

func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

func (w *world) actor(login string) identity.Actor {
	w.Helper()
	return identitytest.As(w.T, w.db, w.ids[login])
}

func (w *world) read(f func(tx *db.Tx) error) {
	w.Helper()
	w.must(w.db.Read(context.Background(), f))
}

func (w *world) item(id publication.ItemID) (row publication.Row) {
	w.Helper()
	w.read(func(tx *db.Tx) (err error) { row, err = publication.Get(tx, id); return err })
	return row
}

func (w *world) copyOf(id publication.ItemID) (cp publication.Copy) {
	w.Helper()
	w.read(func(tx *db.Tx) (err error) { cp, err = publication.CopyOf(tx, id); return err })
	return cp
}

// complete is content that can go to review.
func complete(title string) publication.Content {
	return publication.Content{
		Title: title, Kind: publication.Policy, Column: "c01", Theme: "11", Issuer: "示例市明镜区教育局", DocNo: "明教发〔2026〕5号",
		Made: workday.New(2026, 2, 20), Summary: "说明今年义务教育招生怎样报名。", Source: "示例市明镜区教育局",
		Openness: review.Openness{Attribute: review.Open}, Body: "<p>各镇人民政府、街道办事处：</p><p>现将有关事项通知如下。</p>",
	}
}

// draft makes a complete draft of the publisher.
func (w *world) draft(title string) publication.ItemID {
	w.Helper()
	id, err := w.items.Create(context.Background(), w.actor("publisher"), school, complete(title))
	w.must(err)
	return id
}

// submit hands a draft in and returns the submission.
func (w *world) submit(id publication.ItemID) review.SubmissionID {
	w.Helper()
	s, err := w.items.Submit(context.Background(), w.actor("publisher"), id, w.copyOf(id).Rev)
	w.must(err)
	return s.ID
}

// clear signs at every level.
func (w *world) clear(sid review.SubmissionID) {
	w.Helper()
	for _, login := range []string{"first", "secrecy", "second", "final"} {
		var s review.Submission
		w.read(func(tx *db.Tx) (err error) { s, err = review.Get(tx, sid); return err })
		_, err := w.reviews.Sign(context.Background(), w.actor(login), sid, review.View{Level: s.Level, Digest: s.Digest}, "")
		w.must(err)
	}
}

// public makes a public item.
func (w *world) public(title string) publication.ItemID {
	w.Helper()
	id := w.draft(title)
	w.clear(w.submit(id))
	var c review.Clearance
	w.read(func(tx *db.Tx) (err error) { c, err = review.ClearanceOf(tx, id.Subject()); return err })
	w.must(w.items.Publish(context.Background(), w.actor("publisher"), id, c))
	return id
}

// A visitor is somebody at the console, without scripts.
type visitor struct {
	*world
	client *http.Client
	status int
	url    *url.URL
	header http.Header
	body   string
	page   *html.Node
}

// nobody is a visitor who has not signed in.
func (w *world) nobody() *visitor {
	w.Helper()
	jar, err := cookiejar.New(nil)
	w.must(err)
	return &visitor{world: w, client: &http.Client{Jar: jar, Timeout: 30 * time.Second}}
}

// as is somebody who has signed in.
func (w *world) as(login string) *visitor {
	w.Helper()
	b := w.nobody()
	w.clock.Add(2 * time.Second) // the rate of sign-ins from one address is limited
	b.get("/console/signin")
	b.post("/console/signin", "login", login, "password", password)
	if b.url.Path != "/console" || b.status != 200 {
		w.Fatalf("signing in as %s led to %s, status %d, want the home page:\n%s", login, b.url, b.status, b.text())
	}
	return b
}

func (b *visitor) do(r *http.Request) *visitor {
	b.Helper()
	res, err := b.client.Do(r)
	b.must(err)
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	b.must(err)
	b.status, b.url, b.header, b.body = res.StatusCode, res.Request.URL, res.Header, string(body)
	b.page, err = html.Parse(bytes.NewReader(body))
	b.must(err)
	return b
}

func (b *visitor) get(path string) *visitor {
	b.Helper()
	r, err := http.NewRequest("GET", b.server.URL+path, nil)
	b.must(err)
	return b.do(r)
}

// post sends a form of name, value pairs.
func (b *visitor) post(path string, pairs ...string) *visitor {
	b.Helper()
	v := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		v.Add(pairs[i], pairs[i+1])
	}
	return b.postValues(path, v)
}

func (b *visitor) postValues(path string, v url.Values) *visitor {
	b.Helper()
	r, err := http.NewRequest("POST", b.server.URL+path, strings.NewReader(v.Encode()))
	b.must(err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return b.do(r)
}

// upload sends a form with a file.
func (b *visitor) upload(path, field, name string, content []byte, values url.Values) *visitor {
	b.Helper()
	var body bytes.Buffer
	mw := multipart.NewWriter(&body)
	for k, all := range values {
		for _, v := range all {
			b.must(mw.WriteField(k, v))
		}
	}
	part, err := mw.CreateFormFile(field, name)
	b.must(err)
	_, err = part.Write(content)
	b.must(err)
	b.must(mw.Close())
	r, err := http.NewRequest("POST", b.server.URL+path, &body)
	b.must(err)
	r.Header.Set("Content-Type", mw.FormDataContentType())
	return b.do(r)
}

// form returns the values of the form with an action, as a browser would send
// them without pressing a particular button.
func (b *visitor) form(action string) url.Values {
	b.Helper()
	var form *html.Node
	walk(b.page, func(n *html.Node) {
		if form == nil && n.Data == "form" && attr(n, "action") == action {
			form = n
		}
	})
	if form == nil {
		b.Fatalf("%s has no form for %s:\n%s", b.url, action, b.text())
	}
	v := url.Values{}
	walk(form, func(n *html.Node) {
		name := attr(n, "name")
		if name == "" {
			return
		}
		switch n.Data {
		case "input":
			switch attr(n, "type") {
			case "file", "submit":
				return
			case "checkbox", "radio":
				if !has(n, "checked") {
					return
				}
			}
			v.Add(name, attr(n, "value"))
		case "textarea":
			v.Add(name, strings.TrimPrefix(inner(n), "\n"))
		case "select":
			chosen, first := "", ""
			found, any := false, false
			walk(n, func(o *html.Node) {
				if o.Data != "option" {
					return
				}
				if !any {
					first, any = attr(o, "value"), true
				}
				if has(o, "selected") {
					chosen, found = attr(o, "value"), true
				}
			})
			if !found {
				chosen = first
			}
			v.Add(name, chosen)
		}
	})
	return v
}

func walk(n *html.Node, f func(*html.Node)) {
	if n.Type == html.ElementNode {
		f(n)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		walk(c, f)
	}
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}

func inner(n *html.Node) string {
	var b strings.Builder
	var add func(*html.Node)
	add = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			add(c)
		}
	}
	add(n)
	return b.String()
}

var blanks = regexp.MustCompile(`\s+`)

// text is the main part of the page as people read it.
func (b *visitor) text() string {
	s := ""
	walk(b.page, func(n *html.Node) {
		if n.Data == "main" {
			s = inner(n)
		}
	})
	return blanks.ReplaceAllString(s, " ")
}

// shows fails the test unless the page has a status and says every one of some
// sentences.
func (b *visitor) shows(status int, sentences ...string) *visitor {
	b.Helper()
	if b.status != status {
		b.Fatalf("%s answered %d, want %d:\n%s", b.url, b.status, status, b.text())
	}
	for _, s := range sentences {
		if !strings.Contains(b.text(), s) {
			b.Errorf("%s does not say %q:\n%s", b.url, s, b.text())
		}
	}
	return b
}

func (b *visitor) hides(sentences ...string) *visitor {
	b.Helper()
	for _, s := range sentences {
		if strings.Contains(b.text(), s) {
			b.Errorf("%s says %q and should not:\n%s", b.url, s, b.text())
		}
	}
	return b
}

// itemID is the item whose page is shown.
func (b *visitor) itemID() publication.ItemID {
	b.Helper()
	parts := strings.Split(b.url.Path, "/")
	if len(parts) < 4 || parts[2] != "items" {
		b.Fatalf("%s is no page of an item:\n%s", b.url, b.text())
	}
	return publication.ItemID(parts[3])
}

func edit(id publication.ItemID) string { return fmt.Sprintf("/console/items/%s/edit", id) }
