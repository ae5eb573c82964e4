// Package inspecting lets the inspection of texts see what the checker of annual
// reports sees: sums that do not add up, prose that says other numbers than the
// tables, items listed twice. It is a family of rules over package checking.
//
// What always holds: a text that is no annual report is left after one look for
// its title; a finding marks the row or the clause a person has to look at.
package inspecting
