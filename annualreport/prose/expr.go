package prose

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"gongkai/annualreport/form"
)

// Values is what figures are taken from.
type Values struct {
	Report *form.Report // with its form
	Last   *form.Report // last year's; nil if it is not at hand
	Facts  Facts
}

// Facts are numbers the tables do not hold, by name ("training.sessions"):
// pieces, or ten-thousandths of a yuan. A name that is not there is a fact nobody
// gave, which is something else than a 0.
type Facts map[string]int64

// quantity is what a figure comes to.
type quantity struct {
	n     int64
	known bool
	kind  form.Kind // Count, Yuan or Share
	cells []int     // the cells of the report whose sum it is; nil if it is something else
	pure  bool      // it is a sum of such cells
}

// The parts of a table that have no cell of their own but a name in figures.
var (
	rowGroups = map[string][]string{
		"table3.deny":           strings.Fields("deny1 deny2 deny3 deny4 deny5 deny6 deny7 deny8"),
		"table3.unable":         strings.Fields("unable1 unable2 unable3"),
		"table3.reject":         strings.Fields("reject1 reject2 reject3 reject4 reject5"),
		"table3.other":          strings.Fields("other other1 other2 other3"),
		"table4.litigation_all": strings.Fields("litigation litigation_after"),
	}
	legalColumns = strings.Fields("商业企业 科研机构 社会公益组织 法律服务机构 其他")
)

// cellsOf resolves a name to cells of a form: one, or all of a group ("table3.deny.总计",
// "table3.new.法人").
func cellsOf(f *form.Form, name string) ([]int, bool) {
	if i, ok := f.Index(name); ok {
		return []int{i}, true
	}
	p := strings.Split(name, ".")
	if len(p) != 3 {
		return nil, false
	}
	rows, columns := []string{p[1]}, []string{p[2]}
	if g, ok := rowGroups[p[0]+"."+p[1]]; ok {
		rows = g
	}
	if p[2] == "法人" {
		columns = legalColumns
	}
	var cells []int
	for _, r := range rows {
		for _, c := range columns {
			if i, ok := f.Index(p[0] + "." + r + "." + c); ok {
				cells = append(cells, i)
			}
		}
	}
	return cells, len(cells) > 0
}

// expr evaluates the text of a figure: names of cells and facts, whole numbers,
// + - *, brackets, share(part, whole) and rate(cell), its change since last year
// without its sign. A name nobody knows is an error; a value nobody knows is not.
type expr struct {
	in string
	v  *Values
}

func (v *Values) eval(in string) (quantity, error) {
	e := expr{in: in, v: v}
	q, err := e.sum()
	if err == nil {
		if e.space(); e.in != "" {
			err = fmt.Errorf(sayIncomplete, in)
		}
	}
	return q, err
}

func (e *expr) space() { e.in = strings.TrimLeft(e.in, " ") }

// take removes a character if it comes next.
func (e *expr) take(c string) bool {
	e.space()
	rest, ok := strings.CutPrefix(e.in, c)
	if ok {
		e.in = rest
	}
	return ok
}

func (e *expr) sum() (quantity, error) {
	q, err := e.product()
	for err == nil {
		sign := int64(1)
		switch {
		case e.take("+"):
		case e.take("-"):
			sign = -1
		default:
			return q, nil
		}
		var r quantity
		if r, err = e.product(); err == nil {
			q = quantity{n: q.n + sign*r.n, known: q.known && r.known, kind: q.kind, pure: q.pure && r.pure && sign > 0,
				cells: append(append([]int{}, q.cells...), r.cells...)}
		}
	}
	return q, err
}

func (e *expr) product() (quantity, error) {
	q, err := e.factor()
	for err == nil && e.take("*") {
		var r quantity
		if r, err = e.factor(); err == nil {
			q = quantity{n: q.n * r.n, known: q.known && r.known, kind: q.kind}
		}
	}
	return q, err
}

func (e *expr) factor() (quantity, error) {
	if e.take("(") {
		q, err := e.sum()
		if err == nil && !e.take(")") {
			err = errors.New(sayBracket)
		}
		return q, err
	}
	name := e.name()
	if n, err := strconv.ParseInt(name, 10, 64); err == nil {
		return quantity{n: n, known: true}, nil
	}
	if (name == "share" || name == "rate") && e.take("(") {
		return e.percentage(name)
	}
	return e.v.named(name)
}

func (e *expr) name() string {
	e.space()
	i := strings.IndexFunc(e.in, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '.' && r != '_' })
	if i < 0 {
		i = len(e.in)
	}
	name := e.in[:i]
	e.in = e.in[i:]
	return name
}

