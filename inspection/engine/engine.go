package engine

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"gongkai/inspection/citation"
	"gongkai/inspection/completeness"
	"gongkai/inspection/privacy"
	"gongkai/inspection/rule"
	"gongkai/inspection/secrecy"
	"gongkai/inspection/spelling"
	"gongkai/inspection/unseen"
	"gongkai/inspection/wording"
	"gongkai/inspection/writing"
)

// An Engine is the families of rules, joined.
type Engine struct {
	families []rule.Checker
}

// New joins families of rules.
func New(families ...rule.Checker) *Engine { return &Engine{families: families} }

// Standard is the engine with every family of this pillar, and what higher
// floors add.
func Standard(more ...rule.Checker) *Engine {
	families := append([]rule.Checker{privacy.New(), unseen.New(), secrecy.New(), spelling.New(), wording.New(), writing.New(), citation.New(), completeness.New()}, more...)
	attach(families)
	return New(families...)
}

// Families returns the families that are joined.
func (e *Engine) Families() []rule.Checker { return slices.Clone(e.families) }

// Packs returns the rule packs in use.
func (e *Engine) Packs() (all []*rule.Pack) {
	for _, f := range e.families {
		all = append(all, f.Pack())
	}
	return all
}

// Options say what is on.
type Options struct {
	Hints      bool // tier C too
	Certain    bool // tier A only
	Off        []string
	Today      string // "2026-01-05": exceptions end by it; "" lets all hold
	Exceptions []Exception
}

// An Exception lets findings of one rule on one text pass.
type Exception struct {
	Rule   string `json:"rule"`
	Text   string `json:"text"` // exactly what stands there; "" for all findings of the rule
	Reason string `json:"reason"`
	Until  string `json:"until"` // last day it holds, "2026-12-31"; "" without end
}

func (o *Options) wants(f *rule.Finding) bool {
	switch {
	case f.Tier == rule.C && !o.Hints, f.Tier != rule.A && o.Certain:
		return false
	}
	for _, off := range o.Off {
		if f.Rule == off || strings.HasPrefix(f.Rule, off+".") {
			return false
		}
	}
	for _, x := range o.Exceptions {
		if x.Rule == f.Rule && (x.Text == "" || x.Text == f.Text) && (x.Until == "" || o.Today == "" || o.Today <= x.Until) {
			return false
		}
	}
	return true
}

// Inspect returns what the rules find in a file: part by part, in the order of
// the text; at one place the gravest first. Where a certain finding and a suspicion
// are about the same characters, the suspicion is left out.
func (e *Engine) Inspect(f *rule.File, o Options) []rule.Finding {
	var all []rule.Finding
	families, f := e.wanted(f, o)
	for _, t := range f.Texts {
		from := len(all)
		for _, family := range families {
			if f.Stopped() {
				return nil
			}
			if (f.Foreign || t.Data) && ofWriting[family.Pack().Pack] {
				continue
			}
			family.Check(f, t, func(x rule.Finding) {
				if o.wants(&x) {
					all = append(all, x)
				}
			})
		}
		if f.Stopped() {
			return nil
		}
		part := all[from:]
		slices.SortStableFunc(part, func(a, b rule.Finding) int {
			if f.Stopped() {
				return 0 // a million findings take a while to sort
			}
			return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(rank(a), rank(b)), cmp.Compare(b.End, a.End), cmp.Compare(a.Rule, b.Rule))
		})
		all = all[:from+len(giveWay(settle(part)))]
	}
	return all
}

// wanted returns the families of which anything can be wanted, and the file with what
// they may spare themselves.
func (e *Engine) wanted(f *rule.File, o Options) ([]rule.Checker, *rule.File) {
	if !o.Certain && len(o.Off) == 0 {
		return e.families, f
	}
	silent := map[string]bool{}
	var families []rule.Checker
	for _, family := range e.families {
		asked := false
		for _, r := range family.Pack().Rules {
			// A finding may be less certain than its rule, never more.
			wants := o.wants(&rule.Finding{Rule: r.Code, Tier: r.Tier})
			silent[r.Code] = !wants
			asked = asked || wants
		}
		if asked {
			families = append(families, family)
		}
	}
	shared := *f
	shared.Wanted = func(code string) bool { return !silent[code] }
	return families, &shared
}

