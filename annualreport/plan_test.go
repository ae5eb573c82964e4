package annualreport

import (
	"slices"
	"testing"

	"gongkai/annualreport/form"
	"gongkai/org"
)

func TestEveryCellOfEveryFormHasAFactOrIsAddedUp(t *testing.T) {
	for _, f := range form.All() {
		p := planOf(f)
		for i, o := range p.cells {
			if len(o.facts) == 0 && o.parts == nil {
				t.Errorf("form %s %s: nobody counts %s", f.ID, f.Variant, f.Cells[i].ID)
			}
			if sum := f.Cells[i].Column == "总计" || f.Cells[i].Table == "table3" && f.Cells[i].Row == "total"; sum != (o.parts != nil) {
				t.Errorf("form %s: %s is added up: %v, want %v", f.ID, f.Cells[i].ID, o.parts != nil, sum)
			}
			for _, fact := range o.facts {
				if fact.Name() == string(fact) {
					t.Errorf("form %s: the fact %s of %s has no Chinese name", f.ID, fact, f.Cells[i].ID)
				}
			}
		}
	}
}

func TestPartsStandBeforeTheirSums(t *testing.T) {
	for _, f := range form.All() {
		p := planOf(f)
		for n, i := range p.order {
			for _, k := range p.cells[i].parts {
				if at := slices.Index(p.order, k); at > n {
					t.Errorf("form %s: %s is added up before its part %s", f.ID, f.Cells[i].ID, f.Cells[k].ID)
				}
			}
		}
	}
}

func TestTheOldFormTakesItsOneOtherRowFromThreeFacts(t *testing.T) {
	f := form.ByID("2019")
	i, _ := f.Index("table3.other.自然人")
	want := []FactName{"application.other1.自然人", "application.other2.自然人", "application.other3.自然人"}
	if got := planOf(f).cells[i].facts; !slices.Equal(got, want) {
		t.Errorf("facts of %s = %v, want %v", f.Cells[i].ID, got, want)
	}
	two := records{{
		map[FactName]bool{"application.other1.自然人": true, "application.other2.自然人": true, "application.other3.自然人": true},
		map[org.ID]map[FactName]int64{"a": {"application.other1.自然人": 2, "application.other3.自然人": 1}},
	}}
	if v := planOf(f).own(two, []org.ID{"a"}, nil, nil)[i].Value; v.State != form.Unknown {
		t.Errorf("with one of three facts unrecorded the cell is %v, want unknown", v)
	}
	if g := planOf(f).own(two, []org.ID{"a"}, nil, nil)[i]; !slices.Equal(g.Missing, []Missing{{"a", want[1]}}) {
		t.Errorf("the cell misses %v, want %v of a", g.Missing, want[1])
	}
	two[0].n["a"]["application.other2.自然人"] = 0
	if g := planOf(f).own(two, []org.ID{"a"}, nil, nil)[i]; g.Value != form.Of(3) || g.Missing != nil {
		t.Errorf("the cell is %v and misses %v, want 3 and nothing", g.Value, g.Missing)
	}
}

func TestAFactOfTwoTalliesIsKnownWhenBothKnowTheirPart(t *testing.T) {
	offers := map[FactName]bool{"normative.in_force": true}
	r := records{{offers, map[org.ID]map[FactName]int64{"a": {"normative.in_force": 2}}}, {offers, nil}}
	if _, _, known := r.collect("normative.in_force", []org.ID{"a"}); known {
		t.Errorf("known with one of two tallies")
	}
	r[1].n = map[org.ID]map[FactName]int64{"a": {"normative.in_force": 0}}
	if _, n, known := r.collect("normative.in_force", []org.ID{"a"}); !known || n != 2 {
		t.Errorf("with both = %d, %v, want 2, true", n, known)
	}
	if _, _, known := r.collect("permit.decisions", []org.ID{"a"}); known {
		t.Errorf("known without a tally that offers it")
	}
}

