package checking

import (
	"io"

	"gongkai/annualreport/form"
)

// Tables writes the tables of a report as Terminal does, under a heading and with
// nothing marked; an empty heading names the report.
func Tables(w io.Writer, r *form.Report, heading string, color bool) error {
	t := &terminal{r: r, marks: marks(r, nil), color: color}
	if heading == "" {
		heading = title(r)
	}
	t.line(t.paint("1", heading))
	for i := range r.Form.Tables {
		t.table(&r.Form.Tables[i])
	}
	_, err := io.WriteString(w, t.b.String())
	return err
}