// InspectUntil is Inspect for whoever may stop waiting: when ctx ends it returns
// the error of ctx instead, within some fifty milliseconds however long the text is.
func (e *Engine) InspectUntil(ctx context.Context, f *rule.File, o Options) ([]rule.Finding, error) {
	watched := *f
	watched.Done = ctx.Done()
	all := e.Inspect(&watched, o)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return all, nil
}

// ofWriting are the families that judge how an agency writes. What citizens write,
// and what was written for machines, is not judged by them.
var ofWriting = map[string]bool{"spelling": true, "wording": true, "writing": true, "citation": true, "completeness": true}

// The rules that suspect by statistics alone, from any text and from the same one.
const (
	bySuspicion = "typo.suspect"
	byEcho      = "typo.echo"
)

// The rule that knows a title to be wrong and the one that only finds it like another.
const (
	bySpelling = "typo.title"
	byNearness = "cite.name"
	// The rule that finds a fixed phrase nearly as it should be.
	byPhrase = "wording.phrase"
)

// spelled tells whether a title that is like another one, the i-th finding, is known to
// be misspelled.
func spelled(f rule.Finding, sorted []rule.Finding, i int) bool {
	for k := max(0, i-few); k < min(len(sorted), i+few); k++ {
		if x := sorted[k]; x.Rule == bySpelling && x.Start < f.End && f.Start < x.End {
			return true
		}
	}
	return false
}

// worded tells whether a fixed phrase that is not as it should be, the i-th finding, has a
// word in it that is known to be misspelled.
func worded(f rule.Finding, sorted []rule.Finding, i int) bool {
	for k := max(0, i-few); k < min(len(sorted), i+few); k++ {
		if x := sorted[k]; x.Tier == rule.A && strings.HasPrefix(x.Rule, "typo.") && x.Start < f.End && f.Start < x.End {
			return true
		}
	}
	return false
}

// few is how many findings next to one, in the order of the text, can be about it.
const few = 6

// explains is the length, in code points, up to which a finding explains the
// characters it covers; a longer one is about the sentence.
const explains = 16

// giveWay drops what statistics suspect about characters of which another rule tells
// more: 杭洲 is a place, 務 a traditional character.
func giveWay(sorted []rule.Finding) []rule.Finding {
	kept := sorted[:0]
	for i, f := range sorted {
		if f.Rule == bySuspicion && (explained(f, kept) || explained(f, sorted[i+1:])) || f.Rule == byNearness && spelled(f, sorted, i) || f.Rule == byPhrase && worded(f, sorted, i) {
			continue
		}
		kept = append(kept, f)
	}
	return kept
}

// explained tells whether one of the findings nearest to f, in order, tells what is
// wrong with its characters.
func explained(f rule.Finding, others []rule.Finding) bool {
	tells := func(x rule.Finding) bool {
		return x.Start < f.End && f.Start < x.End && x.End-x.Start <= explains && len(x.Suggest) > 0 && x.Rule != bySuspicion && x.Rule != byEcho
	}
	for k := len(others) - 1; k >= 0 && others[k].Start <= f.Start; k-- {
		if tells(others[k]) {
			return true
		}
		if f.Start-others[k].Start > explains {
			break
		}
	}
	for k := 0; k < len(others) && others[k].Start >= f.Start && others[k].Start < f.End; k++ {
		if tells(others[k]) {
			return true
		}
	}
	return false
}

// rank orders findings at one place.
func rank(f rule.Finding) int {
	s := slices.Index([]rule.Severity{rule.Block, rule.Error, rule.Suspect, rule.Hint}, f.Severity)
	return s*4 + int(f.Tier[0]-'A')
}

// settle drops suspicions about characters that a certain finding of the same
// family explains, and doubles.
func settle(sorted []rule.Finding) []rule.Finding {
	kept := sorted[:0]
	end, family := -1, ""
	for i, f := range sorted {
		if i > 0 && f.Start == sorted[i-1].Start && f.End == sorted[i-1].End && f.Rule == sorted[i-1].Rule {
			continue
		}
		name, _, _ := strings.Cut(f.Rule, ".")
		if f.Tier != rule.A && f.Start < end && name == family {
			continue
		}
		if f.Tier == rule.A && f.End > end {
			end, family = f.End, name
		}
		kept = append(kept, f)
	}
	return kept
}
