package coordination_test

import (
	"context"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"gongkai/identity"
	"gongkai/identity/identitytest"
	"gongkai/internal/db"
	"gongkai/internal/db/dbtest"
	"gongkai/internal/fault"
	"gongkai/ledger"
	"gongkai/org"
	"gongkai/review/coordination"
	"gongkai/workday"
)

var update = flag.Bool("update", false, "write the golden files anew")

var ctx = context.Background()

// district is a government, two departments of it and a town, with people.
type district struct {
	testing.TB
	db *db.DB
	cs *coordination.Consultations

	writer, reviewer, final   identity.Actor // of the education bureau, which asks
	clerk, head, other        identity.Actor // of the civil affairs bureau, which is asked: only head has the right
	townsman, office, auditor identity.Actor
}

func newDistrict(t testing.TB, d *db.DB) *district {
	t.Helper()
	v := &district{TB: t, db: d, cs: coordination.New(d)}
	units := org.New(d)
	for _, u := range []org.Unit{
		{ID: "mj", Kind: org.Government, Name: "示例市明镜区人民政府", Short: "区政府", Active: true},
		{ID: "mj-jyj", Parent: "mj", Kind: org.Department, Name: "示例市明镜区教育局", Short: "区教育局", Order: 1, Active: true},
		{ID: "mj-mzj", Parent: "mj", Kind: org.Department, Name: "示例市明镜区民政局", Short: "区民政局", Order: 2, Active: true},
		{ID: "mj-qs", Parent: "mj", Kind: org.Town, Name: "示例市明镜区清水镇人民政府", Short: "清水镇", Order: 3, Active: true},
		{ID: "mj-old", Parent: "mj", Kind: org.Department, Name: "示例市明镜区粮食局", Short: "区粮食局", Order: 4},
	} {
		v.must(units.Add(ctx, identity.System("test"), u))
	}
	v.writer = identitytest.Actor(t, d, "mj-jyj", identity.Publisher)
	v.reviewer = identitytest.Actor(t, d, "mj-jyj", identity.First)
	v.final = identitytest.Actor(t, d, "mj-jyj", identity.Final)
	v.clerk = identitytest.Actor(t, d, "mj-mzj", identity.Publisher)
	v.head = identitytest.Actor(t, d, "mj-mzj", identity.First)
	v.other = identitytest.Actor(t, d, "mj-mzj", identity.Final)
	v.townsman = identitytest.Actor(t, d, "mj-qs", identity.First)
	v.office = identitytest.Actor(t, d, "mj", identity.Supervisor)
	v.auditor = identitytest.Actor(t, d, "mj", identity.Auditor)
	return v
}

func each(t *testing.T, f func(v *district)) {
	t.Helper()
	dbtest.Each(t, coordination.Schema, func(t *testing.T, d *db.DB) { f(newDistrict(t, d)) })
}

func (v *district) must(err error) {
	v.Helper()
	if err != nil {
		v.Fatal(err)
	}
}

const item = "item/one"

// text is the digest of a content.
func text(s string) ledger.Digest { return ledger.DigestOf(s) }

// question is what the bureau of education asks that of civil affairs about the
// first text.
func question() coordination.Request {
	return coordination.Request{
		Subject: item, Unit: "mj-jyj", Title: "关于资助困难家庭学生的通知", Digest: text("first"), Organ: "mj-mzj",
		Question: "请确认第三条中低保家庭的范围是否与你局口径一致。",
	}
}

func (v *district) try(by identity.Actor, q coordination.Request) (c coordination.Consultation, err error) {
	v.Helper()
	err = v.db.Write(ctx, func(tx *db.Tx) error {
		c, err = coordination.Ask(tx, by, q)
		return err
	})
	return c, err
}

func (v *district) ask(by identity.Actor, q coordination.Request) coordination.Consultation {
	v.Helper()
	c, err := v.try(by, q)
	v.must(err)
	return c
}

func (v *district) get(id coordination.ID) (c coordination.Consultation) {
	v.Helper()
	v.read(func(tx *db.Tx) (err error) { c, err = coordination.Get(tx, id); return err })
	return c
}

func (v *district) read(f func(tx *db.Tx) error) {
	v.Helper()
	v.must(v.db.Read(ctx, f))
}

// require is what review asks before the last signature.
func (v *district) require(d ledger.Digest) (err error) {
	v.Helper()
	v.read(func(tx *db.Tx) error { err = coordination.Require(tx, item, d); return nil })
	return err
}

// refused checks the kind of a refusal and that it says what to do.
func (v *district) refused(what string, err error, kind fault.Kind) {
	v.Helper()
	if !errors.Is(err, kind) || fault.Sentence(err) == "" {
		v.Errorf("%s: err = %v, want %s with a sentence", what, err, kind)
	}
}

func (v *district) days(n int) { dbtest.Clock(v.db).Add(time.Duration(n) * 24 * time.Hour) }

func (v *district) verify() {
	v.Helper()
	v.read(func(tx *db.Tx) error {
		rep, err := ledger.Verify(tx, coordination.Keeper, org.Keeper, identity.Keeper)
		if err == nil && !rep.OK() {
			v.Errorf("the ledger does not agree with the records: %+v", rep.Findings)
		}
		return err
	})
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs, got:\n%s\nIf it is meant: go test ./review/coordination -update", file, got)
	}
}

var errTripped = errors.New("the disk is full")

// sums is a digest of all that is kept.
func (v *district) sums() (all string) {
	v.Helper()
	tables, err := db.Tables(nil, coordination.Schema)
	v.must(err)
	v.read(func(tx *db.Tx) error {
		for _, table := range tables {
			s, err := db.Dump(tx, table, io.Discard)
			if err != nil {
				return err
			}
			all += table + s.Digest + "\n"
		}
		return nil
	})
	return all
}

// person is somebody at home in a unit who holds roles at another.
func (v *district) person(home, at org.ID, roles ...identity.Role) identity.Actor {
	v.Helper()
	id := identitytest.Person(v, v.db, home)
	for _, r := range roles {
		v.must(identitytest.People(v, v.db).Grant(ctx, identity.System("test"), id, r, at))
	}
	return identitytest.As(v, v.db, id)
}

func today(tx *db.Tx) workday.Date { return workday.Today(tx.Now) }
