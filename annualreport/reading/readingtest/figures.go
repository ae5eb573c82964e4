package readingtest

import (
	"fmt"
	"strings"

	"gongkai/annualreport/form"
)

// Size is how much an agency has to report.
type Size string

// The sizes of agency. The empty Size is any of them.
const (
	Quiet  Size = "quiet"  // a township or a bureau nobody asks: nearly all zeros
	Bureau Size = "bureau" // a few applications a year
	County Size = "county" // dozens to hundreds
	City   Size = "city"   // thousands, and penalties by the million
)

// Blanks says where an agency leaves cells empty.
type Blanks string

// The habits of leaving cells empty.
const (
	NoBlanks    Blanks = ""       // a zero is printed as 0
	ZerosBlank  Blanks = "zeros"  // every zero of tables three and four is left out
	SomeBlank   Blanks = "some"   // zeros are left out here and there
	TotalsBlank Blanks = "totals" // zeros, and the totals of outcomes as well
)

// Options say what kind of figures are wanted.
type Options struct {
	Size    Size
	Blanks  Blanks
	Slashes bool // some rows hold "/" or a dash
	Planted bool // some sums are wrong, as agencies print them
}

// Figures invents one agency's year in a form: agency, year and a value for
// every cell. Sums hold unless o.Planted. Money carries in Raw what is printed;
// an amount of free unit whose unit is missing is unknown unless it is zero,
// because nobody may guess the unit.
func Figures(d *Dice, f *form.Form, o Options) *form.Report {
	r := form.New(f)
	r.Agency = agency(d.For("agency"))
	last := f.To
	if last == 0 {
		last = f.From + 5
	}
	r.Year = d.For("year").Between(f.From, last)
	if o.Size == "" {
		o.Size = Pick(d.For("size"), Quiet, Bureau, Bureau, County, County, City)
	}
	g := figures{Dice: d.For("figures"), r: r, size: o.Size}
	for ti := range f.Tables {
		t := &f.Tables[ti]
		switch t.ID {
		case "table3":
			g.applications(t)
		case "table4":
			g.remedies(t)
		default:
			g.published(t)
		}
	}
	if o.Planted {
		g.plant(d.For("planted"))
	}
	if o.Slashes {
		g.slash(d.For("slashes"))
	}
	g.blank(d.For("blanks"), o.Blanks)
	return r
}

type figures struct {
	*Dice
	r    *form.Report
	size Size
}

// some throws a count that is often zero in small agencies and has up to so
// many digits in large ones.
func (g figures) some(quiet, bureau, county, city int) int64 {
	top := map[Size]int{Quiet: quiet, Bureau: bureau, County: county, City: city}[g.size]
	zero := map[Size]int{Quiet: 90, Bureau: 55, County: 25, City: 8}[g.size]
	if top == 0 || g.Chance(zero) {
		return 0
	}
	if g.Chance(60) { // most counts are far below the largest
		top = max(1, top/20)
	}
	return int64(g.N(top + 1))
}

// published fills table two.
func (g figures) published(t *form.Table) {
	for bi := range t.Blocks {
		b := &t.Blocks[bi]
		for ri, row := range b.Rows {
			for ci, c := range b.Columns {
				v := form.Of(0)
				switch {
				case c.Kind == form.Yuan || c.Kind == form.Wan:
					v = g.money(c.Kind)
				case c.Kind == form.Signed:
					v.N = g.some(2, 20, 500, 2000)
					if g.Chance(30) {
						v.N = -v.N
					}
				case row.ID == "规章":
					if g.size == City && g.Chance(60) {
						v.N = int64(g.N(90))
					}
				case c.ID == "decisions":
					v.N = g.some(30, 900, 600_000, 12_000_000)
				case c.ID == "items":
					v.N = g.some(10, 300, 6000, 9000)
				default:
					v.N = g.some(6, 40, 300, 5000)
				}
				g.r.Values[b.At(ri, ci)] = v
			}
		}
		g.orderFiles(b)
	}
}

// orderFiles keeps the total of files on record at least as large as the new ones.
func (g figures) orderFiles(b *form.Block) {
	for ri, row := range b.Rows {
		if len(b.Columns) != 3 || !strings.HasSuffix(row.ID, "文件") {
			continue
		}
		made, second, total := &g.r.Values[b.At(ri, 0)], &g.r.Values[b.At(ri, 1)], &g.r.Values[b.At(ri, 2)]
		if g.r.Form.ID == "2019" {
			second.N = made.N
			if g.Chance(20) {
				second.N += int64(g.N(4))
			}
			total.N += second.N
		} else {
			total.N += made.N
		}
	}
}

// money throws an amount as agencies print it: 万元 or 元, with decimals or
// without, the unit glued on, apart, cut short or missing.
func (g figures) money(k form.Kind) form.Value {
	if g.some(1, 2, 10, 10) == 0 && g.Chance(70) {
		v := form.Of(0)
		v.Raw = Pick(g.Dice, "0", "0", "0", "0.00")
		if k == form.Yuan {
			v.Raw = Pick(g.Dice, "0", "0", "0万元", "0元")
		}
		return v
	}
	fen := int64(g.Between(100_00, 9_999_999_99)) // in 分
	if g.size == City || g.size == County {
		fen *= int64(g.Between(1, 40))
	}
	if g.Chance(50) {
		fen -= fen % 10_000 // whole 百元
	}
	v := form.Of(fen * form.PerYuan / 100)
	wan := form.InWan(v.N)
	if whole, _, dotted := strings.Cut(wan, "."); dotted && g.Chance(60) { // most print two decimals
		v.N, _ = form.ParseDecimal(fmt.Sprintf("%s.%02d", whole, g.N(100)), 8)
		wan = form.InWan(v.N)
		if g.Chance(20) {
			wan = padded(wan, g.Between(2, 4))
		}
	}
	if k == form.Wan {
		v.Raw = wan
		if g.Chance(10) {
			v.Raw += Pick(g.Dice, "万元", " 万元", "万")
		}
		return v
	}
	yuan := strings.TrimSuffix(form.InYuan(v.N), ".00")
	v.Raw = Pick(g.Dice, wan+"万元", wan+"万元", wan+" 万", wan+"万", wan+" 万元", yuan+"元", yuan+" 元", yuan)
	if v.Raw == yuan {
		v.State, v.N = form.Unknown, 0
	}
	return v
}

