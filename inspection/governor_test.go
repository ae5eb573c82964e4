package inspection_test

import (
	"fmt"
	"math"
	"testing"

	"gongkai/identity"
	"gongkai/identity/identitytest"
	"gongkai/inspection"
	"gongkai/inspection/rule"
	"gongkai/internal/db"
	"gongkai/org"
)

func TestTheRecordOfARuleIsJudgedByItsLowerBound(t *testing.T) {
	for _, tc := range []struct {
		confirmed, dismissed int
		sure                 float64 // reckoned by hand from Wilson's formula, z = 1.2816
	}{
		{0, 0, 0},
		{1, 0, 0.3785},
		{0, 5, 0},
		{10, 0, 0.8589},
		{20, 0, 0.9241},
		{19, 1, 0.8463},
		{50, 50, 0.4365},
	} {
		r := inspection.Record{Confirmed: tc.confirmed, Dismissed: tc.dismissed}
		if got := r.Sure(); math.Abs(got-tc.sure) > 0.0005 {
			t.Errorf("%+v.Sure() = %.4f, want %.4f", r, got, tc.sure)
		}
		if r.Sure() > r.Precision() {
			t.Errorf("%+v: the lower bound %.4f is above the precision %.4f", r, r.Sure(), r.Precision())
		}
	}
}

func TestARuleIsMutedWhenItIsWrongTooOften(t *testing.T) {
	a := rule.Rule{Code: "punct.double", Tier: rule.A, Severity: rule.Error}
	b := rule.Rule{Code: "typo.suspect", Tier: rule.B, Severity: rule.Suspect}
	for _, tc := range []struct {
		name   string
		of     rule.Rule
		record inspection.Record
		muted  bool
	}{
		{"nothing judged", a, inspection.Record{}, false},
		{"nineteen wrong are not enough", a, inspection.Record{Dismissed: 19}, false},
		{"twenty wrong are", a, inspection.Record{Dismissed: 20}, true},
		{"twenty right", a, inspection.Record{Confirmed: 20}, false},
		{"one wrong of twenty is not sure enough for A", a, inspection.Record{Confirmed: 19, Dismissed: 1}, true},
		{"but is with a hundred", a, inspection.Record{Confirmed: 99, Dismissed: 1}, false},
		{"a suspicion may err more", b, inspection.Record{Confirmed: 16, Dismissed: 4}, false},
		{"but not half the time", b, inspection.Record{Confirmed: 50, Dismissed: 50}, true},
		{"a hint may err always", rule.Rule{Code: "punct.habit", Tier: rule.C}, inspection.Record{Dismissed: 500}, false},
		{"personal data is never muted", rule.Rule{Code: "privacy.plate", Tier: rule.B}, inspection.Record{Dismissed: 500}, false},
		{"secrets neither", rule.Rule{Code: "secrecy.number", Tier: rule.B}, inspection.Record{Dismissed: 500}, false},
		{"nor what blocks", rule.Rule{Code: "own.block", Tier: rule.A, Severity: rule.Block}, inspection.Record{Dismissed: 500}, false},
	} {
		if got := tc.record.Muted(tc.of); got != tc.muted {
			t.Errorf("%s: %+v.Muted(%s %s) = %v, want %v", tc.name, tc.record, tc.of.Code, tc.of.Tier, got, tc.muted)
		}
	}
}

func TestARuleOfTierAThatIsOftenWrongOnlySuspects(t *testing.T) {
	each(t, func(w *world) {
		var wrong []inspection.ID
		for i := range 20 {
			subject := fmt.Sprintf("item/%02d", i)
			w.publish(subject, slip)
		}
		w.sweep()
		w.read(func(tx *db.Tx) (err error) {
			wrong, err = inspection.IDs(tx, inspection.Filter{Units: w.office.Scope("inspection.settle"), Rule: "punct.double"})
			return err
		})
		if len(wrong) != 20 {
			t.Fatalf("found %d, want 20", len(wrong))
		}
		w.must(err2(w.is.Dismiss(ctx, w.office, wrong, "是固定格式，不是错误")))
		w.publish("item/new", slip)
		if f := w.check("item/new").Findings; len(f) != 1 || f[0].Tier != rule.B || f[0].Severity != rule.Suspect {
			t.Errorf("a new finding of a muted rule: %+v, want a suspicion", f)
		}
		w.read(func(tx *db.Tx) error {
			all, err := w.is.Rules(tx, "mj")
			for _, r := range all {
				if r.Code == "punct.double" && (r.Muted || r.Record.Dismissed != 20 || r.Own.Dismissed != 0) || r.Code == "privacy.id" && (r.Muted || !r.Guarded || r.MayOff) {
					t.Errorf("the list of rules says %s: muted %v, record %+v", r.Code, r.Muted, r.Record)
				}
			}
			return err
		})
		w.publish("item/town", slip+"（清水镇）")
		w.texts.pieces["item/town"].unit = "mj-qs"
		if r, err := w.is.Check(ctx, w.other, "item/town"); err != nil || len(r.Findings) != 1 || r.Findings[0].Tier != rule.A {
			t.Errorf("the same in another unit, which dismissed none: %+v, %v; want it certain", r.Findings, err)
		}
		w.read(func(tx *db.Tx) error {
			all, err := w.is.Rules(tx, "mj-jyj")
			for _, r := range all {
				if r.Code == "punct.double" && (!r.Muted || !r.Alone || r.Own.Dismissed != 20) {
					t.Errorf("the unit's own list of rules: muted %t, alone %t, its record %+v; want it muted here alone", r.Muted, r.Alone, r.Own)
				}
			}
			return err
		})
		w.must(err2(w.is.Reopen(ctx, w.office, wrong[:1], "重新核查后再定"))) // nineteen judged: too few to say
		if f := w.check("item/new").Findings; len(f) != 1 || f[0].Tier != rule.A {
			t.Errorf("a finding of a rule that speaks again: %+v, want it certain", f)
		}
		w.verify()
	})
}

