package org_test

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gongkai/internal/db"
	"gongkai/internal/db/dbtest"
	"gongkai/internal/fault"
	"gongkai/ledger"
	"gongkai/org"
)

type clerk struct{}

func (clerk) LedgerWho() string  { return "p1" }
func (clerk) LedgerUnit() string { return "mj" }

func unit(id, parent org.ID, kind org.Kind, name string, order int) org.Unit {
	return org.Unit{ID: id, Parent: parent, Kind: kind, Name: name, Short: name, Order: order, Active: true}
}

func plant(t *testing.T, d *db.DB) *org.Units {
	t.Helper()
	us := org.New(d)
	for _, u := range []org.Unit{
		unit("mj", "", org.Government, "示例市明镜区人民政府", 0),
		unit("mj-jyj", "mj", org.Department, "明镜区教育局", 2),
		unit("mj-bgs", "mj", org.Office, "明镜区人民政府办公室", 1),
		unit("mj-xx", "mj-jyj", org.Platform, "明镜区教育服务中心", 1),
	} {
		if err := us.Add(context.Background(), clerk{}, u); err != nil {
			t.Fatal(err)
		}
	}
	return us
}

func TestUnitsStandInOfficialOrderBelowTheirParent(t *testing.T) {
	dbtest.Each(t, org.Schema, func(t *testing.T, d *db.DB) {
		tree, err := plant(t, d).Tree(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		var got []org.ID
		for _, u := range tree.All() {
			got = append(got, u.ID)
		}
		if diff := cmp.Diff([]org.ID{"mj", "mj-bgs", "mj-jyj", "mj-xx"}, got); diff != "" {
			t.Errorf("All (-want +got):\n%s", diff)
		}
		if r := tree.Root("mj-xx"); r.ID != "mj" {
			t.Errorf("Root(mj-xx) = %s, want mj", r.ID)
		}
	})
}

func TestAScopeHoldsItsSubtreesAndNothingElse(t *testing.T) {
	dbtest.Each(t, org.Schema, func(t *testing.T, d *db.DB) {
		us := plant(t, d)
		tree, err := us.Tree(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		for _, tc := range []struct {
			name  string
			scope org.Scope
			want  []string
		}{
			{"everything", org.Everything(), []string{"mj", "mj-bgs", "mj-jyj", "mj-xx"}},
			{"one subtree", org.Under("mj-jyj"), []string{"mj-jyj", "mj-xx"}},
			{"two units", org.Under("mj-xx", "mj-bgs"), []string{"mj-bgs", "mj-xx"}},
			{"the zero scope", org.Scope{}, nil},
			{"a unit that does not exist", org.Under("mj-j"), nil},
		} {
			t.Run(tc.name, func(t *testing.T) {
				err := d.Read(context.Background(), func(tx *db.Tx) error {
					got, err := db.All(tx, func(r db.Row) (s string, err error) { return s, r.Scan(&s) },
						`SELECT id FROM (SELECT id, id AS unit FROM org_unit) u WHERE `+org.InScope+` ORDER BY id`, tc.scope.Key())
					if diff := cmp.Diff(tc.want, got); diff != "" {
						t.Errorf("units in scope (-want +got):\n%s", diff)
					}
					for _, u := range tree.All() {
						if in := contains(tc.want, string(u.ID)); tree.Covers(tc.scope, u.ID) != in {
							t.Errorf("Covers(%s) = %v, want %v", u.ID, !in, in)
						}
					}
					return err
				})
				if err != nil {
					t.Fatal(err)
				}
			})
		}
	})
}

func contains(all []string, s string) bool {
	for _, v := range all {
		if v == s {
			return true
		}
	}
	return false
}

func TestARefusedUnitLeavesNothing(t *testing.T) {
	dbtest.Each(t, org.Schema, func(t *testing.T, d *db.DB) {
		us := plant(t, d)
		withDomain := unit("mj-bgs", "mj", org.Office, "明镜区人民政府办公室", 1)
		withDomain.Domain = "bgs.mingjing.example"
		if err := us.Change(context.Background(), clerk{}, withDomain); err != nil {
			t.Fatal(err)
		}
		bad := func(change func(*org.Unit)) org.Unit {
			u := unit("mj-new", "mj", org.Department, "明镜区新设局", 9)
			change(&u)
			return u
		}
		for _, tc := range []struct {
			name string
			act  func() error
			kind fault.Kind
		}{
			{"an ID with capitals", func() error { return us.Add(context.Background(), clerk{}, bad(func(u *org.Unit) { u.ID = "MJ" })) }, fault.Invalid},
			{"no name", func() error { return us.Add(context.Background(), clerk{}, bad(func(u *org.Unit) { u.Name = " " })) }, fault.Invalid},
			{"an unknown kind", func() error { return us.Add(context.Background(), clerk{}, bad(func(u *org.Unit) { u.Kind = "club" })) }, fault.Invalid},
			{"a wrong credit code", func() error {
				return us.Add(context.Background(), clerk{}, bad(func(u *org.Unit) { u.USCC = "91350100M000100Y4Z" }))
			}, fault.Invalid},
			{"a parent that does not exist", func() error { return us.Add(context.Background(), clerk{}, bad(func(u *org.Unit) { u.Parent = "xx" })) }, fault.Invalid},
			{"a taken ID", func() error { return us.Add(context.Background(), clerk{}, bad(func(u *org.Unit) { u.ID = "mj-jyj" })) }, fault.Conflict},
			{"a taken domain", func() error {
				return us.Add(context.Background(), clerk{}, bad(func(u *org.Unit) { u.Domain = "bgs.mingjing.example" }))
			}, fault.Invalid},
			{"a change of an unknown unit", func() error { return us.Change(context.Background(), clerk{}, bad(func(*org.Unit) {})) }, fault.NotFound},
			{"a cycle", func() error {
				return us.Change(context.Background(), clerk{}, unit("mj-jyj", "mj-xx", org.Department, "明镜区教育局", 2))
			}, fault.Invalid},
		} {
			t.Run(tc.name, func(t *testing.T) {
				if err := tc.act(); !errors.Is(err, tc.kind) {
					t.Errorf("err = %v, want %s", err, tc.kind)
				}
			})
		}
		err := d.Read(context.Background(), func(tx *db.Tx) error {
			rep, err := ledger.Verify(tx, org.Keeper)
			if err != nil {
				return err
			}
			if !rep.OK() {
				t.Errorf("the ledger does not agree with the units: %+v", rep)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestCreditCodesAreCheckedByTheirLastCharacter(t *testing.T) {
	for _, tc := range []struct {
		code string
		want bool
	}{
		{"91350100M000100Y43", true}, {"91350100M000100Y4Z", false}, {"9135", false}, {"91350100I000100Y43", false},
	} {
		if got := org.ValidUSCC(tc.code); got != tc.want {
			t.Errorf("ValidUSCC(%s) = %v, want %v", tc.code, got, tc.want)
		}
	}
}
