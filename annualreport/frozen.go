package annualreport

import (
	"encoding/json"
	"fmt"
	"strconv"

	"gongkai/annualreport/form"
	"gongkai/ledger"
	"gongkai/org"
)

// Frozen is what a unit hands in: figures, corrections, prose and explanations,
// and of a consolidated report which unit reports it counts. Its digest is what
// the unit and the office have before their eyes.
type Frozen struct {
	Form    string            `json:"form"`
	Variant string            `json:"variant"`
	Values  map[string]string `json:"values"` // by cell
	Fixes   []FrozenFix       `json:"fixes"`
	Extra   map[string]string `json:"extra"`   // by fact; those nobody knows are left out
	Text    Text              `json:"text"`    // its source
	Reading Text              `json:"reading"` // with its figures in place
	Open    []FrozenFinding   `json:"findings"`
	Units   []FrozenUnit      `json:"units"`
}

// FrozenFix is a correction as it was handed in.
type FrozenFix struct {
	Cell     string `json:"cell"`
	Computed string `json:"computed"`
	Value    string `json:"value"`
	Reason   string `json:"reason"`
}

// FrozenFinding is a finding that stood when the report was handed in.
type FrozenFinding struct {
	Key      string       `json:"key"`
	Finding  form.Finding `json:"finding"`
	Sentence string       `json:"sentence"` // the unit's explanation
}

// FrozenUnit is a unit's part in a consolidated report.
type FrozenUnit struct {
	Unit   org.ID `json:"unit"`
	State  State  `json:"state"`
	Digest string `json:"digest"` // of the submission that is counted, "" if none is
	Why    string `json:"why"`    // of an excuse
}

// Digest is over the canonical JSON.
func (f Frozen) Digest() ledger.Digest { return ledger.DigestOf(f) }

// Report is the frozen figures as a report.
func (f Frozen) Report(agency string, year int) *form.Report {
	l := layout(f.Form, f.Variant)
	if l == nil {
		return nil
	}
	r := form.New(l)
	r.Agency, r.Year = agency, year
	for id, s := range f.Values {
		r.Set(id, parseValue(s))
	}
	for _, o := range f.Open {
		r.Findings = append(r.Findings, o.Finding)
	}
	return r
}

// Values are kept as text: the number as form.Value.N counts it, "" for blank,
// "/" for not applicable, "?" for unknown.

func writeValue(v form.Value) string {
	switch v.State {
	case form.Number:
		return strconv.FormatInt(v.N, 10)
	case form.Blank:
		return ""
	case form.NotApplicable:
		return "/"
	}
	return "?"
}

func parseValue(s string) form.Value {
	switch s {
	case "":
		return form.Value{State: form.Blank}
	case "/":
		return form.Value{State: form.NotApplicable}
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return form.Value{}
	}
	return form.Of(n)
}

func writeValues(r *form.Report) map[string]string {
	all := make(map[string]string, len(r.Values))
	for i, v := range r.Values {
		all[r.Form.Cells[i].ID] = writeValue(v)
	}
	return all
}

// readFigures reads what writeValues wrote. A form the program no longer knows
// gives none.
func readFigures(id, variant, figures string) (*form.Report, error) {
	l := layout(id, variant)
	if l == nil {
		return nil, nil
	}
	var values map[string]string
	if err := json.Unmarshal([]byte(figures), &values); err != nil {
		return nil, fmt.Errorf("figures of a report read in: %w", err)
	}
	r := form.New(l)
	for cell, s := range values {
		r.Set(cell, parseValue(s))
	}
	return r, nil
}
