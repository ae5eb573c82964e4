package paper

import (
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"gongkai/annualreport/form"
)

func TestTheOutcomesOfAllFormsAreTheSameSixGroupsAndAddUp(t *testing.T) {
	everyForm(t, func(t *testing.T, f *form.Form) {
		p := example(f)
		c := p.Charts()[0]
		want := []string{"予以公开", "部分公开", "不予公开", "无法提供", "不予处理", "其他处理"}
		if diff := cmp.Diff(want, c.Labels); diff != "" {
			t.Errorf("labels (-want +got):\n%s", diff)
		}
		sum := 0.0
		for _, v := range c.Series[0].Values {
			sum += v
		}
		if got, want := sum, float64(p.Report.Get("table3.total.总计").N); got != want {
			t.Errorf("the outcomes add up to %g, the table says %g", got, want)
		}
	})
}

func TestTheTrendLeavesAGapWhereAYearIsMissing(t *testing.T) {
	p := example(form.ByID("2021"))
	year := func(y int, n int64) *form.Report {
		r := form.New(form.ForYear(y))
		r.Year = y
		r.Set("table3.new.总计", form.Of(n))
		r.Set("table3.total.总计", form.Value{State: form.Blank})
		return r
	}
	p.Years = []*form.Report{year(2019, 9), year(2023, 30), year(2025, 50)}
	i := slices.IndexFunc(p.Charts(), func(c Chart) bool { return c.Title == "近五年申请办理情况" })
	c := p.Charts()[i]
	gap, now := math.NaN(), float64(p.Report.Get("table3.new.总计").N)
	if diff := cmp.Diff([]string{"2023", "2024", "2025", "2026"}, c.Labels); diff != "" {
		t.Errorf("labels (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]float64{30, gap, 50, now}, c.Series[0].Values, cmpopts.EquateNaNs()); diff != "" {
		t.Errorf("new applications (-want +got):\n%s", diff)
	}
	if v := c.Series[2].Values[0]; !math.IsNaN(v) {
		t.Errorf("what a report does not say is drawn as %g", v)
	}
}

func TestAYearAloneMakesNoTrendAndNothingMakesNoChart(t *testing.T) {
	p := example(form.ByID("2021"))
	if c := p.Charts(); len(c) != 1 {
		t.Errorf("Charts() of one year = %d charts, want the outcomes only", len(c))
	}
	for i := range p.Report.Values {
		p.Report.Values[i] = form.Of(0)
	}
	if c := p.Charts(); len(c) != 0 {
		t.Errorf("Charts() of zeros = %+v, want none", c)
	}
	if c := (&Paper{Report: &form.Report{}}).Charts(); len(c) != 0 {
		t.Errorf("Charts() without figures = %+v, want none", c)
	}
}