func TestARuleIsMutedForAllOnlyWhenSeveralUnitsAgree(t *testing.T) {
	a := rule.Rule{Code: "punct.double", Tier: rule.A, Severity: rule.Error}
	type units = map[org.ID]inspection.Record
	for _, tc := range []struct {
		name  string
		units units
		muted bool
	}{
		{"nobody said anything", nil, false},
		{"one unit dismisses five hundred", units{"a": {Dismissed: 500}}, false},
		{"two do", units{"a": {Dismissed: 500}, "b": {Dismissed: 500}}, false},
		{"and a third has seen four", units{"a": {Dismissed: 500}, "b": {Dismissed: 500}, "c": {Dismissed: 4}}, false},
		{"and a third has seen five", units{"a": {Dismissed: 500}, "b": {Dismissed: 500}, "c": {Dismissed: 5}}, true},
		{"three that have seen too few in all", units{"a": {Dismissed: 5}, "b": {Dismissed: 6}, "c": {Dismissed: 8}}, false},
		{"three that have seen twenty in all", units{"a": {Dismissed: 6}, "b": {Dismissed: 6}, "c": {Dismissed: 8}}, true},
		{"three against twenty that know better", func() units {
			u := units{"a": {Dismissed: 500}, "b": {Dismissed: 10}, "c": {Dismissed: 5}}
			for i := range 20 {
				u[org.ID(fmt.Sprint(i))] = inspection.Record{Confirmed: 40}
			}
			return u
		}(), false},
		{"units that are content", units{"a": {Confirmed: 30}, "b": {Confirmed: 30}, "c": {Confirmed: 30}}, false},
	} {
		if got := inspection.Everywhere(a, tc.units); got != tc.muted {
			t.Errorf("%s: Everywhere(%v) = %t, want %t", tc.name, tc.units, got, tc.muted)
		}
	}
}

func TestARuleThatThreeUnitsFindWrongIsMutedForAll(t *testing.T) {
	each(t, func(w *world) {
		units := org.New(w.db)
		unit := []org.ID{"mj-jyj", "mj-qs", "mj"}
		for i := range 21 {
			subject := fmt.Sprintf("item/%02d", i)
			w.publish(subject, slip)
			w.texts.pieces[subject].unit = unit[i%3]
		}
		w.must(units.Add(ctx, identity.System("test"), org.Unit{ID: "mj-tk", Parent: "mj", Kind: org.Town, Name: "明镜区铁口镇人民政府", Short: "铁口镇", USCC: "11341702486344515H", Order: 3, Active: true}))
		w.office = identitytest.Actor(t, w.db, "mj", identity.Supervisor)
		w.sweep()
		var wrong []inspection.ID
		w.read(func(tx *db.Tx) (err error) {
			wrong, err = inspection.IDs(tx, inspection.Filter{Units: org.Everything(), Rule: "punct.double"})
			return err
		})
		w.must(err2(w.is.Dismiss(ctx, w.office, wrong, "是固定格式，不是错误")))
		w.publish("item/new", slip)
		w.texts.pieces["item/new"].unit = "mj-tk"
		r, err := w.is.CheckShown(ctx, w.office, "item/new")
		w.must(err)
		if len(r.Findings) != 1 || r.Findings[0].Tier != rule.B {
			t.Errorf("in a unit that judged nothing, after three units dismissed seven each: %+v, want a suspicion", r.Findings)
		}
		w.must(err2(w.is.Reopen(ctx, w.office, wrong[:5], "重新核查后再定")))
		if r, err = w.is.CheckShown(ctx, w.office, "item/new"); err != nil || len(r.Findings) != 1 || r.Findings[0].Tier != rule.A {
			t.Errorf("after five were reopened: %+v, %v; want it certain again", r.Findings, err)
		}
		w.verify()
	})
}
