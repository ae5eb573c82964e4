package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"gongkai/api"
	"gongkai/document"
	"gongkai/identity"
	"gongkai/identity/identitytest"
	"gongkai/inspection"
	"gongkai/inspection/engine"
	"gongkai/inspection/inspectiontest"
	"gongkai/internal/db"
	"gongkai/internal/db/dbtest"
	"gongkai/org"
	"gongkai/publication"
	"gongkai/review"
	"gongkai/workday"
)

var schema = db.NewSchema("api-test", fstest.MapFS{}, publication.Schema, inspection.Schema)

const (
	gov    = org.ID("mj")
	school = org.ID("mj-jyj")
)

type none struct{}

func (none) TextOf(*db.Tx, string) (string, error) { return "", nil }

// A world is a small government and its interface, served over HTTP.
type world struct {
	*testing.T
	db      *db.DB
	clock   *dbtest.FakeClock
	people  *identity.People
	items   *publication.Items
	reviews *review.Reviews
	api     *api.API

	inspections *inspection.Inspections
	server      *httptest.Server
	log         *bytes.Buffer
	token       string // of a publisher of the school
	id          identity.TokenID
}

// standard is made once: it is read only and large.
var standard = engine.Standard()

func newWorld(t *testing.T, change func(*api.Deps)) *world {
	t.Helper()
	d := dbtest.SQLite(t, schema)
	w := &world{T: t, db: d, clock: dbtest.Clock(d), people: identitytest.People(t, d), log: &bytes.Buffer{}}
	units := org.New(d)
	for _, u := range []org.Unit{
		{ID: gov, Kind: org.Government, Name: "示例市明镜区人民政府", Short: "区政府", USCC: "11441700007280420Y", Active: true},
		{ID: school, Parent: gov, Kind: org.Department, Name: "示例市明镜区教育局", Short: "区教育局", USCC: "11370322004222241N", Active: true},
	} {
		w.must(units.Add(t.Context(), identity.System("test"), u))
	}
	w.reviews = review.New(d)
	w.items = publication.New(d, none{})
	w.reviews.Follow("item", w.items)
	inspections := inspectiontest.Inspections(d, w.items.Inspected(publication.Documents{}))
	w.items.InspectWith(inspections)
	w.reviews.InspectWith(inspections)
	w.token, w.id = w.giveToken(identity.Publisher)
	deps := api.Deps{DB: d, People: w.people, Engine: func() *engine.Engine { return standard }, Reader: document.NewPlainReader(document.Limits{}),
		Log: slog.New(slog.NewTextHandler(w.log, &slog.HandlerOptions{Level: slog.LevelDebug})), Now: w.clock.Now, Every: time.Second, Burst: 1000}
	deps.Inspections = inspection.New(d, identitytest.Plain{}, func() *engine.Engine { return standard })
	w.inspections = deps.Inspections
	if change != nil {
		change(&deps)
	}
	w.api = api.New(deps)
	w.server = httptest.NewServer(w.api)
	t.Cleanup(w.server.Close)
	return w
}

func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// giveToken makes a person with a role and a token of theirs for inspection.
func (w *world) giveToken(role identity.Role) (string, identity.TokenID) {
	w.Helper()
	p := identitytest.Person(w.T, w.db, school, role)
	t, secret, err := w.people.GiveToken(context.Background(), identity.System("test"), p, "测试程序", []identity.Right{identity.InspectionRead}, 30)
	w.must(err)
	return secret.Reveal(), t.ID
}

// answer is what came back.
type answer struct {
	*world
	call   string
	status int
	header http.Header
	body   []byte
}

func (w *world) do(method, path, token, kind string, body io.Reader) answer {
	w.Helper()
	r, err := http.NewRequest(method, w.server.URL+path, body)
	w.must(err)
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	res, err := http.DefaultClient.Do(r)
	w.must(err)
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	w.must(err)
	return answer{w, method + " " + path, res.StatusCode, res.Header, b}
}

