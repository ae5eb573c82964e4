// Package gate holds the rules of the house as tests, so that a rule is broken
// by a red line and not by a reviewer's bad day.
//
// It has no code of its own. The tests read the tree the way the toolchain
// does: packages and imports through go list, Go files through their syntax,
// everything else as the files that Git knows. What they hold is written in
// CONTRIBUTING.md; each test carries the rule as its name. They are run with
// -count=1, because the test cache does not see the tree through go list.
package gate
