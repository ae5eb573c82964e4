package register_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"gongkai/identity"
	"gongkai/identity/identitytest"
	"gongkai/internal/db"
	"gongkai/internal/db/dbtest"
	"gongkai/internal/fault"
	"gongkai/ledger"
	"gongkai/org"
	"gongkai/register"
)

// district is a small government with its people, for tests. The clock stands
// in March 2026.
type district struct {
	testing.TB
	ctx       context.Context
	db        *db.DB
	registers *register.Registers

	writer, neighbour, officer, office, auditor identity.Actor
}

const (
	gov    = org.ID("mj")
	school = org.ID("mj-jyj")
	town   = org.ID("mj-qs")
)

func newDistrict(t testing.TB, d *db.DB) *district {
	t.Helper()
	v := &district{TB: t, ctx: context.Background(), db: d, registers: register.New(d)}
	units := org.New(d)
	for _, u := range []org.Unit{
		{ID: gov, Kind: org.Government, Name: "示例市明镜区人民政府", Short: "区政府", USCC: "11441700007280420Y", Active: true},
		{ID: school, Parent: gov, Kind: org.Department, Name: "明镜区教育局", Short: "区教育局", USCC: "11370322004222241N", Order: 1, Active: true},
		{ID: town, Parent: gov, Kind: org.Town, Name: "明镜区清水镇人民政府", Short: "清水镇", USCC: "11341702486344515H", Order: 2, Active: true},
	} {
		v.must(units.Add(v.ctx, identity.System("test"), u))
	}
	people := identitytest.People(t, d)
	person := func(unit, at org.ID, role identity.Role) identity.Actor {
		id := identitytest.Person(t, d, unit)
		v.must(people.Grant(v.ctx, identity.System("test"), id, role, at))
		return identitytest.As(t, d, id)
	}
	v.writer, v.neighbour = person(school, school, identity.Publisher), person(town, town, identity.Publisher)
	v.officer, v.office = person(school, school, identity.Officer), person(gov, gov, identity.Supervisor)
	v.auditor = person(gov, gov, identity.Auditor)
	return v
}

func each(t *testing.T, f func(v *district)) {
	t.Helper()
	dbtest.Each(t, register.Schema, func(t *testing.T, d *db.DB) { f(newDistrict(t, d)) })
}

func (v *district) must(err error) {
	v.Helper()
	if err != nil {
		v.Fatal(err)
	}
}

func (v *district) read(f func(tx *db.Tx) error) {
	v.Helper()
	v.must(v.db.Read(v.ctx, f))
}

// add writes a single line of the school's, values in pairs.
func (v *district) add(book register.BookID, pairs ...string) register.LineID {
	v.Helper()
	id, err := v.registers.Add(v.ctx, v.writer, register.Entry{Unit: school, Book: book, Values: values(pairs...)})
	v.must(err)
	return id
}

// total writes a total of the school's.
func (v *district) total(book register.BookID, pairs ...string) register.LineID {
	v.Helper()
	id, err := v.registers.Add(v.ctx, v.writer, register.Entry{Unit: school, Book: book, Total: true, Values: values(pairs...)})
	v.must(err)
	return id
}

func values(pairs ...string) register.Values {
	m := register.Values{}
	for i := 0; i < len(pairs); i += 2 {
		m[pairs[i]] = pairs[i+1]
	}
	return m
}

func (v *district) line(id register.LineID) (l register.Line) {
	v.Helper()
	v.read(func(tx *db.Tx) (err error) { l, err = register.Get(tx, id); return err })
	return l
}

func (v *district) change(id register.LineID, pairs ...string) error {
	v.Helper()
	l := v.line(id)
	all := register.Values{}
	for k, s := range l.Values {
		all[k] = s
	}
	for k, s := range values(pairs...) {
		all[k] = s
	}
	return v.registers.Change(v.ctx, v.writer, id, l.N, all, "")
}

func (v *district) count(year int) (f register.Facts) {
	v.Helper()
	v.read(func(tx *db.Tx) (err error) { f, err = register.Count(tx, school, year); return err })
	return f
}

// counted checks some facts of a year; "?" means unknown.
func (v *district) counted(year int, want map[string]string) {
	v.Helper()
	got := v.count(year)
	for name, w := range want {
		if _, ok := register.FactByName(name); !ok {
			v.Errorf("there is no fact %s", name)
		}
		say := "?"
		if n, known := got[name]; known {
			say = fmt.Sprint(n)
		}
		if say != w {
			v.Errorf("Count(%s, %d)[%s] = %s, want %s", school, year, name, say, w)
		}
	}
}

// verify checks what must always hold: the ledger agrees with the records, and
// every fact with its lines.
func (v *district) verify() {
	v.Helper()
	v.read(func(tx *db.Tx) error {
		rep, err := ledger.Verify(tx, org.Keeper, identity.Keeper, register.LineKeeper, register.BookKeeper)
		if err != nil {
			return err
		}
		if !rep.OK() {
			v.Errorf("the ledger does not agree with the records: %+v", rep)
		}
		for year := 2018; year <= 2026; year++ {
			all, err := register.Counts(tx, org.Everything(), year)
			if err != nil {
				return err
			}
			for unit, facts := range all {
				for name, n := range facts {
					v.sumsUp(tx, unit, year, name, n)
				}
			}
		}
		return nil
	})
}

// sumsUp checks that a fact is the sum of its lines over all pages.
func (v *district) sumsUp(tx *db.Tx, unit org.ID, year int, fact string, want int64) {
	v.Helper()
	var sum int64
	seen := map[register.LineID]bool{}
	for page := 1; ; page++ {
		lines, total, err := register.Lines(tx, unit, year, fact, page)
		if err != nil {
			v.Errorf("Lines(%s, %d, %s, %d) = %v", unit, year, fact, page, err)
			return
		}
		for _, l := range lines {
			if seen[l.ID] || l.State != register.Valid || l.Unit != unit {
				v.Errorf("Lines(%s, %d, %s) has %s twice, struck or of another unit", unit, year, fact, l.ID)
			}
			seen[l.ID] = true
			sum += l.Counts
		}
		if page*register.PageSize >= total || len(lines) == 0 {
			break
		}
	}
	if sum != want {
		v.Errorf("Count(%s, %d)[%s] = %d, its lines sum up to %d", unit, year, fact, want, sum)
	}
}

// refused checks the kind of a refusal and that a person can read it.
func (v *district) refused(what string, err error, kind fault.Kind) {
	v.Helper()
	if !errors.Is(err, kind) {
		v.Errorf("%s: err = %v, want %s", what, err, kind)
	}
	if fault.Sentence(err) == "" {
		v.Errorf("%s: the refusal %v has no sentence for the person", what, err)
	}
}
