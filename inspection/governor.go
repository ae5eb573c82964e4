package inspection

import (
	"cmp"
	"math"
	"slices"

	"gongkai/inspection/rule"
	"gongkai/internal/db"
	"gongkai/org"
)

// A Record is what people have said of the findings of one rule, in the texts of one
// unit or of all.
type Record struct {
	Confirmed int
	Dismissed int
}

// enough is how many findings people must have judged before a record counts.
const enough = 20

// z is the one-sided 90 % quantile of the normal distribution.
const z = 1.2815515655446004

// Precision is how many of the judged findings were right, 0 to 1; 1 when none was
// judged.
func (r Record) Precision() float64 {
	n := r.Confirmed + r.Dismissed
	if n == 0 {
		return 1
	}
	return float64(r.Confirmed) / float64(n)
}

// Sure is the lower bound of the precision with 90 % confidence, by Wilson: what the
// rule can be relied on for, however few findings were judged. It is 0 when none was.
func (r Record) Sure() float64 {
	n := float64(r.Confirmed + r.Dismissed)
	if n == 0 {
		return 0
	}
	p := float64(r.Confirmed) / n
	return max(0, min(p, (p+z*z/(2*n)-z*math.Sqrt(p*(1-p)/n+z*z/(4*n*n)))/(1+z*z/n)))
}

// floorOf is how sure a rule of a tier must be to speak as it does; hints may err.
func floorOf(t rule.Tier) float64 {
	switch t {
	case rule.A:
		return 0.90
	case rule.B:
		return 0.60
	}
	return 0
}

// Muted tells whether a rule with this record may no longer speak as its tier does:
// one of tier A then only suspects, one of tier B is silent. It is so from twenty
// judged findings on, while the lower bound is below the floor of the tier: twenty
// right out of twenty are enough (0.92), nineteen are not yet (0.85). Rules that
// protect people and secrets, and whatever may block, are never muted: a leak that
// was missed costs more than a false alarm.
func (r Record) Muted(of rule.Rule) bool {
	if guarded(of.Code) || of.Severity == rule.Block {
		return false
	}
	return r.Confirmed+r.Dismissed >= enough && r.Sure() < floorOf(of.Tier)
}

// agreeing is how many units must each have found a rule wrong too often before it is
// muted for all.
const agreeing = 3

// heard is how many findings must have been judged in a unit before its word counts
// for others.
const heard = 5

// agrees tells whether a unit with this record finds the rule wrong too often.
func (r Record) agrees(of rule.Rule) bool {
	return r.Confirmed+r.Dismissed >= heard && r.Precision() < floorOf(of.Tier)
}

// weighed is the record of a unit as it counts for others: no unit's word weighs more
// than [enough] judgments.
func (r Record) weighed() Record {
	n := r.Confirmed + r.Dismissed
	if n <= enough {
		return r
	}
	right := (r.Confirmed*enough + n/2) / n
	return Record{right, enough - right}
}

// Everywhere tells whether a rule with these records, by unit, is muted for all: when
// at least three units find it wrong too often, and what all of them say together,
// none weighing more than twenty judgments, mutes it. A unit that dismisses without
// looking silences nobody else's rules.
func Everywhere(of rule.Rule, units map[org.ID]Record) bool {
	var (
		all Record
		n   int
	)
	for _, r := range units {
		w := r.weighed()
		all.Confirmed += w.Confirmed
		all.Dismissed += w.Dismissed
		if r.agrees(of) {
			n++
		}
	}
	return n >= agreeing && all.Muted(of)
}

// together adds up what was said in all units.
func together(units map[org.ID]Record) (all Record) {
	for _, r := range units {
		all.Confirmed += r.Confirmed
		all.Dismissed += r.Dismissed
	}
	return all
}

// govern mutes rules by their records, in a unit by its own and everywhere where
// several agree, and lets those speak again that deserve it, after an act that judged
// findings.
func (is *Inspections) govern(tx *db.Tx) error {
	st, err := standingOf(tx)
	if err != nil {
		return err
	}
	all, err := records(tx)
	if err != nil {
		return err
	}
	muted, own := []string{}, []muting{}
	for _, r := range is.engine().rules {
		if Everywhere(r, all[r.Code]) {
			muted = append(muted, r.Code)
		}
		for unit, rec := range all[r.Code] {
			if rec.Muted(r) {
				own = append(own, muting{unit, r.Code})
			}
		}
	}
	slices.Sort(muted)
	slices.SortFunc(own, func(a, b muting) int { return cmp.Or(cmp.Compare(a.unit, b.unit), cmp.Compare(a.rule, b.rule)) })
	before, err := mutings(tx)
	if err != nil {
		return err
	}
	if slices.Equal(muted, st.muted) && slices.Equal(own, before) {
		return nil
	}
	if err := saveMutings(tx, own); err != nil {
		return err
	}
	return mute(tx, muted)
}
