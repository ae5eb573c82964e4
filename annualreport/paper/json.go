package paper

import (
	"encoding/json"
	"strconv"

	"gongkai/annualreport/form"
	"gongkai/internal/fault"
)

// prose is what the JSON carries beside the contract's fields, under "paper".
type prose struct {
	Title    string    `json:"title"`
	Intro    []string  `json:"intro"`
	Chapters []Chapter `json:"chapters"`
	Fixes    []fixJSON `json:"fixes"`
	Contact  Contact   `json:"contact"`
	Signed   string    `json:"signed"`
	Made     string    `json:"made"`
}

type fixJSON struct {
	Cell     string          `json:"cell"`
	Computed json.RawMessage `json:"computed"`
	Printed  json.RawMessage `json:"printed"`
	Reason   string          `json:"reason"`
}

// JSON is the report as the contract has it, with one more field, "paper", for
// the title, the prose and the corrections. Findings and the marks of reading
// are ours alone and stay out.
func (p *Paper) JSON() []byte {
	r := *p.Report
	r.File, r.Origins, r.Findings = "", nil, nil
	b := r.AppendJSON(nil)
	more := prose{Title: p.Title, Intro: lines(p.Intro), Chapters: []Chapter{}, Fixes: []fixJSON{}, Contact: p.Contact, Signed: p.Signed, Made: p.Made}
	for _, c := range p.Chapters {
		c.Paras = lines(c.Paras)
		more.Chapters = append(more.Chapters, c)
	}
	for _, f := range p.Fixes {
		cell := r.Form.Cells[f.Cell]
		more.Fixes = append(more.Fixes, fixJSON{cell.ID, valueJSON(f.Computed, cell.Kind), valueJSON(f.Printed, cell.Kind), f.Reason})
	}
	tail, err := json.Marshal(more)
	if err != nil {
		panic(err) // strings and numbers only
	}
	b = append(b[:len(b)-1], `,"paper":`...)
	return append(append(b, tail...), '}', '\n')
}

func lines(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}

// valueJSON writes a figure as the contract writes cells.
func valueJSON(v form.Value, k form.Kind) json.RawMessage {
	switch {
	case v.State == form.NotApplicable:
		return json.RawMessage(`"/"`)
	case !v.Known():
		return json.RawMessage("null")
	case k == form.Wan:
		return json.RawMessage(`"` + form.InWan(v.N) + `"`)
	case k == form.Yuan:
		return json.RawMessage(`"` + form.InYuan(v.N) + `"`)
	}
	return strconv.AppendInt(nil, v.N, 10)
}

// Parse reads what JSON wrote. The contract's JSON without "paper" gives a Paper
// of figures only. It fails with Invalid.
func Parse(b []byte) (*Paper, error) {
	r, err := form.ParseReport(b)
	if err != nil {
		return nil, fault.Say(fault.Invalid, sayNotJSON, err)
	}
	var top struct {
		Paper prose `json:"paper"`
	}
	if err := json.Unmarshal(b, &top); err != nil {
		return nil, fault.Say(fault.Invalid, sayNotJSON, err)
	}
	more := top.Paper
	p := &Paper{Report: r, Title: more.Title, Intro: more.Intro, Chapters: more.Chapters, Contact: more.Contact, Signed: more.Signed, Made: more.Made}
	for _, f := range more.Fixes {
		if r.Form == nil {
			return nil, fault.Say(fault.Invalid, sayNoCell, f.Cell)
		}
		cell, ok := r.Form.Index(f.Cell)
		if !ok {
			return nil, fault.Say(fault.Invalid, sayNoCell, f.Cell)
		}
		kind := r.Form.Cells[cell].Kind
		computed, ok1 := parseValue(f.Computed, kind)
		printed, ok2 := parseValue(f.Printed, kind)
		if !ok1 || !ok2 {
			return nil, fault.Say(fault.Invalid, sayBadFigure, f.Cell)
		}
		p.Fixes = append(p.Fixes, Fix{Cell: cell, Computed: computed, Printed: printed, Reason: f.Reason})
	}
	return p, nil
}

func parseValue(raw json.RawMessage, k form.Kind) (form.Value, bool) {
	s := string(raw)
	if len(raw) > 0 && raw[0] == '"' {
		if json.Unmarshal(raw, &s) != nil {
			return form.Value{}, false
		}
	}
	switch s {
	case "", "null":
		return form.Value{State: form.Blank}, true
	case "/":
		return form.Value{State: form.NotApplicable}, true
	}
	n, ok := form.ParseDecimal(s, map[form.Kind]int{form.Wan: 8, form.Yuan: 4}[k])
	return form.Of(n), ok
}
