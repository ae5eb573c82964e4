package rule

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
)

// A Rule is one thing that is looked for.
type Rule struct {
	Code       string   `json:"code"` // "privacy.id"
	Tier       Tier     `json:"tier"`
	Severity   Severity `json:"severity"`
	Name       string   `json:"name"`       // in a few Chinese words, for lists and switches
	Message    string   `json:"message"`    // what it says to people; a family may fill in particulars
	Source     string   `json:"source"`     // the provision, standard or list it rests on
	Confidence float64  `json:"confidence"` // how sure a finding is unless its family knows better

	Find []string `json:"find"` // texts in which it must find something; 【】 marks the place where that matters
	Pass []string `json:"pass"` // texts in which it must find nothing

	Measured *Measure `json:"-"` // on the corpora; nil where it was not measured
}

// A Measure is how a rule did on the corpora. Clean texts have slips of their
// own, so Alarms is more than the rule was wrong.
type Measure struct {
	Found  int `json:"found"`  // labelled real errors it found
	Alarms int `json:"alarms"` // findings in clean texts of official style
	Chars  int `json:"chars"`  // characters of clean text read
}

// A Pack is a set of rules published together.
type Pack struct {
	Pack    string `json:"pack"`    // "privacy"
	Version string `json:"version"` // "2026.11"
	Date    string `json:"date"`    // "2026-11-22"
	Owner   string `json:"owner"`   // who answers for it
	Rules   []Rule `json:"rules"`
}

// ParsePack reads a pack. It fails if a rule is incomplete or named twice.
func ParsePack(b []byte) (*Pack, error) {
	p := &Pack{}
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(p); err != nil {
		return nil, fmt.Errorf("规则包不是有效的 JSON：%w", err)
	}
	seen := map[string]bool{}
	for i := range p.Rules {
		r := &p.Rules[i]
		family, _, ok := strings.Cut(r.Code, ".")
		switch {
		case !ok || family == "":
			return nil, fmt.Errorf("规则包 %s 的规则 %q 没有写明类别", p.Pack, r.Code)
		case seen[r.Code]:
			return nil, fmt.Errorf("规则包 %s 有两条规则都叫 %s", p.Pack, r.Code)
		case r.Tier != A && r.Tier != B && r.Tier != C:
			return nil, fmt.Errorf("规则 %s 的证据等级 %q 不是 A、B、C 之一", r.Code, r.Tier)
		case r.Severity == Block && r.Tier != A:
			return nil, fmt.Errorf("规则 %s 只有 A 级证据才可以阻止发布", r.Code)
		case r.Message == "" || r.Source == "" || r.Name == "":
			return nil, fmt.Errorf("规则 %s 缺少名称、说明或者依据", r.Code)
		case len(r.Find) == 0 || len(r.Pass) == 0:
			return nil, fmt.Errorf("规则 %s 缺少必须发现或者不得误报的例子", r.Code)
		}
		seen[r.Code] = true
	}
	return p, nil
}

// Rule returns a rule of the pack by its code; it panics if there is none,
// because a family names its own rules.
func (p *Pack) Rule(code string) *Rule {
	for i := range p.Rules {
		if p.Rules[i].Code == code {
			return &p.Rules[i]
		}
	}
	panic("no rule " + code + " in pack " + p.Pack)
}

// A Checker is a family of rules at work.
type Checker interface {
	// Pack is the rules it applies.
	Pack() *Pack
	// Check reports what the rules find in one part of a file.
	Check(f *File, t *Text, report func(Finding))
}
