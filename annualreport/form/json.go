package form

import (
	"encoding/json"
	"fmt"
	"strconv"
)

// AppendJSON writes the report as the contract has it, in one line: file,
// agency, year, form, the tables, what is missing, what is unknown or unsure,
// what the prose claims, and the findings.
func (r *Report) AppendJSON(b []byte) []byte {
	b = append(b, `{"file":`...)
	b = appendText(b, r.File)
	b = append(b, `,"agency":`...)
	b = appendText(b, r.Agency)
	b = append(b, `,"year":`...)
	if r.Year == 0 {
		b = append(b, "null"...)
	} else {
		b = strconv.AppendInt(b, int64(r.Year), 10)
	}
	b = append(b, `,"form":`...)
	if r.Form == nil {
		b = append(b, "null"...)
		for _, t := range known[len(known)-1].Tables {
			b = append(append(append(b, ',', '"'), t.ID...), `":null`...)
		}
	} else {
		b = appendText(b, r.Form.ID)
		for i := range r.Form.Tables {
			b = append(append(append(b, ',', '"'), r.Form.Tables[i].ID...), '"', ':')
			b = r.appendTable(b, &r.Form.Tables[i])
		}
	}
	b = appendList(append(b, `,"missing":`...), r.Missing)
	b = appendList(append(b, `,"unknown":`...), r.cells(func(i int) bool {
		c := r.Form.Cells[i]
		return r.Values[i].State == Unknown && !r.Lacks(c.Table+"."+c.Row)
	}))
	b = append(b, `,"unsure":[`...)
	for i, o := range r.Origins {
		if len(o.Others) == 0 {
			continue
		}
		if b[len(b)-1] != '[' {
			b = append(b, ',')
		}
		b = appendText(append(b, `{"cell":`...), r.Form.Cells[i].ID)
		b = strconv.AppendFloat(append(b, `,"sure":`...), float64(o.Sure), 'f', 2, 32)
		b = append(b, `,"others":[`...)
		for j, v := range o.Others {
			if j > 0 {
				b = append(b, ',')
			}
			b = appendValue(b, v, r.Form.Cells[i].Kind)
		}
		b = append(b, ']', '}')
	}
	b = append(b, `],"claims":[`...)
	for i := range r.Claims {
		if i > 0 {
			b = append(b, ',')
		}
		b = r.appendClaim(b, &r.Claims[i])
	}
	b = append(b, `],"findings":`...)
	findings := r.Findings
	if findings == nil {
		findings = []Finding{}
	}
	f, err := json.Marshal(findings)
	if err != nil {
		panic(err) // strings only
	}
	return append(append(b, f...), '}')
}

// MarshalJSON writes the report as AppendJSON does.
func (r *Report) MarshalJSON() ([]byte, error) { return r.AppendJSON(nil), nil }

func (r *Report) cells(take func(i int) bool) []string {
	var ids []string
	for i := range r.Values {
		if take(i) {
			ids = append(ids, r.Form.Cells[i].ID)
		}
	}
	return ids
}

func (r *Report) appendTable(b []byte, t *Table) []byte {
	if r.Lacks(t.ID) {
		return append(b, "null"...)
	}
	list := len(t.Blocks) == 1 // one block: a row is a list; several: it names its columns
	b = append(b, '{')
	for bi := range t.Blocks {
		bl := &t.Blocks[bi]
		for ri, row := range bl.Rows {
			if b[len(b)-1] != '{' {
				b = append(b, ',')
			}
			b = append(appendText(b, row.ID), ':')
			if r.Lacks(t.ID + "." + row.ID) {
				b = append(b, "null"...)
				continue
			}
			open, end := byte('{'), byte('}')
			if list {
				open, end = '[', ']'
			}
			b = append(b, open)
			for ci, c := range bl.Columns {
				if ci > 0 {
					b = append(b, ',')
				}
				if !list {
					b = append(appendText(b, c.ID), ':')
				}
				b = appendValue(b, r.Values[bl.At(ri, ci)], c.Kind)
			}
			b = append(b, end)
		}
	}
	return append(b, '}')
}