func TestASumOfWhatDoesNotApplyDoesNotApplyAndOfTheUnknownIsUnknown(t *testing.T) {
	f := form.ByID("2021")
	p := planOf(f)
	total, _ := f.Index("table4.litigation.总计")
	slash := map[string]Fix{}
	for _, k := range p.cells[total].parts {
		slash[f.Cells[k].ID] = Fix{Value: form.Value{State: form.NotApplicable}}
	}
	if v := p.own(nil, nil, nil, slash)[total].Value; v.State != form.NotApplicable {
		t.Errorf("sum of cells marked / = %v, want not applicable", v)
	}
	one := f.Cells[p.cells[total].parts[0]].ID
	slash[one] = Fix{Value: form.Of(4)}
	if v := p.own(nil, nil, nil, slash)[total].Value; v != form.Of(4) {
		t.Errorf("sum of 4 and cells marked / = %v, want 4", v)
	}
	delete(slash, one)
	if v := p.own(nil, nil, nil, slash)[total].Value; v.State != form.Unknown {
		t.Errorf("sum with an unknown part = %v, want unknown", v)
	}
}

func TestAReminderComesAtItsDaysAndThenEveryWeek(t *testing.T) {
	for days, want := range map[int]int{30: 0, 15: 0, 14: 1, 8: 1, 7: 2, 4: 2, 3: 3, 2: 3, 1: 4, 0: 5, -1: 5, -6: 5, -7: 6, -13: 6, -14: 7} {
		if got := stage(days); got != want {
			t.Errorf("stage(%d) = %d, want %d", days, got, want)
		}
	}
}

func TestDueDatesComeFromTheLaw(t *testing.T) {
	units, whole, basis := Ceilings(2026)
	if units.String() != "2027-01-31" || whole.String() != "2027-03-31" || basis == "" {
		t.Errorf("Ceilings(2026) = %s, %s, %q", units, whole, basis)
	}
}

func TestTheRecordsOfAGovernmentThatDoesNotReportCountWithItsOffice(t *testing.T) {
	tree := org.NewTree([]org.Unit{{ID: "g", Kind: org.Government, Active: true}, {ID: "o", Parent: "g", Kind: org.Office, Active: true},
		{ID: "a", Parent: "g", Active: true}, {ID: "b", Parent: "g", Active: true}, {ID: "c", Parent: "g"}})
	d := &desk{tree: tree, round: Round{Unit: "g"}, reporting: map[org.ID]bool{"o": true, "a": true}}
	got := d.counts("o")
	slices.Sort(got)
	if !slices.Equal(got, []org.ID{"g", "o"}) {
		t.Errorf("the office counts %v, want itself and the government", got)
	}
	if got := d.uncounted(); !slices.Equal(got, []org.ID{"b"}) {
		t.Errorf("nobody counts %v, want the active unit that does not report", got)
	}
	d.reporting["g"] = true
	if got := d.counts("o"); !slices.Equal(got, []org.ID{"o"}) {
		t.Errorf("beside a government that reports the office counts %v", got)
	}
}

func TestARecordCountsForTheNearestUnitThatReports(t *testing.T) {
	tree := org.NewTree([]org.Unit{{ID: "g", Kind: org.Government}, {ID: "a", Parent: "g"}, {ID: "a1", Parent: "a"}, {ID: "a2", Parent: "a1"}, {ID: "b", Parent: "g"}, {ID: "c", Parent: "b"}})
	reporting := map[org.ID]bool{"g": true, "a": true, "a2": true, "b": true}
	seen := map[org.ID]int{}
	for unit, want := range map[org.ID][]org.ID{"g": {"g"}, "a": {"a", "a1"}, "a2": {"a2"}, "b": {"b", "c"}} {
		got := counts(tree, belowOf(tree), reporting, unit)
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("counts(%s) = %v, want %v", unit, got, want)
		}
		for _, u := range got {
			seen[u]++
		}
	}
	for u, n := range seen {
		if n != 1 || len(seen) != 6 {
			t.Errorf("records of %s count %d times, of %d units in all", u, n, len(seen))
		}
	}
}
