package checking

import (
	"math/rand/v2"
	"strconv"
	"strings"

	"gongkai/annualreport/form"
)

// This file makes consistent reports of any form with random figures, and damages
// them the way people do.

type maker struct{ *rand.Rand }

func newMaker(seed uint64) maker { return maker{rand.New(rand.NewPCG(seed, 2021))} }

// count is a number of the sizes reports have: mostly nothing, sometimes thousands.
func (m maker) count(most int) int64 {
	switch m.IntN(6) {
	case 0, 1:
		return 0
	case 2:
		return int64(m.IntN(4))
	}
	return int64(m.IntN(1 + m.IntN(1+most)))
}

// consistent makes a report in which everything holds. A share of its zeros is
// left blank.
func (m maker) consistent(f *form.Form, blanks float64) *form.Report {
	r := form.New(f)
	r.Agency, r.Year = "示例市明镜区人民政府", f.From+m.IntN(2)
	for i := range r.Values {
		r.Values[i] = form.Of(0)
	}
	m.table2(r)
	size := []int{3, 30, 400, 9000}[m.IntN(4)]
	rows := f.Table("table3").Blocks[0].Rows
	for _, col := range f.Table("table3").Blocks[0].Columns[:6] {
		most := size
		if col.ID != "自然人" {
			most = size / 8
		}
		var total, all int64
		for _, row := range rows {
			if row.ID == "new" || row.ID == "carried" || row.ID == "total" || row.ID == "forward" {
				continue
			}
			n := m.count(most)
			total += n
			r.Set("table3."+row.ID+"."+col.ID, form.Of(n))
		}
		forward := m.count(1 + most/4)
		all = total + forward
		carried := min(all, m.count(1+most/4))
		for row, n := range map[string]int64{"total": total, "forward": forward, "carried": carried, "new": all - carried} {
			r.Set("table3."+row+"."+col.ID, form.Of(n))
		}
	}
	for _, g := range []string{"reconsideration", "litigation", "litigation_after"} {
		for _, c := range []string{"维持", "纠正", "其他", "未审结"} {
			most := 40
			if g == "litigation_after" {
				most = 0 // never more than the reconsiderations
			}
			n := m.count(most)
			if g == "litigation_after" && c == "维持" {
				n = min(n, r.Get("table4.reconsideration.维持").N)
			} else if g == "litigation_after" {
				n = 0
			}
			r.Set("table4."+g+"."+c, form.Of(n))
		}
	}
	sums(r)
	if blanks > 0 {
		for i, v := range r.Values {
			if v.N == 0 && m.Float64() < blanks {
				r.Values[i] = form.Value{State: form.Blank}
			}
		}
	}
	return r
}

// sums fills in every row's 总计.
func sums(r *form.Report) {
	for _, e := range r.Form.Equations {
		if !strings.HasSuffix(e.Rule, "row-sum") {
			continue
		}
		var n int64
		for _, c := range e.Right {
			n += r.Values[c].N
		}
		r.Values[e.Left[0]] = form.Of(n)
	}
}

func (m maker) table2(r *form.Report) {
	for i, c := range r.Form.Cells {
		if c.Table != "table2" {
			continue
		}
		n := m.count(3000)
		switch c.Column {
		case "change":
			n = m.count(200) - r.Values[i-1].N/2
		case "total":
			n += r.Values[i-1].N
		case "in_force":
			n += r.Values[i-2].N
		case "amount_yuan":
			if n = 0; r.Values[i-1].N > 0 {
				n = (r.Values[i-1].N*1000 + m.count(1000000)) * form.PerYuan
			}
		case "amount_wan":
			n *= 10000 * form.PerYuan / 4
		}
		r.Values[i] = form.Of(n)
	}
}