// percentage reads the arguments of share and rate.
func (e *expr) percentage(name string) (quantity, error) {
	if name == "rate" {
		start := e.in
		now, err := e.sum()
		if err != nil {
			return now, err
		}
		arg := start[:len(start)-len(e.in)]
		if !e.take(")") {
			return now, errors.New(sayBracket)
		}
		was, err := e.v.lastYear().eval(arg)
		if err != nil || !now.known || !was.known || was.n <= 0 {
			return quantity{kind: form.Share}, nil
		}
		d := now.n - was.n
		return quantity{n: max(d, -d) * 1_000_000 / was.n, known: true, kind: form.Share}, nil
	}
	part, err := e.sum()
	if err == nil && !e.take(",") {
		err = errors.New(sayTwoNumbers)
	}
	if err != nil {
		return part, err
	}
	whole, err := e.sum()
	if err == nil && !e.take(")") {
		err = errors.New(sayBracket)
	}
	if err != nil || !part.known || !whole.known || whole.n <= 0 {
		return quantity{kind: form.Share}, err
	}
	return quantity{n: part.n * 1_000_000 / whole.n, known: true, kind: form.Share}, nil
}

// lastYear are last year's values; without a report they know nothing.
func (v *Values) lastYear() *Values {
	last := &Values{Report: v.Last}
	if v.Last == nil {
		last.Report = &form.Report{Form: v.Report.Form, Values: make([]form.Value, len(v.Report.Values))}
	}
	return last
}

// named finds a cell, a fact, or one of the words year, form.
func (v *Values) named(name string) (quantity, error) {
	switch {
	case name == "year":
		return quantity{n: int64(v.Report.Year), known: v.Report.Year > 0}, nil
	case name == "form":
		n, err := strconv.ParseInt(v.Report.Form.ID, 10, 64)
		return quantity{n: n, known: err == nil}, nil
	case strings.HasPrefix(name, "fact."):
		n, ok := v.Facts[name[len("fact."):]]
		return quantity{n: n, known: ok}, nil
	case strings.HasPrefix(name, "last."):
		q, err := v.lastYear().named(name[len("last."):])
		q.pure, q.cells = false, nil
		return q, err
	}
	f := v.Report.Form
	if f == nil {
		return quantity{}, nil
	}
	cells, ok := cellsOf(f, name)
	if !ok {
		if knownSomewhere(name) {
			return quantity{}, nil // the other form has it
		}
		return quantity{}, fmt.Errorf(sayNoSuch, name)
	}
	q := quantity{known: true, pure: true, cells: cells}
	if f.Cells[cells[0]].Kind.Money() {
		q.kind = form.Yuan
	}
	for _, i := range cells {
		n, printed, ok := value(v.Report, i)
		q.known = q.known && ok && printed
		q.n += n
	}
	return q, nil
}

// knownSomewhere tells whether any form has cells of the name.
func knownSomewhere(name string) bool {
	for _, f := range form.All() {
		if _, ok := cellsOf(f, name); ok {
			return true
		}
	}
	return false
}

// holds evaluates a condition: two figures with a comparison between them, or
// "known" before one. What is not known does not hold.
func (v *Values) holds(cond string) (bool, error) {
	if rest, ok := strings.CutPrefix(cond, "known "); ok {
		q, err := v.eval(rest)
		return q.known, err
	}
	if rest, ok := strings.CutPrefix(cond, "unknown "); ok {
		q, err := v.eval(rest)
		return !q.known, err
	}
	for _, op := range []string{">=", "<=", "==", "!=", ">", "<"} {
		left, right, ok := strings.Cut(cond, op)
		if !ok {
			continue
		}
		a, err := v.eval(left)
		if err != nil {
			return false, err
		}
		b, err := v.eval(right)
		if err != nil || !a.known || !b.known {
			return false, err
		}
		switch op {
		case ">=":
			return a.n >= b.n, nil
		case "<=":
			return a.n <= b.n, nil
		case "==":
			return a.n == b.n, nil
		case "!=":
			return a.n != b.n, nil
		case ">":
			return a.n > b.n, nil
		}
		return a.n < b.n, nil
	}
	return false, fmt.Errorf(sayNoComparison, cond)
}

// print writes a quantity as it stands in a sentence; unit is 元 or 万元 for
// money, "" for the usual.
func (q quantity) print(unit string) string {
	switch {
	case q.kind == form.Share:
		return decimals(q.n, 1) + "%"
	case unit == "元":
		return plain(form.Yuan, q.n)
	case unit == "万元" || q.kind == form.Yuan:
		return form.InWan(q.n)
	}
	return strconv.FormatInt(q.n, 10)
}

// runeLen is the length of a text in code points.
func runeLen(s string) int { return utf8.RuneCountInString(s) }
