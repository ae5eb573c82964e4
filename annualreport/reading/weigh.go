package reading

import (
	"slices"

	"gongkai/annualreport/form"
)

// try writes a fit into vals.
func (r *reader) try(pt *part, f *fit, vals []form.Value) {
	for c := range f.n {
		vals[pt.first+c] = r.value(f.at[c], r.layout.form.Cells[pt.first+c].Kind, r.head(pt.first+c)).Value
	}
}

// prune drops the fits of a part that its own sums refute while others stand.
func (r *reader) prune(pt *part, l *layout, ti int) {
	var own []int
	for _, i := range l.parts[ti] {
		e := &l.form.Equations[i]
		if in(e.Left, pt) && in(e.Right, pt) {
			own = append(own, i)
		}
	}
	saved := slices.Clone(r.rep.Values[pt.first : pt.first+pt.n])
	best := int32(never)
	costs := make([]int32, len(pt.fits))
	for i := range pt.fits {
		f := &pt.fits[i]
		r.try(pt, f, r.rep.Values)
		costs[i] = f.cost + broken(l.form, own, r.rep.Values)
		best = min(best, costs[i])
	}
	copy(r.rep.Values[pt.first:], saved)
	left := pt.fits[:0]
	for i, f := range pt.fits {
		if costs[i] <= best+margin {
			left = append(left, f)
		}
	}
	pt.fits = left
}

func in(cells []int, pt *part) bool {
	for _, c := range cells {
		if c < pt.first || c >= pt.first+pt.n {
			return false
		}
	}
	return true
}

// weigh tries every combination of the open parts' fits against the sums of
// the table and keeps what the near-best ones agree on.
func (r *reader) weigh(parts []part, open []int, l *layout, ti int) {
	vals := slices.Clone(r.rep.Values)
	pick := make([]int, len(open))
	type combo struct {
		cost int32
		pick []int
	}
	var combos []combo
	best := int32(never)
	for {
		cost := int32(0)
		for i, o := range open {
			f := &parts[o].fits[pick[i]]
			r.try(&parts[o], f, vals)
			cost += f.cost
		}
		cost += broken(l.form, l.parts[ti], vals)
		best = min(best, cost)
		combos = append(combos, combo{cost, slices.Clone(pick)})
		i := len(pick) - 1
		for i >= 0 {
			if pick[i]++; pick[i] < len(parts[open[i]].fits) {
				break
			}
			pick[i] = 0
			i--
		}
		if i < 0 {
			break
		}
	}
	for i, o := range open {
		pt := &parts[o]
		var left []fit
		seen := make([]bool, len(pt.fits))
		slices.SortStableFunc(combos, func(a, b combo) int { return int(a.cost - b.cost) })
		for _, c := range combos {
			if c.cost <= best+margin && !seen[c.pick[i]] {
				seen[c.pick[i]] = true
				left = append(left, pt.fits[c.pick[i]])
			}
		}
		r.agree(pt, left)
	}
}

// agree writes what all fits left agree on; the other cells are unknown and
// name the readings left.
func (r *reader) agree(pt *part, left []fit) {
	if len(left) == 1 {
		r.write(pt, &left[0])
		return
	}
	f := left[0]
	r.write(pt, &f)
	for c := range pt.n {
		ix := pt.first + c
		kind, head := r.layout.form.Cells[ix].Kind, r.head(ix)
		v := r.value(f.at[c], kind, head)
		var all []form.Value
		same := true
		for i := range left {
			o := r.value(left[i].at[c], kind, head)
			if o.Value != v.Value {
				same = false
			}
			if len(all) < 4 && o.State != form.Unknown && !slices.Contains(all, o.Value) {
				all = append(all, o.Value)
			}
		}
		if same {
			continue
		}
		r.rep.Values[ix] = form.Value{}
		o := &r.rep.Origins[ix]
		o.Sure, o.Others = 0.5, all
	}
}
