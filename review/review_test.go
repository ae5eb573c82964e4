package review_test

import (
	"context"
	"errors"
	"testing"

	"gongkai/identity"
	"gongkai/identity/identitytest"
	"gongkai/internal/db"
	"gongkai/internal/db/dbtest"
	"gongkai/internal/fault"
	"gongkai/ledger"
	"gongkai/org"
	"gongkai/review"
)

func levels(rights ...identity.Right) []review.Level {
	var ls []review.Level
	for _, r := range rights {
		ls = append(ls, review.Level{Name: r.Title(), Right: r})
	}
	return ls
}

func TestAChainHasThreeLevelsASecrecyReviewAndEndsWithTheFinalOne(t *testing.T) {
	for _, tc := range []struct {
		name   string
		levels []review.Level
		ok     bool
	}{
		{"the default", review.DefaultLevels(), true},
		{"three with the secrecy review", levels(identity.ReviewFirst, identity.ReviewSecret, identity.ReviewFinal), true},
		{"two", levels(identity.ReviewSecret, identity.ReviewFinal), false},
		{"no secrecy review", levels(identity.ReviewFirst, identity.ReviewSecond, identity.ReviewFinal), false},
		{"the final one is not last", levels(identity.ReviewFirst, identity.ReviewFinal, identity.ReviewSecret), false},
		{"a right that is no level", levels(identity.ReviewFirst, identity.ReviewSecret, identity.PublicationPublish, identity.ReviewFinal), false},
		{"nine", append(levels(identity.ReviewFirst, identity.ReviewFirst, identity.ReviewFirst, identity.ReviewFirst, identity.ReviewSecond), review.DefaultLevels()...), false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			err := review.Chain{Unit: "mj", Kind: review.AnyKind, Levels: tc.levels}.Check()
			if (err == nil) != tc.ok || (err != nil && !errors.Is(err, fault.Invalid)) {
				t.Errorf("Check = %v, want ok %v", err, tc.ok)
			}
		})
	}
}

func TestWithoutAttributeClauseAndReasonNothingMoves(t *testing.T) {
	for _, tc := range []struct {
		name string
		o    review.Openness
		ok   bool
	}{
		{"open", review.Openness{Attribute: review.Open}, true},
		{"no attribute", review.Openness{}, false},
		{"open with a clause", review.Openness{Attribute: review.Open, Clause: "E16a"}, false},
		{"on request with clause and reason", review.Openness{Attribute: review.OnRequest, Clause: "N19", Reason: "仅涉及特定企业的事项"}, true},
		{"closed with clause and reason", review.Openness{Attribute: review.Closed, Clause: "E16b", Reason: "尚在讨论的请示报告"}, true},
		{"closed without a clause", review.Openness{Attribute: review.Closed, Reason: "尚在讨论的请示报告"}, false},
		{"closed with only the clause", review.Openness{Attribute: review.Closed, Clause: "E16b"}, false},
		{"closed by the ground of what is left to requests", review.Openness{Attribute: review.Closed, Clause: "N19", Reason: "仅涉及特定企业的事项"}, false},
		{"a state secret", review.Openness{Attribute: review.Closed, Clause: review.Secret, Reason: "属于国家秘密事项"}, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if err := tc.o.Check(); (err == nil) != tc.ok {
				t.Errorf("Check = %v, want ok %v", err, tc.ok)
			}
		})
	}
}

func TestTheNearestChainCounts(t *testing.T) {
	tree := org.NewTree([]org.Unit{{ID: "mj"}, {ID: "jyj", Parent: "mj"}, {ID: "xx", Parent: "jyj"}})
	named := func(n string) []review.Level { return []review.Level{{Name: n}} }
	chains := []review.Chain{
		{Unit: "mj", Kind: review.AnyKind, Levels: named("region")},
		{Unit: "mj", Kind: "policy", Levels: named("region policy")},
		{Unit: "jyj", Kind: "policy", Levels: named("unit policy")},
	}
	for _, tc := range []struct {
		unit org.ID
		kind string
		want string
	}{
		{"xx", "policy", "unit policy"}, {"xx", "news", "region"}, {"mj", "policy", "region policy"}, {"elsewhere", "news", review.DefaultLevels()[0].Name},
	} {
		if got := review.Pick(chains, tree, tc.unit, tc.kind)[0].Name; got != tc.want {
			t.Errorf("Pick(%s, %s) = %s, want %s", tc.unit, tc.kind, got, tc.want)
		}
	}
}

func TestChainsAreSetOnlyByThoseWhoMay(t *testing.T) {
	dbtest.Each(t, review.Schema, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		sys := identity.System("test")
		if err := org.New(d).Add(ctx, sys, org.Unit{ID: "mj", Kind: org.Government, Name: "示例市明镜区人民政府", Active: true}); err != nil {
			t.Fatal(err)
		}
		boss := identitytest.Actor(t, d, "mj", identity.Supervisor)
		writer := identitytest.Actor(t, d, "mj", identity.Publisher)
		rs := review.New(d)
		good := review.Chain{Unit: "mj", Kind: "news", Levels: levels(identity.ReviewFirst, identity.ReviewSecret, identity.ReviewFinal)}
		elsewhere, short := good, good
		elsewhere.Unit, short.Levels = "xx", good.Levels[:2]
		for _, tc := range []struct {
			name string
			err  error
			kind fault.Kind
		}{
			{"without the right", rs.SetChain(ctx, writer, good), fault.Forbidden},
			{"two levels", rs.SetChain(ctx, boss, short), fault.Invalid},
			{"an unknown unit", rs.SetChain(ctx, sys, elsewhere), fault.NotFound},
			{"dropping what is not set", rs.DropChain(ctx, boss, "mj", "news"), fault.NotFound},
		} {
			if !errors.Is(tc.err, tc.kind) || fault.Sentence(tc.err) == "" {
				t.Errorf("%s: %v, want %s with a sentence", tc.name, tc.err, tc.kind)
			}
		}
		if err := rs.SetChain(ctx, boss, good); err != nil {
			t.Fatal(err)
		}
		if err := rs.DropChain(ctx, writer, "mj", "news"); !errors.Is(err, fault.Forbidden) {
			t.Errorf("dropping without the right: %v", err)
		}
		if err := rs.DropChain(ctx, boss, "mj", "news"); err != nil {
			t.Fatal(err)
		}
		if err := rs.SetChain(ctx, boss, good); err != nil {
			t.Fatal(err)
		}
		if err := d.Read(ctx, func(tx *db.Tx) error {
			rep, err := ledger.Verify(tx, review.ChainKeeper, review.SubmissionKeeper)
			if err == nil && !rep.OK() {
				t.Errorf("the ledger does not agree: %+v", rep.Findings)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
	})
}

func TestTheZeroClearanceIsRefused(t *testing.T) {
	dbtest.Each(t, review.Schema, func(t *testing.T, d *db.DB) {
		err := d.Write(context.Background(), func(tx *db.Tx) error {
			return review.Spend(tx, identity.System("test"), review.Clearance{}, "item/x", ledger.Digest{})
		})
		if !errors.Is(err, fault.Forbidden) {
			t.Errorf("Spend of the zero clearance = %v, want Forbidden", err)
		}
	})
}