// before makes last year's report to a report of the same form.
func (m maker) before(r *form.Report) *form.Report {
	last := form.New(r.Form)
	last.Agency, last.Year = r.Agency, r.Year-1
	for i := range last.Values {
		last.Values[i] = form.Of(0)
	}
	for i, c := range r.Form.Cells {
		switch {
		case c.Row == "carried":
			last.Set("table3.forward."+c.Column, r.Values[i])
			last.Set("table3.new."+c.Column, r.Values[i])
		case c.Column == "items" || c.Column == "total" && c.Table == "table2":
			last.Values[i] = r.Values[i]
		case c.Column == "in_force":
			was := r.Values[i].N - r.Values[i-2].N + r.Values[i-1].N
			last.Values[i] = form.Of(was)
		case c.Column == "amount_wan" || c.Column == "amount_yuan":
			last.Values[i] = r.Values[i]
		}
	}
	return last
}

// A planting damages a report and returns the cells it changed, or nothing if the
// report has no place for this kind of damage.
type planting struct {
	name  string
	plant func(m maker, r *form.Report) []int

	year  bool       // shows only beside last year's report
	floor [3]float64 // at least: found, explained first, explained among the first three
}

// pick returns a random cell of a table that fits.
func (m maker) pick(r *form.Report, table string, fits func(i int) bool) (int, bool) {
	for range 400 {
		i := m.IntN(len(r.Values))
		if strings.HasPrefix(r.Form.Cells[i].ID, table) && fits(i) {
			return i, true
		}
	}
	return 0, false
}

// retype replaces a number by what change makes of its digits.
func retype(table string, least int64, change func(m maker, digits string) string) func(m maker, r *form.Report) []int {
	return func(m maker, r *form.Report) []int {
		i, ok := m.pick(r, table, func(i int) bool { return r.Values[i].N >= least })
		if !ok {
			return nil
		}
		n, err := strconv.ParseInt(change(m, strconv.FormatInt(r.Values[i].N, 10)), 10, 64)
		if err != nil || n == r.Values[i].N {
			return nil
		}
		r.Values[i] = form.Of(n)
		return []int{i}
	}
}

func wrongDigit(m maker, d string) string {
	i := m.IntN(len(d))
	return d[:i] + strconv.Itoa(m.IntN(10)) + d[i+1:]
}

func any3(m maker, r *form.Report) []int {
	i, ok := m.pick(r, "table3", func(int) bool { return true })
	if !ok {
		return nil
	}
	n := m.count(200)
	if n == r.Values[i].N {
		n++
	}
	r.Values[i] = form.Of(n)
	return []int{i}
}

// several plants the same damage in n different rows and columns.
func several(n int, one func(m maker, r *form.Report) []int) func(m maker, r *form.Report) []int {
	return func(m maker, r *form.Report) []int {
		var cells []int
		for range 50 {
			before := append([]form.Value{}, r.Values...)
			got := one(m, r)
			clash := len(got) == 0
			for _, i := range got {
				for _, j := range cells {
					a, b := r.Form.Cells[i], r.Form.Cells[j]
					clash = clash || a.Row == b.Row || a.Column == b.Column
				}
			}
			if clash {
				copy(r.Values, before)
				continue
			}
			if cells = append(cells, got...); len(cells) == n {
				return cells
			}
		}
		return nil
	}
}

func set(r *form.Report, cells []int, to []form.Value) []int {
	var changed []int
	for k, i := range cells {
		if r.Values[i] != to[k] {
			if r.Values[i].N != to[k].N {
				changed = append(changed, i)
			}
			r.Values[i] = to[k]
		}
	}
	return changed
}

// line returns the cells and values of a random row of table three, parts only.
func (m maker) line(r *form.Report, fits func(v []form.Value) bool) ([]int, []form.Value) {
	b := &r.Form.Table("table3").Blocks[0]
	for range 200 {
		row := m.IntN(len(b.Rows))
		var cells []int
		var values []form.Value
		for c := range 6 {
			cells = append(cells, b.At(row, c))
			values = append(values, r.Values[b.At(row, c)])
		}
		if fits(values) {
			return cells, values
		}
	}
	return nil, nil
}