func appendValue(b []byte, v Value, k Kind) []byte {
	switch {
	case v.State == NotApplicable:
		return append(b, `"/"`...)
	case v.State != Number:
		return append(b, "null"...)
	case k == Wan:
		return append(append(append(b, '"'), InWan(v.N)...), '"')
	case k == Yuan:
		return append(append(append(b, '"'), InYuan(v.N)...), '"')
	}
	return strconv.AppendInt(b, v.N, 10)
}

func (r *Report) appendClaim(b []byte, c *Claim) []byte {
	b = strconv.AppendInt(append(b, `{"chapter":`...), int64(c.Chapter), 10)
	b = appendText(append(b, `,"text":`...), c.Text)
	b = appendText(append(b, `,"what":`...), c.What)
	b = appendValue(append(b, `,"value":`...), Of(c.Value), c.Kind)
	b = strconv.AppendInt(append(b, `,"start":`...), int64(c.Start), 10)
	b = strconv.AppendInt(append(b, `,"end":`...), int64(c.End), 10)
	var about []string
	for _, i := range c.About {
		about = append(about, r.Form.Cells[i].ID)
	}
	return append(appendList(append(b, `,"cells":`...), about), '}')
}

// AppendPlaces writes where each value of a report read from a file was printed,
// as a JSON object from cell to place.
func (r *Report) AppendPlaces(b []byte) []byte {
	b = append(b, '{')
	for i, o := range r.Origins {
		if o.Sure == 0 && o.Start == o.End {
			continue
		}
		if b[len(b)-1] != '{' {
			b = append(b, ',')
		}
		b = append(appendText(b, r.Form.Cells[i].ID), ':')
		b = appendText(append(b, `{"part":`...), o.Part)
		b = strconv.AppendInt(append(b, `,"start":`...), int64(o.Start), 10)
		b = strconv.AppendInt(append(b, `,"end":`...), int64(o.End), 10)
		b = strconv.AppendInt(append(b, `,"page":`...), int64(o.Page), 10)
		b = appendText(append(b, `,"place":`...), o.Place)
		b = append(strconv.AppendFloat(append(b, `,"sure":`...), float64(o.Sure), 'f', 2, 32), '}')
	}
	return append(b, '}')
}

func appendText(b []byte, s string) []byte {
	t, err := json.Marshal(s)
	if err != nil {
		panic(err)
	}
	return append(b, t...)
}

func appendList(b []byte, list []string) []byte {
	b = append(b, '[')
	for i, s := range list {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendText(b, s)
	}
	return append(b, ']')
}

// ParseReport reads the contract's JSON back. A null cell becomes a blank unless
// the list "unknown" names it. It fails if the form, a row or a column is not one
// we know, or a figure is not a number.
func ParseReport(b []byte) (*Report, error) {
	var top map[string]json.RawMessage
	if err := json.Unmarshal(b, &top); err != nil {
		return nil, fmt.Errorf("不是年报的 JSON：%w", err)
	}
	var head struct {
		File, Agency string
		Year         int
		Form         *string
		Missing      []string
		Unknown      []string
		Findings     []Finding
	}
	for name, into := range map[string]any{"file": &head.File, "agency": &head.Agency, "year": &head.Year, "form": &head.Form,
		"missing": &head.Missing, "unknown": &head.Unknown, "findings": &head.Findings} {
		if raw, ok := top[name]; ok {
			if err := json.Unmarshal(raw, into); err != nil {
				return nil, fmt.Errorf("年报 JSON 的 %s 不对：%w", name, err)
			}
		}
	}
	r := &Report{File: head.File, Agency: head.Agency, Year: head.Year, Missing: head.Missing, Findings: head.Findings}
	if head.Form == nil {
		return r, nil
	}
	if r.Form = fitting(*head.Form, top); r.Form == nil {
		return nil, fmt.Errorf("没有编号为 %s 的年报表样", *head.Form)
	}
	r.Values = make([]Value, len(r.Form.Cells))
	for i := range r.Form.Tables {
		t := &r.Form.Tables[i]
		if err := r.parseTable(t, top[t.ID]); err != nil {
			return nil, err
		}
	}
	for _, id := range head.Unknown {
		r.Set(id, Value{})
	}
	return r, nil
}

