package checking

import (
	"fmt"
	"strconv"
	"strings"

	"gongkai/annualreport/form"
)

const (
	yuan = form.PerYuan
	wan  = 10_000 * yuan

	leastPerProject = 100 * yuan           // a purchase is hardly smaller
	mostPerProject  = 5_000_000_000 * yuan // or larger
	jumpLeast       = 2_000                // a figure that is some ten thousand times last year's
	jumpMost        = 50_000               // has most likely changed its unit
)

// unitless tells whether a cell has an amount printed without a unit: a number
// that reading did not dare to take.
func (c *check) unitless(cell int) bool {
	v := c.r.Values[cell]
	return c.r.Form.Cells[cell].Kind == form.Yuan && v.State != form.Number && strings.ContainsAny(v.Raw, "0123456789０１２３４５６７８９") &&
		!strings.ContainsAny(v.Raw, "元圆万亿")
}

// money looks at amounts whose unit is missing or cannot be right.
func (c *check) money() {
	for i, cell := range c.r.Form.Cells {
		if !cell.Kind.Money() {
			continue
		}
		if c.unitless(i) {
			c.add(unitMissing, c.ids(i), unitMissing.say("", words{"place": sayCell(c.r.Form, i), "left": c.r.Values[i].Raw}))
			continue
		}
		if c.n[i] <= 0 || c.sinceLastYear(i) {
			continue
		}
		switch cell.Kind {
		case form.Wan:
			if c.n[i] > c.usual() {
				c.doubtUnit("large", i, sayMoney(c.n[i]/10_000))
			}
		case form.Yuan:
			projects := c.beside(i)
			if projects <= 0 {
				continue
			}
			switch each := c.n[i] / projects; {
			case each < leastPerProject:
				c.doubtUnit("small", i, strconv.FormatInt(projects, 10))
			case each > mostPerProject:
				c.doubtUnit("huge", i, strconv.FormatInt(projects, 10))
			}
		}
	}
}

func (c *check) doubtUnit(which string, cell int, right string) {
	c.add(unitSuspicious, c.ids(cell), unitSuspicious.say(which, words{"place": sayCell(c.r.Form, cell), "left": sayMoney(c.n[cell]), "right": right}))
}

// usual is what the fees of an agency of this one's rank hardly exceed.
func (c *check) usual() int64 {
	name := bare(strings.NewReplacer("(", "（", ")", "）", " ", "").Replace(c.r.Agency))
	for _, l := range book.limits {
		if l.match.MatchString(name) {
			return l.Wan * wan
		}
	}
	return 1 << 62
}

// beside is the count in the row of an amount, 0 if there is none.
func (c *check) beside(cell int) int64 {
	at := c.r.Form.Cells[cell]
	b := &c.r.Form.Tables[at.TableIndex].Blocks[at.BlockIndex]
	for ci, col := range b.Columns {
		if i := b.At(at.RowIndex, ci); col.Kind == form.Count && c.state(i) == form.Number {
			return c.n[i]
		}
	}
	return 0
}

// sinceLastYear compares an amount with the same one of last year.
func (c *check) sinceLastYear(cell int) bool {
	if c.last.r == nil {
		return false
	}
	i, ok := c.last.r.Form.Index(c.r.Form.Cells[cell].ID)
	if !ok || c.last.n[i] <= 0 {
		return false
	}
	big, small := max(c.n[cell], c.last.n[i]), min(c.n[cell], c.last.n[i])
	if times := big / small; times < jumpLeast || times > jumpMost {
		return false
	}
	c.doubtUnit("year", cell, sayMoney(c.last.n[i]))
	return true
}

// sayMoney writes an amount in the unit people would use.
func sayMoney(n int64) string {
	if n < wan && n > -wan {
		return fmt.Sprintf(sayYuan, strings.TrimSuffix(form.InYuan(n), ".00"))
	}
	return fmt.Sprintf(sayWan, form.InWan(n))
}