// padded writes a decimal with at least so many places.
func padded(s string, places int) string {
	whole, frac, _ := strings.Cut(s, ".")
	for len(frac) < places {
		frac += "0"
	}
	return whole + "." + frac
}

// applications fills table three so that all its sums hold.
func (g figures) applications(t *form.Table) {
	b := &t.Blocks[0]
	at := rows(b)
	last := len(b.Columns) - 1
	special := map[string]bool{"new": true, "carried": true, "total": true, "forward": true}
	for ci := range last {
		likely := 100
		if ci > 0 { // most applicants are natural persons
			likely = map[Size]int{Quiet: 1, Bureau: 4, County: 12, City: 45}[g.size]
		}
		var total int64
		for ri, row := range b.Rows {
			if special[row.ID] || !g.Chance(likely) {
				continue
			}
			n := g.some(1, 9, 90, 5600)
			if ci > 0 {
				n = g.some(0, 2, 12, 140)
			}
			g.r.Values[b.At(ri, ci)].N = n
			total += n
		}
		forward := g.some(0, 4, 40, 900)
		carried := g.some(0, 4, 30, 700)
		if ci > 0 && !g.Chance(likely) {
			forward, carried = 0, 0
		}
		carried = min(carried, total+forward)
		g.r.Values[b.At(at["total"], ci)].N = total
		g.r.Values[b.At(at["forward"], ci)].N = forward
		g.r.Values[b.At(at["carried"], ci)].N = carried
		g.r.Values[b.At(at["new"], ci)].N = total + forward - carried
	}
	for ri := range b.Rows {
		var sum int64
		for ci := range last {
			v := &g.r.Values[b.At(ri, ci)]
			v.State = form.Number
			sum += v.N
		}
		g.r.Values[b.At(ri, last)] = form.Of(sum)
	}
}

// remedies fills table four.
func (g figures) remedies(t *form.Table) {
	b := &t.Blocks[0]
	last := len(b.Columns) - 1
	for ri := range b.Rows {
		var sum int64
		for ci := range last {
			n := g.some(0, 2, 30, 400)
			g.r.Values[b.At(ri, ci)] = form.Of(n)
			sum += n
		}
		g.r.Values[b.At(ri, last)] = form.Of(sum)
	}
}

// rows gives the number of each row of a block by its name.
func rows(b *form.Block) map[string]int {
	at := map[string]int{}
	for i, r := range b.Rows {
		at[r.ID] = i
	}
	return at
}

// plant breaks one to four cells of tables three and four.
func (g figures) plant(d *Dice) {
	var cells []int
	for i, c := range g.r.Form.Cells {
		if c.Table != "table2" {
			cells = append(cells, i)
		}
	}
	for range d.Between(1, 4) {
		v := &g.r.Values[Pick(d, cells...)]
		switch d.N(3) {
		case 0:
			v.N++
		case 1:
			v.N = v.N*10 + int64(d.N(10)) // a digit too many
		default:
			v.N /= 10 // one too few
		}
	}
}

// slash marks rows of table two, now and then all of table four, as not
// concerning the agency.
func (g figures) slash(d *Dice) {
	for i := range g.r.Form.Tables {
		t := &g.r.Form.Tables[i]
		for bi := range t.Blocks {
			b := &t.Blocks[bi]
			for ri := range b.Rows {
				if t.ID == "table2" && d.Chance(55) || t.ID == "table4" && d.Chance(30) || t.ID == "table3" && d.Chance(6) {
					raw := Pick(d, "/", "/", "/", "—", "-", "——", "／")
					for ci := range b.Columns {
						if v := &g.r.Values[b.At(ri, ci)]; v.N == 0 && v.State == form.Number {
							*v = form.Value{State: form.NotApplicable, Raw: raw}
						}
					}
				}
			}
		}
	}
}

// blank empties cells as the habit says.
func (g figures) blank(d *Dice, habit Blanks) {
	if habit == NoBlanks {
		return
	}
	likely := 100
	if habit == SomeBlank {
		likely = Pick(d, 8, 30, 60)
	}
	rare := d.Chance(20) // table two is seldom left empty
	for i, c := range g.r.Form.Cells {
		v := &g.r.Values[i]
		switch {
		case v.State != form.Number:
		case c.Table == "table2" && !(rare && v.N == 0 && d.Chance(15)):
		case v.N == 0 && d.Chance(likely), habit == TotalsBlank && c.Table == "table3" && c.Column == "总计" && inside(c.Row):
			*v = form.Value{State: form.Blank}
		}
	}
}

// inside tells whether a row of table three is one of the outcomes.
func inside(row string) bool {
	return row != "new" && row != "carried" && row != "total" && row != "forward"
}
