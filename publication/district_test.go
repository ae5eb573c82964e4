package publication_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"gongkai/identity"
	"gongkai/identity/identitytest"
	"gongkai/inspection"
	"gongkai/inspection/inspectiontest"
	"gongkai/internal/db"
	"gongkai/internal/db/dbtest"
	"gongkai/internal/fault"
	"gongkai/ledger"
	"gongkai/org"
	"gongkai/publication"
	"gongkai/review"
	"gongkai/review/coordination"
	"gongkai/search"
	"gongkai/workday"
)

// district is a small government with its people, for tests.
type district struct {
	testing.TB
	db      *db.DB
	items   *publication.Items
	reviews *review.Reviews
	// inspections has the rules that can block.
	inspections *inspection.Inspections
	people      *identity.People

	writer, other, first, secrecy, second, final identity.Actor
	supervisor                                   identity.Actor
}

type texts map[string]string

func (t texts) TextOf(_ *db.Tx, digest string) (string, error) { return t[digest], nil }

const attachment = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

func newDistrict(t testing.TB, d *db.DB) *district {
	t.Helper()
	ctx := context.Background()
	v := &district{TB: t, db: d, reviews: review.New(d)}
	v.items = publication.New(d, texts{attachment: "附件中的申报表和银杏树名录"})
	v.reviews.Follow("item", v.items)
	v.inspections = inspectiontest.Inspections(d, v.items.Inspected(publication.Documents{}))
	v.items.InspectWith(v.inspections)
	v.reviews.InspectWith(v.inspections)
	units := org.New(d)
	for _, u := range []org.Unit{
		{ID: "mj", Kind: org.Government, Name: "示例市明镜区人民政府", Short: "区政府", USCC: "11441700007280420Y", Active: true},
		{ID: "mj-jyj", Parent: "mj", Kind: org.Department, Name: "明镜区教育局", Short: "区教育局", USCC: "11370322004222241N", Order: 1, Active: true},
		{ID: "mj-qs", Parent: "mj", Kind: org.Town, Name: "明镜区清水镇人民政府", Short: "清水镇", USCC: "11341702486344515H", Order: 2, Active: true,
			IndexTemplate: "{category}/{yyyymm}-{serial:4}"},
	} {
		v.must(units.Add(ctx, identity.System("test"), u))
	}
	v.people = identitytest.People(t, d)
	v.writer = v.person("writer", "mj-jyj", "mj-jyj", identity.Publisher)
	v.other = v.person("other", "mj-jyj", "mj-jyj", identity.Publisher, identity.First)
	v.first = v.person("first", "mj-jyj", "mj-jyj", identity.First)
	v.secrecy = v.person("secrecy", "mj", "mj", identity.Secrecy)
	v.second = v.person("second", "mj", "mj", identity.Second)
	v.final = v.person("final", "mj-jyj", "mj", identity.Final)
	v.supervisor = v.person("boss", "mj", "mj", identity.Supervisor)
	return v
}

func (v *district) must(err error) {
	v.Helper()
	if err != nil {
		v.Fatal(err)
	}
}

func (v *district) person(_ string, unit, at org.ID, roles ...identity.Role) identity.Actor {
	v.Helper()
	id := identitytest.Person(v, v.db, unit)
	for _, r := range roles {
		v.must(v.people.Grant(context.Background(), identity.System("test"), id, r, at))
	}
	return identitytest.As(v, v.db, id)
}

// policy is a complete policy document.
func policy(title, no string) publication.Content {
	return publication.Content{
		Title: title, Kind: publication.Policy, Column: "c01", Theme: "11", Issuer: "明镜区教育局", DocNo: no,
		Made: workday.New(2026, 2, 20), Summary: "为测试而写的概述", Openness: review.Openness{Attribute: review.Open},
		Body: "<p>各镇人民政府、街道办事处：</p><p>现将有关事项通知如下。</p>",
	}
}

func (v *district) create(c publication.Content) publication.ItemID {
	v.Helper()
	id, err := v.items.Create(context.Background(), v.writer, "mj-jyj", c)
	v.must(err)
	return id
}

func (v *district) rev(id publication.ItemID) (rev int) {
	v.Helper()
	v.read(func(tx *db.Tx) error {
		c, err := publication.CopyOf(tx, id)
		rev = c.Rev
		return err
	})
	return rev
}

func (v *district) read(f func(tx *db.Tx) error) {
	v.Helper()
	v.must(v.db.Read(context.Background(), f))
}

func (v *district) row(id publication.ItemID) (r publication.Row) {
	v.Helper()
	v.read(func(tx *db.Tx) (err error) { r, err = publication.Get(tx, id); return err })
	return r
}

func (v *district) submit(id publication.ItemID) review.Submission {
	v.Helper()
	s, err := v.items.Submit(context.Background(), v.writer, id, v.rev(id))
	v.must(err)
	return s
}

// signAll signs a submission at every level.
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
	id := v.create(c)
	v.publishAgain(id)
	return id
}

func (v *district) publishAgain(id publication.ItemID) {
	v.Helper()
	v.signAll(v.submit(id))
	v.must(v.items.Publish(context.Background(), v.writer, id, v.clearance(id)))
}

func (v *district) clearance(id publication.ItemID) (c review.Clearance) {
	v.Helper()
	v.read(func(tx *db.Tx) (err error) { c, err = review.ClearanceOf(tx, id.Subject()); return err })
	return c
}

func (v *district) page(id publication.ItemID) (p publication.Page) {
	v.Helper()
	v.read(func(tx *db.Tx) (err error) { p, err = publication.PageOf(tx, id); return err })
	return p
}

func (v *district) find(text string) (ids []string) {
	v.Helper()
	v.read(func(tx *db.Tx) error {
		res, err := search.Find(tx, search.Query{Text: text, Units: org.Everything()})
		for _, h := range res.Hits {
			ids = append(ids, h.ID)
		}
		return err
	})
	return ids
}

// verify checks what must always hold: the ledger agrees with the records, the
// index with both.
func (v *district) verify() {
	v.Helper()
	v.read(func(tx *db.Tx) error {
		rep, err := ledger.Verify(tx, org.Keeper, review.SubmissionKeeper, review.ChainKeeper, coordination.Keeper, publication.Keeper, publication.TransferKeeper, identity.Keeper)
		if err != nil {
			return err
		}
		if !rep.OK() {
			v.Errorf("the ledger does not agree with the records: %+v", rep)
		}
		diff, err := search.Check(tx, v.items.Indexed(tx))
		if err != nil {
			return err
		}
		if !diff.Equal() {
			v.Errorf("the index does not agree with the records: %+v", diff)
		}
		return nil
	})
}

// refused checks the kind of a refusal and that it left nothing behind.
func (v *district) refused(what string, err error, kind fault.Kind) {
	v.Helper()
	if !errors.Is(err, kind) {
		v.Errorf("%s: err = %v, want %s", what, err, kind)
	}
	if fault.Sentence(err) == "" {
		v.Errorf("%s: the refusal %v has no sentence for the person", what, err)
	}
}

func (v *district) clock() *dbtest.FakeClock { return dbtest.Clock(v.db) }

func (v *district) at(days int) { v.clock().Add(time.Duration(days) * 24 * time.Hour) }

func each(t *testing.T, f func(v *district)) {
	t.Helper()
	dbtest.Each(t, publication.Schema, func(t *testing.T, d *db.DB) { f(newDistrict(t, d)) })
}
