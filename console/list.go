package console

import (
	"encoding/csv"
	"net/http"
	"strings"
	"time"

	"gongkai/internal/fault"
	"gongkai/internal/web"
	"gongkai/internal/web/ui"
)

// beijing is the time that people read.
var beijing = time.FixedZone("UTC+8", 8*60*60)

// question is a field of a form with how it is asked.
type question struct {
	As string // input, textarea, select, radios, checks, date, upload
	ui.Field
}

// group is questions under a heading.
type group struct {
	Title, Say string
	Questions  []question
}

// listPage is a list with its filters.
type listPage struct {
	ui.Console
	Lead      string
	Banner    *ui.Banner
	Links     []ui.Link
	Acts      []ui.Act
	ActsTitle string // folds the acts under a button
	Tabs      ui.Tabs
	Filters   []question
	FilterURL string
	FilterDo  string      // the button of the filters, "" means 筛选
	Keep      []ui.Hidden // values that a filter does not change
	ClearURL  string
	Table     ui.Table
	Tables    []ui.Table // further tables below
	Pages     ui.Pages
	More      string
	Empty     ui.Empty
}

// formPage is a form of its own.
type formPage struct {
	ui.Console
	Lead   string
	Facts  []ui.Fact
	Form   *web.Form
	Action string
	Groups []group
	Hidden []ui.Hidden
	Button string
	Other  string // a second button, act=other
	Danger bool
	Back   string
	After  []ui.Act
}

// asker makes questions of one form.
type asker struct{ f *web.Form }

type refine func(*question)

func (a asker) ask(as, name, label string, refinements ...refine) question {
	q := question{As: as, Field: ui.NewField(a.f, name, label)}
	for _, r := range refinements {
		r(&q)
	}
	return q
}

func hint(s string) refine              { return func(q *question) { q.Hint = s } }
func why(s string) refine               { return func(q *question) { q.Why = s } }
func narrow(n int) refine               { return func(q *question) { q.Narrow = n } }
func lines(n int) refine                { return func(q *question) { q.Rows = n } }
func typed(t string) refine             { return func(q *question) { q.Type = t } }
func choose(options []ui.Option) refine { return func(q *question) { q.Options = options } }
func optional(q *question)              { q.Optional = true }

// formAgain shows a form with what an act found wrong; other failures are left
// to the error page.
func (c *Console) formAgain(w http.ResponseWriter, r *http.Request, f *web.Form, err error, show func() (formPage, error)) error {
	switch fault.KindOf(err) {
	case fault.Invalid, fault.Conflict, fault.TooLate:
	default:
		return err
	}
	if !f.Take(err) {
		f.Problem("", fault.Sentence(err))
	}
	p, perr := show()
	if perr != nil {
		return perr
	}
	return c.templates.Render(w, r, web.StatusOf(err), "form", p)
}

// sendCSV sends a table as a file that Chinese spreadsheet programs open
// without asking.
func sendCSV(w http.ResponseWriter, r *http.Request, name string, rows [][]string) error {
	var b strings.Builder
	b.WriteString(sayExportHeading)
	cw := csv.NewWriter(&b)
	for _, row := range rows {
		for i, cell := range row {
			if strings.ContainsRune(formula, firstRune(cell)) {
				row[i] = "'" + cell
			}
		}
		if err := cw.Write(row); err != nil {
			return err
		}
	}
	cw.Flush()
	if err := cw.Error(); err != nil {
		return err
	}
	w.Header().Set("Content-Disposition", "attachment; filename*=UTF-8''"+percent(name))
	return web.Write(w, r, http.StatusOK, "text/csv; charset=utf-8", []byte(b.String()))
}

// formula are the characters a cell begins with that programs compute, the full-width
// ones of Chinese keyboards among them; such a cell must stay text.
const formula = "=+-@\t\r＝＋－＠"

// firstRune is the first character of a text; that of an empty one is none a formula
// begins with.
func firstRune(s string) rune {
	for _, r := range s {
		return r
	}
	return -1
}

func percent(s string) string {
	const hexDigits = "0123456789ABCDEF"
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '-' || c == '_' {
			b.WriteByte(c)
			continue
		}
		b.WriteByte('%')
		b.WriteByte(hexDigits[c>>4])
		b.WriteByte(hexDigits[c&15])
	}
	return b.String()
}
