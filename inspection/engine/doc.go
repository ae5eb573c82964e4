// Package engine inspects files: it prepares their text, runs the families of
// rules over every part, and puts what they find into one order. It is a pure
// library; whoever keeps findings, exceptions and deadlines builds on it.
//
// Words:
//
//   - An Engine is the families of rules, joined. It holds no text and may be shared.
//   - Options say which tiers and rules are on, and what is excepted.
//   - An Exception lets one finding pass for a reason and until a day: a whitelist
//     entry somebody signed.
//
// What always holds: the same file and options give the same findings in the same
// order; a finding that an exception covers is not returned, and one whose day has
// come is; hostile text costs time in proportion to its length.
package engine
