package inspection

import (
	"math"
	"slices"

	"gongkai/inspection/rule"
	"gongkai/internal/db"
)

// A Record is what people have said of the findings of one rule.
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

// govern mutes rules by their records, and lets those speak again that deserve it,
// after an act that judged findings.
func (is *Inspections) govern(tx *db.Tx) error {
	st, err := standingOf(tx)
	if err != nil {
		return err
	}
	all, err := records(tx)
	if err != nil {
		return err
	}
	muted := []string{}
	for _, r := range is.engine().rules {
		if all[r.Code].Muted(r) {
			muted = append(muted, r.Code)
		}
	}
	slices.Sort(muted)
	if slices.Equal(muted, st.muted) {
		return nil
	}
	return mute(tx, muted)
}