// fitting returns the form of that name, or the variant of it, that has the most
// of the rows given.
func fitting(id string, top map[string]json.RawMessage) *Form {
	var best *Form
	most := -1
	for _, f := range known {
		if f.ID != id {
			continue
		}
		n := 0
		for i := range f.Tables {
			var rows map[string]json.RawMessage
			if json.Unmarshal(top[f.Tables[i].ID], &rows) != nil {
				continue // parseTable says what is wrong with it
			}
			for row := range rows {
				if b, _ := f.row(f.Tables[i].ID, row); b != nil {
					n++
				}
			}
		}
		if n > most {
			best, most = f, n
		}
	}
	return best
}

func (r *Report) parseTable(t *Table, raw json.RawMessage) error {
	var rows map[string]json.RawMessage
	if len(raw) > 0 {
		if err := json.Unmarshal(raw, &rows); err != nil {
			return fmt.Errorf("年报 JSON 的 %s 不对：%w", t.ID, err)
		}
	}
	if rows == nil {
		if !r.Lacks(t.ID) {
			r.Missing = append(r.Missing, t.ID)
		}
		return nil
	}
	for bi := range t.Blocks {
		bl := &t.Blocks[bi]
		for ri, row := range bl.Rows {
			id := t.ID + "." + row.ID
			cells, there, err := rowCells(bl, rows[row.ID])
			if err != nil {
				return fmt.Errorf("年报 JSON 的 %s 不对：%w", id, err)
			}
			delete(rows, row.ID)
			if !there {
				if !r.Lacks(id) {
					r.Missing = append(r.Missing, id)
				}
				continue
			}
			for ci, c := range bl.Columns {
				v, err := parseValue(cells[ci], c.Kind)
				if err != nil {
					return fmt.Errorf("年报 JSON 的 %s.%s 不对：%w", id, c.ID, err)
				}
				r.Values[bl.At(ri, ci)] = v
			}
		}
	}
	for id := range rows {
		return fmt.Errorf("%s 年表样的 %s 没有 %s 一行", r.Form.ID, t.ID, id)
	}
	return nil
}

// rowCells returns the raw cells of a row in the order of the columns, and
// whether the row is there.
func rowCells(bl *Block, raw json.RawMessage) ([]json.RawMessage, bool, error) {
	if len(raw) == 0 || string(raw) == "null" {
		return nil, false, nil
	}
	if raw[0] == '[' {
		var cells []json.RawMessage
		if err := json.Unmarshal(raw, &cells); err != nil {
			return nil, false, err
		}
		if len(cells) != len(bl.Columns) {
			return nil, false, fmt.Errorf("应当有 %d 格，实有 %d 格", len(bl.Columns), len(cells))
		}
		return cells, true, nil
	}
	var named map[string]json.RawMessage
	if err := json.Unmarshal(raw, &named); err != nil {
		return nil, false, err
	}
	cells := make([]json.RawMessage, len(bl.Columns))
	for i, c := range bl.Columns {
		cells[i] = named[c.ID]
		delete(named, c.ID)
	}
	for id := range named {
		return nil, false, fmt.Errorf("没有 %s 一列", id)
	}
	return cells, true, nil
}

func parseValue(raw json.RawMessage, k Kind) (Value, error) {
	s := string(raw)
	if len(raw) > 0 && raw[0] == '"' {
		if err := json.Unmarshal(raw, &s); err != nil {
			return Value{}, err
		}
	}
	switch s {
	case "", "null":
		return Value{State: Blank}, nil
	case "/":
		return Value{State: NotApplicable}, nil
	}
	shift := map[Kind]int{Wan: 8, Yuan: 4}[k]
	n, ok := ParseDecimal(s, shift)
	if !ok {
		return Value{}, fmt.Errorf("%q 不是这一格可用的数", s)
	}
	return Of(n), nil
}
