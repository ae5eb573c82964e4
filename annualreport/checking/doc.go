// Package checking finds what does not add up in an annual report on government
// information disclosure (年报, 《条例》 articles 49 and 50): within its tables,
// between them, against last year's report, and between the tables and the prose.
// It is a pure library.
//
// Words:
//
//   - A Rule is one thing that is looked at. Rules are data (data/rules.json): a
//     code, how grave it is, the provision or arithmetic it rests on, and the
//     sentences it speaks in.
//   - A finding (form.Finding) is one rule broken in one place, or in several of the
//     same kind.
//   - An explanation (form.Explanation) is a smallest set of changed cells after
//     which all broken equations of a table hold. It is a lead for the person who
//     has the files, never a repair.
//
// What the four states of a value mean here:
//
//   - blank: possibly zero. An equation is broken only if it fails with the blank
//     parts as zero. A blank total whose parts are numbers is taken for their sum;
//     that it is blank is said once.
//   - not applicable ("/"): adds nothing.
//   - unknown: an equation with such a cell is not judged, and that is said.
//
// What always holds: an error is arithmetic, so a report whose figures add up gets
// none; nothing that may lawfully differ is compared
// (处理决定数量 is not the number of items after the change); the same report always
// gets the same findings in the same order; the search for explanations is bounded
// by steps, not by the clock.
package checking
