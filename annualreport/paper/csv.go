package paper

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"gongkai/annualreport/form"
	"gongkai/internal/fault"
)

// csvHead names the columns. The sixth and seventh are for people, the fourth
// names the cell for programs.
var csvHead = []string{"机关", "年度", "格式", "单元格", "表", "行", "列", "数值", "单位", "状态"}

// States as the CSV names them.
var csvStates = map[form.State]string{form.Number: "数值", form.Blank: "空白", form.NotApplicable: "不适用", form.Unknown: "未知"}

// bom tells spreadsheet programs that the file is UTF-8.
const bom = "\ufeff"

// CSV is the figures, one line a cell, so that the reports of many agencies can
// be joined. Money is in 万元, exactly. It begins with a byte order mark, which
// spreadsheet programs need.
func (p *Paper) CSV() []byte {
	var out bytes.Buffer
	out.WriteString(bom)
	w := csv.NewWriter(&out)
	w.UseCRLF = true
	put := func(line []string) {
		if err := w.Write(line); err != nil {
			panic(err) // a buffer does not fail
		}
	}
	put(csvHead)
	if r := p.Report; r.Form != nil {
		year := ""
		if r.Year != 0 {
			year = strconv.Itoa(r.Year)
		}
		for i, c := range r.Form.Cells {
			if r.Lacks(c.Table + "." + c.Row) {
				continue
			}
			t := &r.Form.Tables[c.TableIndex]
			b := &t.Blocks[c.BlockIndex]
			row, col := b.Rows[c.RowIndex], b.Columns[c.ColumnIndex]
			v := r.Values[i]
			figure := ""
			switch {
			case v.Known() && c.Kind.Money():
				figure = form.InWan(v.N)
			case v.Known():
				figure = strconv.FormatInt(v.N, 10)
			case v.State == form.NotApplicable:
				figure = "/"
			}
			put([]string{defuse(r.Agency), year, r.Form.ID, c.ID, "表" + string(numerals[t.Chapter-1]),
				strings.Join(path(row.Under, row.Label), " "), strings.Join(path(col.Under, col.Label), " "), figure, unit(c.Kind, col.Label), csvStates[v.State]})
		}
	}
	w.Flush()
	return out.Bytes()
}

// unit is what a cell counts in.
func unit(k form.Kind, label string) string {
	switch {
	case k.Money():
		return "万元"
	case k == form.Signed || strings.Contains(label, "项目"):
		return "项"
	}
	return "件"
}

// defuse keeps a spreadsheet program from taking a name for a formula.
func defuse(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r'", rune(s[0])) {
		return "'" + s
	}
	return s
}

// ParseCSV reads what CSV wrote. It fails with Invalid if a line is not ours, or
// if the file holds more than one report.
func ParseCSV(b []byte) (*form.Report, error) {
	rd := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(b, []byte(bom))))
	rd.FieldsPerRecord = len(csvHead)
	head, err := rd.Read()
	if err != nil || !slices.Equal(head, csvHead) {
		return nil, fault.Say(fault.Invalid, sayNotCSV, 1)
	}
	var all [][]string
	for {
		line, err := rd.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fault.Say(fault.Invalid, sayNotCSV, len(all)+2)
		}
		if len(all) > 0 && !slices.Equal(all[0][:3], line[:3]) {
			return nil, fault.Say(fault.Invalid, sayManyInOne, len(all)+2)
		}
		all = append(all, line)
	}
	if len(all) == 0 {
		return &form.Report{}, nil
	}
	f := fitting(all)
	if f == nil {
		return nil, fault.Say(fault.Invalid, sayNoForm, all[0][2])
	}
	r := form.New(f)
	r.Agency = strings.TrimPrefix(all[0][0], "'")
	if all[0][1] != "" {
		if r.Year, err = strconv.Atoi(all[0][1]); err != nil {
			return nil, fault.Say(fault.Invalid, sayNotCSV, 2)
		}
	}
	there := map[string]bool{} // tables and rows
	for n, line := range all {
		i, _ := f.Index(line[3])
		c := f.Cells[i]
		v, ok := csvValue(line, c.Kind)
		if !ok {
			return nil, fault.Say(fault.Invalid, sayNotCSV, n+2)
		}
		r.Values[i] = v
		there[c.Table], there[c.Table+"."+c.Row] = true, true
	}
	for _, c := range f.Cells {
		for _, id := range []string{c.Table, c.Table + "." + c.Row} {
			if !there[id] && !r.Lacks(id) {
				r.Missing = append(r.Missing, id)
			}
		}
	}
	return r, nil
}

// fitting is the form all cells of the lines belong to, with the fewest more.
func fitting(all [][]string) *form.Form {
	var best *form.Form
	for _, f := range form.All() {
		if f.ID != all[0][2] || best != nil && len(f.Cells) >= len(best.Cells) {
			continue
		}
		if !slices.ContainsFunc(all, func(line []string) bool { _, ok := f.Index(line[3]); return !ok }) {
			best = f
		}
	}
	return best
}

func csvValue(line []string, k form.Kind) (form.Value, bool) {
	figure, state := line[7], line[9]
	if state != csvStates[form.Number] {
		for s, name := range csvStates {
			if name == state {
				return form.Value{State: s}, figure == "" || figure == "/" && s == form.NotApplicable
			}
		}
		return form.Value{}, false
	}
	shift := 0
	if k.Money() {
		shift = 8
	}
	n, ok := form.ParseDecimal(figure, shift)
	return form.Of(n), ok
}
