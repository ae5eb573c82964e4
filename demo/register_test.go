package demo

import (
	"context"
	"path/filepath"
	"testing"

	"gongkai/demo/content"
	"gongkai/internal/db"
	"gongkai/org"
	"gongkai/register"
)

// TestTheRegistersCountWhatTheReportsPrint compares every unit's registers of
// every full year with the figures that its published report prints.
func TestTheRegistersCountWhatTheReportsPrint(t *testing.T) {
	d := platform(t, "sqlite:"+filepath.Join(t.TempDir(), "demo.db"))
	ctx := context.Background()
	if err := Build(ctx, d, Options{Items: 60}); err != nil {
		t.Fatal(err)
	}
	district := content.New(content.Options{Items: 60})
	err := d.DB.Read(ctx, func(tx *db.Tx) error {
		compared := 0
		for year := 2023; year <= 2025; year++ {
			all, err := register.Counts(tx, org.Everything(), year)
			if err != nil {
				return err
			}
			for _, u := range district.Units {
				if u.Kind == content.Government {
					continue
				}
				got, want := all[org.ID(u.ID)], printed(district.Figures[u.ID][year], district.Norms[u.ID])
				for name, n := range want {
					m, known := got[name]
					if !known || m != n {
						t.Errorf("%s %d: %s = %d (known: %v), the report prints %d", u.ID, year, name, m, known, n)
					}
					compared++
				}
			}
		}
		if compared < 15_000 {
			t.Errorf("only %d figures were compared", compared)
		}
		var lines int
		for _, u := range district.Units {
			statuses, err := register.StatusOf(tx, org.ID(u.ID), 2026)
			if err != nil {
				return err
			}
			for _, s := range statuses {
				lines += s.Lines
			}
		}
		if lines < 200 {
			t.Errorf("the year under way has %d lines", lines)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// printed are the facts that a report's figures state.
func printed(f *content.Figures, norms int) register.Facts {
	want := register.Facts{
		"permit.decisions": int64(f.Permits), "penalty.decisions": int64(f.Fines), "coercive.decisions": int64(f.Coercive),
		"fee.amount": int64(f.Fees) * 100 * 10_000, "processing_fee.notices": int64(f.FeeNotices),
		"processing_fee.amount_received": int64(f.FeeNotices) * 300 * 10_000, "normative.in_force": int64(norms),
	}
	for c, who := range applicants {
		want["application.new."+who] = int64(f.Requests[newRow][c])
		want["application.carried."+who] = int64(f.Requests[newRow+1][c])
		want["application.forward."+who] = int64(f.Requests[forwardRow][c])
		for i, o := range outcomes {
			want["application."+o+"."+who] = int64(f.Requests[outcomeRow+i][c])
		}
	}
	for k, kind := range remedies {
		for i, j := range append(judgments[:len(judgments):len(judgments)], "未审结") {
			want["remedy."+kind+"."+j] = int64(f.Remedies[k][i])
		}
	}
	return want
}
