package org

import (
	"slices"
	"strings"
)

// Scope is a set of subtrees of units. The zero Scope holds no unit.
type Scope struct {
	all   bool
	roots []ID
}

// Everything is the scope of all units: what the public may see, and what the
// program itself works on.
func Everything() Scope { return Scope{all: true} }

// Under is the scope of the given units with all below them.
func Under(units ...ID) Scope {
	roots := slices.Clone(units)
	slices.Sort(roots)
	return Scope{roots: slices.Compact(roots)}
}

// Union is the scope of all that s or o hold.
func (s Scope) Union(o Scope) Scope {
	if s.all || o.all {
		return Everything()
	}
	return Under(append(slices.Clone(s.roots), o.roots...)...)
}

// Empty tells whether the scope holds no unit.
func (s Scope) Empty() bool { return !s.all && len(s.roots) == 0 }

// Key is the scope as the parameter of [InScope].
func (s Scope) Key() string {
	if s.all {
		return "|*|"
	}
	if len(s.roots) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteByte('|')
	for _, r := range s.roots {
		b.WriteString(string(r))
		b.WriteByte('|')
	}
	return b.String()
}

// InScope is the condition of a query that its column unit lies in the scope
// whose [Scope.Key] is parameter $1. A query that needs another parameter or
// column writes the same line with its own.
const InScope = `unit IN (SELECT unit FROM org_closure WHERE $1 LIKE '%|' || ancestor || '|%')`
