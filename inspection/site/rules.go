package site

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"gongkai/inspection/rule"
)

//go:embed data/site.json
var packData []byte

//go:embed data/periods.json
var periodData []byte

// periods say how often columns have to be updated: surely by the type a page
// declares for itself (国办发〔2017〕47号, ColumnType), else by words in their names.
type periods struct {
	Source   string   `json:"source"`
	Date     string   `json:"date"`
	HomeDays int      `json:"home_days"`
	Declared []period `json:"declared"`
	Periods  []period `json:"periods"`
}

type period struct {
	Name  string   `json:"name"`
	Days  int      `json:"days"`
	Say   string   `json:"say"`
	Words []string `json:"words"`
	Not   []string `json:"not"`
	Types []string `json:"types"`
	Depth int16    `json:"depth"` // most links from the front page; 0 is any
}

// declared returns the period the norms give a column of a declared type that
// stands so many links from the front page.
func (ps *periods) declared(kind string, depth int16) (period, bool) {
	for _, p := range ps.Declared {
		if slices.Contains(p.Types, kind) && (p.Depth == 0 || depth <= p.Depth) {
			return p, true
		}
	}
	return period{}, false
}

// of returns the period a column of that name has; ok is false if none is known.
// The longest word in the name decides, the later one of two.
func (ps *periods) of(name string) (best period, ok bool) {
	if utf8.RuneCountInString(name) > 16 {
		return period{}, false
	}
	longest, at := 0, -1
	for _, p := range ps.Periods {
		for _, w := range p.Not {
			if strings.Contains(name, w) {
				return period{}, false
			}
		}
		for _, w := range p.Words {
			if i := strings.LastIndex(name, w); i >= 0 && (len(w) > longest || len(w) == longest && i > at) {
				longest, at, best, ok = len(w), i, p, true
			}
		}
	}
	return best, ok
}

// A checker holds the rules of the site.
type checker struct {
	pack    *rule.Pack
	rules   map[string]*rule.Rule
	periods periods
}

func newChecker() *checker {
	p, err := rule.ParsePack(packData)
	if err != nil {
		panic(err)
	}
	c := &checker{pack: p, rules: map[string]*rule.Rule{}}
	for i := range p.Rules {
		c.rules[p.Rules[i].Code] = &p.Rules[i]
	}
	if err := json.Unmarshal(periodData, &c.periods); err != nil {
		panic(err)
	}
	return c
}

// Pack returns the rules on sites. Their examples are small sites, one address a
// line; the tests of this package serve them.
func Pack() *rule.Pack { return newChecker().pack }

// find makes a finding about a text that is not of the page: an address, a title.
func (c *checker) find(code, part, text string, args ...any) rule.Finding {
	r := c.rules[code]
	f := rule.Finding{Rule: code, Tier: r.Tier, Severity: r.Severity, End: utf8.RuneCountInString(text), Text: text,
		Message: r.Message, Source: r.Source, Confidence: r.Confidence, Part: part}
	switch {
	case len(args) > 0:
		f.Message = fmt.Sprintf(r.Message, args...)
	case strings.Contains(r.Message, "%s"):
		f.Message = fmt.Sprintf(r.Message, text)
	}
	return f
}