func (w *world) get(path string) answer {
	w.Helper()
	return w.do("GET", path, "", "", nil)
}

// inspect sends a body with the good token.
func (w *world) inspect(query, kind, body string) answer {
	w.Helper()
	return w.do("POST", "/api/v1/inspect"+query, w.token, kind, strings.NewReader(body))
}

// line is the contract's line.
type line struct {
	File     string `json:"file"`
	Findings []struct {
		Rule    string   `json:"rule"`
		Tier    string   `json:"tier"`
		Start   int      `json:"start"`
		End     int      `json:"end"`
		Text    string   `json:"text"`
		Suggest []string `json:"suggest"`
		Part    string   `json:"part"`
		Cell    string   `json:"cell"`
	} `json:"findings"`
	Unread []string `json:"unread"`
}

// found reads a good answer.
func (a answer) found() (i line) {
	a.Helper()
	if a.status != http.StatusOK {
		a.Fatalf("%s answered %d, want 200: %s", a.call, a.status, a.body)
	}
	a.must(json.Unmarshal(a.body, &i))
	return i
}

// rules are the rules of what was found, joined.
func (i line) rules() string {
	var all []string
	for _, f := range i.Findings {
		all = append(all, f.Rule)
	}
	return strings.Join(all, " ")
}

// refused fails unless the answer is a refusal with a status, a code and a
// sentence that has the words in it.
func (a answer) refused(status int, code, words string) {
	a.Helper()
	var e struct {
		Error struct {
			Code    string `json:"code"`
			Message string `json:"message"`
		} `json:"error"`
	}
	if err := json.Unmarshal(a.body, &e); err != nil {
		a.Errorf("%s answered %d %q, which is no refusal", a.call, a.status, a.body)
		return
	}
	if a.status != status || e.Error.Code != code || !strings.Contains(e.Error.Message, words) {
		a.Errorf("%s answered %d %s, want %d %s with %q", a.call, a.status, a.body, status, code, words)
	}
}

// public makes a public item of the school.
func (w *world) public(title string) publication.ItemID {
	w.Helper()
	ctx := context.Background()
	by := identitytest.Actor(w.T, w.db, school, identity.Publisher)
	id, err := w.items.Create(ctx, by, school, publication.Content{
		Title: title, Kind: publication.Policy, Column: "c01", Theme: "11", Issuer: "示例市明镜区教育局", DocNo: "明教发〔2026〕5号",
		Made: workday.New(2026, 2, 20), Summary: "说明今年义务教育招生怎样报名。", Source: "示例市明镜区教育局",
		Openness: review.Openness{Attribute: review.Open}, Body: "<p>各镇人民政府、街道办事处：</p><p>现将有关事项通知如下。</p>",
		Files: []publication.File{{Digest: strings.Repeat("5f", 32), Name: "附件1 报名表.docx", Size: 18231, Kind: "docx"}},
	})
	w.must(err)
	var cp publication.Copy
	w.must(w.db.Read(ctx, func(tx *db.Tx) (err error) { cp, err = publication.CopyOf(tx, id); return err }))
	s, err := w.items.Submit(ctx, by, id, cp.Rev)
	w.must(err)
	for _, role := range []identity.Role{identity.First, identity.Secrecy, identity.Second, identity.Final} {
		w.must(w.db.Read(ctx, func(tx *db.Tx) (err error) { s, err = review.Get(tx, s.ID); return err }))
		_, err := w.reviews.Sign(ctx, identitytest.Actor(w.T, w.db, school, role), s.ID, review.View{Level: s.Level, Digest: s.Digest}, "")
		w.must(err)
	}
	var c review.Clearance
	w.must(w.db.Read(ctx, func(tx *db.Tx) (err error) { c, err = review.ClearanceOf(tx, id.Subject()); return err }))
	w.must(w.items.Publish(ctx, by, id, c))
	return id
}
