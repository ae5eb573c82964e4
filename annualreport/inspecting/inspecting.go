package inspecting

import (
	_ "embed"
	"strings"
	"unicode/utf8"

	"gongkai/annualreport/checking"
	"gongkai/annualreport/form"
	"gongkai/annualreport/reading"
	"gongkai/inspection/rule"
)

//go:embed data/report.json
var data []byte

// A Checker inspects annual reports. It may be shared.
type Checker struct {
	pack       *rule.Pack
	sum, prose *rule.Rule
}

// New returns the family of rules on annual reports.
func New() *Checker {
	p, err := rule.ParsePack(data)
	if err != nil {
		panic(err)
	}
	return &Checker{pack: p, sum: p.Rule("data.sum"), prose: p.Rule("data.prose")}
}

// Pack is the rules of the family.
func (c *Checker) Pack() *rule.Pack { return c.pack }

// head is how far from its beginning a text must say that it is an annual report,
// in bytes.
const head = 6_000

// Check reports what does not agree in an annual report.
func (c *Checker) Check(f *rule.File, t *rule.Text, report func(rule.Finding)) {
	if t.Hidden || len(f.Texts) > 0 && f.Texts[0] != t || len(t.S) > reading.MaxText {
		return
	}
	top := t.S[:min(len(t.S), head)]
	if !strings.Contains(top, "信息公开") || !strings.Contains(top, "年度报告") && !strings.Contains(top, "工作报告") && !strings.Contains(top, "年报") {
		return
	}
	r := reading.Text(f.Name, t.S)
	if r.Form == nil {
		return
	}
	reading.Claims(r, t.S)
	p := places{t: t, r: r, runes: []rune(t.S)}
	for _, x := range checking.Check(r, nil) {
		at := c.sum
		if strings.HasPrefix(x.Rule, "prose.") {
			at = c.prose
		} else if x.Severity != form.Error {
			continue // blanks and missing tables are for the checker of reports
		}
		b, e := p.of(x)
		if e <= b {
			continue
		}
		found := rule.Finding{Rule: at.Code, Tier: at.Tier, Severity: at.Severity, Start: b, End: e, Text: string(p.runes[b:e]),
			Message: x.Message, Source: at.Source, Confidence: at.Confidence, Part: t.Part}
		found.Cell, found.Page = t.At(b)
		for _, ex := range x.Explanations {
			found.Suggest = append(found.Suggest, ex.Message)
		}
		report(found)
	}
}

// places finds where in the text a finding of the checker stands.
type places struct {
	t     *rule.Text
	r     *form.Report
	runes []rune
}

func (p *places) of(x form.Finding) (b, e int) {
	if strings.HasPrefix(x.Rule, "prose.") {
		return p.clause(x.Message)
	}
	for _, id := range x.Cells {
		i, ok := p.r.Form.Index(id)
		if !ok || i >= len(p.r.Origins) || p.r.Origins[i].End <= p.r.Origins[i].Start {
			continue
		}
		return p.row(i)
	}
	return 0, 0
}

// row is the stretch from the label of a cell's row to the cell.
func (p *places) row(cell int) (b, e int) {
	o := p.r.Origins[cell]
	c := p.r.Form.Cells[cell]
	label := p.r.Form.Tables[c.TableIndex].Blocks[c.BlockIndex].Rows[c.RowIndex].Label
	if i := strings.IndexAny(label, ".、）"); i >= 0 {
		_, n := utf8.DecodeRuneInString(label[i:])
		label = label[i+n:]
	}
	want := []rune(label)
	// The label stands before its numbers, within a few lines.
	for from := o.Start - len(want); from >= max(0, o.Start-300); from-- {
		if string(p.runes[from:from+len(want)]) == label {
			return from, o.End
		}
	}
	return o.Start, o.End
}

// clause finds the words a finding about prose quotes.
func (p *places) clause(message string) (b, e int) {
	for rest := message; ; {
		_, after, ok := strings.Cut(rest, "“")
		if !ok {
			return 0, 0
		}
		words, more, ok := strings.Cut(after, "”")
		if !ok {
			return 0, 0
		}
		if i := strings.LastIndex(p.t.S, words); i >= 0 && utf8.RuneCountInString(words) > 3 {
			b = p.t.Rune(i)
			return b, b + utf8.RuneCountInString(words)
		}
		rest = more
	}
}