func nonzero(v []form.Value) int {
	n := 0
	for _, x := range v {
		if x.N != 0 {
			n++
		}
	}
	return n
}

var plantings = []planting{
	{name: "one wrong digit", floor: [3]float64{1, 0.97, 0.98}, plant: retype("table3", 10, wrongDigit)},
	{name: "any other figure", floor: [3]float64{1, 0.97, 0.98}, plant: any3},
	{name: "digit dropped", floor: [3]float64{1, 0.97, 0.98}, plant: retype("table3", 10, func(m maker, d string) string {
		i := m.IntN(len(d))
		return d[:i] + d[i+1:]
	})},
	{name: "digit doubled", floor: [3]float64{1, 0.97, 0.98}, plant: retype("table3", 1, func(m maker, d string) string {
		i := m.IntN(len(d))
		return d[:i] + d[i:i+1] + d[i:]
	})},
	{name: "digits transposed", floor: [3]float64{1, 0.97, 0.98}, plant: retype("table3", 10, func(m maker, d string) string {
		i := m.IntN(len(d) - 1)
		return d[:i] + d[i+1:i+2] + d[i:i+1] + d[i+2:]
	})},
	{name: "off by one", floor: [3]float64{1, 0.97, 0.98}, plant: func(m maker, r *form.Report) []int {
		i, ok := m.pick(r, "table3", func(i int) bool { return r.Values[i].State == form.Number })
		if !ok {
			return nil
		}
		r.Values[i] = form.Of(r.Values[i].N + 1)
		return []int{i}
	}},
	{name: "figure left blank", floor: [3]float64{1, 0.97, 0.98}, plant: func(m maker, r *form.Report) []int {
		i, ok := m.pick(r, "table3", func(i int) bool {
			c := r.Form.Cells[i]
			return r.Values[i].N > 0 && c.Column != "总计" && c.Row != "total"
		})
		if !ok {
			return nil
		}
		r.Values[i] = form.Value{State: form.Blank}
		return []int{i}
	}},
	{name: "total left blank", floor: [3]float64{1, 0.97, 0.98}, plant: func(m maker, r *form.Report) []int {
		i, ok := m.pick(r, "table3", func(i int) bool { return r.Values[i].N > 0 && r.Form.Cells[i].Column == "总计" })
		if !ok {
			return nil
		}
		r.Values[i] = form.Value{State: form.Blank}
		return []int{i}
	}},
	{name: "total not computed", floor: [3]float64{1, 0.97, 0.98}, plant: func(m maker, r *form.Report) []int {
		i, ok := m.pick(r, "table", func(i int) bool {
			c := r.Form.Cells[i]
			return r.Values[i].N > 0 && c.Table != "table2" && (c.Column == "总计" || c.Row == "total")
		})
		if !ok {
			return nil
		}
		r.Values[i] = form.Of(0)
		return []int{i}
	}},
	{name: "total added up wrongly", floor: [3]float64{1, 0.97, 0.98}, plant: func(m maker, r *form.Report) []int {
		i, ok := m.pick(r, "table3", func(i int) bool {
			c := r.Form.Cells[i]
			return r.Values[i].N > 0 && (c.Column == "总计" || c.Row == "total")
		})
		if !ok {
			return nil
		}
		d := 1 + int64(m.IntN(20))
		r.Values[i] = form.Of(max(0, r.Values[i].N+d*int64(1-2*m.IntN(2))))
		return []int{i}
	}},
	{name: "two neighbours swapped", floor: [3]float64{1, 0.78, 0.91}, plant: func(m maker, r *form.Report) []int {
		cells, v := m.line(r, func(v []form.Value) bool { return nonzero(v) >= 2 })
		for k := range 5 {
			if cells != nil && v[k].N > 0 && v[k+1].N > 0 && v[k] != v[k+1] {
				return set(r, cells[k:k+2], []form.Value{v[k+1], v[k]})
			}
		}
		return nil
	}},
	{name: "figure one column off", floor: [3]float64{1, 0.82, 0.97}, plant: func(m maker, r *form.Report) []int {
		cells, v := m.line(r, func(v []form.Value) bool { return nonzero(v) >= 1 })
		for k := range 5 {
			if cells != nil && v[k].N > 0 && v[k+1].N == 0 {
				return set(r, cells[k:k+2], []form.Value{v[k+1], v[k]})
			}
		}
		return nil
	}},
	{name: "row shifted by one column", floor: [3]float64{1, 0.96, 0.98}, plant: func(m maker, r *form.Report) []int {
		cells, v := m.line(r, func(v []form.Value) bool { return nonzero(v) >= 3 && v[5].N == 0 })
		if cells == nil {
			return nil
		}
		return set(r, cells, append([]form.Value{form.Of(0)}, v[:5]...))
	}},
	{name: "row copied from above", floor: [3]float64{1, 0.93, 0.98}, plant: func(m maker, r *form.Report) []int {
		b := &r.Form.Table("table3").Blocks[0]
		for range 100 {
			row := 3 + m.IntN(len(b.Rows)-5)
			var cells []int
			var above []form.Value
			for c := range 7 {
				cells, above = append(cells, b.At(row, c)), append(above, r.Values[b.At(row-1, c)])
			}
			if nonzero(above) > 1 {
				if changed := set(r, cells, above); len(changed) > 1 {
					return changed
				}
			}
		}
		return nil
	}},
	{name: "row left out", floor: [3]float64{1, 0.9, 0.95}, plant: func(m maker, r *form.Report) []int {
		b := &r.Form.Table("table3").Blocks[0]
		for range 100 {
			row := 2 + m.IntN(len(b.Rows)-4)
			var cells []int
			var now []form.Value
			for c := range 7 {
				cells, now = append(cells, b.At(row, c)), append(now, r.Values[b.At(row, c)])
			}
			if nonzero(now) > 1 {
				return set(r, cells, make7(form.Value{State: form.Blank}))
			}
		}
		return nil
	}},
	{name: "two figures wrong", floor: [3]float64{1, 0.96, 0.98}, plant: several(2, any3)},
	{name: "three figures wrong", floor: [3]float64{1, 0.88, 0.91}, plant: several(3, any3)},
	{name: "table four: a part wrong", floor: [3]float64{1, 0.42, 0.79}, plant: retype("table4", 3, wrongDigit)},
	{name: "table four: line shifted", floor: [3]float64{0.97, 0.95, 0.96}, plant: func(m maker, r *form.Report) []int {
		b := &r.Form.Table("table4").Blocks[0]
		cells := make([]int, 15)
		was := make([]form.Value, 15)
		for i := range cells {
			cells[i] = b.First + i
			was[i] = r.Values[cells[i]]
		}
		if nonzero(was[:5]) < 2 || nonzero(was[5:10]) < 2 {
			return nil
		}
		return set(r, cells, append([]form.Value{form.Of(0)}, was[:14]...))
	}},
	{name: "carried over: differs from last year", floor: [3]float64{1, 0.97, 0.98}, year: true, plant: func(m maker, r *form.Report) []int {
		var cells []int
		for _, col := range []string{"自然人", "总计"} { // the report itself stays consistent
			x, _ := r.Form.Index("table3.carried." + col)
			y, _ := r.Form.Index("table3.new." + col)
			if r.Values[y].N == 0 {
				return nil
			}
			r.Values[x], r.Values[y] = form.Of(r.Values[x].N+1), form.Of(r.Values[y].N-1)
			cells = append(cells, x)
		}
		return cells
	}},
	{name: "carried over: a figure wrong", floor: [3]float64{1, 0.97, 0.98}, year: true, plant: func(m maker, r *form.Report) []int {
		x, _ := r.Form.Index("table3.carried.自然人")
		r.Values[x] = form.Of(r.Values[x].N + 1 + m.count(30))
		return []int{x}
	}},
}

func make7(v form.Value) []form.Value { return []form.Value{v, v, v, v, v, v, v} }
