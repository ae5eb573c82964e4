package checking

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"gongkai/annualreport/form"
)

//go:embed data/rules.json
var declared []byte

// A Rule is one thing that is looked at in a report.
type Rule struct {
	Code     string        `json:"code"`     // "t3.row-sum"
	Severity form.Severity `json:"severity"` // what breaking it amounts to
	Basis    string        `json:"basis"`    // the provision or arithmetic it rests on
	Text     string        `json:"text"`     // what should hold, in Chinese
}

// Rules lists the rules in the order in which findings of one severity come.
func Rules() []Rule {
	out := make([]Rule, len(book.rules))
	for i, r := range book.rules {
		out[i] = r.Rule
	}
	return out
}

// A declaration is a rule as the file has it: what is compared, and what is said
// when it does not hold.
type declaration struct {
	Rule

	// Check names the kind of looking: "equation" for those a form declares,
	// "relation" for those declared here, the others by name.
	Check string `json:"check"`
	Table string `json:"table"`

	// A relation: for each row or column of Table (or once, with whole names), the
	// sum of Left stands in the relation Op to the sum of Right. A name after "-"
	// is subtracted, one after "last." is taken from last year's report.
	Each  string   `json:"each"`
	Left  []string `json:"left"`
	Op    string   `json:"op"`
	Right []string `json:"right"`

	Alone     bool   `json:"alone"`     // only without last year's report
	Together  bool   `json:"together"`  // all lines in one finding
	Decisive  string `json:"decisive"`  // the line that makes it this rule if it is broken …
	Otherwise string `json:"otherwise"` // … and that one if it holds

	What []string          `json:"what"` // claims about these only
	Says map[string]string `json:"says"` // the sentences, "" the usual one

	order int
}

// A limit is what the fees of an agency of some rank hardly exceed.
type limit struct {
	Agency string `json:"agency"`
	Wan    int64  `json:"wan"`

	match *regexp.Regexp
}

type rulebook struct {
	rules  []declaration
	limits []limit
	byCode map[string]*declaration
}

var book = open(declared)

// checks are the kinds of looking there are.
var checks = []string{"equation", "relation", "named", "form-year", "form-variant", "missing-table", "missing-row", "blank", "total-blank",
	"negative", "both-or-none", "unit-missing", "unit-suspicious", "unknown", "not-applicable", "last-year",
	"claim", "claim-sum", "claim-twice", "claim-other", "claim-rate"}

func open(b []byte) *rulebook {
	var file struct {
		Rules  []declaration `json:"rules"`
		Limits []limit       `json:"limits"`
	}
	d := json.NewDecoder(strings.NewReader(string(b)))
	d.DisallowUnknownFields()
	if err := d.Decode(&file); err != nil {
		panic(fmt.Sprintf("data/rules.json: %v", err))
	}
	k := &rulebook{rules: file.Rules, limits: file.Limits, byCode: map[string]*declaration{}}
	for i := range k.rules {
		r := &k.rules[i]
		r.order = i
		if !slices.Contains(checks, r.Check) || k.byCode[r.Code] != nil || r.Says[""] == "" && r.Check != "unit-suspicious" {
			panic(fmt.Sprintf("data/rules.json: %s is no rule", r.Code))
		}
		k.byCode[r.Code] = r
	}
	for i := range k.limits {
		k.limits[i].match = regexp.MustCompile(k.limits[i].Agency)
	}
	return k
}

// of returns the rules of one kind of check.
func (k *rulebook) of(check string) []*declaration {
	var out []*declaration
	for i := range k.rules {
		if k.rules[i].Check == check {
			out = append(out, &k.rules[i])
		}
	}
	return out
}

// The rules by kind, looked up once.
var (
	blankRules     = book.of("blank")
	totalBlank     = book.of("total-blank")
	negativeRules  = book.of("negative")
	pairRules      = book.of("both-or-none")
	claimRules     = book.of("claim")
	relationRules  = book.of("relation")
	formYear       = book.byCode["form.year"]
	formVariant    = book.byCode["form.variant"]
	missingTable   = book.byCode["missing.table"]
	missingRow     = book.byCode["missing.row"]
	unitMissing    = book.byCode["unit.missing"]
	unitSuspicious = book.byCode["unit.suspicious"]
	cellUnknown    = book.byCode["cell.unknown"]
	cellNA         = book.byCode["cell.not-applicable"]
	lastYear       = book.byCode["y.last"]
	proseSum       = book.byCode["prose.sum"]
	proseOther     = book.byCode["prose.contradiction"]
	proseTwice     = book.byCode["prose.twice"]
)

// unlisted speaks for an equation that a form of its own declares and this
// package does not know by name.
func unlisted(code string) *declaration {
	return &declaration{Rule: Rule{Code: code, Severity: form.Error, Basis: sayEquationBasis, Text: sayEquationBasis},
		Check: "equation", Says: map[string]string{"": sayEquation}, order: len(book.rules)}
}

// words fill the places of a sentence.
type words map[string]string

func (r *declaration) say(which string, w words) string {
	s := r.Says[which]
	for name, v := range w {
		if strings.Contains(s, name) {
			s = strings.ReplaceAll(s, "{"+name+"}", v)
		}
	}
	return s
}

func (r *declaration) finding(cells []string, message string) form.Finding {
	return form.Finding{Rule: r.Code, Severity: r.Severity, Cells: cells, Message: message, Basis: r.Basis}
}
