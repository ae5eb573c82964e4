package review

import (
	"gongkai/identity"
	"gongkai/internal/fault"
	"gongkai/org"
)

// Level is one level of a chain.
type Level struct {
	Name  string         `json:"name"`  // as on the form, such as 初审
	Right identity.Right `json:"right"` // what a signer must hold in the unit
}

// Secrecy tells whether the level is the secrecy review.
func (l Level) Secrecy() bool { return l.Right == identity.ReviewSecret }

// AnyKind is the kind of a chain for all kinds that have none of their own.
const AnyKind = "*"

// Chain is the levels that content of one kind passes in a unit and in the
// units below it that have no chain of their own.
type Chain struct {
	Unit   org.ID  `json:"unit"`
	Kind   string  `json:"kind"`
	Levels []Level `json:"levels"`
}

// DefaultLevels is the chain where nobody has set one: 初审 by the head of the
// section, 保密审查, 复审 by the office, 终审 by the leader in charge.
func DefaultLevels() []Level {
	return []Level{
		{"初审", identity.ReviewFirst},
		{"保密审查", identity.ReviewSecret},
		{"复审", identity.ReviewSecond},
		{"终审", identity.ReviewFinal},
	}
}

// LevelRights lists the rights that a level can ask for.
func LevelRights() []identity.Right {
	return []identity.Right{identity.ReviewFirst, identity.ReviewSecret, identity.ReviewSecond, identity.ReviewFinal}
}

// maxLevels bounds a chain; the longest in practice has four or five levels.
const maxLevels = 8

// Check holds a chain to what must always be: at least three levels of sign-off
// (三审), a secrecy review among them or beside them, the final one last.
func (c Chain) Check() error {
	var ps []fault.Problem
	bad := func(say string, args ...any) {
		ps = append(ps, fault.Problem{Field: "levels", Say: fault.Sentence(fault.Say(fault.Invalid, say, args...))})
	}
	if len(c.Levels) < 3 {
		bad(sayFewLevels)
	}
	if len(c.Levels) > maxLevels {
		bad(sayManyLevels, maxLevels)
	}
	secrecy := false
	for i, l := range c.Levels {
		known := false
		for _, r := range LevelRights() {
			known = known || r == l.Right
		}
		if !known || l.Name == "" {
			bad(sayBadLevel, i+1)
		}
		secrecy = secrecy || l.Secrecy()
	}
	if !secrecy {
		bad(sayNoSecrecy)
	}
	if n := len(c.Levels); n > 0 && c.Levels[n-1].Right != identity.ReviewFinal {
		bad(sayFinalLast)
	}
	return fault.Problems(ps...)
}

// Pick returns the levels for content of a kind in a unit: the unit's own chain
// for that kind, its own for any kind, then the same of its ancestors, nearest
// first, then the default.
func Pick(chains []Chain, tree *org.Tree, unit org.ID, kind string) []Level {
	for {
		var any []Level
		for _, c := range chains {
			if c.Unit == unit && c.Kind == kind {
				return c.Levels
			}
			if c.Unit == unit && c.Kind == AnyKind {
				any = c.Levels
			}
		}
		if any != nil {
			return any
		}
		u, err := tree.Get(unit)
		if err != nil || u.Parent == "" {
			return DefaultLevels()
		}
		unit = u.Parent
	}
}
