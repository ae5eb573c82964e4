// Package inspectiontest gives tests of higher pillars the inspection that review
// asks for before it lets anything through: the real pillar on the test's database,
// with the rules on personal data and secrets, which can block, and without the
// statistical families, whose models take a moment to load.
//
// Words: [Inspections] is what a test's world is wired with; [Identity] is a number
// that blocks.
package inspectiontest
