// Package demo builds the fictional 示例市明镜区, through the same acts that
// staff use: a system administrator makes the accounts, a security administrator
// grants the roles, publishers draft and hand in, every level of review signs,
// publishers publish, withdraw and correct. Nothing is put into a table by hand,
// so what the demonstration shows is what the platform does, and its ledger
// verifies like any other.
//
// What happens is invented in package content; here it gets its hour. The
// database must be opened with the [Clock] of the building, because the acts lie
// years back and each takes the time it would have been done at. Clock and acts
// only ever move forward.
package demo
