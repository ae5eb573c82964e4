package portal_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"gongkai/identity"
	"gongkai/inspection/inspectiontest"
	"gongkai/internal/blob"
	"gongkai/internal/db"
	"gongkai/internal/db/dbtest"
	"gongkai/ledger"
	"gongkai/org"
	"gongkai/portal"
	"gongkai/publication"
	"gongkai/review"
	"gongkai/workday"
)

// district is a small government with its people, its public site and some
// items, for tests.
type district struct {
	*testing.T
	db      *db.DB
	items   *publication.Items
	reviews *review.Reviews
	people  *identity.People
	blobs   blob.Store
	log     *ledger.Log
	portal  *portal.Portal

	writer, first, secrecy, second, final, boss identity.Actor
}

type noSeal struct{}

func (noSeal) Seal(b []byte) ([]byte, error) { return b, nil }
func (noSeal) Open(b []byte) ([]byte, error) { return b, nil }

// texts knows what stands in attachments.
type texts map[string]string

func (t texts) TextOf(_ *db.Tx, digest string) (string, error) { return t[digest], nil }

const formText = "附件中的申报表，需要填写银杏树名录"

// picture is the smallest PNG.
var picture = []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89\x00\x00\x00\nIDATx\x9cc\x00\x01\x00\x00\x05\x00\x01\r\n-\xb4\x00\x00\x00\x00IEND\xaeB`\x82")

func newDistrict(t *testing.T, d *db.DB) *district {
	t.Helper()
	ctx := context.Background()
	v := &district{T: t, db: d, reviews: review.New(d), blobs: blob.Files(t.TempDir())}
	v.items = publication.New(d, texts{string(blob.DigestOf([]byte(formText))): formText})
	v.reviews.Follow("item", v.items)
	inspections := inspectiontest.Inspections(d, v.items.Inspected(publication.Documents{}))
	v.items.InspectWith(inspections)
	v.reviews.InspectWith(inspections)
	units := org.New(d)
	contact := org.Contact{Office: "区政府办公室政务公开科", Address: "示例市明镜区中心路1号", Hours: "工作日9:00至12:00，14:00至17:30", Phone: "0000-8800000", Fax: "0000-8800001", Email: "gk@mingjing.example", Postcode: "000000"}
	for _, u := range []org.Unit{
		{ID: "mj", Kind: org.Government, Name: "示例市明镜区人民政府", Short: "区政府", USCC: "11441700007280420Y", SiteCode: "3300000001", Active: true,
			Footer: org.Footer{ICP: "示ICP备00000000号"}},
		{ID: "mj-bgs", Parent: "mj", Kind: org.Office, Name: "明镜区人民政府办公室", Short: "区政府办", Active: true, Contact: contact},
		{ID: "mj-jyj", Parent: "mj", Kind: org.Department, Name: "明镜区教育局", Short: "区教育局", USCC: "11370322004222241N", Order: 1, Active: true,
			Domain: "jyj.mingjing.example", Contact: contact, Duties: "主管全区教育工作。\n负责学前教育和义务教育。",
			Leaders: []org.Leader{{Name: "李示例", Post: "局长", Work: "主持全面工作"}}, Sections: []org.Section{{Name: "办公室", Duty: "综合协调", Phone: "0000-8800002"}}},
		{ID: "mj-qs", Parent: "mj", Kind: org.Town, Name: "明镜区清水镇人民政府", Short: "清水镇", USCC: "11341702486344515H", Order: 2, Active: true},
		{ID: "mj-old", Parent: "mj", Kind: org.Department, Name: "明镜区撤并局", Short: "撤并局", Order: 3},
	} {
		v.must(units.Add(ctx, identity.System("test"), u))
	}
	var err error
	v.people, err = identity.New(d, noSeal{}, identity.Policy{})
	v.must(err)
	v.writer = v.person("writer", "mj-jyj", "mj-jyj", identity.Publisher)
	v.first = v.person("first", "mj-jyj", "mj-jyj", identity.First)
	v.secrecy = v.person("secrecy", "mj", "mj", identity.Secrecy)
	v.second = v.person("second", "mj", "mj", identity.Second)
	v.final = v.person("final", "mj-jyj", "mj", identity.Final)
	v.boss = v.person("boss", "mj", "mj", identity.Supervisor)
	key, err := ledger.LoadOrCreateKey(t.TempDir(), "www.mingjing.example/ledger")
	v.must(err)
	v.log = ledger.New(d, key)
	v.portal, err = portal.New(portal.Deps{DB: d, Units: units, Items: v.items, Blobs: v.blobs, Ledger: v.log, Now: v.clock().Now, Site: "https://www.mingjing.example"})
	v.must(err)
	return v
}

func (v *district) must(err error) {
	v.Helper()
	if err != nil {
		v.Fatal(err)
	}
}

func (v *district) clock() *dbtest.FakeClock { return dbtest.Clock(v.db) }

func (v *district) person(login string, unit, at org.ID, roles ...identity.Role) (a identity.Actor) {
	v.Helper()
	ctx, sys := context.Background(), identity.System("test")
	id, _, err := v.people.Create(ctx, sys, login, identity.Details{Name: "经办人" + login, Unit: unit})
	v.must(err)
	v.must(v.people.Activate(ctx, sys, id))
	for _, r := range roles {
		v.must(v.people.Grant(ctx, sys, id, r, at))
	}
	v.must(v.db.Read(ctx, func(tx *db.Tx) (err error) {
		a, err = identity.ActorOf(tx, id)
		return err
	}))
	return a
}

// keep stores a file and returns it as an attachment.
func (v *district) keep(name, kind string, data []byte) publication.File {
	v.Helper()
	digest, size, err := v.blobs.Put(context.Background(), bytes.NewReader(data))
	v.must(err)
	return publication.File{Digest: string(digest), Name: name, Size: size, Kind: kind}
}

// policy is a complete policy document.
func policy(title, no string) publication.Content {
	return publication.Content{
		Title: title, Kind: publication.Policy, Column: "c01", Theme: "11", Issuer: "明镜区教育局", DocNo: no, Keywords: []string{"教育", "入学"},
		Made: workday.New(2026, 2, 20), Summary: "为测试而写的概述", Openness: review.Openness{Attribute: review.Open},
		Body: "<p>各镇人民政府、街道办事处：</p><p>现将《义务教育入学工作安排》印发给你们，请认真执行。</p>",
	}
}

func (v *district) draft(c publication.Content) publication.ItemID {
	v.Helper()
	id, err := v.items.Create(context.Background(), v.writer, "mj-jyj", c)
	v.must(err)
	return id
}

func (v *district) submit(id publication.ItemID) review.Submission {
	v.Helper()
	var rev int
	v.must(v.db.Read(context.Background(), func(tx *db.Tx) error {
		c, err := publication.CopyOf(tx, id)
		rev = c.Rev
		return err
	}))
	s, err := v.items.Submit(context.Background(), v.writer, id, rev)
	v.must(err)
	return s
}

func (v *district) signAll(s review.Submission) {
	v.Helper()
	for i, who := range []identity.Actor{v.first, v.secrecy, v.second, v.final} {
		_, err := v.reviews.Sign(context.Background(), who, s.ID, review.View{Level: i, Digest: s.Digest}, "")
		v.must(err)
	}
}

// publish takes content all the way.
func (v *district) publish(c publication.Content) publication.ItemID {
	v.Helper()
	v.clock().Add(time.Minute)
	id := v.draft(c)
	v.release(id)
	return id
}

func (v *district) release(id publication.ItemID) {
	v.Helper()
	v.signAll(v.submit(id))
	var clearance review.Clearance
	v.must(v.db.Read(context.Background(), func(tx *db.Tx) (err error) {
		clearance, err = review.ClearanceOf(tx, id.Subject())
		return err
	}))
	v.must(v.items.Publish(context.Background(), v.writer, id, clearance))
}

// answer is what the site said.
type answer struct {
	status int
	header http.Header
	body   string
}

func (v *district) ask(method, path string, header ...string) answer {
	v.Helper()
	r := httptest.NewRequest(method, "http://www.mingjing.example"+path, nil)
	for i := 0; i+1 < len(header); i += 2 {
		if header[i] == "Host" {
			r.Host = header[i+1]
			continue
		}
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	v.portal.ServeHTTP(w, r)
	body := w.Body.Bytes()
	if w.Header().Get("Content-Encoding") == "gzip" {
		z, err := gzip.NewReader(bytes.NewReader(body))
		v.must(err)
		body, err = io.ReadAll(z)
		v.must(err)
	}
	return answer{w.Code, w.Header(), string(body)}
}

func (v *district) get(path string, header ...string) answer {
	v.Helper()
	return v.ask(http.MethodGet, path, header...)
}

// page asks for a page that must be there.
func (v *district) page(path string) string {
	v.Helper()
	a := v.get(path)
	if a.status != http.StatusOK {
		v.Fatalf("GET %s: status %d, want 200\n%s", path, a.status, a.body)
	}
	return a.body
}

// has checks that texts stand in a page, lacks that they do not.
func (v *district) has(what, page string, wanted ...string) {
	v.Helper()
	for _, w := range wanted {
		if !strings.Contains(page, w) {
			v.Errorf("%s does not hold %q", what, w)
		}
	}
}

func (v *district) lacks(what, page string, unwanted ...string) {
	v.Helper()
	for _, u := range unwanted {
		if strings.Contains(page, u) {
			v.Errorf("%s holds %q, which must not be there", what, u)
		}
	}
}

func each(t *testing.T, f func(v *district)) {
	t.Helper()
	dbtest.Each(t, publication.Schema, func(t *testing.T, d *db.DB) { f(newDistrict(t, d)) })
}

func (v *district) unit(id org.ID) (u org.Unit) {
	v.Helper()
	v.must(v.db.Read(context.Background(), func(tx *db.Tx) (err error) {
		tree, err := org.Load(tx)
		if err != nil {
			return err
		}
		u, err = tree.Get(id)
		return err
	}))
	return u
}

func newRecorder() *httptest.ResponseRecorder { return httptest.NewRecorder() }

func newRequest(path string) *http.Request {
	return httptest.NewRequest(http.MethodGet, "http://www.mingjing.example"+path, nil)
}
