package console

import (
	"fmt"
	"testing"

	"gongkai/inspection"
)

// TestManyUnitsAreRankedWithTheOthersTogether has more units than a page has room
// for.
func TestManyUnitsAreRankedWithTheOthersTogether(t *testing.T) {
	var counts []inspection.Count
	name := func(key string) string { return "单位" + key }
	for n := range 42 {
		counts = append(counts, inspection.Count{Key: fmt.Sprint(n), Open: 100 - n})
		r := rankOf("问题多的单位", "个单位", "unit", counts, name)
		sum := int64(0)
		for _, b := range r.Bars {
			sum += b.Value
		}
		if r.Rest != nil {
			sum += r.Rest.Value
		}
		want := int64(0)
		for _, c := range counts {
			want += int64(c.Open)
		}
		if sum != want || len(r.Bars) > mostBars+1 {
			t.Errorf("%d units: %d bars that sum up to %d, want at most %d that sum up to %d", n+1, len(r.Bars), sum, mostBars+1, want)
		}
	}
	r := rankOf("问题多的单位", "个单位", "unit", counts, name)
	if r.Rest == nil || r.Rest.Text != "其他34个单位" || r.Bars[0].Text != "单位0" || r.Bars[0].URL != inspectionPath+"/findings?tab=open&unit=0" {
		t.Errorf("rankOf(42 units) = %+v, want eight of them and 34 others", r)
	}
	if one := rankOf("", "个单位", "unit", counts[:9], name); one.Rest != nil {
		t.Errorf("nine units leave %+v, want each of them shown: “其他1个单位” says less than its name", one.Rest)
	}
}
